"""Every POST: from our own pages, readable as UTF-8, and not too large."""

import io
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Response, request
from werkzeug.exceptions import BadRequest, Forbidden, LengthRequired

from app.web.body import MAX_BODY_BYTES
from app.web.sealed_request import arriving_of, asks_for_body
from app.web.uploads import MAX_FILES_BYTES, may_carry_files
from app.web.view import READING, View, mark, mark_of_request
from forms.attachment import FIELD

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


def check_body() -> Response | None:
    """Refuse a body that does not say its length (411), is too large (413), or is no form of ours (400).

    One with files that has not come in yet is asked for: the answer then only says so, and the request comes again.
    """
    if request.method in READING or request.endpoint is None:
        return None
    if (arriving := arriving_of(request)) and arriving.problem:
        raise arriving.problem
    if request.content_length is None:
        # Of such a body nobody can tell whether all of it came in.
        raise LengthRequired
    with_files = may_carry_files()
    if with_files is None and request.content_length > MAX_BODY_BYTES:
        # Whatever it is, its sender has nothing to send here: they are told so before it is read.
        request.environ |= {"wsgi.input": io.BytesIO(), "CONTENT_LENGTH": "0", "CONTENT_TYPE": ""}
    elif with_files is not False and request.mimetype == "multipart/form-data":
        # Such a form is read as it comes in, and its text is held to UTF-8 while it is read.
        request.max_content_length = MAX_BODY_BYTES + (MAX_FILES_BYTES if with_files else 0)
        if asks_for_body(request):
            return Response(status=204)
    else:
        _check_text()
    _check_names(takes_files=with_files is not False)
    return None


def _check_names(*, takes_files: bool) -> None:
    """Refuse a part without a name, and a file where words or a tick belong: dropped in silence, it would be missed."""
    if None in request.form or not request.files.keys() <= ({FIELD} if takes_files else set()):
        raise BadRequest


def _check_text() -> None:
    body = request.get_data(cache=True)
    if request.mimetype == "application/x-www-form-urlencoded":
        body = unquote_to_bytes(body)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest from None
