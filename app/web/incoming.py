"""A body on its way from the loop that receives it to the thread that reads it."""

import asyncio
import queue

from werkzeug.exceptions import ClientDisconnected, HTTPException

MAX_BODY_BYTES = 256 * 1024
"""The largest body without files. One of this size has come in whole before a thread is taken for it."""
WAITING_CHUNKS = 16
PATIENCE_SECONDS = 120
"""Whoever feeds gives up much sooner; this only keeps a thread from waiting for somebody who is gone."""


class Incoming:
    """Bytes that one loop puts and one thread reads. An error that is put is raised where it is read."""

    def __init__(self, loop: asyncio.AbstractEventLoop, start: bytes = b"") -> None:
        self._loop, self._rest = loop, start
        self._queue: queue.SimpleQueue[bytes | HTTPException] = queue.SimpleQueue()
        self._room = asyncio.Semaphore(WAITING_CHUNKS)
        self._at_end = self._is_discarding = False

    async def put(self, chunk: bytes | HTTPException) -> None:
        """Hand on some bytes, none for the end, or an error; wait while too much has not been read yet."""
        if not self._is_discarding:
            await self._room.acquire()
            self._queue.put(chunk)

    def discard(self) -> None:
        """Keep nothing of what is still put: nobody reads it any more."""
        self._is_discarding = True
        self._room.release()

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, at least one before the end; without a size all that is left."""
        if size < 0:
            return b"".join(iter(lambda: self.read(65536), b""))
        if not self._rest and not self._at_end:
            self._rest = self._next()
        given, self._rest = self._rest[:size], self._rest[size:]
        return given

    def _next(self) -> bytes:
        try:
            chunk = self._queue.get(timeout=PATIENCE_SECONDS)
        except queue.Empty:
            raise ClientDisconnected from None
        self._loop.call_soon_threadsafe(self._room.release)
        if isinstance(chunk, HTTPException):
            raise chunk
        self._at_end = not chunk
        return chunk


class Refusing:
    """A body that cannot be read, with the reason."""

    def __init__(self, reason: HTTPException) -> None:
        self._reason = reason

    def read(self, size: int = -1) -> bytes:
        """Raise the reason."""
        raise self._reason
