"""The languages that the public pages are offered in."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.web.access import ANYONE, OPEN_TO, open_to
from app.web.locale import language_links
from app.web.page import page
from app.web.surface import is_desk_path
from app.web.view import mark_of

START = "/"
KEPT = ("w", "s")
"""What goes along to the page in another language: the place of a poster, and how a report came."""
blueprint = Blueprint("languages", __name__)


@blueprint.get("/languages")
@open_to(ANYONE)
def show() -> Response:
    """List every language; each leads to the page one came from, `?to=`, in that language."""
    return page("public/languages.html", links=language_links(_where_to(request.args.get("to", START))))


def _where_to(asked: str) -> str:
    """Return the address of a public page of ours; the start page for anything else."""
    try:
        parts = urlsplit(asked)
        endpoint, _ = current_app.url_map.bind("").match(parts.path, method="GET")
    except (ValueError, HTTPException, RequestRedirect):
        return START
    view = current_app.view_functions[endpoint]
    if ANYONE not in (mark_of(view, OPEN_TO) or ()) or is_desk_path(parts.path) or parts.scheme or parts.netloc:
        return START
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name in KEPT]
    return f"{parts.path}?{urlencode(kept)}" if kept else parts.path
