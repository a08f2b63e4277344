"""One file added from the mailbox: a message of its own to the case and to the own mailbox, stored once."""

from dataclasses import dataclass

from app.security.form_token import FormToken
from app.security.mailbox_key import MailboxKey
from app.services.attachment_intake import AttachmentDraft
from app.services.mailbox_message import OwnMessage, is_sent, send_own
from app.services.work import OpenWork


@dataclass(frozen=True)
class FileTexts:
    """What the message about a file says: to its reporter in their language, and to the team."""

    own: str
    team: str


def is_file_sent(open_work: OpenWork, key: MailboxKey, token: FormToken, file: AttachmentDraft) -> bool:
    """Return whether this very file has been received from this very page before."""
    return is_sent(open_work, key, token, OwnMessage("file", "wrote", files=(file,)))


def send_file(
    open_work: OpenWork, key: MailboxKey, token: FormToken, file: AttachmentDraft, texts: FileTexts, *, before: int
) -> None:
    """Keep a clean file, sealed to the case, and the message about it; sent twice it is one file.

    `before` is how many files the case has already. Raises `MailboxGone`, and `NotReceived` when its case key does
    not prove itself or the disk takes no more.
    """
    draft = OwnMessage("file", "wrote", texts.own, team_text=texts.team, files=(file,), files_before=before)
    send_own(open_work, key, token, draft)
