"""One file added from the mailbox: a message of its own to the case and to the own mailbox, stored once."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.security.form_token import FormToken
from app.security.mailbox_key import MailboxKey
from app.services.attachment_intake import AttachmentDraft
from app.services.mailbox import MailboxView
from app.services.mailbox_message import OwnMessage, is_sent, send_decided
from app.services.work import OpenWork


@dataclass(frozen=True)
class FileTexts:
    """What the message about a file says: to its reporter in their language, and to the team."""

    own: str
    team: str


def is_file_sent(open_work: OpenWork, key: MailboxKey, token: FormToken, file: AttachmentDraft) -> bool:
    """Return whether this very file has been received from this very page before."""
    return is_sent(open_work, key, token, _message(file))


def send_file(
    open_work: OpenWork,
    key: MailboxKey,
    token: FormToken,
    file: AttachmentDraft,
    texts: Callable[[int], FileTexts],
    *,
    most: int,
) -> bool:
    """Keep a clean file, sealed to the case, and the message about it; return False when `most` were added before.

    Sent twice it is one file, and of two sent at once each has a number of its own: `texts` is given how many files the
    case has already. Raises `MailboxGone`, and `NotReceived` when its case key does not prove itself or the disk takes
    no more.
    """
    draft = _message(file)

    def decide(view: MailboxView) -> OwnMessage | None:
        if view.added_files >= most:
            return None
        said = texts(view.files)
        return replace(draft, text=said.own, team_text=said.team, files_before=view.files)

    return send_decided(open_work, key, token, draft, decide)


def _message(file: AttachmentDraft) -> OwnMessage:
    return OwnMessage("file", "wrote", files=(file,))
