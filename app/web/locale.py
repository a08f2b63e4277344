"""Languages and the way days are written. English alone is offered until a translation is human-checked."""

from datetime import date

from flask import request

OFFERED = {"en": "ltr"}
"""Language code → direction of writing."""
DEFAULT = "en"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def language() -> str:
    """Return the language of this request: `?lang=`, where it is offered, else English."""
    asked = request.args.get("lang", DEFAULT)
    return asked if asked in OFFERED else DEFAULT


def day_text(day: date) -> str:
    """Return a day without its year: `18 November`."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def long_day_text(day: date) -> str:
    """Return a day with its year: `18 November 2026`."""
    return f"{day_text(day)} {day.year}"
