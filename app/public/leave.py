"""Leaving at once: nothing of the visit stays in this browser that we can clear."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from app.public.mailbox_visit import forget_mailbox
from app.web.access import ANYONE, open_to
from app.web.context import heard

blueprint = Blueprint("leave", __name__)


@blueprint.get("/leave")
@open_to(ANYONE)
def go() -> Response:
    """Delete the mailbox cookie, clear cache and storage, go to the neutral page."""
    response = redirect(heard().settings.exit_page, 303)
    forget_mailbox(response)
    # Never "cookies": it would sign people out of the trust's other sites.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
