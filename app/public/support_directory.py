"""Help without making a report."""

from flask import Blueprint, Response

from app.web.access import ANYONE, open_to
from app.web.blank_page import page

blueprint = Blueprint("support_directory", __name__)


@blueprint.get("/support")
@open_to(ANYONE)
def show() -> Response:
    """Show whom to call."""
    return page("public/support.html")
