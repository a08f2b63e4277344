"""The mailbox: opened with a receipt, read, and written to. One short-lived sealed cookie, no row."""

from dataclasses import replace

from flask import Blueprint, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.database.engine import SQLAlchemyError
from app.domain.errors import HeardError, MistypedReceipt, NotReceived, Unreadable
from app.domain.receipts import parse_receipt
from app.domain.report_content import normalise_answers
from app.domain.sealed_content import message_fits
from app.security.mailbox_cookie import MailboxCookie, read_mailbox_cookie, seal_mailbox_cookie
from app.services.mailbox import DueView, MailboxView, is_sent, open_mailbox, read_mailbox, send_message
from app.web.access import ANYONE, open_to
from app.web.blank_page import content_at_hand, page
from app.web.context import heard, unit_of_work
from app.web.errors import log_place
from app.web.form_token import AGAIN, PostedToken, new_token, now, read_token, token_to_show
from app.web.limits import OLD_ENOUGH_SECONDS, over_send_limit, over_wrong_receipts
from app.web.locale import day_text, long_day_text
from app.web.origin import nothing_ambient
from forms.mailbox import MISTYPED, REPLY, REPLY_VERSION, ReplyForm
from forms.message import TOO_LARGE

COOKIE = "__Host-m"
UNKNOWN = (
    "We cannot find a report with that code. Check each group. Codes stop working 12 months after we close a report."
)
LATER = "Try again in a few minutes."
NOT_SENT = "We could not receive your message. Your text is still here. Please press Send again."
PROMISED = {
    "acknowledge": "We read it and reply by",
    "update": "We tell you how it is going by",
    "close": "We tell you what we did by",
}
LATE = {
    "acknowledge": "We said that we would read it and reply by",
    "update": "We said that we would tell you how it is going by",
    "close": "We said that we would tell you what we did by",
}
CANNOT_READ = MailboxView("We cannot show your messages just now", (), ())
"""Shown around kept text while the database is away: it claims nothing."""
blueprint = Blueprint("mailbox", __name__)


@blueprint.get("/return")
@open_to(ANYONE)
def ask() -> Response:
    """Ask for the receipt code."""
    return page("public/return.html")


@blueprint.post("/return")
@open_to(ANYONE)
@nothing_ambient
def enter() -> AnyResponse:
    """Open the mailbox of a receipt. A typing mistake is named without asking the database."""
    typed = request.form.get("code", "")
    try:
        if "\x00" in typed:
            raise MistypedReceipt("symbol")
        symbols = parse_receipt(typed)
    except MistypedReceipt:
        g.content = content_at_hand()
        return _ask_again(typed, MISTYPED)
    with unit_of_work(reading=True) as work:
        mailbox = open_mailbox(work, symbols)
    if mailbox is None:
        return _ask_again(typed, LATER if over_wrong_receipts() else UNKNOWN)
    response = redirect("/inbox", 303)
    _remember(response, MailboxCookie(now(), now(), mailbox))
    return response


def _ask_again(typed: str, error: str) -> Response:
    return page("public/return.html", 422, error=error, value=typed.replace("\x00", ""))


@blueprint.get("/inbox")
@open_to(ANYONE)
def show() -> AnyResponse:
    """Show how it stands, and the conversation."""
    cookie = posted_cookie()
    if cookie is None:
        return to_start()
    if not cookie.is_current(now()):
        return expired()
    view = read_mailbox(unit_of_work, cookie.mailbox)
    if view is None:
        return to_start()
    response = _inbox_page(view, ReplyForm(), token=new_token(REPLY, REPLY_VERSION))
    renew(response, cookie)
    return response


