"""What a reporter allows us to use: a copy for the panel, a story; No until they say otherwise."""

from collections.abc import Mapping, Sequence

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from app.public.mailbox_post import CONSENT_GIVEN, done, take
from app.public.mailbox_visit import in_mailbox, visited_page
from app.security.mailbox_key import MailboxKey
from app.services.mailbox import read_mailbox
from app.services.mailbox_known import consent_message, give_consent
from app.services.mailbox_message import is_sent
from app.web.access import ANYONE, open_to
from app.web.context import unit_of_work
from app.web.form_token import new_token, read_token, token_to_show
from app.web.posted import posted_answers, posted_values
from forms.base import FormError
from forms.mailbox import CONSENT, VERSION, ConsentForm

NAMES = ("panel", "story")
blueprint = Blueprint("mailbox_consent", __name__)


@blueprint.get("/inbox/consent")
@open_to(ANYONE)
@in_mailbox
def ask(key: MailboxKey) -> AnyResponse | None:
    """Show both questions as they stand."""
    view = read_mailbox(unit_of_work, key)
    if view is None:
        return None
    standing: Mapping[str, Sequence[str]] = {name: [view.acts.consent[name]] for name in NAMES}
    return _consent_page(ConsentForm(standing), new_token(CONSENT, VERSION))


@blueprint.post("/inbox/consent")
@open_to(ANYONE)
@in_mailbox
def send(key: MailboxKey) -> AnyResponse | None:
    """Keep both answers; the last ones count."""
    answers = posted_answers(*NAMES)
    form, posted = ConsentForm(posted_values(), answers), read_token(CONSENT, VERSION)
    token = token_to_show(posted, CONSENT, VERSION)
    if not form.validate():
        return _consent_page(form, token, 422)
    consent = {name: str(answers[name]) for name in NAMES}
    refused = take(
        posted,
        lambda known: is_sent(unit_of_work, key, known, consent_message(consent)),
        lambda known: give_consent(unit_of_work, key, known, consent),
    )
    if refused:
        return _consent_page(form, token, refused.status, refused.error)
    return done(CONSENT_GIVEN)


def _consent_page(form: ConsentForm, token: str, status: int = 200, error: str = "") -> AnyResponse:
    errors = [FormError(error, "#panel")] if error else form.errors
    return visited_page("public/inbox_consent.html", status, form=form, token=token, errors=errors)
