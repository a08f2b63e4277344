"""The mailbox page: how it stands, the conversation, and what else a reporter can do."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Response, g
from flask_babel import gettext

from app.database.engine import SQLAlchemyError
from app.domain.errors import HeardError
from app.domain.workflow import STATUS_WORDS
from app.public.mailbox_visit import visited_page
from app.security.mailbox_key import MailboxKey
from app.services.mailbox import DueView, MailboxMessageView, MailboxView, read_mailbox
from app.web.context import unit_of_work
from app.web.errors import log_place
from app.web.form_token import new_token, read_token, token_to_show
from app.web.locale import day_text, long_day_text
from app.web.public_content import content_at_hand
from forms.attachment import HINT
from forms.base import Form, FormError
from forms.mailbox import CLOSING, KNOWN, REPLY, UNDO, VERSION, ClosingForm, KnownForm, ReplyForm
from models.vocabulary.mailbox import WITHDRAWN
from models.vocabulary.people import PRIVACY
from models.vocabulary.word import N_, label

PROMISED = {
    "acknowledge": N_("A person reads it and writes here by %(day)s."),
    "update": N_("We tell you how it is going by %(day)s."),
    "close": N_("We tell you what we did by %(day)s."),
}
LATE = {
    "acknowledge": N_("We said that a person would read it and write here by %(day)s. We are late. We are sorry."),
    "update": N_("We said that we would tell you how it is going by %(day)s. We are late. We are sorry."),
    "close": N_("We said that we would tell you what we did by %(day)s. We are late. We are sorry."),
}
BADLY = N_("You told us that you were treated badly for telling us.")
KNOWN_AS = N_("You changed how you are known: %(privacy)s.")
CONSENTED = {
    ("no", "no"): N_("You said that we may not use it."),
    ("no", "yes"): N_("You said that we may tell it as a story without names. A panel may not read it."),
    ("yes", "no"): N_("You said that a panel may read a copy without names. We may not tell it as a story."),
    ("yes", "yes"): N_("You said that a panel may read a copy and that we may tell it as a story, both without names."),
}
"""Panel and story → what the reporter reads."""
CANNOT_READ = MailboxView(N_("We cannot show your messages just now"), (), ())
"""Shown around kept text while the database is away: it claims nothing."""
FIRST_CONTROL = {REPLY: "text", KNOWN: "privacy", CLOSING: "closing", UNDO: "undo"}


@dataclass(frozen=True)
class InboxForms:
    """The forms of the page, blank or as they were posted."""

    reply: ReplyForm = field(default_factory=ReplyForm)
    known: KnownForm = field(default_factory=KnownForm)
    closing: ClosingForm = field(default_factory=ClosingForm)


def mailbox_to_show_again(key: MailboxKey) -> MailboxView | None:
    """Return the mailbox, None when it is gone; while it cannot be read `CANNOT_READ`, and the log says so."""
    try:
        return read_mailbox(unit_of_work, key)
    except (HeardError, SQLAlchemyError) as error:
        log_place(error)
        # The rest of the page must not ask the database either.
        g.content = content_at_hand()
        return CANNOT_READ


def inbox_again(key: MailboxKey, forms: InboxForms, name: str, *, status: int, error: str = "") -> Response | None:
    """Return the page with what was posted still in the form `name`, even when the messages cannot be read."""
    view = mailbox_to_show_again(key)
    return None if view is None else inbox_page(view, forms, name, status=status, error=error)


def inbox_page(
    view: MailboxView, forms: InboxForms, name: str = "", *, status: int = 200, error: str = "", notice: str = ""
) -> Response:
    """Return the mailbox; `name` is the form that could not be taken, `error` a sentence about all of it."""
    posted: dict[str, Form] = {REPLY: forms.reply, KNOWN: forms.known, CLOSING: forms.closing}
    errors = posted[name].errors if name in posted else []
    if error:
        errors = [FormError(error, f"#{FIRST_CONTROL[name]}")]
    tokens = {one: new_token(one, VERSION) for one in (REPLY, KNOWN, CLOSING, UNDO)}
    if name:
        tokens[name] = token_to_show(read_token(name, VERSION), name, VERSION)
    return visited_page(
        "public/inbox.html",
        status,
        view=_shown(view),
        asks=_asked(view, forms.closing, failed=name == CLOSING),
        forms=forms,
        tokens=tokens,
        errors=errors,
        failed=name,
        error=error,
        notice=notice,
        file_hint=HINT,
    )


def _shown(view: MailboxView) -> dict[str, Any]:
    acts, closing = view.acts, view.closing
    said = [message for message in view.messages if message.kind not in ACTS]
    asked = bool(said) and said[-1].who == "us" and "?" in said[-1].text
    # Whoever has heard from us knows that somebody reads it, whatever the desk has noted so far.
    heard_of_us = view.status_word == STATUS_WORDS["received"] and any(one.who == "us" for one in view.messages)
    return {
        "status_word": STATUS_WORDS["screened"] if heard_of_us else view.status_word,
        "question_waiting": asked and closing is None,
        "due": [_due_text(due) for due in view.due] if closing is None else [],
        "messages": [
            {"who": one.who, "day_text": long_day_text(one.day), "text": _words(one), "is_act": one.kind in ACTS}
            for one in view.messages
        ],
        "came_on": long_day_text(view.received_on),
        "sent_files": view.sent_files,
        "unreadable": view.unreadable,
        "readable": view is not CANNOT_READ,
        "known": label(PRIVACY, acts.known["privacy"]) if acts.known else "",
        "known_day": _day(acts.known_on),
        "consented": CONSENTED[acts.consent["panel"], acts.consent["story"]] if acts.consent_on else "",
        **standing(view),
        "closing": closing,
        "treated_badly": _was_treated_badly(view),
    }


def _was_treated_badly(view: MailboxView) -> bool:
    return any(one.who == "you" and one.kind == "check_in" for one in view.messages)


def _asked(view: MailboxView, form: ClosingForm, *, failed: bool) -> frozenset[str]:
    """Return which closing questions stand on the page; a form that could not be taken keeps those it answered."""
    asked = set()
    if view.closing and view.closing.figures:
        asked.add("score")
    if view.closing and (view.closing.check_in or not _was_treated_badly(view)):
        asked.add("badly")
    if failed and not asked:
        asked = {name for name, one in form.fields.items() if one.answer or one.error} or set(form.fields)
    return frozenset(asked)


def standing(view: MailboxView) -> dict[str, Any]:
    """Return what the reporter asked for, in words, and until when it can be taken back."""
    asked = view.acts.withdrawal
    return {
        "withdrawn": label(WITHDRAWN, asked.choice) if asked else "",
        "until": day_text(asked.until) if asked else "",
        "can_be_undone": asked is not None and asked.can_be_undone,
    }


def _day(day: date | None) -> str:
    return day_text(day) if day else ""


def _words(message: MailboxMessageView) -> str:
    made = ACTS.get(message.kind)
    return made(message) if made else message.text


def _known(message: MailboxMessageView) -> str:
    privacy = label(PRIVACY, message.known.get("privacy", ""))
    return str(gettext(KNOWN_AS, privacy=gettext(privacy)))


def _stop(message: MailboxMessageView) -> str:
    return str(gettext(label(WITHDRAWN, message.text)))


def _consent(message: MailboxMessageView) -> str:
    answers = message.consent.get("panel", "no"), message.consent.get("story", "no")
    return str(gettext(CONSENTED[answers]))


def _check_in(message: MailboxMessageView) -> str:
    return str(gettext(BADLY)) if message.who == "you" else message.text


ACTS = {"known": _known, "stop": _stop, "consent": _consent, "check_in": _check_in}
"""What is shown for a message that is more than its words, by kind."""


def _due_text(due: DueView) -> str:
    words = (LATE if due.is_late else PROMISED)[due.clock]
    return str(gettext(words, day=day_text(due.day)))
