"""The receipt page: the answer to a send, rendered once and spliced."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response, render_template, request

from app.domain.support_directory import choose, lacks_own_line, wanted_tags
from app.services.equality import offer_equality
from app.services.report import receipt_dates
from app.services.report_sealing import STAFF, ReportDraft, place_id
from app.services.support_directory import ServiceView
from app.web.attachment_words import file_lines
from app.web.blank_page import spliced
from app.web.context import heard
from app.web.locale import address_text, day_text, language
from app.web.page import HTML
from app.web.public_content import content_of_request

GROUPS = 5
BY_PHONE = "phone"


@dataclass(frozen=True)
class StoredReport:
    """What the receipt page is told of a report that is stored.

    `is_new` is False when this very page had been stored before: its lane and its month are then not known here, so
    that the question about the reporter is offered by the first answer alone.
    """

    code: str = field(repr=False)
    draft: ReportDraft = field(repr=False)
    is_new: bool

    @property
    def handed(self) -> bool:
        """Whether somebody wrote down what another told them, who is now to be given the code."""
        return "source" in self.draft.answers

    @property
    def variant(self) -> dict[str, bool]:
        """What makes this page differ from that of another report, by the names that its template uses."""
        return {
            "ward_line": self.ward_line,
            "handed": self.handed,
            "by_phone": self.draft.answers.get("source") == BY_PHONE,
            "guardian_only": self.draft.guardian_only,
            "danger": self.draft.possible_danger,
            "names_danger": self.draft.names_danger,
            "for_staff": self.draft.role == STAFF,
        }

    @property
    def ward_line(self) -> bool:
        """Whether "Nobody on your ward sees it" may be said: only when the place is known and the ward rule ran."""
        return place_id(self.draft.answers) is not None


def receipt_page(stored: StoredReport) -> Response:
    """Return the page with this receipt, its promises, and help that fits."""
    dates = receipt_dates(heard().today())
    services = content_of_request().services
    wanted = wanted_tags(stored.draft.role, stored.draft.answers)
    places = choose([frozenset(one.tags) for one in services], wanted)
    values = {
        "read": day_text(dates.read_by),
        "update": day_text(dates.update_by),
        "done": day_text(dates.done_by),
        "host": request.host,
    }
    values |= {f"group{place}": group for place, group in enumerate(stored.code.split("-"))}
    if token := _equality_token(stored):
        values["equality"] = token
    files = file_lines(stored.draft.files) if stored.is_new else ()
    values |= {f"file{place}": line for place, line in enumerate(files)}
    shown = [services[place] for place in places]
    own_line = lacks_own_line((one.tags for one in shown), wanted)
    key = (
        "receipt",
        language(),
        *stored.variant.values(),
        bool(token),
        len(files),
        places,
        own_line,
    )
    html = spliced(key, values, lambda markers: _render(markers, stored, shown, own_line))
    return Response(html, content_type=HTML)


def _equality_token(stored: StoredReport) -> str:
    """Return the token that goes with the question, "" where it is not asked."""
    # Whoever wrote down what another told them is not the one whom the answer would be about.
    if not stored.is_new or stored.handed or not content_of_request().counts_answers:
        return ""
    return offer_equality(heard().form_keys, stored.draft, stored.draft.role, heard().today())


def _render(markers: Mapping[str, str], stored: StoredReport, services: list[ServiceView], own_line: bool) -> str:
    return render_template(
        "public/receipt.html",
        code_groups=[markers[f"group{place}"] for place in range(GROUPS)],
        dates={"read_by": markers["read"], "update_by": markers["update"], "done_by": markers["done"]},
        short_address=markers["host"],
        return_address=address_text(markers["host"]),
        **stored.variant,
        equality=markers.get("equality", ""),
        files=[marker for name, marker in markers.items() if name.startswith("file")],
        services=services,
        own_line=own_line,
    )
