"""Says whether too much is being sent; it never answers a request. No counter lives longer than an hour."""

import ipaddress
from dataclasses import dataclass, field

from flask import current_app, request
from limits import RateLimitItem, parse

from app.domain.errors import Misconfigured
from app.web.context import WebSettings, heard
from app.web.limits_counter import KEY_SECONDS, Counter, Hit, SharedPlace

WRONG_RECEIPTS = "600 per hour"
MEGABYTE = 1024 * 1024
MEGABYTES_A_SECOND = 8
"""What a second of the processor counts as. A photo of a telephone takes less than one."""
OLD_ENOUGH_SECONDS = 30
"""Over a limit, a page that has been open for at least this long is accepted all the same."""


@dataclass
class Limits:
    """The limits of this process and what counts towards them; no limit where it is switched off."""

    send_network: RateLimitItem | None
    send_site: RateLimitItem | None
    file_network: RateLimitItem | None
    wrong_receipts: RateLimitItem
    counter: Counter = field(default_factory=Counter)


def make_limits(settings: WebSettings) -> Limits:
    """Return the limits that the settings name; `None` there switches a limit off."""
    made = Limits(
        _limit("HEARD_SEND_LIMIT_NETWORK", settings.send_limit_network),
        _limit("HEARD_SEND_LIMIT_SITE", settings.send_limit_site),
        _limit("HEARD_FILE_LIMIT_NETWORK", settings.file_limit_network),
        parse(WRONG_RECEIPTS),
    )
    if settings.valkey_url is not None:
        made.counter.shared = SharedPlace(settings.valkey_url)
    return made


def _limit(name: str, text: str | None) -> RateLimitItem | None:
    if text is None:
        return None
    try:
        limit = parse(text)
    except ValueError:
        raise Misconfigured(f"{name} must read like: 60 per minute.") from None
    if limit.get_expiry() > KEY_SECONDS:
        raise Misconfigured(f"{name} must not count over more than an hour: no counter is kept longer.")
    return limit


def network_of(address: str | None) -> bytes:
    """Return the network of an address, /24 or /64, in bytes; nothing for what is no address."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return b""
    # An IPv4 address in the clothes of IPv6: cut at /64 all of them would be one network.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return parsed.packed[:3] if parsed.version == 4 else parsed.packed[:8]


def _limits() -> Limits:
    limits: Limits = current_app.extensions["heard_limits"]
    return limits


def _is_over(*hits: Hit) -> bool:
    second = int(heard().clock().timestamp())
    return _limits().counter.is_over(network_of(request.remote_addr), second, *hits)


def over_send_limit() -> bool:
    """Count one send; return whether its network or the whole site has sent too much."""
    limits = _limits()
    return _is_over(Hit("send", limits.send_network), Hit("send-site", limits.send_site, by_network=False))


def over_file_limit(size: int) -> bool:
    """Count so many bytes of files; return whether their network has sent too many this hour."""
    return size > 0 and _is_over(Hit("file", _limits().file_network, cost=-(-size // MEGABYTE)))


def charge_cleaning(seconds: float) -> None:
    """Count what opening a file cost as if so many more bytes had come: small files can be dear."""
    _is_over(Hit("file", _limits().file_network, cost=int(seconds * MEGABYTES_A_SECOND)))


def may_open_files() -> bool:
    """Return whether the network of this request is still within its limit: others of it may have used it up."""
    return not _is_over(Hit("file", _limits().file_network, cost=0))


def over_wrong_receipts() -> bool:
    """Count one wrong receipt; return whether its network has tried too many this hour."""
    return _is_over(Hit("receipt", _limits().wrong_receipts))
