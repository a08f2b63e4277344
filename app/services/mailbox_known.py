"""Changing how a reporter is known, and what they allow us to use."""

from collections.abc import Mapping

from app.security.form_token import FormToken
from app.security.mailbox_key import MailboxKey
from app.services.mailbox import MailboxView
from app.services.mailbox_message import OwnMessage, send_change
from app.services.work import OpenWork


def known_message(known: Mapping[str, str]) -> OwnMessage:
    """Return the message that says how the reporter wants to be known: privacy, name, contact, safe times."""
    return OwnMessage("known", "known_changed", more={"known": known})


def consent_message(consent: Mapping[str, str]) -> OwnMessage:
    """Return the message that says what we may use: `panel` and `story`, each `yes` or `no`."""
    return OwnMessage("consent", "wrote", more={"consent": consent})


def change_known(open_work: OpenWork, key: MailboxKey, token: FormToken, known: Mapping[str, str]) -> None:
    """Send how the reporter wants to be known from now on. Raises `NotReceived` when nothing could be stored."""
    send_change(open_work, key, token, known_message(known), _always)


def give_consent(open_work: OpenWork, key: MailboxKey, token: FormToken, consent: Mapping[str, str]) -> None:
    """Send what we may use from now on; the same answers as before are no change. Raises `NotReceived`."""
    send_change(open_work, key, token, consent_message(consent), lambda view: dict(view.acts.consent) != dict(consent))


def _always(_view: MailboxView) -> bool:
    return True
