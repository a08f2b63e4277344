"""Sites and wards: what a reporter can choose, and what a poster code stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import aliased

from app.domain.errors import NotFound
from app.domain.report_content import read_id
from app.services.work import Work
from models.place import Place
from models.vocabulary.place import OPENS
from models.vocabulary.word import codes

SMALLEST_NAMED_UNIT = 11
"""Staff. A unit with fewer is never named on a poster: its site stands in."""
_VIEW = select(Place.id, Place.code, Place.name, Place.site, Place.opens)
_CHOSEN = aliased(Place)
_AROUND = (
    select(Place.id)
    .join(_CHOSEN, Place.site == _CHOSEN.site)
    .where(
        _CHOSEN.id == bindparam("place_id"),
        or_(Place.id == _CHOSEN.id, Place.name == Place.site, _CHOSEN.name == _CHOSEN.site),
    )
)


@dataclass(frozen=True)
class PlaceView:
    """One place that can be chosen; `id` is 32 hex digits."""

    id: str
    code: str
    name: str
    site: str
    opens: str

    @property
    def line(self) -> str:
        """The place in words: ward, then site."""
        return self.name if self.name == self.site else f"{self.name}, {self.site}"


@dataclass(frozen=True)
class ManagedPlace:
    """One place as an administrator sees it, and the place whose poster hangs there, if any."""

    place: PlaceView
    staff_count: int
    poster: PlaceView | None

    @property
    def has_own_poster(self) -> bool:
        """Whether the place is large enough to be named on a poster."""
        return self.poster is not None and self.poster.id == self.place.id


def list_places(work: Work) -> tuple[PlaceView, ...]:
    """Return every active place large enough to be named, by site, the site's own entry first, then by name."""
    named = _VIEW.where(Place.active, Place.staff_count >= SMALLEST_NAMED_UNIT)
    rows = work.connection.execute(named.order_by(Place.site, Place.name != Place.site, Place.name))
    return tuple(_view(row) for row in rows)


def manage_places(work: Work) -> tuple[ManagedPlace, ...]:
    """Return every active place, by site, the site's own entry first, then by name."""
    rows = work.connection.execute(_VIEW.add_columns(Place.staff_count).where(Place.active)).all()
    found = [(_view(row), row.staff_count) for row in rows]
    sites = {view.site: view for view, staff in found if view.name == view.site and staff >= SMALLEST_NAMED_UNIT}
    managed = [
        ManagedPlace(view, staff, view if staff >= SMALLEST_NAMED_UNIT else sites.get(view.site))
        for view, staff in found
    ]
    return tuple(sorted(managed, key=lambda one: (one.place.site, one.place.name != one.place.site, one.place.name)))


def find_posters(work: Work) -> Mapping[str, PlaceView]:
    """Return what each code in use opens: its place, or the site of one that is too small to be named."""
    return {one.place.code: one.poster for one in manage_places(work) if one.poster is not None}


def require_place(work: Work, code: str) -> ManagedPlace:
    """Return the active place with this code. Raises `NotFound`."""
    for one in manage_places(work):
        if one.place.code == code:
            return one
    raise NotFound


def change_opens(work: Work, code: str, opens: str) -> None:
    """Set what the poster of a place opens. Raises `NotFound` for an unknown place, `ValueError` for another word."""
    if opens not in codes(OPENS):
        raise ValueError(opens)
    place = require_place(work, code).place
    if place.opens == opens:
        return
    place_id = bytes.fromhex(place.id)
    work.connection.execute(update(Place).where(Place.id == place_id).values(opens=opens))
    work.audit("setting.changed", about=place_id, name="place.opens", before=place.opens, after=opens)


def name_places(work: Work, place_ids: frozenset[str]) -> Mapping[str, PlaceView]:
    """Return the places with these ids, retired ones included."""
    ids = [found for found in map(read_id, place_ids) if found]
    return {row.id.hex(): _view(row) for row in work.connection.execute(_VIEW.where(Place.id.in_(ids)))}


def places_around(work: Work, place_id: bytes | None) -> frozenset[bytes]:
    """Return the ids by which a reader may be close to a place: a ward and its whole site, or all that a site holds.

    Small and retired places count as well, so that the poster of a small ward, which names the site, keeps the small
    ward's people away and nothing has to say which ward it was.
    """
    if place_id is None:
        return frozenset()
    return frozenset(work.connection.scalars(_AROUND, {"place_id": place_id})) | {place_id}


def add_places(work: Work, rows: list[dict[str, object]]) -> None:
    """Store places; each row has the columns of `Place`."""
    work.insert(Place, *rows)
    work.audit("setting.changed", name="place", version=len(rows))


def _view(row: Any) -> PlaceView:
    return PlaceView(row.id.hex(), row.code, row.name, row.site, row.opens)
