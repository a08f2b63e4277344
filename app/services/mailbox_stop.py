"""Asking us to stop or to delete, and having us carry on after all."""

from app.domain.withdrawal import EVENTS, UNDONE, choices_left
from app.security.form_token import FormToken
from app.security.mailbox_key import MailboxKey
from app.services.mailbox import MailboxView
from app.services.mailbox_message import OwnMessage, send_change
from app.services.work import OpenWork


def stop_message(choice: str) -> OwnMessage:
    """Return the message of a choice, or of the undo of one. Raises `KeyError` for a code that is neither."""
    return OwnMessage("stop", EVENTS[choice], choice)


def ask_to_stop(open_work: OpenWork, key: MailboxKey, token: FormToken, choice: str) -> None:
    """Send one choice; a choice that is asked for already, or a stronger one, makes it nothing more.

    Raises `NotReceived` when nothing could be stored.
    """

    def allowed(view: MailboxView) -> bool:
        return choice in choices_left(view.acts.withdrawal, delete_all=True)

    send_change(open_work, key, token, stop_message(choice), allowed)


def carry_on(open_work: OpenWork, key: MailboxKey, token: FormToken) -> None:
    """Take a stop back; does nothing where there is none, or where a deletion was asked for.

    Raises `NotReceived` when nothing could be stored.
    """

    def allowed(view: MailboxView) -> bool:
        return view.acts.withdrawal is not None and view.acts.withdrawal.can_be_undone

    send_change(open_work, key, token, stop_message(UNDONE), allowed)
