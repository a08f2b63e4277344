"""What we promise: privacy, how it works, accessibility, and the same in other forms."""

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Blueprint, Response, request

from app.domain.withdrawal import RECEIPT_MONTHS, UNDO_DAYS
from app.security.mailbox_cookie import IDLE_SECONDS
from app.services.report import receipt_dates
from app.web.access import ANYONE, open_to
from app.web.context import heard
from app.web.locale import day_text, long_day_text
from app.web.page import page
from app.web.public_content import PublicContent, content_of_request
from forms.report import QUESTIONS
from models.vocabulary import promise as words
from models.vocabulary.easy_read import EASY_PARTS
from models.vocabulary.incident import PLACE_OTHER
from models.vocabulary.people import PRIVACY
from models.vocabulary.support_directory import AUDIENCE
from models.vocabulary.word import N_

DELETION_RUNS = False
"""Whether Heard deletes by itself when the time has come. A test compares it with what there is of it."""
NOT_YET = N_(
    "Heard does not delete reports by itself yet. Until it does, your words stay, locked, "
    "and only the people named here can open them."
)
REVIEWED_ON = date(2026, 11, 25)
"""When somebody last read the accessibility statement against the site."""
OUTSIDE_THE_STAFF = frozenset({"patients", "carers"})
"""Tags of those who do not work here: the Guardian does not listen to them, so other services stand beside."""
blueprint = Blueprint("promise", __name__)


@blueprint.get("/privacy")
@open_to(ANYONE)
def privacy() -> Response:
    """Show what is recorded, who can read it and for how long, from the live roster and settings."""
    content = content_of_request()
    return page(
        "public/privacy.html",
        words=words,
        readers=content.readers,
        fallbacks=content.fallbacks,
        minutes=IDLE_SECONDS // 60,
        asks_question=content.counts_answers,
        keep=_kept(content),
        not_yet="" if DELETION_RUNS else NOT_YET,
    )


def _kept(content: PublicContent) -> dict[str, Any]:
    decided = {name: value for name, value in content.settings.items() if name.startswith("keep_")}
    # Mailboxes close by themselves, whatever a trust decides about the rest.
    return decided | {"receipt_months": RECEIPT_MONTHS, "withdrawn_receipt_days": UNDO_DAYS}


@blueprint.get("/how-it-works")
@open_to(ANYONE)
def how_it_works() -> Response:
    """Show what happens to a report that is sent today, who reads it and what can be chosen, and how to leave."""
    content = content_of_request()
    dates = receipt_dates(heard().today())
    return page(
        "public/how_it_works.html",
        words=words,
        readers=content.readers,
        fallbacks=content.fallbacks,
        choices=PRIVACY,
        dates={name: day_text(day) for name, day in asdict(dates).items()},
        keep=_kept(content),
    )


@blueprint.get("/accessibility")
@open_to(ANYONE)
def accessibility() -> Response:
    """Show the accessibility statement in the form that the regulations ask for."""
    settings = content_of_request().settings
    return page(
        "public/accessibility.html",
        email=settings["accessibility_email"],
        phone=settings["other_way_phone"],
        reply_days=settings["accessibility_reply_days"],
        bsl_video=settings["bsl_video"],
        host=settings["public_host"],
        reviewed=long_day_text(REVIEWED_ON),
    )


@blueprint.get("/easy-read")
@open_to(ANYONE)
def easy_read() -> Response:
    """Show how it works in short sentences, with a picture for each idea."""
    return page("public/easy_read.html", parts=EASY_PARTS, call=content_of_request().settings["other_way_phone"])


@blueprint.get("/bsl")
@open_to(ANYONE)
def bsl() -> Response:
    """Show the ways for people who sign: the trust's video and relay, where it has them."""
    settings = content_of_request().settings
    return page(
        "public/bsl.html", video=settings["bsl_video"], relay=settings["bsl_relay"], call=settings["other_way_phone"]
    )


@blueprint.get("/other-ways")
@open_to(ANYONE)
def other_ways() -> Response:
    """Show how to tell us without this site."""
    content = content_of_request()
    held = {tag for service in content.services for tag in service.tags}
    return page(
        "public/other_ways.html",
        call=content.settings["other_way_phone"],
        hours=content.settings["other_way_hours"],
        guardian=content.settings["guardian_phone"],
        audiences=[tag for tag in AUDIENCE if tag.code in OUTSIDE_THE_STAFF & held],
    )


@blueprint.get("/paper-form")
@open_to(ANYONE)
def paper_form() -> Response:
    """Show a form to print and fill in by hand, in normal or large print."""
    settings = content_of_request().settings
    return page(
        "public/paper_form.html",
        large=request.args.get("size") == "large",
        asked={question.name: question for question in QUESTIONS},
        place=PLACE_OTHER,
        address=settings["paper_address"],
        call=settings["other_way_phone"],
    )
