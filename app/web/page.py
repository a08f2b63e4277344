"""A page that is rendered for one request, and what every template may use."""

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request
from markupsafe import Markup

from app.web.locale import is_draft, language, phone_text, trust_text
from app.web.public_content import content_of_request
from app.web.wording import say
from models.vocabulary.locale import BY_CODE
from models.vocabulary.word import N_

HTML = "text/html; charset=utf-8"
IN_DANGER = N_("Call 999. In hospital, tell a member of staff.")
CRISIS = N_("In a mental health crisis call 111 and choose option 2.")
OTHER_WAY = N_("Call %(phone)s, or ask for a paper form. Interpreters and BSL are free.")
STAFF_OTHER_WAY = N_(
    "Call %(phone)s to tell us by phone or to ask for a paper form. "
    "Or call the Freedom to Speak Up Guardian on %(guardian)s."
)


def page(template: str, status: int = 200, **context: object) -> Response:
    """Return a page rendered for this request alone."""
    return Response(render_template(template, **context), status, content_type=HTML)


def template_context() -> dict[str, object]:
    """Return what every template may use: names, contacts and language."""
    settings = content_of_request().settings
    lang = language()
    return {
        "lang": lang,
        "dir": BY_CODE[lang].direction,
        "is_draft": is_draft(),
        "here": request.path,
        "service_name": "Heard",
        "trust_name": trust_text(settings["trust_name"]),
        "trust_note": trust_text(settings["trust_note"]),
        "contacts": contacts(settings),
    }


def contacts(settings: Mapping[str, Any]) -> dict[str, object]:
    """Return the help that stands beside every public form, with what the trust wrote marked as such.

    What begins with `staff_` is of use to people who work here alone: extensions, their own lines.
    """
    guardian, other_way = phone_text(settings["guardian_phone"]), phone_text(settings["other_way_phone"])
    note, hours = trust_text(settings["support_note"]), trust_text(settings["other_way_hours"])
    if hours:
        other_way = Markup("{} ({})").format(other_way, hours)
    return {
        "danger_text": say(IN_DANGER),
        "staff_danger_text": trust_text(settings["danger_text"]),
        "crisis_text": say(CRISIS),
        "support_name": trust_text(settings["support_name"]),
        "support_phone": Markup("{} ({})").format(phone_text(settings["support_phone"]), note),
        "other_way_phone": other_way,
        "other_way_text": say(OTHER_WAY, phone=other_way),
        "staff_other_way_text": say(STAFF_OTHER_WAY, phone=other_way, guardian=guardian),
    }
