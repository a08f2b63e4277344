"""What a form sent, by name."""

import re
from collections.abc import Container

from flask import request
from werkzeug.exceptions import BadRequest

from app.domain.report_content import Answer, normalise_answers


def posted_values() -> dict[str, list[str]]:
    """Return every posted value by name, as it was typed."""
    return {name: request.form.getlist(name) for name in request.form}


def posted_answers(*names: str) -> dict[str, Answer]:
    """Return the normalised answers of these fields."""
    return normalise_answers({name: request.form.get(name, "") for name in names})


def refuse_near_names(known: Container[str]) -> None:
    """Refuse a form (400) with a field that is all but called like a known one: what it says would not be heeded.

    Fields of other names, as extensions of browsers and proxies add them, are let be.
    """
    for name in request.form:
        if name not in known and re.sub(r"[^a-z0-9_]", "", name.lower()) in known:
            raise BadRequest
