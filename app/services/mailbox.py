"""The reporter's mailbox: opened by receipt and read."""

import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, case, func, select

from app.domain.deadline import first_update_on, is_running, resume_clock
from app.domain.errors import NotReceived, Unreadable
from app.domain.mailbox_acts import MailboxActs, acts_of, in_order
from app.domain.sealed_content import decode_content
from app.domain.withdrawal import UNDO_DAYS
from app.domain.workflow import STATUS_WORDS
from app.security.keys import key_hash
from app.security.mailbox_key import MailboxKey, link_of, mailbox_key
from app.security.opening import Opener
from app.services.reporter_event import mailbox_verdict
from app.services.roster import lists_aggregation
from app.services.work import OpenWork, Work
from models.attachment import Attachment
from models.case import Case
from models.deadline import Deadline
from models.mailbox import Mailbox, MailboxMessage
from models.vocabulary.word import N_

SHOWN_CLOCKS = ("acknowledge", "update", "close")
CHECK_INS = ("check_in_30", "check_in_90")
NO_MESSAGES = N_("We cannot take messages just now. Your text is still here. Please try again later.")
log = logging.getLogger("heard.mailbox")
_RUNS = case((Mailbox.expires_on < bindparam("today", type_=Mailbox.expires_on.type), 0), else_=1)
# The row at this id or the next one after it: what is asked for and not there costs as much as what is there.
_NEAREST = (
    select(Mailbox.id, Mailbox.case_id, _RUNS.label("runs"))
    .where(Mailbox.id >= bindparam("mailbox_id", type_=Mailbox.id.type))
    .order_by(Mailbox.id)
    .limit(1)
    .subquery()
)
_STANDING = select(_NEAREST.c.id, _NEAREST.c.runs, mailbox_verdict(_NEAREST.c.case_id).label("verdict"))


@dataclass(frozen=True)
class MailboxMessageView:
    """One message as the reporter reads it; `who` is `you` or `us`, `kind` what it is besides words."""

    who: str
    day: date
    text: str = field(repr=False)
    kind: str = "message"
    known: Mapping[str, str] = field(default_factory=dict, repr=False)
    consent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DueView:
    """One promise that is still to be kept: its clock, its day, and whether that day is over."""

    clock: str
    day: date
    is_late: bool


@dataclass(frozen=True)
class ClosingView:
    """What a closed case asks: the outcome to judge, and whether a check-in is due."""

    outcome_id: bytes = b""
    outcome: str = field(default="", repr=False)
    figures: Mapping[str, str] | None = field(default=None, repr=False)
    """What a score needs to be counted; without it the score is not asked for."""
    check_in: str = ""
    """The check-in whose day has come, empty when there is none."""


@dataclass(frozen=True)
class MailboxView:
    """What the mailbox page shows: the clear status and due days of the case, and the messages, oldest first."""

    status_word: str
    due: tuple[DueView, ...]
    messages: tuple[MailboxMessageView, ...]
    unreadable: int = 0
    """How many messages do not open: one broken row must not hide the others."""
    acts: MailboxActs = field(default_factory=MailboxActs, repr=False)
    closing: ClosingView | None = None
    """Of a closed case only."""
    seen: int = 0
    """How many messages there were, readable or not: a change is decided on these."""
    today: date = date.min
    files: int = 0
    """How many files the case has: those of the report and those added since are numbered in one row."""
    received_on: date = date.min

    @property
    def added_files(self) -> int:
        """How many files have been added from the mailbox."""
        return sum(message.kind == "file" and message.who == "you" for message in self.messages)

    @property
    def sent_files(self) -> int:
        """How many files came with the report; 0 as well while a message does not open, which may be about one."""
        return 0 if self.unreadable else self.files - self.added_files


@dataclass(frozen=True)
class _Read:
    """What a mailbox needs from the database, still sealed."""

    status: str
    received_on: date
    clocks: list[Row[Any]]
    rows: list[Row[Any]]
    today: date
    can_score: bool
    files: int


def open_mailbox(work: Work, symbols: str) -> MailboxKey | None:
    """Return the mailbox of a receipt's 19 symbols; None when it is unknown, has expired or was withdrawn.

    One question to the database with the same answer for all, and nothing is opened: they look alike in time.
    """
    key = mailbox_key(symbols, work.sealer.mailbox_pepper)
    return key if is_open(work, key.mailbox_id) else None


def is_open(work: Work, mailbox_id: bytes) -> bool:
    """Return whether a mailbox opens today. What its reporter asked for counts before anyone has applied it."""
    given = {"mailbox_id": mailbox_id, "today": work.today, "still": work.today - timedelta(days=UNDO_DAYS)}
    nearest = work.connection.execute(_STANDING, given).first()
    if nearest is None:
        return False
    stands = nearest.runs if nearest.verdict is None else nearest.verdict
    return bool(stands and nearest.id == mailbox_id)


