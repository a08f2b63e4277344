"""The receipt page: the answer to a send, rendered once and spliced."""

from collections.abc import Mapping

from flask import Response, render_template, request

from app.services.report import receipt_dates
from app.web.blank_page import HTML, spliced
from app.web.context import heard
from app.web.locale import day_text, language

GROUPS = 5


def receipt_page(code: str, *, ward_line: bool, handed: bool = False) -> Response:
    """Return the page with this receipt; `ward_line` only when the place is known and the ward rule ran.

    `handed` when somebody wrote down what another told them, who is now to be given the code.
    """
    dates = receipt_dates(heard().today())
    values = {
        "code": code,
        "read": day_text(dates.read_by),
        "update": day_text(dates.update_by),
        "done": day_text(dates.done_by),
        "host": request.host,
    }
    values |= {f"group{place}": group for place, group in enumerate(code.split("-"))}
    key = ("receipt", language(), ward_line, handed)
    html = spliced(key, values, lambda markers: _render(markers, ward_line, handed))
    return Response(html, content_type=HTML)


def _render(markers: Mapping[str, str], ward_line: bool, handed: bool) -> str:
    return render_template(
        "public/receipt.html",
        code=markers["code"],
        code_groups=[markers[f"group{place}"] for place in range(GROUPS)],
        dates={"read_by": markers["read"], "update_by": markers["update"], "done_by": markers["done"]},
        short_address=markers["host"],
        ward_line=ward_line,
        handed=handed,
    )
