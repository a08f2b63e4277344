"""Who may open a route: declared on the view, checked at start and before every request."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.domain.errors import Misconfigured

ANYONE = "anyone"
_View = TypeVar("_View", bound=Callable[..., Any])


def open_to(*roles: str) -> Callable[[_View], _View]:
    """Declare the roles that may open a view, or `ANYONE`."""

    def declare(view: _View) -> _View:
        view.open_to = frozenset(roles)  # type: ignore[attr-defined]  # the declaration lives on the function
        return view

    return declare


def check_every_route(app: Flask) -> None:
    """Raise `Misconfigured` when a route does not say who may open it."""
    for rule in app.url_map.iter_rules():
        if not getattr(app.view_functions[rule.endpoint], "open_to", None):
            raise Misconfigured(f"The route {rule.rule} does not say who may open it. Add @open_to(...).")


def check_access() -> Response | None:
    """Send people who are not signed in to the sign-in page; forbidden looks like absent."""
    if request.endpoint is None:
        return None
    allowed: frozenset[str] = getattr(current_app.view_functions[request.endpoint], "open_to", frozenset())
    if ANYONE in allowed:
        return None
    desk = g.get("desk")
    if desk is None:
        return redirect("/login", 303)
    if desk.actor.role not in allowed:
        raise NotFound
    return None
