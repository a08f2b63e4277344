"""The questions of a closed case: was it dealt with well, and did telling us do harm?"""

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from app.domain.errors import MailboxGone
from app.public.mailbox_page import InboxForms, inbox_again
from app.public.mailbox_post import ANSWERED, done, take
from app.public.mailbox_visit import in_mailbox
from app.security.form_token import FormToken
from app.security.mailbox_key import MailboxKey
from app.services.mailbox import MailboxView, read_mailbox
from app.services.mailbox_closing import BADLY, ScoreDraft, give_score, tell_treated_badly
from app.services.mailbox_message import is_sent
from app.web.access import ANYONE, open_to
from app.web.context import forget_order, unit_of_work
from app.web.form_token import read_token
from app.web.posted import posted_answers, posted_values
from forms.mailbox import CLOSING, VERSION, ClosingForm

blueprint = Blueprint("mailbox_closing", __name__)


@blueprint.post("/inbox/closing")
@open_to(ANYONE)
@in_mailbox
def answer(key: MailboxKey) -> AnyResponse | None:
    """Take the answers that were given; each is kept apart from the other."""
    answers = posted_answers("score", "badly")
    form = ClosingForm(posted_values(), answers)
    forms = InboxForms(closing=form)
    if not form.validate():
        return inbox_again(key, forms, CLOSING, status=422)
    badly = answers.get("badly") == "yes"

    def store(token: FormToken) -> None:
        view = read_mailbox(unit_of_work, key)
        if view is None:
            raise MailboxGone
        if draft := _score(view, str(answers.get("score", ""))):
            give_score(unit_of_work, key, draft)
            forget_order()
        if badly and view.closing:
            tell_treated_badly(unit_of_work, key, token)

    refused = take(
        read_token(CLOSING, VERSION), lambda token: badly and is_sent(unit_of_work, key, token, BADLY), store
    )
    if refused:
        return inbox_again(key, forms, CLOSING, status=refused.status, error=refused.error)
    return done(ANSWERED)


def _score(view: MailboxView, score: str) -> ScoreDraft | None:
    closing = view.closing
    if not score or closing is None or closing.figures is None:
        return None
    return ScoreDraft(closing.outcome_id, int(score), closing.figures)
