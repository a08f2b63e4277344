"""Sending a report from either form: the order of ruling 27, and the page again with everything that was given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response, g, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from app.domain.report_content import Answer, normalise_answers
from app.public.receipt_page import StoredReport, receipt_page
from app.services.place import PlaceView
from app.services.report import find_setting, submit_report
from app.services.report_sealing import NOT_RECEIVED, ReportDraft
from app.web.blank_page import spliced
from app.web.context import unit_of_work
from app.web.errors import log_place
from app.web.form_token import AGAIN, PostedToken, new_token, read_token, token_to_show
from app.web.limits import OLD_ENOUGH_SECONDS, over_file_limit, over_send_limit
from app.web.locale import language, trust_text
from app.web.page import HTML, page
from app.web.posted import posted_values, refuse_near_names
from app.web.public_content import PublicContent, content_at_hand, content_of_request
from app.web.uploads import PostedFiles, file_field, posted_files
from app.web.wording import say
from forms.base import Form
from forms.fields import Question
from forms.privacy import ONLY_NOT_ANONYMOUS
from forms.readers import ReaderChoice
from forms.steps import Step
from models.vocabulary.incident import PLACE_OTHER
from models.vocabulary.promise import FORM_LIMITS, STAND_INS

TRAP = "website"
HIDDEN = ("token", "w", "s", TRAP)
Raw = dict[str, list[str]]
Answers = dict[str, Answer]


@dataclass(frozen=True)
class FormPage:
    """One form for reports: its name, version and template, what it asks, and how its answers are read."""

    name: str
    version: int
    template: str
    questions: tuple[Question, ...]
    make_form: Callable[[Raw, Answers, PublicContent], Form]
    tidy: Callable[[Answers], None]
    """Takes out of the normalised answers what was typed and does not belong to the choices made."""
    variant: Callable[[], Mapping[str, str]]
    """What the address or the posted page says beside the answers; a blank page is rendered once for each."""
    steps: Mapping[str, Step] = field(default_factory=dict)
    """The steps of a form that can be answered one question at a time, by name."""
    files: bool = False
    """Whether files may come with it; its view is then marked with `takes_files`."""


def drop_known(answers: Answers) -> None:
    """Take name and contact out of an anonymous report."""
    if answers.get("privacy") == "anonymous":
        for name in ONLY_NOT_ANONYMOUS:
            answers.pop(name, None)


def blank_form(form_page: FormPage) -> Response:
    """Return the blank form, with the place of a poster filled in."""
    place = content_of_request().by_code.get(request.args.get("w", ""))
    values = {"token": new_token(form_page.name, form_page.version)}
    if place:
        values |= {"w": place.code, "line": place.line}
    variant = tuple(form_page.variant().items())
    key = (form_page.name, form_page.version, language(), place is not None, variant)
    html = spliced(key, values, lambda markers: _render_blank(form_page, markers))
    return Response(html, content_type=HTML)


def _render_blank(form_page: FormPage, markers: Mapping[str, str]) -> str:
    context = _context(form_page, form_page.make_form({}, {}, content_of_request()), None)
    context |= {
        "token": markers["token"],
        "notice": "",
        "w": markers.get("w", ""),
        "place_line": trust_text(markers.get("line", "")),
    }
    if "w" in markers:
        context["here"] = _address(form_page, markers["w"])
    return render_template(form_page.template, **context)


def receive_form(form_page: FormPage) -> Response:
    """Receive a report; a receipt is shown only for a stored one."""
    refuse_near_names({*(one.name for one in form_page.questions), *HIDDEN})
    token = read_token(form_page.name, form_page.version)
    answers = _answers(form_page)
    posted = posted_files() if form_page.files else PostedFiles()
    try:
        return _receive(form_page, token, answers, posted)
    except HTTPException:
        raise
    except Exception as error:
        # Whatever went wrong, the words that were typed are not lost.
        log_place(error)
        g.content = content_at_hand()
        return _filled_page(form_page, token, answers, 503, notice=NOT_RECEIVED, posted=posted)


def _receive(form_page: FormPage, token: PostedToken, answers: Answers, posted: PostedFiles) -> Response:
    draft = ReportDraft(form_page.name, form_page.version, token.token, answers, language(), files=posted.files)
    setting = find_setting(unit_of_work, draft)
    if setting and setting.is_stored:
        return receipt_page(StoredReport(setting.receipt.code, draft, is_new=False))
    form = form_page.make_form(posted_values(), answers, content_of_request())
    if not form.validate() or posted.errors:
        return _filled_page(form_page, token, answers, 422, form=form, posted=posted)
    busy = over_send_limit()
    if not token.fine or (busy and token.age < OLD_ENOUGH_SECONDS):
        return _filled_page(form_page, token, answers, 200, form=form, notice=AGAIN, posted=posted)
    # Words are taken over a limit too, files are not: they cost a disk what words never do.
    posted = posted.not_now() if busy or over_file_limit(posted.size) else posted.clean()
    if posted.errors:
        return _filled_page(form_page, token, answers, 422, form=form, posted=posted)
    caught = bool(request.form.get(TRAP))
    draft = replace(draft, spam_lane=busy or caught, files=posted.files)
    return receipt_page(StoredReport(submit_report(unit_of_work, draft, setting), draft, is_new=True))


def _answers(form_page: FormPage) -> Answers:
    """Return the posted answers, valid or not, normalised; the poster's place stands in for an empty one."""
    given = {
        one.name: request.form.getlist(one.name) if one.many else request.form.get(one.name, "")
        for one in form_page.questions
    }
    answers = normalise_answers(given)
    place = _poster_place()
    if place and "place" not in answers:
        answers["place"] = place.id
    form_page.tidy(answers)
    return answers


