"""Heard: a report travels from a ward terminal to an answer."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> "Flask":
    """Return the application from the environment, as `flask` finds it. What is set wrongly is said in one line."""
    from app.factory import CANNOT_START
    from app.factory import create_app as create

    try:
        return create()
    except CANNOT_START as error:
        sys.exit(f"Heard cannot start. {error}")
