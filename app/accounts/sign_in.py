"""Sign in and sign out."""

from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.errors import Busy
from app.services.sign_in import SignInRefused, SignInSlowed, sign_in
from app.web.access import ANYONE, open_to
from app.web.context import heard
from app.web.page import page
from app.web.session import end_desk, forget_session, home_of, start_session
from forms.sign_in import read_sign_in

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/login")
@open_to(ANYONE)
def show() -> AnyResponse:
    """Ask for e-mail and passphrase; whoever is signed in goes on to where they begin."""
    if g.get("desk") is not None:
        return redirect(home_of(g.desk.actor.role), 303)
    return _page(signed_out=request.args.get("out") == "1")


@blueprint.post("/login")
@open_to(ANYONE)
def save() -> AnyResponse:
    """Start a new session, or say that e-mail and passphrase do not fit."""
    form = read_sign_in(request.form)
    if form.error:
        return _page(form.error, form.email, 422)
    parts = heard()
    try:
        signed_in = sign_in(parts.open_work, parts.settings.desk_pepper, form.email, form.passphrase)
    except (SignInRefused, SignInSlowed) as refused:
        return _page(str(refused), form.email, 422)
    except Busy as busy:
        return _page(str(busy), form.email, 503)
    response = redirect(home_of(signed_in.role), 303)
    # A session that was still open in this browser ends here.
    end_desk()
    start_session(response, signed_in.token)
    return response


@blueprint.post("/logout")
@open_to(ANYONE)
def remove() -> AnyResponse:
    """End the session: its row and its cookie go."""
    response = redirect("/login?out=1", 303)
    end_desk()
    forget_session(response)
    return response


def _page(error: str = "", email: str = "", status: int = 200, *, signed_out: bool = False) -> Response:
    return page("accounts/login.html", status, error=error, email=email, signed_out=signed_out)
