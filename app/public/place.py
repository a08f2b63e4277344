"""Poster codes: four symbols that stand for a place."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from app.web.access import ANYONE, open_to
from app.web.blank_page import content_of_request
from app.web.locale import href

blueprint = Blueprint("place", __name__)


@blueprint.get("/w/<code>")
@open_to(ANYONE)
def show(code: str) -> Response:
    """Go to the quick form with the place filled in; an unknown code goes to the start page without an error."""
    place = content_of_request().by_code.get(code.upper())
    return redirect(href(f"/quick?w={place.code}" if place else "/"), 303)
