"""The full form, for everyone: patients, carers, visitors, witnesses, staff, and who writes down what others told."""

from collections.abc import Mapping

from flask import Blueprint, Response, request

from app.public.report_sending import Answers, FormPage, Raw, blank_form, drop_known, receive_form
from app.web.access import ANYONE, open_to
from app.web.context import heard
from app.web.origin import nothing_ambient
from app.web.page import page
from app.web.public_content import PublicContent, content_of_request
from app.web.uploads import takes_files
from forms.report import NAME, QUESTIONS, VERSION, ReportForm
from forms.steps import ASKED_AFTER, STEPS, is_asked
from models.vocabulary.people import INTAKE
from models.vocabulary.word import codes

PARTNER = "partner_code"
blueprint = Blueprint("report", __name__)


def _source() -> tuple[str, str]:
    """Return how a report came that is written down for someone, and the partner; two empty texts for one's own."""
    code = (request.form if request.method == "POST" else request.args).get("s", "")
    if code in content_of_request().settings["partners"]:
        return PARTNER, code
    return (code, "") if code in codes(INTAKE) else ("", "")


def _variant() -> Mapping[str, str]:
    source, partner = _source()
    name = content_of_request().settings["partners"].get(partner, "")
    return {"s": partner or source, "partner_name": name}


def _form(raw: Raw, answers: Answers, content: PublicContent) -> ReportForm:
    return ReportForm(
        raw,
        answers,
        places=content.place_ids,
        readers=content.reader_ids,
        call=content.settings["guardian_phone"],
        today=heard().today(),
        for_someone=bool(_source()[0]),
    )


def _settle(answers: Answers) -> None:
    """Keep only what belongs to the choices made; the number for a call is the contact where no other is given."""
    _drop_unasked(answers)
    if answers.get("privacy") == "anonymous":
        drop_known(answers)
        if "help_contact" not in answers:
            answers.pop("help_times", None)
    else:
        for name, typed in (("contact", "help_contact"), ("safe_times", "help_times")):
            if typed in answers:
                answers.setdefault(name, answers[typed])
    source, partner = _source()
    if source:
        answers["source"] = source
    if partner:
        answers["partner"] = partner


def _drop_unasked(answers: Answers) -> None:
    for name in ASKED_AFTER:
        if not is_asked(name, answers) and not (name == "consent" and _source()[0]):
            answers.pop(name, None)


PAGE = FormPage(
    NAME,
    VERSION,
    "public/report.html",
    QUESTIONS,
    make_form=_form,
    tidy=_settle,
    variant=_variant,
    steps={step.name: step for step in STEPS},
    files=True,
)


@blueprint.get("/for-someone")
@open_to(ANYONE)
def ask_source() -> Response:
    """Ask somebody who writes down what another told them how it came."""
    return page("public/report_for_someone.html", sources=INTAKE)


@blueprint.get("/report")
@open_to(ANYONE)
def new() -> Response:
    """Show the blank form."""
    return blank_form(PAGE)


@blueprint.post("/report")
@open_to(ANYONE)
@nothing_ambient
@takes_files
def send() -> Response:
    """Receive a report."""
    return receive_form(PAGE)
