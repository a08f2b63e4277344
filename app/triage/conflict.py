"""The conflict gate: asked once, before the words of a case are opened."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.errors import Unreadable
from app.domain.permissions import who_may
from app.services.case import read_card
from app.services.case_scope import GrantedCase, require_case
from app.services.conflict import pass_gate, step_back
from app.triage.case import place_text
from app.web.access import open_to
from app.web.context import unit_of_work
from app.web.locale import day_text
from app.web.page import page
from forms.conflict import read_conflict
from models.vocabulary.incident import WHEN, WHEN_QUICK
from models.vocabulary.people import SOURCE, TARGET
from models.vocabulary.word import label

UNANSWERED = "Say whether you are close to this case"
blueprint = Blueprint("conflict", __name__)


@blueprint.get("/cases/<reference>/gate")
@open_to(*who_may("read_case"))
def show(reference: str) -> AnyResponse:
    """Show place, roles and dates only, and ask whether the reader is close to the case."""
    granted = require_case(unit_of_work, reference)
    if granted.gate_passed:
        return redirect(f"/cases/{granted.row.reference}", 303)
    return _page(granted)


@blueprint.post("/cases/<reference>/gate")
@open_to(*who_may("read_case"))
def save(reference: str) -> AnyResponse:
    """Open the case to the reader, or take it away from them."""
    granted = require_case(unit_of_work, reference)
    answer = read_conflict(request.form)
    if answer is None:
        return _page(granted, UNANSWERED, 422)
    if answer == "yes":
        step_back(unit_of_work, granted)
        return redirect("/cases", 303)
    pass_gate(unit_of_work, granted)
    return redirect(f"/cases/{granted.row.reference}", 303)


def _page(granted: GrantedCase, error: str = "", status: int = 200) -> AnyResponse:
    facts = [("Received", day_text(granted.row.received_on))]
    try:
        facts = [*_card_facts(granted), *facts]
        readable = True
    except Unreadable:
        # The words may open all the same, so the question is still asked.
        readable = False
    reference = granted.row.reference
    return page("triage/gate.html", status, reference=reference, facts=facts, readable=readable, error=error)


def _card_facts(granted: GrantedCase) -> list[tuple[str, str]]:
    card, place = read_card(unit_of_work, granted)
    facts = [
        ("Place", place_text(str(card.get("place", "")), place)),
        ("Happened to", label(TARGET, str(card.get("who", "")))),
        ("Done by", label(SOURCE, str(card.get("by", "")))),
        ("When", label((*WHEN, *WHEN_QUICK), str(card.get("when", "")))),
    ]
    return [(title, text) for title, text in facts if text]
