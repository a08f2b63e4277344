"""Between granian and the application: a body is read against the clock, and only whoever has something to read waits.

Granian's own reading of a body under WSGI cannot be interrupted, so a silent sender would hold a thread for ever. Here
a body is awaited; a small one has come in whole before a thread is taken for it.
"""

import asyncio
import io
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

from granian.rsgi import Scope
from werkzeug.exceptions import ClientDisconnected, RequestTimeout, ServiceUnavailable

from app.web.incoming import MAX_BODY_BYTES, Incoming, Refusing
from app.web.view import READING

THREADS = 32
LARGE_AT_ONCE = THREADS // 2
"""Bodies that do not fit into memory and are read at once: the other threads stay free for words."""
SILENCE_SECONDS = 10
SMALL_SECONDS = 30
LARGE_SECONDS = 600
WAITING_SECONDS = 60
"""How long a large body waits, without a thread, until others have been read."""
DRAIN_SECONDS = 20
"""How long what nobody wants any more is still taken in, without a thread, so that the answer is read."""
GRACE_SECONDS = 30
SLOWEST_BYTES_PER_SECOND = 8192
"""After the grace, a large body that comes in more slowly than this on the whole is given up."""
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]


class Stream(Protocol):
    """An answer that goes out piece by piece."""

    async def send_bytes(self, data: bytes) -> None: ...


class Exchange(Protocol):
    """What granian gives for one request: its body, and ways to answer."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_stream(self, status: int, headers: Headers) -> Stream: ...


class Front:
    """Serves a WSGI application under granian's RSGI."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(THREADS, "heard")
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def __rsgi__(self, scope: Scope, proto: Exchange) -> None:
        """Answer one request."""
        if scope.method in READING:
            return await self._answer(scope, proto, io.BytesIO())
        body = Body(proto)
        try:
            start, is_whole = await body.start(_length_of(scope))
        except ClientDisconnected:
            return None
        except RequestTimeout as late:
            return await self._answer(scope, proto, Refusing(late))
        if is_whole:
            return await self._answer(scope, proto, io.BytesIO(start))
        try:
            await asyncio.wait_for(self._large.acquire(), WAITING_SECONDS)
        except TimeoutError:
            return await self._answer(scope, proto, Refusing(ServiceUnavailable()))
        incoming = Incoming(asyncio.get_running_loop(), start)
        feeding = asyncio.create_task(body.feed(incoming, _length_of(scope)))
        try:
            await self._answer(scope, proto, incoming)
        finally:
            self._large.release()
            incoming.discard()
            # A browser that is cut off while it sends shows an error of its own instead of the page.
            await asyncio.wait({feeding}, timeout=DRAIN_SECONDS)
            feeding.cancel()

    async def _answer(self, scope: Scope, proto: Exchange, body: object) -> None:
        loop = asyncio.get_running_loop()
        environ = environ_of(scope) | {"wsgi.input": body}
        await loop.run_in_executor(self._threads, _run, self._application, environ, proto, loop)


class Body:
    """The body of one request, as it comes in."""

    def __init__(self, proto: Exchange) -> None:
        self._chunks: AsyncIterator[bytes] = proto.__aiter__()
        self._began, self._received = time.monotonic(), 0

    async def start(self, length: int | None) -> tuple[bytes, bool]:
        """Return the whole body, or so much of it as shows that it is large. Raises `RequestTimeout`."""
        kept = bytearray()
        if length is not None and length > MAX_BODY_BYTES:
            return b"", False
        while len(kept) <= MAX_BODY_BYTES:
            chunk = await self._next(SMALL_SECONDS)
            if not chunk:
                self._check_whole(length)
                return bytes(kept), True
            kept += chunk
        return bytes(kept), False

    async def feed(self, incoming: Incoming, length: int | None) -> None:
        """Hand the rest of a large body on, as fast as it is read there."""
        self._began = time.monotonic()
        try:
            while chunk := await self._next(LARGE_SECONDS):
                self._check_pace()
                await incoming.put(chunk)
            self._check_whole(length)
        except (RequestTimeout, ClientDisconnected) as error:
            await incoming.put(error)
        else:
            await incoming.put(b"")

    async def _next(self, most_seconds: float) -> bytes:
        """Return some bytes, none at the end. Raises `RequestTimeout` after silence, and when the time is over."""
        left = self._began + most_seconds - time.monotonic()
        try:
            async with asyncio.timeout(max(0, min(left, SILENCE_SECONDS))):
                chunk = b""
                while not chunk:
                    chunk = await anext(self._chunks)
        except TimeoutError:
            raise RequestTimeout from None
        except StopAsyncIteration:
            return b""
        self._received += len(chunk)
        return chunk

    def _check_pace(self) -> None:
        counted = time.monotonic() - self._began - GRACE_SECONDS
        if counted > 0 and self._received < counted * SLOWEST_BYTES_PER_SECOND:
            raise RequestTimeout

    def _check_whole(self, length: int | None) -> None:
        if length is not None and self._received < length:
            raise ClientDisconnected


def _length_of(scope: Scope) -> int | None:
    text = scope.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdecimal() else None


def environ_of(scope: Scope) -> dict[str, Any]:
    """Return the WSGI environment of a request, without its body."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
    }
    for name, value in scope.headers.items():
        # With an underscore it would pass for the header of that name with a hyphen, as a proxy sets it.
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        environ[key] = f"{environ[key]}, {value}" if key in environ else value
    if scope.authority:
        environ.setdefault("HTTP_HOST", scope.authority)
    return environ


def _run(application: Application, environ: dict[str, Any], proto: Exchange, loop: asyncio.AbstractEventLoop) -> None:
    started: list[tuple[int, Headers]] = []

    def start_response(status: str, headers: Headers, _: object = None) -> None:
        started.append((int(status[:3]), headers))

    chunks = application(environ, start_response)
    try:
        _send(iter(chunks), started, proto, loop)
    finally:
        if close := getattr(chunks, "close", None):
            close()


def _send(
    chunks: Iterator[bytes], started: list[tuple[int, Headers]], proto: Exchange, loop: asyncio.AbstractEventLoop
) -> None:
    first, second = next(chunks, b""), next(chunks, None)
    status, headers = started[-1]
    if second is None:
        proto.response_bytes(status, headers, first)
        return
    stream = proto.response_stream(status, headers)
    for part in chain((first, second), chunks):
        asyncio.run_coroutine_threadsafe(_sent(stream, part), loop).result()


async def _sent(stream: Stream, part: bytes) -> None:
    await asyncio.wait_for(stream.send_bytes(part), SMALL_SECONDS)
