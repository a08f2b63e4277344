"""The queue: what is granted to the actor and is open, or is closed and its reporter has written since.

Danger first, then soonest due, then the spam lane; 25 cards a page.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, case, exists, func, literal, select

from app.domain.deadline import STOPPED_FROM
from app.domain.errors import Unreadable
from app.domain.withdrawal import is_stopped
from app.services.card_shelf import CardShelf
from app.services.place import PlaceView, name_places
from app.services.reporter_event import WaitingEvents, waiting_events
from app.services.unsealing import ReaderKey, case_opener, open_content
from app.services.user import name_people
from app.services.work import OpenWork, Work
from models.case import IS_OPEN, Case, CaseSeen
from models.deadline import Deadline
from models.grant import Grant
from models.reporter_event import ReporterEvent

PAGE = 25
DANGER, PLAIN, SPAM_DANGER, SPAM = range(4)
"""Ranks: possible danger that nobody has checked; the others; the spam lane until triage, in the same order.

Whoever floods us can say that someone is in danger. So danger by the spam lane does not stand among the other danger:
it stands first in its lane, and the top of every page counts it and leads there.
"""
Card = Mapping[str, Any]


class Position(NamedTuple):
    """A place in the queue: the sort key of one case; its rank is one of those above."""

    rank: int
    due_on: date
    case_id: bytes


BEFORE_SPAM_DANGER = Position(SPAM_DANGER, date.min, bytes(16))
"""Where the spam lane begins, whichever cases stand around it."""


@dataclass(frozen=True)
class QueueRow:
    """One line: clear columns, and the opened card (empty when it could not be opened)."""

    reference: str
    position: Position
    card: Card = field(repr=False)
    place: PlaceView | None
    owner: str | None
    in_danger: bool
    clock: str | None
    is_new: bool
    has_reply: bool
    is_stopped: bool
    """Whether the reporter asked us to stop or to delete; only what guards against danger is still due."""
    known_changed: bool
    in_spam_lane: bool
    is_closed: bool
    """Closed, and its reporter has written since."""


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue; `before` is how many cases come earlier, `total` how many there are.

    `spam` is how many of all wait in the spam lane, `spam_danger` how many of those say that there may be danger.
    """

    rows: tuple[QueueRow, ...]
    before: int
    total: int
    spam: int
    spam_danger: int
    today: date


@dataclass(frozen=True)
class _Found:
    """What one page needs from the database, still sealed."""

    rows: list[tuple[Position, Any]]
    before: int
    total: int
    spam: int
    spam_danger: int
    seen: frozenset[bytes]
    waiting: Mapping[bytes, WaitingEvents]
    clocks: Mapping[bytes, str]
    owners: Mapping[bytes, str]
    today: date


def read_queue(
    open_work: OpenWork,
    *,
    after: Position | None = None,
    before: Position | None = None,
    shelf: CardShelf | None = None,
) -> QueuePage:
    """Return the page that follows `after` or ends before `before`; the audit entry is committed first.

    A page that this session has opened and that has not changed comes from its `shelf`.
    """
    with open_work(reading=True) as work:
        found = _find_page(work, after, before)
    if not found.rows:
        return _queue_page((), found)
    digest = hashlib.sha256(b"".join(key.case_id for key, _ in found.rows)).hexdigest()
    with open_work() as work:
        work.audit("cards.opened", count=len(found.rows), digest=digest)
        seed = work.vault.seed
    cards = _open_page(seed, found, shelf)
    with open_work(reading=True) as work:
        places = name_places(work, frozenset(str(card.get("place", "")) for card in cards.values()))
    rows = tuple(_queue_row(found, key, row, cards[row.id], places) for key, row in found.rows)
    return _queue_page(rows, found)


def _queue_page(rows: tuple[QueueRow, ...], found: _Found) -> QueuePage:
    return QueuePage(rows, found.before, found.total, found.spam, found.spam_danger, found.today)


def _open_page(seed: bytearray, found: _Found, shelf: CardShelf | None) -> dict[bytes, Card]:
    digest = hashlib.sha256(b"".join(key.case_id + row.sealed + row.card for key, row in found.rows)).digest()
    if shelf is not None and (kept := shelf.find(digest)) is not None:
        return kept
    with ReaderKey(seed) as reader:
        cards = {row.id: open_card(reader, row.id, row.sealed, row.card) for _, row in found.rows}
    if shelf is not None:
        shelf.keep(digest, cards)
    return cards


