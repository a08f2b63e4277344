"""Changing how a reporter is known: anonymous, confidential or named."""

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from app.public.mailbox_page import InboxForms, inbox_again
from app.public.mailbox_post import KNOWN_CHANGED, done, take
from app.public.mailbox_visit import in_mailbox
from app.security.mailbox_key import MailboxKey
from app.services.mailbox_known import change_known, known_message
from app.services.mailbox_message import is_sent
from app.web.access import ANYONE, open_to
from app.web.context import unit_of_work
from app.web.form_token import read_token
from app.web.posted import posted_answers, posted_values
from forms.mailbox import KNOWN, VERSION, KnownForm
from forms.privacy import ONLY_NOT_ANONYMOUS

blueprint = Blueprint("mailbox_known", __name__)


@blueprint.post("/inbox/known")
@open_to(ANYONE)
@in_mailbox
def change(key: MailboxKey) -> AnyResponse | None:
    """Send how the reporter wants to be known from now on; what Anonymous throws away is not kept."""
    answers = posted_answers("privacy", *ONLY_NOT_ANONYMOUS)
    form = KnownForm(posted_values(), answers)
    forms = InboxForms(known=form)
    if not form.validate():
        return inbox_again(key, forms, KNOWN, status=422)
    anonymous = answers["privacy"] == "anonymous"
    known = {name: str(text) for name, text in answers.items() if not (anonymous and name in ONLY_NOT_ANONYMOUS)}
    refused = take(
        read_token(KNOWN, VERSION),
        lambda token: is_sent(unit_of_work, key, token, known_message(known)),
        lambda token: change_known(unit_of_work, key, token, known),
    )
    if refused:
        return inbox_again(key, forms, KNOWN, status=refused.status, error=refused.error)
    return done(KNOWN_CHANGED)
