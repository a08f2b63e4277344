"""Which names this site answers to, and which headers of a proxy are believed."""

import re
from collections.abc import Iterable

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.middleware.proxy_fix import ProxyFix

HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?", re.ASCII)
"""A name or an address, then perhaps a port."""


def install_hosts(app: Flask, allowed: Iterable[str], proxies: int) -> None:
    """Refuse every other `Host` before anything else is looked at. Without proxies X-Forwarded-* means nothing.

    Each of `proxies` sets X-Forwarded-For and X-Forwarded-Proto and passes `Host` on, so no other header is believed.
    """
    app.extensions["heard_hosts"] = frozenset(allowed)
    app.before_request(check_host)
    if proxies:
        believing = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_port=0, x_prefix=0)
        app.wsgi_app = believing  # type: ignore[method-assign]  # the way Flask documents


def check_host() -> None:
    """Refuse a request that calls this site by a name that is not on the list (400); the name is not shown.

    A path that begins with two slashes is none of ours (404): a proxy with rules for a path reads another one in it.
    """
    if _name(request.host) not in current_app.extensions["heard_hosts"]:
        raise BadRequest
    if request.environ["PATH_INFO"].startswith("//"):
        raise NotFound


def _name(host: str) -> str:
    match = HOST.fullmatch(host)
    return match[1].lower() if match else ""