def _poster_place() -> PlaceView | None:
    return content_of_request().by_code.get(request.form.get("w", ""))


def _filled_page(
    form_page: FormPage,
    token: PostedToken,
    answers: Answers,
    status: int,
    *,
    form: Form | None = None,
    notice: str = "",
    posted: PostedFiles | None = None,
) -> Response:
    """Return the page again with everything that was given."""
    shown = form or form_page.make_form(posted_values(), answers, content_of_request())
    context = _context(form_page, shown, _poster_place())
    context |= {"token": token_to_show(token, form_page.name, form_page.version), "notice": notice}
    if posted:
        context |= file_field(posted.errors, again=posted.choose_again)
        context["errors"] = [*context["errors"], *posted.errors]
    return page(form_page.template, status, **context)


def _context(form_page: FormPage, form: Form, place: PlaceView | None) -> dict[str, Any]:
    content = content_of_request()
    chosen = form.fields["place"].raw[:1]
    ticked = form.fields["exclude"].answer
    return {
        "form": form,
        "steps": form_page.steps,
        "errors": form.errors,
        "places": _grouped(content, chosen),
        "place_options": [
            {"code": word.code, "label": word.label, "selected": word.code in chosen} for word in PLACE_OTHER
        ],
        "limits": FORM_LIMITS,
        "readers": content.readers,
        "fallbacks": content.fallbacks,
        "stand_ins": STAND_INS,
        "ticked": ticked,
        "w": place.code if place else "",
        "here": _address(form_page, place.code if place else ""),
        "place_line": _chosen_line(content, place, chosen),
        **form_page.variant(),
        **file_field(),
    }


def reader_choice(content: PublicContent) -> ReaderChoice:
    """Return whom a form lets somebody tick."""
    call = content.settings["guardian_phone"]
    return ReaderChoice(content.reader_ids, content.fallback_ids, content.guardian_ids, call)


def _address(form_page: FormPage, place_code: str) -> str:
    """Return the address of the blank form, for the links to it in other languages."""
    query = {"w": place_code, "s": form_page.variant().get("s", "")}
    given = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return f"/{form_page.name}?{given}" if given else f"/{form_page.name}"


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
