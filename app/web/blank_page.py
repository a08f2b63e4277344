"""Blank forms and the receipt page: rendered once for each content revision, then spliced."""

import re
import secrets
from collections.abc import Callable, Mapping

from markupsafe import escape

from app.web.public_content import content_of_request


def spliced(key: tuple[object, ...], values: Mapping[str, str], render: Callable[[Mapping[str, str]], str]) -> str:
    """Return a page whose `values` are put in, escaped; it is rendered once per key and content revision.

    `render` gets a marker for each value and must put each marker where its value belongs.
    """
    pages = content_of_request().pages
    parts = pages.get(key)
    if parts is None:
        parts = pages[key] = _split(values, render)
    made = list(parts)
    for place in range(1, len(made), 2):
        made[place] = str(escape(values[made[place]]))
    return "".join(made)


def _split(values: Mapping[str, str], render: Callable[[Mapping[str, str]], str]) -> tuple[str, ...]:
    secret = secrets.token_hex(8)
    markers = {name: f"z{secret}z{name}z" for name in values}
    return tuple(re.split(rf"z{secret}z(\w+?)z", render(markers)))
