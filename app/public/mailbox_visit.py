"""A visit to the mailbox: the one short-lived sealed cookie, made by a receipt, renewed, and forgotten."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.domain.errors import MailboxGone, Unreadable
from app.security.mailbox_cookie import (
    IDLE_SECONDS,
    LONGEST_SECONDS,
    MailboxCookie,
    read_mailbox_cookie,
    seal_mailbox_cookie,
)
from app.security.mailbox_key import MailboxKey
from app.web.context import heard
from app.web.form_token import now
from app.web.locale import href
from app.web.page import page

COOKIE = "__Host-m"
MailboxPage = Callable[[MailboxKey], AnyResponse | None]


def in_mailbox(view: MailboxPage) -> Callable[[], AnyResponse]:
    """Give a view the open mailbox, and renew the visit with its answer; None means that the mailbox is gone.

    Without an open mailbox the code is asked for, around the words that were posted, where there are any.
    """

    @wraps(view)
    def visited() -> AnyResponse:
        cookie = _posted_cookie()
        if cookie is None or not cookie.is_current(now()):
            return _closed(ran_out=cookie is not None)
        try:
            response = view(cookie.mailbox)
        except MailboxGone:
            response = None
        if response is None:
            return to_start()
        if cookie.needs_reissue(now()):
            _remember(response, replace(cookie, last_seen=now()))
        return response

    return visited


def has_mailbox_open() -> bool:
    """Return whether this request comes from an open mailbox; nothing of its body is read for that."""
    cookie = _posted_cookie()
    return cookie is not None and cookie.is_current(now())


def start_visit(response: AnyResponse, mailbox: MailboxKey) -> None:
    """Have the browser hold the key of the mailbox that was just opened."""
    _remember(response, MailboxCookie(now(), now(), mailbox))


def forget_mailbox(response: AnyResponse) -> None:
    """Delete the mailbox cookie."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Strict", path="/")


def to_start() -> AnyResponse:
    """Ask for the code anew; a cookie that opens nothing goes."""
    response = redirect(href("/return"), 303)
    if COOKIE in request.cookies:
        forget_mailbox(response)
    return response


def visited_page(template: str, status: int = 200, **context: object) -> Response:
    """Return a page of the open mailbox; it clears itself when the visit is over."""
    return page(template, status, mailbox_minutes=IDLE_SECONDS // 60, **context)


def code_page(status: int, *, value: str = "", error: str = "", kept: str = "", lost: bool = False) -> Response:
    """Return the page that asks for the code; `kept` are words that are still to be sent once it is entered."""
    return page("public/return.html", status, value=value, error=error, kept=kept, lost=lost)


def _closed(*, ran_out: bool) -> AnyResponse:
    kept = request.form.get("text", "").replace("\x00", "")
    if kept.strip():
        # These words came from the page in this very browser: to show them there again tells nobody more.
        response: AnyResponse = code_page(200, kept=kept, lost=True)
    elif ran_out:
        response = page("public/inbox_expired.html", minutes=IDLE_SECONDS // 60, hours=LONGEST_SECONDS // 3600)
    else:
        return to_start()
    if COOKIE in request.cookies:
        forget_mailbox(response)
    return response


def _posted_cookie() -> MailboxCookie | None:
    try:
        return read_mailbox_cookie(heard().form_keys, request.cookies.get(COOKIE, ""))
    except Unreadable:
        return None


def _remember(response: AnyResponse, cookie: MailboxCookie) -> None:
    sealed = seal_mailbox_cookie(heard().form_keys, cookie)
    response.set_cookie(COOKIE, sealed, secure=True, httponly=True, samesite="Strict", path="/")
