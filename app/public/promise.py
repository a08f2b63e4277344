"""What we promise: privacy, how it works, accessibility."""

from flask import Blueprint, Response

from app.web.access import ANYONE, open_to
from app.web.blank_page import content_of_request, page

RETENTION = (
    "Heard does not delete reports by itself yet. Until it does, your words stay, locked, "
    "and only the people named here can open them."
)
blueprint = Blueprint("promise", __name__)


@blueprint.get("/privacy")
@open_to(ANYONE)
def privacy() -> Response:
    """Show what is recorded, and who can read it, from the live roster."""
    content = content_of_request()
    return page("public/privacy.html", readers=content.readers, fallbacks=content.fallbacks, retention_text=RETENTION)


@blueprint.get("/how-it-works")
@open_to(ANYONE)
def how_it_works() -> Response:
    """Show what happens to a report, and how to leave."""
    return page("public/how_it_works.html")


@blueprint.get("/accessibility")
@open_to(ANYONE)
def accessibility() -> Response:
    """Show the accessibility statement."""
    return page("public/accessibility.html")
