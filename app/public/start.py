"""The start page."""

from flask import Blueprint, Response

from app.web.access import ANYONE, open_to
from app.web.page import page
from models.vocabulary.promise import NETWORK_SEES, NO_ADDRESS

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
@open_to(ANYONE)
def show() -> Response:
    """Show the ways in."""
    return page("public/start.html", promises=(NO_ADDRESS, NETWORK_SEES))
