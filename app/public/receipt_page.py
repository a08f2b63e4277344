"""The receipt page: the answer to a send, rendered once and spliced."""

from collections.abc import Mapping

from flask import Response, render_template, request

from app.services.report import receipt_dates
from app.web.blank_page import HTML, spliced
from app.web.context import heard
from app.web.locale import day_text, language

GROUPS = 5


def receipt_page(code: str, *, ward_line: bool) -> Response:
    """Return the page with this receipt; `ward_line` only when the place is known and the ward rule ran."""
    dates = receipt_dates(heard().today())
    values = {
        "code": code,
        "read": day_text(dates.read_by),
        "update": day_text(dates.update_by),
        "done": day_text(dates.done_by),
        "host": request.host,
    }
    values |= {f"group{place}": group for place, group in enumerate(code.split("-"))}
    render = _render_with_ward_line if ward_line else _render_plain
    return Response(spliced(("receipt", language(), ward_line), values, render), content_type=HTML)


def _render(markers: Mapping[str, str], ward_line: bool) -> str:
    return render_template(
        "public/receipt.html",
        code=markers["code"],
        code_groups=[markers[f"group{place}"] for place in range(GROUPS)],
        dates={"read_by": markers["read"], "update_by": markers["update"], "done_by": markers["done"]},
        short_address=markers["host"],
        ward_line=ward_line,
    )


def _render_with_ward_line(markers: Mapping[str, str]) -> str:
    return _render(markers, True)


def _render_plain(markers: Mapping[str, str]) -> str:
    return _render(markers, False)
