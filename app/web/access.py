"""Who may open a route: declared on the view, checked at start and before every request."""

from collections.abc import Callable
from functools import partial

from flask import Flask, g, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.domain.errors import Misconfigured
from app.web.view import View, mark, mark_of, mark_of_request

ANYONE, OPEN_TO = "anyone", "open_to"


def open_to(*roles: str) -> Callable[[View], View]:
    """Declare the roles that may open a view, or `ANYONE`."""
    return partial(mark, name=OPEN_TO, value=frozenset(roles))


def check_every_route(app: Flask) -> None:
    """Raise `Misconfigured` when a route does not say who may open it."""
    for rule in app.url_map.iter_rules():
        if not mark_of(app.view_functions[rule.endpoint], OPEN_TO):
            raise Misconfigured(f"The route {rule.rule} does not say who may open it. Add @open_to(...).")


def check_access() -> Response | None:
    """Send people who are not signed in to the sign-in page; forbidden looks like absent."""
    if request.endpoint is None:
        return None
    allowed: frozenset[str] = mark_of_request(OPEN_TO) or frozenset()
    if ANYONE in allowed:
        return None
    desk = g.get("desk")
    if desk is None:
        return redirect("/login", 303)
    if desk.actor.role not in allowed:
        raise NotFound
    return None
