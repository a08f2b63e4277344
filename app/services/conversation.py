"""Answering a reporter: one message, sealed twice, stored once."""

import hashlib
import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date
from functools import partial
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from app.domain.deadline import due_on, next_due_on
from app.domain.errors import Refused, Unreadable
from app.domain.sealed_content import encode_content
from app.security.context import ctx
from app.security.key_derivation import expand
from app.security.keys import Recipient, key_hash, recipient_of
from app.security.sealing import seal
from app.services.case import report_of
from app.services.case_scope import GrantedCase
from app.services.mailbox_card import Messages, card_as_known, messages_if_changed
from app.services.reporter_event import ANSWERED, apply_events_of
from app.services.unsealing import ReaderKey, case_opener, open_content, open_if_readable
from app.services.work import OpenWork, Work, add_once
from models.case import Case
from models.conversation import Message
from models.deadline import Deadline
from models.mailbox import Mailbox, MailboxMessage
from models.reporter_event import ReporterEvent

MET_BY_REPLY = ("acknowledge", "update")
NO_MAILBOX = "The reporter's mailbox is closed, so a reply cannot reach them. Nothing was sent."
WRONG_MAILBOX = "The reporter's mailbox does not match this report. Nothing was sent. Tell the person who runs Heard."
log = logging.getLogger("heard.conversation")


@dataclass(frozen=True)
class _Sealed:
    """The two rows of one reply."""

    copy: dict[str, Any] = field(repr=False)
    mailbox_copy: dict[str, Any] = field(repr=False)
    card: bytes | None = field(repr=False)
    """The queue card, where the reporter changed how they are known."""


@dataclass(frozen=True)
class _Opened:
    """What a reply needs of an opened case: the message key, and which mailbox the report names."""

    case: Recipient = field(repr=False)
    """The case as a recipient, worked out from its seed: whoever can write rows could change the stored key."""
    message_key: bytes = field(repr=False)
    mailbox_id: bytes
    mailbox_key_hash: bytes
    card: bytes | None = field(repr=False)


def reply(open_work: OpenWork, granted: GrantedCase, text: str, once: str = "") -> None:
    """Send `text` to the reporter; the same text sent twice on one day (or with one `once`) is one message.

    Raises `Refused` when the mailbox is closed or is not the one that the report names.
    """
    with open_work(reading=True) as work:
        report = report_of(work, granted.id)
        mailbox = work.connection.execute(
            select(Mailbox.id, Mailbox.public_key, Mailbox.expires_on).where(Mailbox.case_id == granted.id)
        ).first()
        changed = messages_if_changed(work, granted.id)
        # Both sides hold every message, so that both count alike.
        turn = (work.connection.scalar(select(func.count()).where(Message.case_id == granted.id)) or 0) + 1
        seed, today = work.vault.seed, work.today
        author, at = work.person.id, work.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if mailbox is None or (mailbox.expires_on is not None and mailbox.expires_on < today):
        raise Refused(NO_MAILBOX)
    opened = _open_report(seed, granted, report, changed)
    same = hmac.compare_digest(opened.mailbox_key_hash, key_hash(mailbox.public_key))
    if not same or mailbox.id != opened.mailbox_id:
        log.error("mailbox.key_refused")
        raise Refused(WRONG_MAILBOX)
    if opened.case.public_key != granted.row.public_key:
        log.error("case.key_changed")
    parts = (granted.id, author, today.isoformat().encode(), once.encode(), text.encode())
    message_id = hmac.digest(opened.message_key, ctx(*parts), hashlib.sha256)[:16]
    shared = {"from": "staff", "day": today.isoformat(), "kind": "message", "text": text, "files": [],
              "turn": turn}  # fmt: skip
    sealed = _seal(granted.id, opened, mailbox.public_key, message_id, shared, {"user": author.hex(), "at": at})
    # A second press stores nothing: the first has stored the same message under the same id.
    add_once(open_work, partial(_store, sealed=sealed))


def _seal(
    case_id: bytes,
    opened: _Opened,
    mailbox_key: bytes,
    message_id: bytes,
    shared: Mapping[str, object],
    staff_only: Mapping[str, object],
) -> _Sealed:
    copy, mailbox_copy = encode_content("message", {**shared, **staff_only}), encode_content("mailbox", shared)
    mailbox_id = opened.mailbox_id
    return _Sealed(
        copy={
            "id": message_id,
            "case_id": case_id,
            "sealed": seal("message", (case_id, message_id), opened.case, copy),
        },
        mailbox_copy={
            "id": message_id,
            "mailbox_id": mailbox_id,
            "sealed": seal("mailbox", (mailbox_id, message_id), mailbox_key, mailbox_copy),
        },
        card=opened.card,
    )


def _open_report(seed: bytearray, granted: GrantedCase, report: Row[Any], changed: Messages) -> _Opened:
    with ReaderKey(seed) as reader:
        case_seed = reader.case_seed(granted.id, granted.grant)
    owner = recipient_of(case_seed)
    with case_opener(case_seed) as opener:
        content = open_content(opener, "report", (granted.id, report.id), report.sealed)
        card = card_as_known(partial(open_if_readable, opener), granted.id, granted.row.card, changed, owner)
    try:
        mailbox_id, named = bytes.fromhex(content["mailbox"]), bytes.fromhex(content["mailbox_key"])
    except (KeyError, TypeError, ValueError):
        raise Unreadable from None
    return _Opened(owner, expand(case_seed, ctx(b"reply"), 32), mailbox_id, named, card)


def _store(work: Work, sealed: _Sealed) -> None:
    case_id: bytes = sealed.copy["case_id"]
    work.insert(Message, sealed.copy)
    work.insert(MailboxMessage, sealed.mailbox_copy)
    apply_events_of(work, case_id)
    answered = (ReporterEvent.case_id == case_id) & ReporterEvent.kind.in_(ANSWERED)
    work.connection.execute(delete(ReporterEvent).where(answered))
    due = _run_clocks(work, case_id)
    card = {} if sealed.card is None else {"card": sealed.card}
    state = work.connection.execute(select(Case.acknowledged_on, Case.version).where(Case.id == case_id)).one()
    work.connection.execute(
        update(Case)
        .where(Case.id == case_id)
        .values(next_due_on=due, acknowledged_on=state.acknowledged_on or work.today, version=state.version + 1, **card)
    )
    work.audit("message.sent", about=case_id)


def _run_clocks(work: Work, case_id: bytes) -> date:
    """Meet the clocks that a reply meets, start the next update, and return the day that is due next."""
    meets = (Deadline.case_id == case_id) & Deadline.met_on.is_(None) & Deadline.clock.in_(MET_BY_REPLY)
    work.connection.execute(update(Deadline).where(meets).values(met_on=work.today))
    stopped = work.connection.scalar(select(Case.withdrawn | (Case.status == "closed")).where(Case.id == case_id))
    if not stopped:
        update_due = due_on("update", work.today)
        row = {"id": work.new_id(), "case_id": case_id, "clock": "update", "due_on": update_due, "met_on": None}
        work.insert(Deadline, row)
    still_open = select(Deadline.due_on).where(Deadline.case_id == case_id, Deadline.met_on.is_(None))
    return next_due_on(list(work.connection.scalars(still_open)))
