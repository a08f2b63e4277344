"""Languages: which one a request is in, which are offered, and how days, numbers and names are written in each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.support import Translations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, Domain
from markupsafe import Markup, escape

from app.web.surface import is_desk_path
from app.web.translations import catalogue_digest, complete_languages, translations_of
from models.vocabulary.locale import BY_CODE, ENGLISH, Language

DEFAULT = ENGLISH.code
FIRST_SHOWN = 3
IN_ENGLISH, UNMARKED = Markup(' lang="en" dir="ltr"'), Markup("")
Settings = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class Spoken:
    """A language that says everything: what it says, and the digest of that."""

    digest: str
    translations: Translations = field(repr=False)


@dataclass(frozen=True)
class Locales:
    """The languages this process can speak. Their catalogues are read when the first is asked for, all at once."""

    read_settings: Settings
    with_drafts: bool
    """Whether unchecked languages are offered as well: in the demonstration alone."""

    @cached_property
    def spoken(self) -> Mapping[str, Spoken]:
        """Each language that says everything, by its code."""
        return {code: Spoken(catalogue_digest(code), translations_of(code)) for code in complete_languages()}


class _SaidBy(dict[tuple[str, str], Translations]):
    """What Babel looks its translations up in; languages that are not ours it makes itself."""

    def __init__(self, locales: Locales) -> None:
        super().__init__()
        self._locales = locales

    def __missing__(self, key: tuple[str, str]) -> Translations:
        return self._locales.spoken[key[0]].translations


@dataclass(frozen=True)
class LanguageLink:
    """A way to the same page in another language."""

    language: Language
    address: str
    is_draft: bool
    is_current: bool = False


def _locales() -> Locales:
    return cast(Locales, current_app.extensions["heard_locales"])


def offered() -> Mapping[str, bool]:
    """Return the offered languages: code → whether it is a draft that nobody has checked."""
    locales = _locales()
    checked: Mapping[str, Mapping[str, str]] = locales.read_settings()["languages_checked"]
    drafts = {code: checked.get(code, {}).get("digest") != one.digest for code, one in locales.spoken.items()}
    return {DEFAULT: False} | {code: draft for code, draft in drafts.items() if not draft or locales.with_drafts}


def language() -> str:
    """Return the language of this request: `?lang=` where it is offered, else English. The desk is English."""
    if not has_request_context():
        return DEFAULT
    if "language" not in g:
        g.language = _asked_language()
    return str(g.language)


def is_draft() -> bool:
    """Return whether the language of this request is a draft that nobody has checked."""
    return language() != DEFAULT and offered()[language()]


def _asked_language() -> str:
    asked = request.args.get("lang", DEFAULT)
    if asked not in BY_CODE or g.get("desk") or is_desk_path(request.path):
        return DEFAULT
    return asked if asked in offered() else DEFAULT


def href(path: str) -> str:
    """Return one of our addresses in the language of this request; English is not named."""
    return address_in(path, language())


def address_in(path: str, code: str) -> str:
    """Return one of our addresses in a language; English is not named."""
    parts = urlsplit(path)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "lang"]
    return urlunsplit(parts._replace(query=urlencode(query + [("lang", code)] * (code != DEFAULT))))


def language_links(here: str) -> list[LanguageLink]:
    """Return every offered language with the address of the page `here` in it."""
    current = language()
    return [
        LanguageLink(BY_CODE[code], address_in(here, code), is_draft, code == current)
        for code, is_draft in offered().items()
    ]


def first_language_links(here: str) -> list[LanguageLink]:
    """Return the few languages of the bar: English, where the page is not, then those that the trust names first.

    An answer to a form has none: another language would be another page, without what was typed or the code.
    """
    if request.method == "POST" or is_desk_path(request.path):
        return []
    links = {link.language.code: link for link in language_links(here) if not link.is_current}
    first: Sequence[str] = _locales().read_settings()["languages_first"]
    order = dict.fromkeys((DEFAULT, *first, *links))
    return [links[code] for code in order if code in links][:FIRST_SHOWN]


def day_text(day: date) -> str:
    """Return a day without its year in the language of this request: `18 November`."""
    return format_date(day, BY_CODE[language()].day_pattern, locale=_region())


def long_day_text(day: date) -> str:
    """Return a day with its year: `18 November 2026`."""
    return format_date(day, "long", locale=_region())


def number_text(number: int) -> str:
    """Return a whole number in Western digits, grouped as the language groups: `5,000`."""
    return format_decimal(number, locale=_region())


def plural_kinds() -> Mapping[str, int]:
    """Return the kinds of plural that numbers above 99 have in this language, each with such a number."""
    kind = Locale.parse(_region()).plural_form
    return {kind(number): number for number in reversed(range(100, 200))}


def _region() -> str:
    # English here is that of Britain: its days come before its months.
    return "en_GB" if language() == DEFAULT else language()


def trust_text(text: object) -> Markup:
    """Return words that the trust wrote, marked as English on a page in another language."""
    if language() == DEFAULT or not str(text):
        return escape(text)
    return Markup('<span lang="en" dir="ltr">{}</span>').format(text)


def trust_lang() -> Markup:
    """Return the attributes that mark an element whose words the trust wrote, "" on an English page."""
    return UNMARKED if language() == DEFAULT else IN_ENGLISH


def phone_text(number: object) -> Markup:
    """Return a telephone number that reads from left to right on every page."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(number)


def phone_link(number: str) -> Markup:
    """Return a telephone number as a link that calls it."""
    called = "".join(symbol for symbol in number if symbol.isdigit() or symbol == "+")
    return Markup('<a class="app-tap" href="tel:{}" translate="no">{}</a>').format(called, phone_text(number))


def address_text(address: object) -> Markup:
    """Return a web or email address, which is spelled the same way on every page."""
    return Markup('<span dir="ltr" translate="no">{}</span>').format(address)


def list_text(items: Sequence[object]) -> Markup:
    """Return names in a row, joined as the language joins them."""
    places = [f"%({place})s" for place in range(len(items))]
    pattern = escape(format_list(places, locale=_region()))
    return pattern % {str(place): escape(item) for place, item in enumerate(items)}


def read_languages(app: Flask) -> Iterable[str]:
    """Read every catalogue now and return the codes: no request waits, and no file changes beneath what was checked."""
    locales: Locales = app.extensions["heard_locales"]
    return locales.spoken.keys()


def install_locale(app: Flask, read_settings: Settings, *, with_drafts: bool) -> None:
    """Give templates the languages; `read_settings` returns the settings of the trust as a request sees them."""
    locales = app.extensions["heard_locales"] = Locales(read_settings, with_drafts)
    babel = Babel(app, locale_selector=language, configure_jinja=False)
    babel.domain_instance = Domain()
    babel.domain_instance.cache = _SaidBy(locales)
    app.jinja_env.globals.update(
        href=href,
        language_links=language_links,
        first_language_links=first_language_links,
        plural_kinds=plural_kinds,
        trust_lang=trust_lang,
    )
    app.jinja_env.filters.update(
        trust_text=trust_text,
        phone=phone_text,
        phone_link=phone_link,
        address=address_text,
        number=number_text,
        listed=list_text,
    )
