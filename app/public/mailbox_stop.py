"""Asking us to stop or to delete: a choice, a page that asks once more, and the way back where there is one."""

from datetime import timedelta

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.withdrawal import KEEP, UNDO_DAYS, UNDONE, choices_left
from app.public.mailbox_page import InboxForms, inbox_again, mailbox_to_show_again, standing
from app.public.mailbox_post import CARRIES_ON, done, take
from app.public.mailbox_visit import in_mailbox, visited_page
from app.security.mailbox_key import MailboxKey
from app.services.mailbox import MailboxView, read_mailbox
from app.services.mailbox_message import is_sent
from app.services.mailbox_stop import ask_to_stop, carry_on, stop_message
from app.web.access import ANYONE, open_to
from app.web.context import heard, unit_of_work
from app.web.form_token import new_token, read_token, token_to_show
from app.web.locale import day_text, href
from app.web.posted import posted_answers, posted_values
from app.web.public_content import content_of_request
from forms.base import FormError
from forms.mailbox import STOP, UNDO, VERSION, StopForm
from models.vocabulary.mailbox import CONFIRMATIONS

blueprint = Blueprint("mailbox_stop", __name__)


@blueprint.get("/inbox/stop")
@open_to(ANYONE)
@in_mailbox
def ask(key: MailboxKey) -> AnyResponse | None:
    """Ask what we should do; once something was asked for, say how that stands."""
    view = read_mailbox(unit_of_work, key)
    return None if view is None else _stop_page(view, StopForm(offered=_offered(view)), new_token(STOP, VERSION))


@blueprint.post("/inbox/stop")
@open_to(ANYONE)
@in_mailbox
def send(key: MailboxKey) -> AnyResponse | None:
    """Ask once more, then send the choice; a choice that stands already leads to the page that says so."""
    view = mailbox_to_show_again(key)
    if view is None:
        return None
    posted = read_token(STOP, VERSION)
    form = StopForm(posted_values(), posted_answers("choice"), offered=_offered(view))
    token = token_to_show(posted, STOP, VERSION)
    if view.acts.withdrawal and form.fields["choice"].answer == [view.acts.withdrawal.choice]:
        return redirect(href("/inbox/stop"), 303)
    if not form.validate():
        return _stop_page(view, form, token, status=422)
    choice = form.fields["choice"].answer[0]
    if request.form.get("confirm") != "yes":
        return _confirm_page(choice, token)
    refused = take(
        posted,
        lambda known: is_sent(unit_of_work, key, known, stop_message(choice)),
        lambda known: ask_to_stop(unit_of_work, key, known, choice),
    )
    if refused:
        return _confirm_page(choice, token, refused.status, refused.error)
    return redirect(href("/inbox/stop"), 303)


@blueprint.post("/inbox/undo")
@open_to(ANYONE)
@in_mailbox
def undo(key: MailboxKey) -> AnyResponse | None:
    """Have us carry on after all."""
    refused = take(
        read_token(UNDO, VERSION),
        lambda token: is_sent(unit_of_work, key, token, stop_message(UNDONE)),
        lambda token: carry_on(unit_of_work, key, token),
    )
    if refused:
        return inbox_again(key, InboxForms(), UNDO, status=refused.status, error=refused.error)
    return done(CARRIES_ON)


def _offered(view: MailboxView) -> tuple[str, ...]:
    offers_all = bool(content_of_request().settings["delete_all_offered"])
    left = choices_left(view.acts.withdrawal, delete_all=offers_all)
    # There is nothing to stop in a closed case; what was written can still be deleted.
    return tuple(choice for choice in left if choice != KEEP or view.closing is None)


def _stop_page(view: MailboxView, form: StopForm, token: str, status: int = 200) -> AnyResponse:
    return visited_page(
        "public/inbox_stop.html",
        status,
        view=standing(view),
        form=form,
        errors=form.errors,
        token=token,
        tokens={UNDO: new_token(UNDO, VERSION)},
    )


def _confirm_page(choice: str, token: str, status: int = 200, error: str = "") -> AnyResponse:
    errors = [FormError(error, "#confirm")] if error else []
    return visited_page(
        "public/inbox_stop_confirm.html",
        status,
        choice=choice,
        confirmation=CONFIRMATIONS[choice],
        can_be_undone=choice == KEEP,
        until=day_text(heard().today() + timedelta(days=UNDO_DAYS)),
        token=token,
        errors=errors,
    )
