"""What the public pages show from the database, read again when it has changed."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, g

from app.database.engine import SQLAlchemyError
from app.domain.errors import HeardError
from app.domain.setting import DEFAULTS
from app.services.place import PlaceView, find_posters, list_places
from app.services.roster import list_fallbacks, list_readers, lists_aggregation, roster_version
from app.services.setting import read_settings, settings_revision
from app.services.support_directory import ServiceView, list_services
from app.services.work import Work
from app.web.context import heard
from models.vocabulary.people import READER_ROLE

FRESH_SECONDS = 2.0
log = logging.getLogger("heard.content")
ROLE_LABELS = {word.code: word.label for word in READER_ROLE}


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
