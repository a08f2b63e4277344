"""The quick form for staff: one page, five questions, one receipt."""

from collections.abc import Mapping

from flask import Blueprint, Response

from app.public.report_sending import Answers, FormPage, Raw, blank_form, drop_known, receive_form
from app.web.access import ANYONE, open_to
from app.web.origin import nothing_ambient
from app.web.public_content import PublicContent
from forms.quick import NAME, VERSION, QuickForm

blueprint = Blueprint("quick", __name__)


def _form(raw: Raw, answers: Answers, content: PublicContent) -> QuickForm:
    return QuickForm(
        raw,
        answers,
        places=content.place_ids,
        readers=content.reader_ids,
        call=content.settings["guardian_phone"],
    )


def _variant() -> Mapping[str, str]:
    return {}


PAGE = FormPage(
    NAME,
    VERSION,
    "public/quick.html",
    QuickForm.questions,
    make_form=_form,
    tidy=drop_known,
    variant=_variant,
)


@blueprint.get("/quick")
@open_to(ANYONE)
def new() -> Response:
    """Show the blank form."""
    return blank_form(PAGE)


@blueprint.post("/quick")
@open_to(ANYONE)
@nothing_ambient
def send() -> Response:
    """Receive a report."""
    return receive_form(PAGE)
