"""Poster codes: four symbols that stand for a place."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from app.domain.place_code import fold_place_code
from app.services.place import PlaceView
from app.web.access import ANYONE, open_to
from app.web.locale import href
from app.web.page import page
from app.web.public_content import content_of_request

CHOICE = "choose"
blueprint = Blueprint("place", __name__)


@blueprint.get("/w/<code>")
@open_to(ANYONE)
def show(code: str) -> Response:
    """Go to the form that the poster opens, or ask which; an unknown code goes to the start page without an error."""
    place = content_of_request().by_code.get(fold_place_code(code))
    if place is None:
        return redirect(href("/"), 303)
    if place.opens == CHOICE:
        return page(
            "public/place.html",
            place_line=place.line,
            quick=form_href("quick", place),
            everyone=form_href("report", place),
        )
    return redirect(form_href(place.opens, place), 303)


def form_href(form: str, place: PlaceView) -> str:
    """Return the address of a form with this place filled in."""
    return href(f"/{form}?w={place.code}")
