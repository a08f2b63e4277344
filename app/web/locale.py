"""Languages and the way days are written. English alone is offered until a translation is human-checked."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urlsplit, urlunsplit

from babel import Locale
from babel.dates import format_date
from flask import Flask, request
from flask_babel import Babel

OFFERED = {"en": "ltr"}
"""Language code → direction of writing."""
DEFAULT = "en"


def language() -> str:
    """Return the language of this request: `?lang=`, where it is offered, else English."""
    asked = request.args.get("lang", DEFAULT)
    return asked if asked in OFFERED else DEFAULT


def href(path: str) -> str:
    """Return one of our addresses in the language of this request; English is not named."""
    lang = language()
    if lang == DEFAULT:
        return path
    parts = urlsplit(path)
    query = "&".join(filter(None, (parts.query, urlencode({"lang": lang}))))
    return urlunsplit(parts._replace(query=query))


def day_text(day: date) -> str:
    """Return a day without its year in the language of this request: `18 November`."""
    return format_date(day, "d MMMM", locale=language())


def long_day_text(day: date) -> str:
    """Return a day with its year: `18 November 2026`."""
    return format_date(day, "d MMMM y", locale=language())


def install_locale(app: Flask) -> None:
    """Give templates `_`, `ngettext` and `href`, in the language of each request."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=language)
    app.jinja_env.globals["href"] = href
    app.jinja_env.globals["offered_languages"] = offered_languages


@dataclass(frozen=True)
class OfferedLanguage:
    """One language of the public pages: its code, its name in its own script, and the way it is written."""

    code: str
    name: str
    dir: str


def offered_languages() -> tuple[OfferedLanguage, ...]:
    """Return the languages that this site is offered in, in the order of the menu."""
    return tuple(
        OfferedLanguage(code, Locale.parse(code).get_display_name(code) or code, way) for code, way in OFFERED.items()
    )
