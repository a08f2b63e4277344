"""The one-time token of a form: made for a blank page, read from a posted one."""

import secrets
from dataclasses import dataclass, field

from flask import request

from app.domain.errors import Unreadable
from app.security.form_token import NONCE_LENGTH, FormToken
from app.web.context import heard
from models.vocabulary.word import N_

AGAIN = N_("Please press Send again. Nothing has been lost.")
"""Said with a page that comes back filled: its token is too young, too old or unreadable, or a limit is reached."""
LONGEST_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class PostedToken:
    """A posted token and its state: `fine`, `young`, `expired` or `unreadable`."""

    text: str = field(repr=False)
    state: str
    age: int = 0
    """Seconds since the form was shown."""
    token: FormToken | None = field(default=None, repr=False)

    @property
    def fine(self) -> bool:
        """Whether the page may be sent now."""
        return self.state == "fine"

    @property
    def again(self) -> bool:
        """Whether the page may be sent again with this very token."""
        return self.state in ("fine", "young")


def now() -> int:
    """Return the time in Unix seconds."""
    return int(heard().clock().timestamp())


def new_token(form: str, version: int) -> str:
    """Return the token of one new blank form."""
    return heard().form_keys.seal_form_token(secrets.token_bytes(NONCE_LENGTH), now(), form, version)


def read_token(form: str, version: int) -> PostedToken:
    """Return the token of the posted form; an expired one still names its report."""
    text = request.form.get("token", "")
    try:
        token = heard().form_keys.read_form_token(text, form, version)
    except Unreadable:
        return PostedToken("", "unreadable")
    age = now() - token.issued
    if age > LONGEST_SECONDS:
        return PostedToken(text, "expired", age, token)
    state = "young" if age < heard().settings.form_minimum_age else "fine"
    return PostedToken(text, state, age, token)


def token_to_show(posted: PostedToken, form: str, version: int) -> str:
    """Return the same token while it can be used, else a new one."""
    return posted.text if posted.again else new_token(form, version)
