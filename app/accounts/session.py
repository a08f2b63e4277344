"""The own session: whether it still runs, and what the browser forgets of it."""

from flask import Blueprint, Response

from app.domain.permissions import who_may
from app.web.access import ANYONE, open_to

EMPTY_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
blueprint = Blueprint("session", __name__)


@blueprint.get("/account/session")
@open_to(*who_may("manage_own_account"))
def show() -> Response:
    """Send an empty picture: the request itself keeps the session. Whoever is not signed in gets no picture."""
    # The content policy lets a page ask for pictures and for nothing else.
    return Response(EMPTY_PICTURE, content_type="image/svg+xml")


@blueprint.get("/account/signed-out")
@open_to(ANYONE)
def forget() -> Response:
    """Send an empty picture with which the browser forgets the pages of the desk, so that Back shows none of them.

    The page that was left is kept only once the next one stands: said with the sign-out itself it would come too early.
    """
    response = Response(EMPTY_PICTURE, content_type="image/svg+xml")
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
