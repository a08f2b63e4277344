"""The quick form for staff: one page, five questions, one receipt."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, g, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from app.domain.report_content import Answer, normalise_answers
from app.public.receipt_page import receipt_page
from app.services.place import PlaceView
from app.services.report import find_setting, submit_report
from app.services.report_sealing import NOT_RECEIVED, ReportDraft, place_id
from app.web.access import ANYONE, open_to
from app.web.blank_page import HTML, PublicContent, content_at_hand, content_of_request, page, spliced
from app.web.context import unit_of_work
from app.web.errors import log_place
from app.web.form_token import AGAIN, PostedToken, new_token, read_token, token_to_show
from app.web.limits import OLD_ENOUGH_SECONDS, over_send_limit
from app.web.locale import language, trust_text
from app.web.origin import nothing_ambient
from app.web.wording import say
from forms.quick import NAME, ONLY_NOT_ANONYMOUS, VERSION, QuickForm
from models.vocabulary.incident import PLACE_OTHER

ONE_ANSWER = ("place", "who", "words", "by", "when", "privacy", "name", "contact", "safe_times")
MANY_ANSWERS = ("what", "exclude")
TRAP = "website"
blueprint = Blueprint("quick", __name__)


@blueprint.get("/quick")
@open_to(ANYONE)
def new() -> Response:
    """Show the blank form."""
    place = content_of_request().by_code.get(request.args.get("w", ""))
    values = {"token": new_token(NAME, VERSION)}
    if place:
        values |= {"w": place.code, "line": place.line}
    html = spliced((NAME, VERSION, language(), place is not None), values, _render_blank)
    return Response(html, content_type=HTML)


def _render_blank(markers: Any) -> str:
    context = _form_context(_form({}, {}), None)
    context |= {
        "token": markers["token"],
        "notice": "",
        "w": markers.get("w", ""),
        "place_line": trust_text(markers.get("line", "")),
        "here": f"/quick?w={markers['w']}" if "w" in markers else "/quick",
    }
    return render_template("public/quick.html", **context)


@blueprint.post("/quick")
@open_to(ANYONE)
@nothing_ambient
def send() -> Response:
    """Receive a report in the order of ruling 27; a receipt is shown only for a stored one."""
    token = read_token(NAME, VERSION)
    answers = _answers()
    try:
        return _receive(token, answers)
    except HTTPException:
        raise
    except Exception as error:
        # Whatever went wrong, the words that were typed are not lost.
        log_place(error)
        g.content = content_at_hand()
        return _filled_page(token, answers, 503, notice=NOT_RECEIVED)


def _receive(token: PostedToken, answers: dict[str, Answer]) -> Response:
    draft = ReportDraft(NAME, VERSION, token.token, answers, language())
    setting = find_setting(unit_of_work, draft)
    if setting and setting.is_stored:
        return receipt_page(setting.receipt.code, ward_line=place_id(answers) is not None)
    form = _form(_posted(), answers)
    if not form.validate():
        return _filled_page(token, answers, 422, form=form)
    busy = over_send_limit()
    if not token.fine or (busy and token.age < OLD_ENOUGH_SECONDS):
        return _filled_page(token, answers, 200, form=form, notice=AGAIN)
    caught = bool(request.form.get(TRAP))
    code = submit_report(unit_of_work, replace(draft, spam_lane=busy or caught), setting)
    return receipt_page(code, ward_line=place_id(answers) is not None)


def _posted() -> dict[str, list[str]]:
    return {name: request.form.getlist(name) for name in request.form}


def _answers() -> dict[str, Answer]:
    """Return the posted answers, valid or not, normalised; the poster's place stands in for an empty one."""
    given: dict[str, str | list[str]] = {name: request.form.get(name, "") for name in ONE_ANSWER}
    given |= {name: request.form.getlist(name) for name in MANY_ANSWERS}
    answers = normalise_answers(given)
    place = _poster_place()
    if place and "place" not in answers:
        answers["place"] = place.id
    if answers.get("privacy") == "anonymous":
        for name in ONLY_NOT_ANONYMOUS:
            answers.pop(name, None)
    return answers


def _poster_place() -> PlaceView | None:
    return content_of_request().by_code.get(request.form.get("w", ""))


def _form(raw: dict[str, list[str]], answers: dict[str, Answer]) -> QuickForm:
    content = content_of_request()
    return QuickForm(
        raw,
        answers,
        places=content.place_ids,
        readers=content.reader_ids,
        call=content.settings["guardian_phone"],
    )


def _filled_page(
    token: PostedToken, answers: dict[str, Answer], status: int, *, form: QuickForm | None = None, notice: str = ""
) -> Response:
    """Return the page again with everything that was given."""
    place = _poster_place()
    context = _form_context(form or _form(_posted(), answers), place)
    context |= {"token": token_to_show(token, NAME, VERSION), "notice": notice}
    return page("public/quick.html", status, **context)


def _form_context(form: QuickForm, place: PlaceView | None) -> dict[str, Any]:
    content = content_of_request()
    chosen = form.fields["place"].raw[:1]
    ticked = form.fields["exclude"].raw
    return {
        "form": form,
        "form_version": VERSION,
        "errors": form.errors,
        "places": _grouped(content, chosen),
        "place_options": [
            {"code": word.code, "label": word.label, "selected": word.code in chosen} for word in PLACE_OTHER
        ],
        "fallbacks": content.fallbacks,
        "readers": [
            {"id": reader.id, "name": reader.name, "role": reader.role, "checked": reader.id in ticked}
            for reader in content.readers
        ],
        "w": place.code if place else "",
        "here": f"/quick?w={place.code}" if place else "/quick",
        "place_line": _chosen_line(content, place, chosen),
    }


def _chosen_line(content: PublicContent, place: PlaceView | None, chosen: list[str]) -> Markup:
    """Return the place in words under a poster: the one that was chosen instead, where there is one."""
    if place is None or not any(chosen):
        return trust_text(place.line if place else "")
    other = next((view.line for view in content.places if view.id in chosen), "")
    named = next((word.label for word in PLACE_OTHER if word.code in chosen), "")
    return say(named) if named and not other else trust_text(other or place.line)


def _grouped(content: PublicContent, chosen: list[str]) -> list[dict[str, Any]]:
    """Return the places under their sites, in the order of the list."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for place in content.places:
        option = {"code": place.id, "label": place.name, "selected": place.id in chosen}
        groups.setdefault(place.site, []).append(option)
    return [{"site": site, "options": options} for site, options in groups.items()]
