"""The smallest Flask application: what a request costs before Heard does anything."""

from flask import Flask

from app.web.front import Front


def create_app() -> Front:
    """Return an application with one view that answers with a few bytes."""
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/", "null", lambda: "ok", methods=["GET", "POST"])
    return Front(app)
