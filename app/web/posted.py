"""What a form sent, by name."""

from flask import request

from app.domain.report_content import Answer, normalise_answers


def posted_values() -> dict[str, list[str]]:
    """Return every posted value by name, as it was typed."""
    return {name: request.form.getlist(name) for name in request.form}


def posted_answers(*names: str) -> dict[str, Answer]:
    """Return the normalised answers of these fields."""
    return normalise_answers({name: request.form.get(name, "") for name in names})
