"""One optional question after the receipt: the first POST shows it, the second saves the answer."""

from collections.abc import Mapping

from flask import Blueprint, Response, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from app.database.engine import SQLAlchemyError
from app.domain.errors import HeardError, Unreadable
from app.domain.report_content import normalise_answers
from app.security.equality_token import EqualityToken, read_equality_token
from app.services.equality import EqualityDraft, is_taken, save_equality
from app.web.access import ANYONE, open_to
from app.web.blank_page import spliced
from app.web.context import forget_order, heard, unit_of_work
from app.web.errors import log_place
from app.web.locale import href, language
from app.web.origin import nothing_ambient
from app.web.page import HTML, page
from app.web.posted import posted_values
from app.web.public_content import content_at_hand
from forms.equality import ETHNIC, EqualityForm
from models.vocabulary.ethnicity import ETHNIC_HEADINGS, NOT_SAID
from models.vocabulary.word import N_

NOT_SAVED = N_("We could not save your answer. It is still here. Please press Save again.")
TEMPLATE = "public/equality.html"
ANSWERED = "answered"
"""The hidden field that tells the second POST from the first."""
blueprint = Blueprint("equality", __name__)


@blueprint.get("/about-you")
@open_to(ANYONE)
def start() -> AnyResponse:
    """Go to the start page: the question belongs to a report that was just sent."""
    return redirect(href("/"), 303)


@blueprint.post("/about-you")
@open_to(ANYONE)
@nothing_ambient
def ask() -> Response:
    """Show the question to whoever holds a token of this month or the last; save the answer."""
    text = request.form.get("token", "")
    token = _taken(text)
    if token is None:
        return page("public/equality_over.html", 410)
    if ANSWERED not in request.form:
        return Response(spliced(("about-you", language()), {"token": text}, _render_blank), content_type=HTML)
    return _save(token, text)


def _taken(text: str) -> EqualityToken | None:
    try:
        token = read_equality_token(heard().form_keys, text)
    except Unreadable:
        return None
    return token if is_taken(token, heard().today()) else None


def _render_blank(markers: Mapping[str, str]) -> str:
    return render_template(TEMPLATE, **_context(EqualityForm(), markers["token"]))


def _save(token: EqualityToken, text: str) -> Response:
    raw = posted_values()
    form = EqualityForm(raw, normalise_answers({ETHNIC: raw.get(ETHNIC, [])}))
    if not form.validate():
        return page(TEMPLATE, 422, **_context(form, text))
    try:
        save_equality(unit_of_work, EqualityDraft(token, form.fields[ETHNIC].answer[0]))
    except (HeardError, SQLAlchemyError) as error:
        log_place(error)
        g.content = content_at_hand()
        return page(TEMPLATE, 503, **_context(form, text, NOT_SAVED))
    forget_order()
    return page("public/equality_saved.html")


def _context(form: EqualityForm, token: str, notice: str = "") -> dict[str, object]:
    field = form.fields[ETHNIC]
    return {
        "token": token,
        "answered": ANSWERED,
        "field": field,
        "errors": form.errors,
        "headings": ETHNIC_HEADINGS,
        "not_said": NOT_SAID,
        "given": field.raw,
        "notice": notice,
    }
