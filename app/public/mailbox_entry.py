"""Entering a receipt code: a typing mistake is named, everything else that does not open looks alike."""

from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.errors import MistypedReceipt
from app.domain.receipts import parse_receipt
from app.domain.report_content import normalise_text
from app.public.mailbox_page import InboxForms, inbox_page
from app.public.mailbox_visit import code_page, start_visit
from app.services.mailbox import open_mailbox, read_mailbox
from app.web.access import ANYONE, open_to
from app.web.context import unit_of_work
from app.web.limits import over_wrong_receipts
from app.web.locale import href
from app.web.origin import nothing_ambient
from app.web.public_content import content_at_hand
from forms.mailbox import EMPTY_CODE, MISTYPED, ReplyForm
from models.vocabulary.word import N_

UNKNOWN = N_(
    "We cannot find a report with that code. Check each group. Codes stop working 12 months after we close a report."
)
LATER = N_("Try again in a few minutes.")
STILL_HERE = N_("Your message is still here. Press Send to send it.")
blueprint = Blueprint("mailbox_entry", __name__)


@blueprint.get("/return")
@open_to(ANYONE)
def ask() -> Response:
    """Ask for the receipt code."""
    return code_page(200)


@blueprint.post("/return")
@open_to(ANYONE)
@nothing_ambient
def enter() -> AnyResponse:
    """Open the mailbox of a receipt. A typing mistake is named without asking the database."""
    typed, kept = request.form.get("code", ""), request.form.get("text", "")
    if not typed.strip():
        g.content = content_at_hand()
        return _ask_again(typed, kept, EMPTY_CODE)
    try:
        symbols = parse_receipt(typed)
    except MistypedReceipt:
        g.content = content_at_hand()
        return _ask_again(typed, kept, MISTYPED)
    with unit_of_work(reading=True) as work:
        mailbox = open_mailbox(work, symbols)
    if mailbox is None:
        return _ask_again(typed, kept, LATER if over_wrong_receipts() else UNKNOWN)
    view = read_mailbox(unit_of_work, mailbox) if kept.strip() else None
    response: AnyResponse
    if view is None:
        response = redirect(href("/inbox"), 303)
    else:
        reply = ReplyForm({"text": [kept]}, {"text": normalise_text(kept)})
        response = inbox_page(view, InboxForms(reply=reply), notice=STILL_HERE)
    start_visit(response, mailbox)
    return response


def _ask_again(typed: str, kept: str, error: str) -> Response:
    value, kept = typed.replace("\x00", ""), kept.replace("\x00", "")
    return code_page(422, value=value, error=error, kept=kept)
