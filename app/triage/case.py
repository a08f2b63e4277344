"""The case page: the words, the facts, the conversation, the timeline."""

import logging
from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.deadline import NEVER_DUE
from app.domain.due_chip import due_chip
from app.domain.errors import Unreadable
from app.domain.permissions import who_may
from app.services.case import CaseView, read_case
from app.services.case_scope import GrantedCase, require_case
from app.services.place import PlaceView
from app.triage.case_facts import case_facts
from app.triage.mailbox_words import REPLACED, mailbox_facts, message_text, stop_text, told_text
from app.web.access import open_to
from app.web.context import unit_of_work
from app.web.locale import day_text
from app.web.page import page
from app.web.public_content import content_of_request
from forms.conversation import ReplyForm, new_once
from models.vocabulary.case import STATUS, STEP
from models.vocabulary.incident import PLACE_OTHER, PRIMARY_ORDER, WHAT
from models.vocabulary.people import PRIVACY
from models.vocabulary.word import label

SENT = "Your reply is in the reporter's mailbox. They can read it with their receipt code."
SPAM_LANE = (
    "Spam lane: too much was sent at once, or a hidden field was filled in. "
    "Read it as any other. People send such reports as well."
)
NO_PLACE = "Place not given"
GONE = 410
log = logging.getLogger("heard.case")
blueprint = Blueprint("case", __name__)


@blueprint.get("/cases/<reference>")
@open_to(*who_may("read_case"))
def show(reference: str) -> AnyResponse:
    """Show one case; who has not passed the conflict gate goes there first."""
    granted = require_case(unit_of_work, reference)
    if not granted.gate_passed:
        return redirect(f"/cases/{granted.row.reference}/gate", 303)
    try:
        return case_page(granted, notice=SENT if request.args.get("sent") == "1" else "")
    except Unreadable:
        return unreadable_page(granted)


def case_page(granted: GrantedCase, reply: ReplyForm | None = None, notice: str = "", status: int = 200) -> Response:
    """Return the page of an opened case, with a reply that could not be sent where there is one."""
    view = read_case(unit_of_work, granted)
    # The page that is sent again carries the same `once`: two presses are one message.
    shown = reply or ReplyForm("", "", new_once())
    return page("triage/case.html", status, view=_view(view), reply=shown, notice=notice)


def unreadable_page(granted: GrantedCase, not_done: str = "", typed: str = "") -> Response:
    """Return the page of a case whose words are gone or do not open: what is known still, and what to do."""
    log.error("case.unreadable")
    return page(
        "triage/unreadable.html",
        GONE,
        reference=granted.row.reference,
        received_text=day_text(granted.row.received_on),
        status_text=label(STATUS, granted.row.status),
        not_done=not_done,
        typed=typed,
    )


def place_text(answer: str, place: PlaceView | None) -> str:
    """Return a place in words."""
    if place is not None:
        return place.line
    known = {word.code for word in PLACE_OTHER} - {"none"}
    return label(PLACE_OTHER, answer) if answer in known else NO_PLACE


def _view(view: CaseView) -> dict[str, Any]:
    row, answers = view.row, view.answers
    place = place_text(str(answers.get("place", "")), view.place)
    return {
        "reference": row.reference,
        "mode": label(PRIVACY, str((view.acts.known or answers).get("privacy", ""))),
        "received_text": day_text(row.received_on),
        "title": f"{_primary(answers.get('what', ()))}: {place}",
        "chip": due_chip(NEVER_DUE if view.is_stopped else row.next_due_on, view.today, danger=view.in_danger),
        "spam_lane": SPAM_LANE if row.spam_lane else "",
        "stopped": stop_text(view),
        "step": label(STEP, "screen" if view.in_danger else view.clock or ""),
        "status": label(STATUS, row.status),
        "owner": view.owner,
        "words": answers.get("words"),
        "messages": [
            {"who": message.who, "name": message.name, "day_text": day_text(message.day),
             "text": message_text(view, message), "is_new": message.is_new}
            for message in view.messages
        ],
        "unreadable": view.unreadable,
        "facts": [
            *case_facts(answers, place, REPLACED if view.acts.known else (), content_of_request().settings["partners"]),
            *mailbox_facts(view),
        ],
        "timeline": _timeline(view),
        "files": view.files,
    }  # fmt: skip


def _primary(what: Any) -> str:
    kind = next((code for code in PRIMARY_ORDER if code in what), "else")
    return label(WHAT, kind)


def _timeline(view: CaseView) -> list[dict[str, str]]:
    row = view.row
    events: list[tuple[date, str, str]] = [(row.received_on, "Report received", "")]
    for day, text in ((row.screened_on, "Checked for danger"), (row.triaged_on, "Triaged"),
                      (row.closed_on, "Closed")):  # fmt: skip
        if day is not None:
            events.append((day, text, ""))
    for message in view.messages:
        ours = message.who == "team"
        text = "Reply sent" if ours else told_text(message)
        events.append((message.day, text, message.name if ours else ""))
    events.sort(key=lambda event: event[0])
    return [{"text": text, "day_text": day_text(day), "by": by} for day, text, by in reversed(events)]