@blueprint.post("/inbox/reply")
@open_to(ANYONE)
def reply() -> AnyResponse:
    """Send one message; sent twice it is one message."""
    cookie = posted_cookie()
    if cookie is None:
        return to_start()
    if not cookie.is_current(now()):
        return expired()
    answers = normalise_answers({"text": request.form.get("text", "")})
    form = ReplyForm({name: request.form.getlist(name) for name in request.form}, answers)
    token = read_token(REPLY, REPLY_VERSION)
    if not form.validate():
        return _reply_again(cookie, form, 422, form.errors[0].text)
    if not message_fits(str(answers["text"])):
        return _reply_again(cookie, form, 422, TOO_LARGE)
    try:
        if not _received(cookie, token, str(answers["text"])):
            return _reply_again(cookie, form, 200, AGAIN)
    except NotReceived as error:
        log_place(error)
        return _reply_again(cookie, form, 503, str(error))
    except (HeardError, SQLAlchemyError) as error:
        log_place(error)
        return _reply_again(cookie, form, 503, NOT_SENT)
    response = redirect("/inbox?sent=1", 303)
    renew(response, cookie)
    return response


def _received(cookie: MailboxCookie, posted: PostedToken, text: str) -> bool:
    """Return whether the message is stored: it was already, or it is now; False when the page must be sent again."""
    if posted.token is None:
        return False
    # Over a limit, a page that has been open for a while is taken all the same: nobody is shut out.
    busy = posted.fine and over_send_limit() and posted.age < OLD_ENOUGH_SECONDS
    if busy or not posted.fine:
        return is_sent(unit_of_work, cookie.mailbox, posted.token, text)
    send_message(unit_of_work, cookie.mailbox, posted.token, text)
    return True


def _reply_again(cookie: MailboxCookie, form: ReplyForm, status: int, error: str) -> AnyResponse:
    """Return the mailbox with the text still in it, even when the messages cannot be read."""
    token = token_to_show(read_token(REPLY, REPLY_VERSION), REPLY, REPLY_VERSION)
    try:
        view = read_mailbox(unit_of_work, cookie.mailbox)
    except (HeardError, SQLAlchemyError):
        g.content = content_at_hand()
        view = CANNOT_READ
    if view is None:
        return to_start()
    response = _inbox_page(view, form, token=token, status=status, error=error)
    renew(response, cookie)
    return response


def _inbox_page(view: MailboxView, form: ReplyForm, *, token: str, status: int = 200, error: str = "") -> Response:
    messages = [
        {"who": message.who, "day_text": long_day_text(message.day), "text": message.text} for message in view.messages
    ]
    last = view.messages[-1] if view.messages else None
    shown = {
        "status_word": view.status_word,
        "question_waiting": last is not None and last.who == "us" and "?" in last.text,
        "due": [_due_text(due) for due in view.due],
        "messages": messages,
        "unreadable": view.unreadable,
        "readable": view is not CANNOT_READ,
    }
    sent = request.args.get("sent") == "1" and not error
    field = form.fields["text"]
    return page("public/inbox.html", status, view=shown, token=token, field=field, error=error, sent=sent)


def _due_text(due: DueView) -> str:
    day = day_text(due.day)
    return f"{LATE[due.clock]} {day}. We are late. We are sorry." if due.is_late else f"{PROMISED[due.clock]} {day}."


def posted_cookie() -> MailboxCookie | None:
    """Return the mailbox cookie that came with the request, None without a readable one."""
    try:
        return read_mailbox_cookie(heard().form_keys, request.cookies.get(COOKIE, ""))
    except Unreadable:
        return None


def _remember(response: AnyResponse, cookie: MailboxCookie) -> None:
    sealed = seal_mailbox_cookie(heard().form_keys, cookie)
    response.set_cookie(COOKIE, sealed, secure=True, httponly=True, samesite="Strict", path="/")


def renew(response: AnyResponse, cookie: MailboxCookie) -> None:
    """Have the browser hold the cookie for longer, when it is old."""
    if cookie.needs_reissue(now()):
        _remember(response, replace(cookie, last_seen=now()))


def forget_mailbox(response: AnyResponse) -> None:
    """Delete the mailbox cookie."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="Strict", path="/")


def to_start() -> AnyResponse:
    """Ask for the code anew; a cookie that opens nothing goes."""
    response = redirect("/return", 303)
    if COOKIE in request.cookies:
        forget_mailbox(response)
    return response


def expired() -> AnyResponse:
    """Say that the page was cleared, and forget the mailbox."""
    response = page("public/inbox_expired.html")
    forget_mailbox(response)
    return response
