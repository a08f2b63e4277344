"""PDF by Typst: tagged for screen readers, and the same bytes for the same content."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst

from app.domain.errors import Misconfigured

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FONTS = ROOT / "static" / "dist" / "fonts"
STANDARD: Final = "ua-1"
"""PDF/UA-1: a document that lacks a title, a tag or an alternative text is refused, not printed."""
NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
"""What a PDF says of its making, so that the same content makes the same bytes whenever it is made."""
_one_at_a_time = Lock()


@cache
def _compiler() -> typst.Compiler:
    # Only our own fonts: what is installed on a computer must not change what is printed.
    if not any(FONTS.glob("*.ttf")):
        raise Misconfigured("The fonts of printed pages are not built. Run make assets.")
    return typst.Compiler(root=str(TEMPLATES), font_paths=[str(FONTS)], ignore_system_fonts=True)


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Return a template under `templates/` filled with `data` as PDF/UA-1.

    Raises `Misconfigured` when the fonts are not built, and a `RuntimeError` of Typst when the page would not be
    accessible or a letter has no font.
    """
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _one_at_a_time:
        made = _compiler().compile(
            input=str(TEMPLATES / template),
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=[STANDARD],
            timestamp=NO_DAY,
        )
    if not isinstance(made, bytes):
        raise ValueError(f"{template} fills more than one page")
    return made
