"""Says whether too much is being sent; it never answers a request. Counters live in memory, one hour at most."""

import hashlib
import hmac
import ipaddress
import secrets
import threading
from dataclasses import dataclass, field

from flask import current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from app.domain.errors import Misconfigured
from app.web.context import WebSettings, heard

WRONG_RECEIPTS = "600 per hour"
KEY_SECONDS = 3600
KEY_BYTES = 2
OLD_ENOUGH_SECONDS = 30
"""Over a limit, a page that has been open for at least this long is accepted all the same."""


@dataclass
class Limits:
    """The limits of this process and the key, renewed hourly, that hides networks."""

    send_network: RateLimitItem | None
    send_site: RateLimitItem | None
    wrong_receipts: RateLimitItem
    limiter: FixedWindowRateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(MemoryStorage()))
    lock: threading.Lock = field(default_factory=threading.Lock)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    hour: int = -1

    def network_key(self, address: str | None, seconds: int) -> str:
        """Return 16 bits that stand for a network, /24 or /64, until the hour is over."""
        hour = seconds // KEY_SECONDS
        with self.lock:
            if hour != self.hour:
                self.hour, self.key = hour, secrets.token_bytes(32)
            key = self.key
        return hmac.digest(key, _network(address), hashlib.sha256)[:KEY_BYTES].hex()


def make_limits(settings: WebSettings) -> Limits:
    """Return the limits that the settings name; `None` there switches a limit off."""
    return Limits(
        _limit("HEARD_SEND_LIMIT_NETWORK", settings.send_limit_network),
        _limit("HEARD_SEND_LIMIT_SITE", settings.send_limit_site),
        parse(WRONG_RECEIPTS),
    )


def _limit(name: str, text: str | None) -> RateLimitItem | None:
    if text is None:
        return None
    try:
        return parse(text)
    except ValueError:
        raise Misconfigured(f"{name} must read like: 60 per minute.") from None


def _network(address: str | None) -> bytes:
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return b""
    # An IPv4 address in the clothes of IPv6: cut at /64 all of them would be one network.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return parsed.packed[:3] if parsed.version == 4 else parsed.packed[:8]


def _current() -> tuple[Limits, str]:
    limits: Limits = current_app.extensions["heard_limits"]
    return limits, limits.network_key(request.remote_addr, int(heard().clock().timestamp()))


def over_send_limit() -> bool:
    """Count one send; return whether its network or the whole site has sent too much."""
    limits, key = _current()
    over = False
    if limits.send_network and not limits.limiter.hit(limits.send_network, "send", key):
        over = True
    if limits.send_site and not limits.limiter.hit(limits.send_site, "send-site"):
        over = True
    return over


def over_wrong_receipts() -> bool:
    """Count one wrong receipt; return whether its network has tried too many this hour."""
    limits, key = _current()
    return not limits.limiter.hit(limits.wrong_receipts, "receipt", key)
