"""The poster of one place as PDF/UA-1, A4 or A5."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.place_code import say_address, spell_place_code
from app.rendering.qr import qr_svg
from app.rendering.typst import render_pdf

TEMPLATE = "posters/poster.typ"
LATIN = "Atkinson Hyperlegible"
SCRIPTS: Mapping[str, str] = {
    "ar": "Noto Sans Arabic",
    "bn": "Noto Sans Bengali",
    "gu": "Noto Sans Gujarati",
    "pa": "Noto Sans Gurmukhi",
    "ur": "Noto Nastaliq Urdu",
}
"""The font of each language that is not written in Latin letters."""
TALL = frozenset({"ur"})
"""Nastaliq runs downwards: its lines need more room between them."""
WIDEST = 25
"""Letters of a host that fit beside the QR code at full size."""
FULL_SIZE = 20.0


@dataclass(frozen=True)
class Line:
    """One sentence in a language of its own."""

    lang: str
    text: str
    rtl: bool


@dataclass(frozen=True)
class Poster:
    """What a poster says about its place and its trust."""

    host: str
    code: str
    place: str
    service: str
    trust: str
    phone: str
    danger: str
    lines: tuple[Line, ...]

    @property
    def address(self) -> str:
        """What the QR code opens: nothing but the place stands in it."""
        return f"https://{self.host}/w/{self.code}"


def poster_pdf(poster: Poster, size: str) -> bytes:
    """Return a poster in the size `a4` or `a5`; the same poster is the same bytes."""
    return render_pdf(TEMPLATE, _content(poster, size))


def _content(poster: Poster, size: str) -> dict[str, Any]:
    return {
        "size": size,
        "font": LATIN,
        "title": f"Tell us about racism here – {poster.service} – {poster.place}",
        "description": f"A poster for {poster.place}: how to tell {poster.trust} about racism without giving a name.",
        "service": poster.service,
        "trust": poster.trust,
        "heading": "Tell us about racism here",
        "promise": "You do not have to give your name.",
        "whom": "Staff, patients, families and visitors. Whoever did it, and whoever it happened to. "
        "A person reads it, and you can read the answer.",
        "qr": qr_svg(poster.address),
        "qr_alt": f"QR code. It opens {poster.address}",
        "scan": "Scan with your phone camera",
        "type": "Or type this address:",
        "host": poster.host,
        "path": f"/w/{poster.code}",
        "address_size": FULL_SIZE * min(1.0, WIDEST / len(poster.host)),
        "said": f"In words: {say_address(poster.host, poster.code)}",
        "code": poster.code,
        "spelled": spell_place_code(poster.code),
        "phone_title": "Or call us",
        "phone": poster.phone,
        "phone_note": "You can also ask for a paper form, an interpreter or large print.",
        "danger_title": "In danger now?",
        "danger": poster.danger,
        "network": "The trust’s network can see that a device opened this site, but not what was written. "
        "Your own phone on its own data does not use that network.",
        "place": poster.place,
        "lines": [_line(line) for line in poster.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "lang": line.lang,
        "text": line.text,
        "rtl": line.rtl,
        "font": SCRIPTS.get(line.lang, LATIN),
        "leading": 1.0 if line.lang in TALL else 0.5,
    }
