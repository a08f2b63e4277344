"""One file added from the mailbox: a message of its own to the case and to the own mailbox, stored once."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from app.domain.errors import NotReceived
from app.domain.report_content import content_digest
from app.domain.sealed_content import encode_content
from app.security.form_token import FormToken
from app.security.keys import recipient_of
from app.security.mailbox_key import MailboxKey
from app.security.sealing import seal
from app.services.attachment_intake import AttachmentDraft, discard_attachments, seal_attachments
from app.services.mailbox import NO_MESSAGES, check_hello, is_open
from app.services.work import OpenWork, Work, add_once
from models.attachment import Attachment
from models.conversation import Message
from models.mailbox import Mailbox, MailboxMessage
from models.reporter_event import ReporterEvent

FORM, VERSION = "file", 1


@dataclass(frozen=True)
class FileTexts:
    """What the message about a file says: to its reporter in their language, and to the team."""

    own: str
    team: str


def file_message_id(key: MailboxKey, token: FormToken, file: AttachmentDraft) -> bytes:
    """Return the id of the message about a file, the same when its page is sent twice."""
    return token.message_id(key.mailbox_id, content_digest(FORM, VERSION, {}, [file.mark]))


def is_file_sent(open_work: OpenWork, key: MailboxKey, token: FormToken, file: AttachmentDraft) -> bool:
    """Return whether this very file has been received from this very page before."""
    with open_work(reading=True) as work:
        return work.has(MailboxMessage, file_message_id(key, token, file))


def send_file(
    open_work: OpenWork, key: MailboxKey, token: FormToken, file: AttachmentDraft, texts: FileTexts, *, before: int
) -> None:
    """Keep a clean file, sealed to the case, and the message about it; sent twice it is one file.

    `before` is how many files this mailbox has sent. Raises `NotReceived` when the mailbox is gone or its case key
    does not prove itself.
    """
    message_id = file_message_id(key, token, file)
    with open_work(reading=True) as work:
        mailbox = work.connection.execute(select(Mailbox).where(Mailbox.id == key.mailbox_id)).first()
        today = work.today
        if mailbox is None or not is_open(work, key.mailbox_id):
            raise NotReceived(NO_MESSAGES)
        if work.has(MailboxMessage, message_id):
            return
    check_hello(mailbox, key)
    case_id, case_key = mailbox.case_id, mailbox.case_public_key
    (stored,) = seal_attachments(case_id, case_key, [file], today, before)
    shared = {"from": "reporter", "day": today.isoformat(), "kind": "file", "files": [stored.id.hex()]}
    own = encode_content("mailbox", shared | {"text": texts.own})
    copy = encode_content("message", shared | {"text": texts.team})
    store = partial(
        _store,
        attachment=stored.row,
        own={
            "id": message_id,
            "mailbox_id": key.mailbox_id,
            # Never to the stored public key: whoever can write rows could put their own there.
            "sealed": seal("mailbox", (key.mailbox_id, message_id), recipient_of(key.seed), own),
        },
        copy={"id": message_id, "case_id": case_id, "sealed": seal("message", (case_id, message_id), case_key, copy)},
        event={"id": secrets.token_bytes(16), "case_id": case_id, "kind": "wrote", "day": today},
    )
    # A twin that won the race has stored the same file under the same message.
    if not add_once(open_work, store):
        discard_attachments([file], [stored.row])


def _store(
    work: Work,
    attachment: Mapping[str, Any],
    own: Mapping[str, Any],
    copy: Mapping[str, Any],
    event: Mapping[str, Any],
) -> None:
    work.insert(MailboxMessage, own)
    work.insert(Attachment, attachment)
    work.insert(Message, copy)
    work.insert(ReporterEvent, event)
    work.audit("message.received", about=copy["case_id"])
    work.notify("reporter_wrote")