def open_card(reader: ReaderKey, case_id: bytes, grant: bytes, sealed: bytes) -> Card:
    """Return the card of a case, empty when it is unreadable: one broken row must not hide the queue."""
    try:
        with case_opener(reader.case_seed(case_id, grant)) as opener:
            return open_content(opener, "card", (case_id, case_id), sealed)
    except Unreadable:
        return {}


def _find_page(work: Work, after: Position | None, before: Position | None) -> _Found:
    # One narrow pass gives order, count and position at once; wide columns are read for one page only.
    keys = _keys(work)
    if before is not None:
        start = max(0, bisect_left(keys, before) - PAGE)
    else:
        start = 0 if after is None else bisect_right(keys, after)
    page = keys[start : start + PAGE]
    ids = [key.case_id for key in page]
    found = _page(work, ids)
    rows = [(key, found[key.case_id]) for key in page]
    return _Found(
        rows=rows,
        before=start,
        total=len(keys),
        spam=sum(key.rank >= SPAM_DANGER for key in keys),
        spam_danger=sum(key.rank == SPAM_DANGER for key in keys),
        seen=_seen(work, ids),
        waiting=waiting_events(work, ids),
        clocks=next_clocks(work, ids),
        owners=name_people(work, (row.owner for _, row in rows)),
        today=work.today,
    )


def _keys(work: Work) -> list[Position]:
    unchecked = and_(Case.possible_danger, Case.screened_on.is_(None))
    in_spam_lane = and_(Case.spam_lane, Case.triaged_on.is_(None))
    rank = case((in_spam_lane, case((unchecked, SPAM_DANGER), else_=SPAM)), (unchecked, DANGER), else_=PLAIN)
    # Asked as "is there a grant", so that the index of open cases leads and no other closed one is ever read.
    granted = exists().where(Grant.case_id == Case.id, Grant.user_id == work.person.id)
    scope = select(rank, Case.next_due_on, Case.id).where(IS_OPEN, granted)
    # A closed case whose reporter wrote stands where its answer is due, from the day of the message on.
    wrote = (
        select(literal(1), func.min(ReporterEvent.day), Case.id)
        .join(Case, Case.id == ReporterEvent.case_id)
        .where(ReporterEvent.kind == "wrote", Case.status == "closed", granted)
        .group_by(Case.id)
    )
    rows = [*work.connection.execute(scope), *work.connection.execute(wrote)]
    return sorted(Position(*row) for row in rows)


def _page(work: Work, ids: list[bytes]) -> dict[bytes, Any]:
    columns = select(
        Case.id, Case.reference, Case.card, Case.owner, Case.withdrawn, Case.spam_lane, Case.status, Grant.sealed
    )
    joined = (Grant.case_id == Case.id) & (Grant.user_id == work.person.id)
    rows = work.connection.execute(columns.join(Grant, joined).where(Case.id.in_(ids)))
    return {row.id: row for row in rows}


def _seen(work: Work, ids: list[bytes]) -> frozenset[bytes]:
    chosen = select(CaseSeen.case_id).where(CaseSeen.user_id == work.person.id, CaseSeen.case_id.in_(ids))
    return frozenset(work.connection.scalars(chosen))


def next_clocks(work: Work, ids: list[bytes]) -> dict[bytes, str]:
    """Return the running clock that is due next in each of the cases."""
    rows = work.connection.execute(
        select(Deadline.case_id, Deadline.clock)
        .where(Deadline.case_id.in_(ids), Deadline.met_on.is_(None), Deadline.due_on < STOPPED_FROM)
        .order_by(Deadline.due_on.desc(), Deadline.clock.desc())
    )
    return {row.case_id: row.clock for row in rows}


def _queue_row(found: _Found, key: Position, row: Any, card: Card, places: Mapping[str, PlaceView]) -> QueueRow:
    in_danger = key.rank in (DANGER, SPAM_DANGER)
    waiting = found.waiting.get(row.id, WaitingEvents())
    stopped = is_stopped(row.withdrawn, waiting.stops)
    running = None if stopped else found.clocks.get(row.id)
    return QueueRow(
        reference=row.reference,
        position=key,
        card=card,
        place=places.get(str(card.get("place", ""))),
        owner=found.owners.get(row.owner),
        in_danger=in_danger,
        clock="screen" if in_danger else running,
        is_new=row.id not in found.seen,
        has_reply=waiting.count("wrote") > 0,
        is_stopped=stopped,
        known_changed=waiting.count("known_changed") > 0,
        in_spam_lane=row.spam_lane,
        is_closed=row.status == "closed",
    )
