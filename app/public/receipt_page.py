"""The receipt page: the answer to a send, rendered once and spliced."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response, render_template, request

from app.domain.support_directory import choose, wanted_tags
from app.services.equality import offer_equality
from app.services.report import receipt_dates
from app.services.report_sealing import ReportDraft, place_id
from app.services.support_directory import ServiceView
from app.web.blank_page import HTML, content_of_request, spliced
from app.web.context import heard
from app.web.locale import day_text, language

GROUPS = 5


@dataclass(frozen=True)
class StoredReport:
    """What the receipt page is told of a report that is stored.

    `role` is who tells us, a code of the public form; the quick form's is always `staff`. `is_new` is False when this
    very page had been stored before: the lane it went to and its month are then not known here, so that the question
    about the reporter is offered by the first answer alone.
    """

    code: str = field(repr=False)
    draft: ReportDraft = field(repr=False)
    role: str
    is_new: bool


def receipt_page(stored: StoredReport) -> Response:
    """Return the page with this receipt, its promises, and help that fits."""
    dates = receipt_dates(heard().today())
    content = content_of_request()
    # "Nobody on your ward" is said only when the place is known and the ward rule ran.
    ward_line = place_id(stored.draft.answers) is not None
    places = choose([frozenset(one.tags) for one in content.services], wanted_tags(stored.role, stored.draft.answers))
    values = {
        "code": stored.code,
        "read": day_text(dates.read_by),
        "update": day_text(dates.update_by),
        "done": day_text(dates.done_by),
        "host": request.host,
    }
    values |= {f"group{place}": group for place, group in enumerate(stored.code.split("-"))}
    if equality := _equality(stored):
        values["equality"] = equality
    services = [content.services[place] for place in places]
    key = ("receipt", language(), ward_line, bool(equality), places)
    html = spliced(key, values, lambda markers: _render(markers, ward_line, services))
    return Response(html, content_type=HTML)


def _equality(stored: StoredReport) -> str:
    if not (stored.is_new and content_of_request().counts_answers):
        return ""
    return offer_equality(heard().form_keys, stored.draft, stored.role, heard().today())


def _render(markers: Mapping[str, str], ward_line: bool, services: list[ServiceView]) -> str:
    return render_template(
        "public/receipt.html",
        code=markers["code"],
        code_groups=[markers[f"group{place}"] for place in range(GROUPS)],
        dates={"read_by": markers["read"], "update_by": markers["update"], "done_by": markers["done"]},
        short_address=markers["host"],
        ward_line=ward_line,
        equality=markers.get("equality", ""),
        services=services,
    )
