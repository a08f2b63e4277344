"""What a reporter sends from the mailbox, words or files: sealed to the case and to the own mailbox, stored once."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Row, func, select

from app.domain.errors import HeardError, MailboxGone, NotReceived
from app.domain.report_content import content_digest
from app.domain.sealed_content import encode_content
from app.security.context import ctx
from app.security.form_token import FormToken
from app.security.key_derivation import expand
from app.security.keys import recipient_of
from app.security.mailbox_key import MailboxKey
from app.security.sealing import seal
from app.services.attachment_intake import AttachmentDraft, discard_attachments, seal_attachments
from app.services.mailbox import NO_MESSAGES, MailboxView, check_hello, is_open, read_mailbox
from app.services.work import OpenWork, Work, add_once
from models.attachment import Attachment
from models.conversation import Message
from models.mailbox import Mailbox, MailboxMessage
from models.reporter_event import ReporterEvent
from models.vocabulary.word import N_

MOST_A_DAY = 30
TOO_MANY = N_("You have sent 30 messages today. Your text is still here. Please send it tomorrow, or call us.")
ATTEMPTS = 5
"""How often a change is decided anew when another message comes in between."""


@dataclass(frozen=True)
class OwnMessage:
    """One message of a reporter: its kind, its words, and the event that tells the desk of it."""

    kind: str
    event: str
    text: str = field(default="", repr=False)
    more: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    """`known` or `consent`, for the kinds that hold one."""
    team_text: str = field(default="", repr=False)
    """What the team reads instead of `text`, where the two sides are told in different words."""
    files: tuple[AttachmentDraft, ...] = ()
    files_before: int = 0
    """How many files the case has."""

    @property
    def digest(self) -> bytes:
        """What tells this message from every other of the same page."""
        form = "reply" if self.kind == "message" else self.kind
        if self.files:
            # What is said of a file is in the language of the page. The file itself is the same in all of them.
            return content_digest(form, 1, {}, [file.mark for file in self.files])
        answers = {name: value for given in self.more.values() for name, value in given.items()}
        return content_digest(form, 1, {"text": self.text, **answers}, [])


@dataclass(frozen=True)
class _Sealed:
    """The two rows of one message, and those of its files."""

    own: dict[str, Any] = field(repr=False)
    copy: dict[str, Any] = field(repr=False)
    files: tuple[Mapping[str, Any], ...] = field(repr=False)


class _AnotherCame(HeardError):
    """The mailbox has got a message since the change was decided on."""


def is_sent(open_work: OpenWork, key: MailboxKey, token: FormToken, draft: OwnMessage) -> bool:
    """Return whether this very message has been received before."""
    with open_work(reading=True) as work:
        return work.has(MailboxMessage, token.message_id(key.mailbox_id, draft.digest))


def send_message(open_work: OpenWork, key: MailboxKey, token: FormToken, text: str) -> None:
    """Send words to the team; sent twice it is one message.

    Raises `MailboxGone`, and `NotReceived` when its case key does not prove itself.
    """
    send_own(open_work, key, token, OwnMessage("message", "wrote", text))


def send_change(
    open_work: OpenWork, key: MailboxKey, token: FormToken, draft: OwnMessage, allowed: Callable[[MailboxView], bool]
) -> None:
    """Send a message that changes how things stand; of two sent at once the second is decided on the first.

    Nothing is sent when `allowed` refuses it for the mailbox as it stands. Raises as `send_message` does.
    """
    send_decided(open_work, key, token, draft, lambda view: draft if allowed(view) else None)


def send_decided(
    open_work: OpenWork,
    key: MailboxKey,
    token: FormToken,
    draft: OwnMessage,
    decide: Callable[[MailboxView], OwnMessage | None],
) -> bool:
    """Send what `decide` makes of `draft` for the mailbox as it stands; return False when it makes nothing of it.

    Of two sent at once the second is decided on the first. Raises as `send_message` does.
    """
    for _ in range(ATTEMPTS):
        if is_sent(open_work, key, token, draft):
            return True
        view = read_mailbox(open_work, key)
        if view is None:
            raise MailboxGone
        decided = decide(view)
        if decided is None:
            return False
        if send_own(open_work, key, token, decided, seen=view.seen):
            return True
    raise NotReceived(NO_MESSAGES)


def send_own(
    open_work: OpenWork, key: MailboxKey, token: FormToken, draft: OwnMessage, *, seen: int | None = None
) -> bool:
    """Seal one message and store it; return False, with nothing stored, when there are no longer `seen` messages.

    Sent twice it is one message. Raises `MailboxGone`, and `NotReceived` when its case key does not prove itself or
    the disk takes no more.
    """
    message_id = token.message_id(key.mailbox_id, draft.digest)
    with open_work(reading=True) as work:
        mailbox = work.connection.execute(select(Mailbox).where(Mailbox.id == key.mailbox_id)).first()
        today = work.today
        if mailbox is None or not is_open(work, key.mailbox_id):
            raise MailboxGone
        if work.has(MailboxMessage, message_id):
            return True
        turn = count_messages(work, key.mailbox_id) + 1
        waiting = _count_waiting(work, mailbox.case_id)
    if waiting >= MOST_A_DAY:
        # One mailbox must not bury its own case, nor everybody's notices.
        raise NotReceived(TOO_MANY)
    check_hello(mailbox, key)
    sealed = _seal(key, mailbox, message_id, draft, day=today, turn=turn)
    event = {"id": _event_id(key, seen), "case_id": mailbox.case_id, "kind": draft.event, "day": today}
    try:
        # A twin that won the race has stored the same message under the same id.
        is_stored = add_once(open_work, partial(_store, sealed=sealed, event=event, seen=seen))
    except _AnotherCame:
        is_stored = False
    if not is_stored:
        discard_attachments(draft.files, sealed.files)
    return is_stored


def _seal(key: MailboxKey, mailbox: Row[Any], message_id: bytes, draft: OwnMessage, *, day: date, turn: int) -> _Sealed:
    case_id, case_key = mailbox.case_id, mailbox.case_public_key
    stored = seal_attachments(case_id, case_key, draft.files, day, draft.files_before)
    content = {"from": "reporter", "day": day.isoformat(), "kind": draft.kind, "text": draft.text,
               "files": [one.id.hex() for one in stored], "turn": turn, **draft.more}  # fmt: skip
    own = encode_content("mailbox", content)
    copy = encode_content("message", content | {"text": draft.team_text or draft.text})
    return _Sealed(
        own={
            "id": message_id,
            "mailbox_id": key.mailbox_id,
            # Never to the stored public key: whoever can write rows could put their own there.
            "sealed": seal("mailbox", (key.mailbox_id, message_id), recipient_of(key.seed), own),
        },
        copy={
            "id": message_id,
            "case_id": case_id,
            "sealed": seal("message", (case_id, message_id), case_key, copy),
        },
        files=tuple(one.row for one in stored),
    )


def _event_id(key: MailboxKey, seen: int | None) -> bytes:
    """Return a random id; of a change, the one that every change decided on the same messages would get."""
    return secrets.token_bytes(16) if seen is None else expand(key.seed, ctx(b"change", str(seen).encode("ascii")), 16)


def count_messages(work: Work, mailbox_id: bytes) -> int:
    """Return how many messages a mailbox holds, from either side."""
    mine = select(func.count()).select_from(MailboxMessage).where(MailboxMessage.mailbox_id == mailbox_id)
    return work.connection.scalar(mine) or 0


def _count_waiting(work: Work, case_id: bytes) -> int:
    """Return how many acts of today wait for an answer of the desk."""
    mine = (ReporterEvent.case_id == case_id) & (ReporterEvent.day == work.today)
    return work.connection.scalar(select(func.count()).select_from(ReporterEvent).where(mine)) or 0


def _store(work: Work, sealed: _Sealed, event: Mapping[str, Any], seen: int | None) -> None:
    if seen is not None and count_messages(work, sealed.own["mailbox_id"]) != seen:
        raise _AnotherCame
    work.insert(MailboxMessage, sealed.own)
    work.insert(Attachment, *sealed.files)
    work.insert(Message, sealed.copy)
    is_first = not _count_waiting(work, event["case_id"])
    work.insert(ReporterEvent, event)
    work.audit("message.received", about=event["case_id"])
    if is_first:
        # One notice a day says that something waits; the second would say nothing more.
        work.notify("reporter_wrote")
