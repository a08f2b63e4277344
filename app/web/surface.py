"""Which pages a process serves: all of them, the public ones (`intake`) or the staff ones (`desk`)."""

from collections.abc import Sequence

from flask import Blueprint, Flask


def register_surface(app: Flask, surface: str, public: Sequence[Blueprint], desk: Sequence[Blueprint]) -> None:
    """Register the blueprints of one surface."""
    chosen: list[Blueprint] = []
    if surface != "desk":
        chosen += public
    if surface != "intake":
        chosen += desk
    for blueprint in chosen:
        app.register_blueprint(blueprint)
