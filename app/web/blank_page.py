"""Blank forms and the receipt page: rendered once for each content revision, then spliced."""

import logging
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, current_app, g, render_template, request
from markupsafe import Markup, escape

from app.database.engine import SQLAlchemyError
from app.domain.errors import HeardError
from app.domain.setting import DEFAULTS
from app.services.place import PlaceView, find_posters, list_places
from app.services.roster import list_fallbacks, list_readers, lists_aggregation, roster_version
from app.services.setting import read_settings, settings_revision
from app.services.support_directory import ServiceView, list_services
from app.services.work import Work
from app.web.context import heard
from app.web.locale import is_draft, language, phone_text, trust_text
from app.web.wording import say
from models.vocabulary.locale import BY_CODE
from models.vocabulary.people import READER_ROLE
from models.vocabulary.word import N_

FRESH_SECONDS = 2.0
HTML = "text/html; charset=utf-8"
log = logging.getLogger("heard.content")
ROLE_LABELS = {word.code: word.label for word in READER_ROLE}
IN_DANGER = N_("Call 999. In hospital, tell a member of staff.")
CRISIS = N_("In a mental health crisis call 111 and choose option 2.")
OTHER_WAY = N_("Call %(phone)s, or ask for a paper form. Interpreters and BSL are free.")
STAFF_OTHER_WAY = N_(
    "Call %(phone)s to tell us by phone or to ask for a paper form. "
    "Or call the Freedom to Speak Up Guardian on %(guardian)s."
)


@dataclass(frozen=True)
class ShownReader:
    """A reader as the public pages name one; `id` is 32 hex digits."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class PublicContent:
    """What public pages show from the database, and the rendered pages that show it."""

    revision: tuple[object, ...]
    settings: Mapping[str, Any]
    places: tuple[PlaceView, ...] = ()
    readers: tuple[ShownReader, ...] = ()
    fallbacks: tuple[str, ...] = ()
    """Who stands in when too few readers are left, by the name that the trust gives them."""
    services: tuple[ServiceView, ...] = ()
    """The directory, in its order."""
    counts_answers: bool = False
    """Whether there is a key to which an answer about oneself can be sealed."""
    pages: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict, repr=False)
    by_code: Mapping[str, PlaceView] = field(default_factory=dict)
    """What each poster code stands for: its place, or the site of one that is too small to be named."""
    place_ids: frozenset[str] = frozenset()
    reader_ids: frozenset[str] = frozenset()


@dataclass
class ContentShelf:
    """The content this process shows, and when it last looked whether it still holds."""

    content: PublicContent | None = None
    looked: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)


def _shelf() -> ContentShelf:
    shelf: ContentShelf = current_app.extensions["heard_content"]
    return shelf


def public_content() -> PublicContent:
    """Return the content to show, at most two seconds old; what is at hand while the database is away."""
    shelf = _shelf()
    if time.monotonic() - shelf.looked < FRESH_SECONDS:
        return content_at_hand()
    with shelf.lock:
        if time.monotonic() - shelf.looked >= FRESH_SECONDS:
            try:
                with heard().open_work(reading=True) as work:
                    shelf.content = _refreshed(work, shelf.content)
            except (HeardError, SQLAlchemyError) as error:
                log.warning("content.not_refreshed %s", type(error).__name__)
            # Looked in vain counts too: while the database is away, requests must not wait for it one by one.
            shelf.looked = time.monotonic()
    return content_at_hand()


def content_at_hand() -> PublicContent:
    """Return the last content that was read, without asking the database."""
    return _shelf().content or PublicContent((), DEFAULTS)


def content_of_request() -> PublicContent:
    """Return the content that this request shows; one request shows one content."""
    if "content" not in g:
        g.content = public_content()
    content: PublicContent = g.content
    return content


def _refreshed(work: Work, known: PublicContent | None) -> PublicContent:
    places, services, by_code = list_places(work), list_services(work), find_posters(work)
    revision = (roster_version(work), places, by_code, services, settings_revision(work), work.today)
    if known is not None and known.revision == revision:
        return known
    settings = read_settings(work)
    names = settings["reader_names"]
    readers = _shown(work, names, list_readers)
    return PublicContent(
        revision,
        settings,
        places,
        readers,
        tuple(one.name for one in _shown(work, names, list_fallbacks)),
        services=services,
        counts_answers=lists_aggregation(work),
        by_code=by_code,
        place_ids=frozenset(place.id for place in places),
        reader_ids=frozenset(reader.id for reader in readers),
    )


def _shown(work: Work, names: Mapping[str, str], find: Callable[[Work], Iterable[Any]]) -> tuple[ShownReader, ...]:
    try:
        readers = find(work)
    except HeardError:
        return ()
    return tuple(
        ShownReader(
            reader.user_id.hex(),
            names.get(reader.user_id.hex(), ""),
            ROLE_LABELS.get(reader.role, reader.role),
        )
        for reader in readers
    )


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


def page(template: str, status: int = 200, **context: object) -> Response:
    """Return a page rendered for this request alone."""
    return Response(render_template(template, **context), status, content_type=HTML)


def template_context() -> dict[str, object]:
    """Return what every template may use: names, contacts and language."""
    settings = content_of_request().settings
    lang = language()
    return {
        "lang": lang,
        "dir": BY_CODE[lang].direction,
        "is_draft": is_draft(),
        "here": request.path,
        "service_name": "Heard",
        "trust_name": trust_text(settings["trust_name"]),
        "trust_note": trust_text(settings["trust_note"]),
        "contacts": contacts(settings),
    }


def contacts(settings: Mapping[str, Any]) -> dict[str, object]:
    """Return the help that stands beside every public form, with what the trust wrote marked as such.

    What begins with `staff_` is of use to people who work here alone: extensions, their own lines.
    """
    guardian, other_way = phone_text(settings["guardian_phone"]), phone_text(settings["other_way_phone"])
    note = trust_text(settings["support_note"])
    return {
        "danger_text": say(IN_DANGER),
        "staff_danger_text": trust_text(settings["danger_text"]),
        "crisis_text": say(CRISIS),
        "support_name": trust_text(settings["support_name"]),
        "support_phone": Markup("{} ({})").format(phone_text(settings["support_phone"]), note),
        "other_way_phone": other_way,
        "other_way_text": say(OTHER_WAY, phone=other_way),
        "staff_other_way_text": say(STAFF_OTHER_WAY, phone=other_way, guardian=guardian),
    }
