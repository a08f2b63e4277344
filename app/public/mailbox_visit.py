"""A visit to the mailbox: the one short-lived sealed cookie, renewed with each answer."""

from collections.abc import Callable
from functools import wraps

from werkzeug.wrappers import Response as AnyResponse

from app.public.mailbox import expired, posted_cookie, renew, to_start
from app.security.mailbox_key import MailboxKey
from app.web.form_token import now

MailboxPage = Callable[[MailboxKey], AnyResponse | None]


def in_mailbox(view: MailboxPage) -> Callable[[], AnyResponse]:
    """Give a view the open mailbox, and renew the visit with its answer; None means that the mailbox is gone."""

    @wraps(view)
    def visited() -> AnyResponse:
        cookie = posted_cookie()
        if cookie is None:
            return to_start()
        if not cookie.is_current(now()):
            return expired()
        response = view(cookie.mailbox)
        if response is None:
            return to_start()
        renew(response, cookie)
        return response

    return visited
