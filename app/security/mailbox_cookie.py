"""The sealed mailbox cookie `__Host-m`: the browser holds it, the server keeps no row."""

from dataclasses import dataclass, field

from app.security.aead_blob import from_base64url, open_exact_blob, seal_blob, to_base64url
from app.security.context import ctx
from app.security.form_token import FormKeys, IntakeKeys
from app.security.mailbox_key import MailboxKey

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 2 * 60 * 60
REISSUE_SECONDS = 60

_CONTEXT = ctx(b"mailbox-cookie")
_LENGTH = 64


@dataclass(frozen=True)
class MailboxCookie:
    """First and last request in Unix seconds, and the open mailbox."""

    first_seen: int
    last_seen: int
    mailbox: MailboxKey = field(repr=False)

    def is_current(self, now: int) -> bool:
        """Return whether the mailbox is still open: 15 minutes since the last request, 2 hours in all."""
        return 0 <= now - self.last_seen <= IDLE_SECONDS and 0 <= now - self.first_seen <= LONGEST_SECONDS

    def needs_reissue(self, now: int) -> bool:
        """Return whether the cookie is older than a minute."""
        return now - self.last_seen > REISSUE_SECONDS


def seal_mailbox_cookie(keys: FormKeys, cookie: MailboxCookie) -> str:
    """Return the cookie value, 124 characters."""
    content = (
        cookie.first_seen.to_bytes(8, "big")
        + cookie.last_seen.to_bytes(8, "big")
        + cookie.mailbox.mailbox_id
        + cookie.mailbox.seed
    )
    return to_base64url(seal_blob(keys.current.cookie, content, _CONTEXT))


def _read(keys: IntakeKeys, text: str) -> MailboxCookie:
    content = open_exact_blob(keys.cookie, from_base64url(text), _CONTEXT, _LENGTH)
    return MailboxCookie(
        int.from_bytes(content[:8], "big"),
        int.from_bytes(content[8:16], "big"),
        MailboxKey(content[16:32], content[32:]),
    )


def read_mailbox_cookie(keys: FormKeys, text: str) -> MailboxCookie:
    """Return what the cookie holds, under the current, then the previous secret; raise `Unreadable`.

    The caller asks `is_current`: an old cookie opens, but counts for nothing.
    """
    return keys.read_with(lambda intake: _read(intake, text))
