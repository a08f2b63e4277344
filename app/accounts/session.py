"""The own session: whether it still runs."""

from flask import Blueprint, Response

from app.domain.permissions import who_may
from app.web.access import open_to

STILL_HERE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
blueprint = Blueprint("session", __name__)


@blueprint.get("/account/session")
@open_to(*who_may("manage_own_account"))
def show() -> Response:
    """Send an empty picture: the request itself keeps the session. Whoever is not signed in gets no picture."""
    # The content policy lets a page ask for pictures and for nothing else.
    return Response(STILL_HERE, content_type="image/svg+xml")
