"""From an error to its page. Nothing about the request is logged: only the type of a bug and its place."""

import logging

from flask import Flask, Response, g, redirect
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app.database.engine import SQLAlchemyError
from app.domain.errors import (
    Busy,
    HeardError,
    Misconfigured,
    NotFound,
    NotReceived,
    Refused,
    Unreachable,
    VaultLocked,
    place_of,
)
from app.web.page import page
from app.web.public_content import content_at_hand

PAGES = {400: "400", 403: "403", 404: "404", 405: "405", 408: "408", 411: "411", 413: "413", 500: "500", 503: "503"}
STATUS: dict[type[HeardError], int] = {
    NotFound: 404,
    Refused: 403,
    NotReceived: 503,
    Unreachable: 503,
    Busy: 503,
    Misconfigured: 503,
}
KEPT_HEADERS = ("Allow", "Retry-After")
log = logging.getLogger("heard.error")


def error_page(status: int, reason: str = "") -> Response:
    """Return the page of a status, with a reason where there is one; an unlisted one gets the page of its kind."""
    # An error page asks the database nothing: it may be the reason.
    g.setdefault("content", content_at_hand())
    name = PAGES.get(status, "400" if status < 500 else "500")
    return page(f"errors/{name}.html", status, reason=reason)


def _http_error(error: HTTPException) -> AnyResponse:
    if error.code is None or error.code < 400:
        return error.get_response()
    response = error_page(error.code)
    response.headers.extend([pair for pair in error.get_headers() if pair[0] in KEPT_HEADERS])
    return response


def _heard_error(error: HeardError) -> AnyResponse:
    if isinstance(error, VaultLocked):
        return redirect("/login", 303)
    status = STATUS.get(type(error), 500)
    if status >= 500:
        log_place(error)
    # A refusal says itself what is wrong; the others have words of their own page.
    return error_page(status, str(error) if isinstance(error, Refused) else "")


def _database_error(error: SQLAlchemyError) -> AnyResponse:
    log_place(error)
    return error_page(503)


def _bug(error: Exception) -> AnyResponse:
    log_place(error)
    return error_page(500)


def log_place(error: Exception) -> None:
    """Log the type of an error and where it arose: no value, nothing of the request."""
    log.error("%s", place_of(error))


def install_errors(app: Flask) -> None:
    """Give every error its page."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(HeardError, _heard_error)
    app.register_error_handler(SQLAlchemyError, _database_error)
    app.register_error_handler(Exception, _bug)
