"""Every POST: from our own pages, readable as UTF-8, and not too large."""

import io
from urllib.parse import unquote_to_bytes, urlsplit

from flask import request
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge

from app.web.incoming import MAX_BODY_BYTES
from app.web.uploads import MAX_FILES_BYTES, may_carry_files
from app.web.view import READING, View, mark, mark_of_request

NOTHING_AMBIENT = "nothing_ambient"
OWN_SITES = frozenset({"same-origin", "none"})


def nothing_ambient(view: View) -> View:
    """Mark a reporter page: it uses no cookie, so a POST that names no origin is accepted."""
    return mark(view, NOTHING_AMBIENT)


def check_origin() -> None:
    """Refuse a POST from another site. `Sec-Fetch-Site` decides where present, else `Origin` must be ours."""
    if request.method in READING or request.endpoint is None:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        accepted = site in OWN_SITES
    elif (origin := request.headers.get("Origin")) is not None:
        accepted = _is_ours(origin)
    else:
        accepted = mark_of_request(NOTHING_AMBIENT)
    if not accepted:
        raise Forbidden


def _is_ours(origin: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.netloc == request.host and parts.scheme in ("https", request.scheme)


def check_body() -> None:
    """Refuse a body that is too large (413) or whose text is not UTF-8 (400)."""
    if request.method in READING or request.endpoint is None:
        return
    with_files = may_carry_files()
    if with_files is None and (request.content_length or MAX_BODY_BYTES + 1) > MAX_BODY_BYTES:
        # Whatever it is, its sender has nothing to send here: they are told so before it is read.
        request.environ |= {"wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0", "CONTENT_TYPE": ""}
    elif with_files is not False and request.mimetype == "multipart/form-data":
        # Such a form is read as it comes in, and its text is held to UTF-8 while it is read.
        request.max_content_length = MAX_BODY_BYTES + (MAX_FILES_BYTES if with_files else 0)
    else:
        _check_text()
    # A part of a form that has no name cannot be an answer.
    if None in request.form or None in request.files:
        raise BadRequest


def _check_text() -> None:
    if request.content_length is None:
        # Of a body that does not say its length the library would keep the start without a word.
        request.max_content_length = MAX_BODY_BYTES + 1
    body = request.get_data(cache=True)
    if len(body) > MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    if request.mimetype == "application/x-www-form-urlencoded":
        body = unquote_to_bytes(body)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest from None
