"""The open mailbox: how it stands, the conversation, and a message to us."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.sealed_content import message_fits
from app.public.mailbox_page import InboxForms, inbox_again, inbox_page
from app.public.mailbox_post import DONE, NOT_SENT, PRESS_AGAIN, SENT, done, take
from app.public.mailbox_visit import in_mailbox
from app.security.form_token import FormToken
from app.security.mailbox_key import MailboxKey
from app.services.mailbox import read_mailbox
from app.services.mailbox_message import OwnMessage, is_sent, send_message
from app.web.access import ANYONE, open_to
from app.web.context import unit_of_work
from app.web.form_token import AGAIN, read_token
from app.web.posted import posted_answers, posted_values
from forms.mailbox import REPLY, VERSION, ReplyForm
from forms.message import TOO_LARGE
from models.vocabulary.word import N_

TEXT_NOT_SENT = N_("We could not receive your message. Your text is still here. Please press Send again.")
WORDS = {PRESS_AGAIN: AGAIN, NOT_SENT: TEXT_NOT_SENT}
"""What a message says instead of the words for every form."""
blueprint = Blueprint("mailbox", __name__)


@blueprint.get("/inbox")
@open_to(ANYONE)
@in_mailbox
def show(key: MailboxKey) -> AnyResponse | None:
    """Show how it stands, and the conversation."""
    view = read_mailbox(unit_of_work, key)
    if view is None:
        return None
    return inbox_page(view, InboxForms(), notice=DONE.get(request.args.get("sent", ""), ""))


@blueprint.post("/inbox/reply")
@open_to(ANYONE)
@in_mailbox
def reply(key: MailboxKey) -> AnyResponse | None:
    """Send one message; sent twice it is one message."""
    form = ReplyForm(posted_values(), posted_answers("text"))
    if not form.validate():
        return inbox_again(key, InboxForms(reply=form), REPLY, status=422)
    text = form.fields["text"].answer[0]
    if not message_fits(text):
        return inbox_again(key, InboxForms(reply=form), REPLY, status=422, error=TOO_LARGE)

    def is_stored(token: FormToken) -> bool:
        return is_sent(unit_of_work, key, token, OwnMessage("message", "wrote", text))

    refused = take(read_token(REPLY, VERSION), is_stored, lambda token: send_message(unit_of_work, key, token, text))
    if refused:
        error = WORDS.get(refused.error, refused.error)
        return inbox_again(key, InboxForms(reply=form), REPLY, status=refused.status, error=error)
    return done(SENT)
