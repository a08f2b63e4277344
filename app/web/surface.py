"""Which pages a process serves: all, the public ones (`intake`), the staff ones (`desk`), none (`worker`)."""

from collections.abc import Sequence

from flask import Blueprint, Flask

DESK_PATHS = ("/account", "/admin", "/cases", "/login", "/logout")


def is_desk_path(path: str) -> bool:
    """Return whether a path belongs to the desk: sessions are read nowhere else, and all of it is in English."""
    return any(path == start or path.startswith(f"{start}/") for start in DESK_PATHS)


def register_surface(app: Flask, surface: str, public: Sequence[Blueprint], desk: Sequence[Blueprint]) -> None:
    """Register the blueprints of one surface."""
    chosen: list[Blueprint] = []
    if surface in ("all", "intake"):
        chosen += public
    if surface in ("all", "desk"):
        chosen += desk
    for blueprint in chosen:
        app.register_blueprint(blueprint)