def read_mailbox(open_work: OpenWork, key: MailboxKey) -> MailboxView | None:
    """Return the mailbox page, or None when the mailbox is gone."""
    with open_work(reading=True) as work:
        if not is_open(work, key.mailbox_id):
            return None
        read = _read(work, key.mailbox_id)
    with Opener(key.seed) as opener:
        opened = [_content(opener, key.mailbox_id, row) for row in read.rows]
    contents = in_order(content for content in opened if content is not None)
    acts = acts_of(contents)
    return MailboxView(
        status_word=STATUS_WORDS[read.status],
        due=() if acts.withdrawal else _due(read),
        messages=tuple(map(_message_view, contents)),
        unreadable=opened.count(None),
        acts=acts,
        closing=_closing(read, contents) if read.status == "closed" else None,
        seen=len(read.rows),
        today=read.today,
        files=read.files,
        received_on=read.received_on,
    )


def _read(work: Work, mailbox_id: bytes) -> _Read:
    case_id = work.connection.scalars(select(Mailbox.case_id).where(Mailbox.id == mailbox_id)).one()
    stands = work.connection.execute(select(Case.status, Case.received_on).where(Case.id == case_id)).one()
    clocks = select(Deadline.clock, Deadline.due_on).where(
        Deadline.case_id == case_id, Deadline.clock.in_((*SHOWN_CLOCKS, *CHECK_INS)), Deadline.met_on.is_(None)
    )
    rows = select(MailboxMessage.id, MailboxMessage.sealed).where(MailboxMessage.mailbox_id == mailbox_id)
    files = select(func.count()).select_from(Attachment).where(Attachment.case_id == case_id)
    return _Read(
        stands.status,
        stands.received_on,
        list(work.connection.execute(clocks)),
        list(work.connection.execute(rows)),
        work.today,
        stands.status == "closed" and lists_aggregation(work),
        work.connection.scalars(files).one(),
    )


def _content(opener: Opener, mailbox_id: bytes, row: Any) -> dict[str, Any] | None:
    try:
        content = decode_content("mailbox", opener.open("mailbox", (mailbox_id, row.id), row.sealed))
    except Unreadable:
        log.error("mailbox.unreadable")
        return None
    return content | {"id": row.id}


def _message_view(content: Mapping[str, Any]) -> MailboxMessageView:
    return MailboxMessageView(
        "you" if content["from"] == "reporter" else "us",
        date.fromisoformat(content["day"]),
        content["text"],
        content["kind"],
        content.get("known", {}),
        content.get("consent", {}),
    )


def _due(read: _Read) -> tuple[DueView, ...]:
    """Return what is promised. A clock that was stopped runs on at once when its reporter carries on after all."""
    due = {
        row.clock: row.due_on if is_running(row.due_on) else resume_clock(row.clock, row.due_on, read.today)
        for row in read.clocks
        if row.clock in SHOWN_CLOCKS
    }
    # The clock of the updates starts with our first message. Its first day was promised with the receipt all the same.
    if "acknowledge" in due:
        due.setdefault("update", first_update_on(due["acknowledge"]))
    views = [DueView(clock, day, day < read.today) for clock, day in due.items()]
    return tuple(sorted(views, key=lambda one: one.day))


def _closing(read: _Read, contents: list[dict[str, Any]]) -> ClosingView:
    due = sorted(row.clock for row in read.clocks if row.clock in CHECK_INS and row.due_on <= read.today)
    check_in = due[-1] if due else ""
    outcomes = [one for one in contents if one["from"] == "staff" and one["kind"] == "outcome"]
    if not outcomes:
        return ClosingView(check_in=check_in)
    last = outcomes[-1]
    return ClosingView(last["id"], last["text"], last.get("figures") if read.can_score else None, check_in)


def check_hello(mailbox: Row[Any], key: MailboxKey) -> None:
    """Check that whoever sealed `hello` knew the link, and that it names this case key; else alarm and refuse.

    Raises `NotReceived`.
    """
    try:
        with Opener(key.seed) as opener:
            hello = decode_content("hello", opener.open("hello", (key.mailbox_id, key.mailbox_id), mailbox.hello))
        named = bytes.fromhex(hello["link"]), bytes.fromhex(hello["case_key"]), bytes.fromhex(hello["case"])
        expected = link_of(key.seed), key_hash(mailbox.case_public_key), mailbox.case_id
    except Unreadable as error:
        log.error("mailbox.hello_refused")
        raise NotReceived(NO_MESSAGES) from error
    if not all(hmac.compare_digest(left, right) for left, right in zip(named, expected, strict=True)):
        log.error("mailbox.hello_refused")
        raise NotReceived(NO_MESSAGES)
