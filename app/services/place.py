"""Sites and wards: what a reporter can choose, and what a poster code stands for."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.domain.report_content import read_id
from app.services.work import Work
from models.place import Place

SMALLEST_NAMED_UNIT = 11
"""Staff. A unit with fewer is never named on a poster: its site stands in."""


@dataclass(frozen=True)
class PlaceView:
    """One place that can be chosen; `id` is 32 hex digits."""

    id: str
    code: str
    name: str
    site: str

    @property
    def line(self) -> str:
        """The place in words: ward, then site."""
        return self.name if self.name == self.site else f"{self.name}, {self.site}"


def list_places(work: Work) -> tuple[PlaceView, ...]:
    """Return every active place large enough to be named, by site, then name."""
    rows = work.connection.execute(
        select(Place.id, Place.code, Place.name, Place.site)
        .where(Place.active, Place.staff_count >= SMALLEST_NAMED_UNIT)
        .order_by(Place.site, Place.name)
    )
    return tuple(PlaceView(row.id.hex(), row.code, row.name, row.site) for row in rows)


def name_places(work: Work, place_ids: frozenset[str]) -> Mapping[str, PlaceView]:
    """Return the places with these ids, retired ones included."""
    ids = [found for found in map(read_id, place_ids) if found]
    rows = work.connection.execute(select(Place.id, Place.code, Place.name, Place.site).where(Place.id.in_(ids)))
    return {row.id.hex(): PlaceView(row.id.hex(), row.code, row.name, row.site) for row in rows}


def add_places(work: Work, rows: list[dict[str, object]]) -> None:
    """Store places; each row has the columns of `Place`."""
    work.insert(Place, *rows)
    work.audit("setting.changed", name="place", version=len(rows))
