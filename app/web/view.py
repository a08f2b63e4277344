"""What a view declares about itself: marks that stay with it when it is wrapped."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""The methods that change nothing."""
View = TypeVar("View", bound=Callable[..., Any])


def mark(view: View, name: str, value: object = True) -> View:
    """Return the view with a mark on it."""
    # On the function itself, where `functools.wraps` takes it along.
    setattr(view, name, value)
    return view


def mark_of(view: Callable[..., Any], name: str) -> Any:
    """Return what a view is marked with, None where it has no such mark."""
    return getattr(view, name, None)


def mark_of_request(name: str) -> Any:
    """Return what the view of this request is marked with; None without that mark, and where there is no view."""
    return mark_of(current_app.view_functions[request.endpoint], name) if request.endpoint else None
