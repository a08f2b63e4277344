"""Posters of places: one for each place that may be named, in the words of the trust's settings."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from app.domain.errors import Refused
from app.rendering.poster import Line, Poster, poster_pdf
from app.services.place import PlaceView, manage_places
from app.services.setting import change_setting
from app.services.work import Work
from models.vocabulary.place_poster import POSTER_LINES, PosterLine

SERVICE = "Heard"
HOST = re.compile(r"[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))+(:[0-9]{1,5})?", re.ASCII)
LONGEST_HOST = 100
NOT_A_HOST = "Enter the name of this site as people type it, such as heard.mytrust.nhs.uk"


def poster_lines(settings: Mapping[str, Any], offered: Collection[str], *, with_drafts: bool) -> tuple[PosterLine, ...]:
    """Return the languages that posters speak: those chosen and checked by a speaker, all chosen `with_drafts`.

    `offered` are the languages of the pages: no poster promises one that is not there.
    """
    chosen = frozenset(settings["poster_languages"]) & frozenset(offered)
    checked = settings["poster_languages_checked"]
    return tuple(line for line in POSTER_LINES if line.code in chosen and (with_drafts or line.code in checked))


def make_poster(
    settings: Mapping[str, Any], offered: Collection[str], place: PlaceView, size: str, *, with_drafts: bool
) -> bytes:
    """Return the poster of a place as PDF/UA-1, `a4` or `a5`; the same bytes each time."""
    spoken = poster_lines(settings, offered, with_drafts=with_drafts)
    note = settings["trust_note"]
    poster = Poster(
        host=settings["public_host"],
        code=place.code,
        place=place.line,
        service=SERVICE,
        trust=f"{settings['trust_name']} ({note})" if note else settings["trust_name"],
        phone=settings["other_way_phone"],
        danger=settings["danger_text"],
        lines=tuple(Line(line.code, line.text, line.rtl) for line in spoken),
    )
    return poster_pdf(poster, size)


def list_posters(work: Work) -> tuple[PlaceView, ...]:
    """Return every place that has a poster of its own, by site."""
    return tuple(one.place for one in manage_places(work) if one.has_own_poster)


def change_posters(work: Work, host: str, languages: Iterable[str], checked: Iterable[str]) -> None:
    """Store the address and the languages of all posters. Raises `Refused` for what is no host name."""
    plain = host.strip().lower()
    if len(plain) > LONGEST_HOST or not HOST.fullmatch(plain):
        raise Refused(NOT_A_HOST)
    known = [line.code for line in POSTER_LINES]
    chosen, seen = set(languages), set(checked)
    change_setting(work, "public_host", plain)
    change_setting(work, "poster_languages", [code for code in known if code in chosen])
    change_setting(work, "poster_languages_checked", [code for code in known if code in seen])
