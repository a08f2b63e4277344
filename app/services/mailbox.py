"""The reporter's mailbox: opened by receipt, read, and written to."""

import hmac
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Row, exists, select

from app.domain.errors import NotReceived, Unreadable
from app.domain.report_content import content_digest
from app.domain.sealed_content import decode_content, encode_content
from app.domain.workflow import STATUS_WORDS
from app.security.form_token import FormToken
from app.security.keys import key_hash, recipient_of
from app.security.mailbox_key import MailboxKey, link_of, mailbox_key
from app.security.opening import Opener
from app.security.sealing import seal
from app.services.work import OpenWork, Work, add_once
from models.case import Case
from models.conversation import Message
from models.deadline import Deadline
from models.mailbox import Mailbox, MailboxMessage
from models.reporter_event import ReporterEvent

SHOWN_CLOCKS = ("acknowledge", "update", "close")
NO_MESSAGES = "We cannot take messages just now. Your text is still here. Please try again later."
log = logging.getLogger("heard.mailbox")


@dataclass(frozen=True)
class MailboxMessageView:
    """One message as the reporter reads it; `who` is `you` or `us`, `kind` what it is besides words."""

    who: str
    day: date
    text: str = field(repr=False)
    kind: str = "message"


@dataclass(frozen=True)
class DueView:
    """One promise that is still to be kept: its clock, its day, and whether that day is over."""

    clock: str
    day: date
    is_late: bool


@dataclass(frozen=True)
class MailboxView:
    """What the mailbox page shows: the clear status and due days of the case, and the messages, oldest first."""

    status_word: str
    due: tuple[DueView, ...]
    messages: tuple[MailboxMessageView, ...]
    unreadable: int = 0
    """How many messages do not open: one broken row must not hide the others."""


def open_mailbox(work: Work, symbols: str) -> MailboxKey | None:
    """Return the mailbox of a receipt's 19 symbols; None when it is unknown or has expired.

    One question to the database with the same answer for both, and nothing is opened: they look alike in time.
    """
    key = mailbox_key(symbols, work.sealer.mailbox_pepper)
    return key if is_open(work, key.mailbox_id) else None


def is_open(work: Work, mailbox_id: bytes) -> bool:
    """Return whether a mailbox opens today."""
    runs = Mailbox.expires_on.is_(None) | (Mailbox.expires_on >= work.today)
    return bool(work.connection.scalar(select(exists().where(Mailbox.id == mailbox_id, runs))))


def read_mailbox(open_work: OpenWork, key: MailboxKey) -> MailboxView | None:
    """Return the mailbox page, or None when the mailbox is gone."""
    with open_work(reading=True) as work:
        if not is_open(work, key.mailbox_id):
            return None
        case_id = work.connection.scalars(select(Mailbox.case_id).where(Mailbox.id == key.mailbox_id)).one()
        status = work.connection.scalars(select(Case.status).where(Case.id == case_id)).one()
        clocks = work.connection.execute(
            select(Deadline.clock, Deadline.due_on).where(
                Deadline.case_id == case_id, Deadline.clock.in_(SHOWN_CLOCKS), Deadline.met_on.is_(None)
            )
        ).all()
        rows = work.connection.execute(
            select(MailboxMessage.id, MailboxMessage.sealed).where(MailboxMessage.mailbox_id == key.mailbox_id)
        ).all()
        today = work.today
    with Opener(key.seed) as opener:
        opened = [_content(opener, key.mailbox_id, row) for row in rows]
    contents = [content for content in opened if content is not None]
    contents.sort(key=lambda content: (content["day"], content["rank"]))
    due = sorted((DueView(row.clock, row.due_on, row.due_on < today) for row in clocks), key=lambda one: one.day)
    return MailboxView(
        status_word=STATUS_WORDS[status],
        due=tuple(due),
        messages=tuple(_message_view(content) for content in contents),
        unreadable=opened.count(None),
    )


def _content(opener: Opener, mailbox_id: bytes, row: Any) -> dict[str, Any] | None:
    try:
        content = decode_content("mailbox", opener.open("mailbox", (mailbox_id, row.id), row.sealed))
    except Unreadable:
        log.error("mailbox.unreadable")
        return None
    # Only days are stored: within a day, what the reporter wrote is shown before our answer.
    content["rank"] = 0 if content["from"] == "reporter" else 1
    return content


def _message_view(content: Mapping[str, Any]) -> MailboxMessageView:
    who = "you" if content["from"] == "reporter" else "us"
    return MailboxMessageView(who, date.fromisoformat(content["day"]), content["text"], content["kind"])


def message_id_of(key: MailboxKey, token: FormToken, text: str) -> bytes:
    """Return the id that a message has, the same when its page is sent twice."""
    return token.message_id(key.mailbox_id, content_digest("reply", 1, {"text": text}, []))


def is_sent(open_work: OpenWork, key: MailboxKey, token: FormToken, text: str) -> bool:
    """Return whether this very message has been received before."""
    with open_work(reading=True) as work:
        return work.has(MailboxMessage, message_id_of(key, token, text))


def send_message(open_work: OpenWork, key: MailboxKey, token: FormToken, text: str) -> None:
    """Seal one message to the case and to the own mailbox and store it; sent twice it is one message.

    Raises `NotReceived` when the mailbox is gone or its case key does not prove itself.
    """
    message_id = message_id_of(key, token, text)
    with open_work(reading=True) as work:
        mailbox = work.connection.execute(select(Mailbox).where(Mailbox.id == key.mailbox_id)).first()
        today = work.today
        if mailbox is None or not is_open(work, key.mailbox_id):
            raise NotReceived(NO_MESSAGES)
        if work.has(MailboxMessage, message_id):
            return
    check_hello(mailbox, key)
    content = {"from": "reporter", "day": today.isoformat(), "kind": "message", "text": text, "files": []}
    data = encode_content("message", content)
    store = partial(
        _store_message,
        own={
            "id": message_id,
            "mailbox_id": key.mailbox_id,
            # Never to the stored public key: whoever can write rows could put their own there.
            "sealed": seal("mailbox", (key.mailbox_id, message_id), recipient_of(key.seed), data),
        },
        copy={
            "id": message_id,
            "case_id": mailbox.case_id,
            "sealed": seal("message", (mailbox.case_id, message_id), mailbox.case_public_key, data),
        },
    )
    # A twin that won the race has stored the same message under the same id.
    add_once(open_work, store)


def _store_message(work: Work, own: Mapping[str, Any], copy: Mapping[str, Any]) -> None:
    work.insert(MailboxMessage, own)
    work.insert(Message, copy)
    event = {"id": secrets.token_bytes(16), "case_id": copy["case_id"], "kind": "wrote", "day": work.today}
    work.insert(ReporterEvent, event)
    work.audit("message.received", about=copy["case_id"])
    work.notify("reporter_wrote")


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
