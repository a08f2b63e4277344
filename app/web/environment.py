"""From what granian says of a request to the WSGI environment of it."""

import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

WITHOUT_PREFIX = ("CONTENT_TYPE", "CONTENT_LENGTH")
LONGEST_LENGTH = 15
"""Digits of a length that is read as a number."""


def environ_of(scope: dict[str, Any]) -> dict[str, Any]:
    """Return the WSGI environment of a request, with an empty body."""
    server, client = scope["server"], scope["client"]
    return {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        # Decoded once, byte by byte: `path` has lost what is no UTF-8.
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0] if client else "",
        # A request without one names no site of ours.
        "HTTP_HOST": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    } | _fields(scope["headers"])


def length_of(environ: dict[str, Any]) -> int | None:
    """Return how long the body is by its own account; None where it does not say so."""
    text = environ.get("CONTENT_LENGTH", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_LENGTH else None


def _fields(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        # With an underscore it would pass for the header of that name with a hyphen, as a proxy sets it.
        if b"_" in raw_name:
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name in WITHOUT_PREFIX else f"HTTP_{name}"
        found[key] = f"{found[key]}{'; ' if name == 'COOKIE' else ','}{value}" if key in found else value
    if "HTTP_TRANSFER_ENCODING" in found:
        # Two accounts of one length: neither is believed.
        found.pop("CONTENT_LENGTH", None)
    return found
