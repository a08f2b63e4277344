"""Between granian and the application: a body comes in without a thread, and only what is all there is answered.

Granian's own reading of a body under WSGI cannot be interrupted, so a silent sender would hold a thread for ever.
"""

import asyncio
import io
import logging
import os
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, contextmanager
from typing import Any

from werkzeug.exceptions import ClientDisconnected, HTTPException

from app.domain.errors import place_of
from app.web.answer import Answer, Application, Send, begin_answer, send_answer
from app.web.arriving import ARRIVING, Arriving
from app.web.body import MAX_BODY_BYTES, Body, Receive, Room
from app.web.environment import environ_of, length_of
from app.web.sealed_form import SealedForm
from app.web.view import READING

THREADS = 32
CLIENT_PORT = "heard.client_port"
FORM_IN_PARTS = "multipart/form-data"
FILE_PLACES = max(4, os.cpu_count() or 1)
"""Requests with files that are answered at once: more would wait in threads for their files to be cleaned."""
WAITING_SECONDS = 60
"""How long one waits for a place, without a thread. Then it is told to send its files later."""
log = logging.getLogger("heard.front")


class Front:
    """Serves a WSGI application under granian's ASGI."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(THREADS, "heard")
        self._places = asyncio.Semaphore(FILE_PLACES)
        self.room = Room()
        self._busy: list[int] = []

    def busy_ports(self) -> frozenset[int]:
        """Return the ports of the clients whose request is all here and whose answer has not begun."""
        return frozenset(self._busy)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request. Of what goes wrong in here only the place is logged: granian would print the message."""
        has_begun = False

        async def outgoing(message: dict[str, Any]) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._serve(environ_of(scope) | {CLIENT_PORT: _port_of(scope)}, receive, outgoing)
        except ClientDisconnected:
            return
        except Exception as error:
            log.error("%s", place_of(error))
            if not has_begun:
                await send({"type": "http.response.start", "status": 500, "headers": []})
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _serve(self, environ: dict[str, Any], receive: Receive, send: Send) -> None:
        if environ["REQUEST_METHOD"] in READING:
            await self._answer(environ, send)
            return
        length = length_of(environ)
        with Body(receive, length or 0, self.room) as body:
            if length is None:
                await self._answer(environ, send)
            elif body.is_small:
                await self._serve_small(environ, body, send)
            else:
                await self._serve_form(environ, body, send)
        await body.drain()

    async def _answer(self, environ: dict[str, Any], send: Send) -> None:
        await send_answer(self._threads, await self._begin(environ), send)

    async def _begin(self, environ: dict[str, Any]) -> Answer:
        with self._kept_open(environ):
            # A copy: an application may change what it is given.
            return await begin_answer(self._threads, self._application, dict(environ))

    @contextmanager
    def _kept_open(self, environ: dict[str, Any]) -> Iterator[None]:
        """Have the connection count as busy: it is for us to go on, not for the other side."""
        self._busy.append(environ[CLIENT_PORT])
        try:
            yield
        finally:
            self._busy.remove(environ[CLIENT_PORT])

    async def _serve_small(self, environ: dict[str, Any], body: Body, send: Send) -> None:
        environ |= await _small(body)
        if ARRIVING not in environ and environ.get("CONTENT_TYPE", "").lower().startswith(FORM_IN_PARTS):
            await self._serve_form(environ, body, send)
        else:
            await self._answer(environ, send)

    async def _serve_form(self, environ: dict[str, Any], body: Body, send: Send) -> None:
        """Ask the application whether it wants the body as a form, and if so feed one and ask it again."""
        arriving = environ[ARRIVING] = Arriving()
        answer = await self._begin(environ)
        if arriving.form is None:
            await send_answer(self._threads, answer, send)
            return
        content, environ["wsgi.input"] = environ["wsgi.input"].getvalue(), io.BytesIO()
        with closing(arriving.form):
            arriving.problem = await self._take_in(arriving.form, content, body)
            arriving.is_in = True
            with self._kept_open(environ):
                async with self._file_place(arriving):
                    answer = await self._begin(environ)
            await send_answer(self._threads, answer, send)

    @asynccontextmanager
    async def _file_place(self, arriving: Arriving) -> AsyncIterator[None]:
        """Wait for a place where there are files to clean; where none comes free they are not cleaned."""
        if arriving.problem or not (arriving.form and arriving.form.has_files):
            yield
            return
        try:
            async with asyncio.timeout(WAITING_SECONDS):
                await self._places.acquire()
        except TimeoutError:
            arriving.has_place = False
            yield
            return
        try:
            yield
        finally:
            self._places.release()

    async def _take_in(self, form: SealedForm, chunk: bytes, body: Body) -> HTTPException | None:
        """Feed what is there and the rest as it comes in to the form; return why that came to nothing."""
        loop = asyncio.get_running_loop()
        try:
            while chunk := chunk or await body.read():
                await loop.run_in_executor(self._threads, form.feed, chunk)
                chunk = b""
                body.hold(form.held)
            await loop.run_in_executor(self._threads, form.end)
        except ClientDisconnected:
            raise
        except HTTPException as problem:
            return problem
        return None


def _port_of(scope: dict[str, Any]) -> int:
    client = scope["client"]
    return int(client[1]) if client else 0


async def _small(body: Body) -> dict[str, object]:
    try:
        return {"wsgi.input": io.BytesIO(await body.read(MAX_BODY_BYTES + 1))}
    except ClientDisconnected:
        raise
    except HTTPException as problem:
        return {ARRIVING: Arriving(problem=problem, is_in=True)}
