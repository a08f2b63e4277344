"""The signed-in person of a request: cookie in, session row, key in memory until the answer is sent."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask, g, request
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from app.security.context import ctx
from app.services.card_shelf import CardShelf
from app.services.session import end_session, load_session
from app.services.unsealing import UnlockedVault
from app.services.work import Actor
from app.web.context import heard
from app.web.surface import is_desk_path
from app.web.view import READING
from models.vocabulary.people import ROLES
from models.vocabulary.word import label

COOKIE = "__Host-desk"
HOMES = {"admin": ("/admin/places", "Places and posters")}
"""Where a role begins, and what the way there is called; an administrator has no case pages."""
CASES = ("/cases", "Cases")


@dataclass(frozen=True)
class Desk:
    """A signed-in person, their key when the vault is open, and what their forms must send back."""

    actor: Actor
    vault: UnlockedVault | None = field(repr=False)
    csrf_token: str = field(repr=False)
    shelf: CardShelf = field(repr=False)
    minutes_left: int
    """Whole minutes until the session ends, whatever is done with it."""


def home_of(role: str) -> str:
    """Return where somebody of this role begins."""
    return HOMES.get(role, CASES)[0]


def load_desk() -> None:
    """Put the signed-in person into `g.desk`, None when nobody is signed in."""
    g.desk = None
    token = request.cookies.get(COOKIE)
    # An address that does not exist belongs to nobody: who is signed in keeps their own page around the 404.
    if token is None or (request.endpoint is not None and not is_desk_path(request.path)):
        return
    session = load_session(heard().open_work, token)
    if session is not None:
        minutes_left = session.left // timedelta(minutes=1)
        g.desk = Desk(session.actor, session.vault, csrf_token_of(token), session.shelf, minutes_left)


def csrf_token_of(session_token: str) -> str:
    """Return what every form of this session sends back."""
    key = heard().settings.csrf_key
    return hmac.digest(key, ctx(b"csrf", session_token.encode()), hashlib.sha256).hex()


def check_csrf_token() -> None:
    """Refuse a POST of a signed-in person that does not come from one of their own pages."""
    desk: Desk | None = g.get("desk")
    if request.method in READING or desk is None:
        return
    posted = request.form.get("csrf_token", "")
    if request.path != "/login" and not hmac.compare_digest(posted.encode(), desk.csrf_token.encode()):
        raise Forbidden


def lock_desk(_error: BaseException | None = None) -> None:
    """Overwrite the key once the answer is made."""
    desk: Desk | None = g.pop("desk", None)
    if desk is not None and desk.vault is not None:
        desk.vault.lock()


def start_session(response: Response, token: str) -> None:
    """Hand the browser its half of the key; the cookie goes when the browser closes."""
    response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="Strict", path="/")


def end_desk() -> None:
    """Delete the session row of this request, where there is one."""
    desk: Desk | None = g.get("desk")
    if desk is not None:
        end_session(heard().open_work, desk.actor.session_id)


def forget_session(response: Response) -> None:
    """Have the browser drop its half of the key."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Strict", path="/")


def template_values() -> dict[str, object]:
    """Return `actor` (name, role in words, where they begin), `csrf_token` and `minutes_left` for templates."""
    desk: Desk | None = g.get("desk")
    if desk is None:
        return {"actor": None, "csrf_token": ""}
    home, home_name = HOMES.get(desk.actor.role, CASES)
    actor = {"name": desk.actor.name, "role": label(ROLES, desk.actor.role), "home": home, "home_name": home_name}
    return {"actor": actor, "csrf_token": desk.csrf_token, "minutes_left": desk.minutes_left}


def install_sessions(app: Flask) -> None:
    """Load sessions before requests, check their forms, lock keys afterwards. Install before the access check."""
    app.before_request(load_desk)
    app.before_request(check_csrf_token)
    app.teardown_request(lock_desk)
    app.context_processor(template_values)
