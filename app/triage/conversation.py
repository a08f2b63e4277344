"""The reply to a reporter."""

from dataclasses import replace

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.errors import Refused, Unreadable
from app.domain.permissions import who_may
from app.domain.report_content import normalise_text
from app.domain.sealed_content import message_fits
from app.services.case_scope import GrantedCase, require_case
from app.services.conversation import reply
from app.triage.case import case_page, unreadable_page
from app.web.access import open_to
from app.web.context import unit_of_work
from forms.conversation import ReplyForm, read_reply

NOT_SENT = "Your reply was not sent."
blueprint = Blueprint("conversation", __name__)


@blueprint.post("/cases/<reference>/conversation")
@open_to(*who_may("reply"))
def save(reference: str) -> AnyResponse:
    """Send one reply; what cannot be sent is shown again with what was typed."""
    granted = require_case(unit_of_work, reference)
    if not granted.gate_passed:
        return redirect(f"/cases/{granted.row.reference}/gate", 303)
    text = normalise_text(request.form.get("text", ""))
    form = read_reply(request.form, text, fits=message_fits(text))
    try:
        return _answer(granted, form)
    except Unreadable:
        return unreadable_page(granted, NOT_SENT, form.value)


def _answer(granted: GrantedCase, form: ReplyForm) -> AnyResponse:
    if form.error:
        return case_page(granted, form, status=422)
    try:
        reply(unit_of_work, granted, form.text, form.once)
    except Refused as refused:
        return case_page(granted, replace(form, error=str(refused)), status=422)
    return redirect(f"/cases/{granted.row.reference}?sent=1", 303)
