"""Receiving what is sent from the mailbox: token, age and limits first; whatever happens the page can come back.

What was taken leads to the mailbox, which says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect
from werkzeug.wrappers import Response as AnyResponse

from app.database.engine import SQLAlchemyError
from app.domain.errors import HeardError, MailboxGone, NotReceived
from app.security.form_token import FormToken
from app.web.errors import log_place
from app.web.form_token import PostedToken
from app.web.limits import OLD_ENOUGH_SECONDS, over_send_limit
from app.web.locale import href
from models.vocabulary.word import N_

PRESS_AGAIN = N_("Please press the button again. Nothing has been lost.")
NOT_SENT = N_("We could not receive this. Nothing has been lost. Please press the button again.")
SENT, KNOWN_CHANGED, CONSENT_GIVEN, CARRIES_ON, ANSWERED = "1", "2", "3", "4", "5"
DONE = {
    SENT: N_("We have your message."),
    KNOWN_CHANGED: N_("We have changed how you are known."),
    CONSENT_GIVEN: N_("We have your answers. You can change them at any time."),
    CARRIES_ON: N_("We carry on with your report."),
    ANSWERED: N_("Thank you."),
}
"""What is said above the mailbox after something was sent. The mark in the address tells nothing by itself."""


@dataclass(frozen=True)
class NotTaken:
    """Why the page comes back: its status and the sentence that is shown."""

    status: int
    error: str


def take(
    posted: PostedToken,
    is_stored: Callable[[FormToken], bool],
    store: Callable[[FormToken], object],
    *,
    patient: bool = True,
) -> NotTaken | None:
    """Store what was posted and return None, also when it was stored before; else say why the page comes back.

    Over a limit a page that has been open for a while is taken all the same, so that nobody is shut out; not so where
    `patient` is false. Raises `MailboxGone`.
    """
    try:
        if posted.token is None:
            return NotTaken(200, PRESS_AGAIN)
        # A page of one button is pressed at once, and whoever presses it has shown the code: no page is too young here.
        busy = posted.again and over_send_limit() and not (patient and posted.age >= OLD_ENOUGH_SECONDS)
        if busy or not posted.again:
            return None if is_stored(posted.token) else NotTaken(200, PRESS_AGAIN)
        store(posted.token)
    except MailboxGone:
        raise
    except (HeardError, SQLAlchemyError) as error:
        log_place(error)
        return NotTaken(503, _reason(error))
    return None


def _reason(error: Exception) -> str:
    # Words that were chosen for this failure are marked where they stand; those of its kind are for nobody here.
    chosen = isinstance(error, NotReceived) and str(error) != error.sentence
    return str(error) if chosen else NOT_SENT


def done(mark: str) -> AnyResponse:
    """Return to the mailbox, which says that this has been done."""
    return redirect(href(f"/inbox?sent={mark}"), 303)
