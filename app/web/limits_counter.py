"""Counts hits: in Valkey for all processes together, and in the memory of this one whenever Valkey is not there."""

import hashlib
import hmac
import logging
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from limits import RateLimitItem
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter
from valkey import Valkey
from valkey.exceptions import ValkeyError

KEY_SECONDS = 3600
"""No key that hides networks, and no counter in Valkey, is older than this."""
KEY_BYTES = 2
KEY_NAME = "heard:network-key"
TRIAL_NAME = "heard:trial"
ANSWER_SECONDS = 0.1
"""How long one question to Valkey may take: a report does not wait longer for it."""
RETRY_SECONDS = 2.0
AWAY = (ValkeyError, OSError)
"""Down, slow, full, misconfigured or asking for another password: it counts for nothing then."""
log = logging.getLogger("heard.limits")


@dataclass(frozen=True)
class Hit:
    """One counter and its limit; `by_network` gives each network a counter of its own."""

    name: str
    limit: RateLimitItem | None
    by_network: bool = True
    cost: int = 1


class Place(Protocol):
    """Where counters are kept."""

    limiter: FixedWindowRateLimiter

    def key_of_hour(self, second: int) -> bytes:
        """Return the random key under which networks are hidden in the hour of this second."""


class MemoryPlace:
    """The memory of this process."""

    def __init__(self) -> None:
        self.limiter = FixedWindowRateLimiter(MemoryStorage())
        self._lock = threading.Lock()
        self._hour, self._key = -1, b""

    def key_of_hour(self, second: int) -> bytes:
        """Return the key of this hour; the one before is forgotten."""
        hour = second // KEY_SECONDS
        with self._lock:
            if hour != self._hour:
                self._hour, self._key = hour, secrets.token_bytes(32)
            return self._key


class SharedPlace:
    """A Valkey that all processes share; until it has answered, and while it is away, `is_up` is False."""

    def __init__(self, url: str) -> None:
        waits = {"socket_timeout": ANSWER_SECONDS, "socket_connect_timeout": ANSWER_SECONDS}
        self._client = Valkey.from_url(url.replace("valkey+unix", "unix"), **waits)
        self.limiter = FixedWindowRateLimiter(RedisStorage(url, connection_pool=self._client.connection_pool))
        self._lock = threading.Lock()
        self._looking = False
        self.is_up = False

    def key_of_hour(self, second: int) -> bytes:
        """Return the key that the processes share this hour; Valkey forgets it when the hour is over."""
        name = f"{KEY_NAME}:{second // KEY_SECONDS}"
        fresh = secrets.token_bytes(32)
        kept = self._client.set(name, fresh, nx=True, get=True, ex=KEY_SECONDS - second % KEY_SECONDS)
        return kept if isinstance(kept, bytes) else fresh

    def look_for_it(self) -> None:
        """Count elsewhere until it answers again. No request waits for it: a thread of its own asks."""
        with self._lock:
            if self._looking:
                return
            self._looking, self.is_up = True, False
        threading.Thread(target=self._wait, name="heard-valkey", daemon=True).start()

    def _wait(self) -> None:
        is_away = False
        while not self._answers():
            if not is_away:
                is_away = True
                log.warning("limits.valkey_away")
            time.sleep(RETRY_SECONDS)
        with self._lock:
            self._looking, self.is_up = False, True
        log.info("limits.valkey_counts")

    def _answers(self) -> bool:
        try:
            # One that answers and cannot write counts nothing either.
            return bool(self._client.set(TRIAL_NAME, b"", ex=1))
        except AWAY:
            return False


@dataclass
class Counter:
    """Counts in Valkey, where one is given and answers, else in memory. It never fails and never waits long."""

    shared: SharedPlace | None = None
    memory: MemoryPlace = field(default_factory=MemoryPlace)

    def is_over(self, network: bytes, second: int, *hits: Hit) -> bool:
        """Count one hit in every counter named; return whether one of them is over its limit."""
        if self.shared is not None:
            if self.shared.is_up:
                try:
                    return _is_over(self.shared, network, second, hits)
                except AWAY:
                    pass
            self.shared.look_for_it()
        return _is_over(self.memory, network, second, hits)


def network_key(key: bytes, network: bytes) -> str:
    """Return 16 bits, in hex, that stand for a network as long as this key lasts."""
    return hmac.digest(key, network, hashlib.sha256)[:KEY_BYTES].hex()


def _is_over(place: Place, network: bytes, second: int, hits: Sequence[Hit]) -> bool:
    name = network_key(place.key_of_hour(second), network)
    within = [
        place.limiter.hit(hit.limit, hit.name, *((name,) if hit.by_network else ()), cost=hit.cost)
        for hit in hits
        if hit.limit is not None
    ]
    return not all(within)
