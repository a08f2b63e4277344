"""The body of one request: read against the clock, counted against what all bodies together may hold in memory."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

from werkzeug.exceptions import ClientDisconnected, RequestTimeout, ServiceUnavailable

MAX_BODY_BYTES = 256 * 1024
"""The largest body without files, and the most text of one with files."""
MOST_HELD_BYTES = 64 * 1024 * 1024
"""All bodies of a process together, as far as they are in memory."""
SHORT_BYTES = 16 * 1024
"""Nearly every report fits. So many connections as one process takes in cannot fill the quarter kept for these."""
RETRY_SECONDS = 30
SILENCE_SECONDS = 60
"""Longer than a telephone is without a network in a lift."""
SMALL_SECONDS = 180
LARGE_SECONDS = 600
GRACE_SECONDS = 60
SLOWEST_BYTES_PER_SECOND = 8192
"""After the grace, a large body that comes in more slowly than this on the whole is given up."""
DRAIN_SECONDS = 180
DRAIN_SILENCE_SECONDS = 10
Receive = Callable[[], Awaitable[dict[str, Any]]]


class Room:
    """What all bodies together hold in memory."""

    def __init__(self, most: int = MOST_HELD_BYTES) -> None:
        self.most, self.taken = most, 0


class Body:
    """The body of one request, as it comes in. Its room in memory is given back after the `with` block."""

    def __init__(self, receive: Receive, length: int, room: Room) -> None:
        self._receive, self._length, self._room = receive, length, room
        self._began, self._received, self._held = time.monotonic(), 0, 0
        self._at_end = False

    def __enter__(self) -> "Body":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.hold(0)

    @property
    def is_small(self) -> bool:
        """Whether it is held in memory until all of it is in."""
        return self._length <= MAX_BODY_BYTES

    def hold(self, size: int) -> None:
        """Count so many bytes as being in memory. Raises `ServiceUnavailable` when all together are too much."""
        more = size - self._held
        if more > 0 and self._room.taken + more > self._room.most * self._share():
            raise ServiceUnavailable(retry_after=RETRY_SECONDS)
        self._room.taken += more
        self._held = size

    def _share(self) -> float:
        """Return how full the room may be with this one in it: files leave half of it to words, long ones a quarter."""
        if not self.is_small:
            return 0.5
        return 0.75 if self._length > SHORT_BYTES else 1

    async def read(self, size: int = MAX_BODY_BYTES) -> bytes:
        """Return about `size` bytes, or what is left, none at the end; they are held on top of what is held already.

        Raises `RequestTimeout`, `ServiceUnavailable`, and `ClientDisconnected` when not all of it came.
        """
        kept = bytearray()
        while len(kept) < size and not self._at_end:
            chunk = await self._next()
            self.hold(self._held + len(chunk))
            kept += chunk
        return bytes(kept)

    async def drain(self) -> None:
        """Take in what nobody wants: a browser that is cut off while it sends shows an error of its own."""
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while not self._at_end:
                    async with asyncio.timeout(DRAIN_SILENCE_SECONDS):
                        await self._event()
        except (TimeoutError, ClientDisconnected):
            return

    async def _next(self) -> bytes:
        left = self._began + (SMALL_SECONDS if self.is_small else LARGE_SECONDS) - time.monotonic()
        try:
            async with asyncio.timeout(max(0, min(left, SILENCE_SECONDS))):
                chunk = await self._event()
        except TimeoutError:
            raise RequestTimeout from None
        self._check_pace()
        if self._at_end and self._received != self._length:
            raise ClientDisconnected
        return chunk

    async def _event(self) -> bytes:
        event = await self._receive()
        if event["type"] != "http.request":
            self._at_end = True
            raise ClientDisconnected
        chunk: bytes = event.get("body", b"")
        self._at_end = not event.get("more_body", False)
        self._received += len(chunk)
        return chunk

    def _check_pace(self) -> None:
        counted = 0 if self.is_small else time.monotonic() - self._began - GRACE_SECONDS
        if self._received < counted * SLOWEST_BYTES_PER_SECOND:
            raise RequestTimeout
