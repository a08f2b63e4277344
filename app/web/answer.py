"""What a WSGI application answers, and how it goes out: no thread waits for whoever reads it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any

READ_SECONDS = 60
"""How long a reader may take for one part of an answer."""
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Answer:
    """An answer that has begun: its head, its first part, and the rest where there is one."""

    head: dict[str, Any]
    first: bytes
    second: bytes | None
    rest: Iterator[bytes] = field(repr=False)
    close: Callable[[], None] = field(repr=False)
    context: Context = field(repr=False)


def _begin(application: Application, environ: dict[str, Any], context: Context) -> Answer:
    started: list[dict[str, Any]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        started.append({"type": "http.response.start", "status": int(status[:3]), "headers": raw})

    chunks = application(environ, start_response)
    close: Callable[[], None] = getattr(chunks, "close", lambda: None)
    try:
        rest = iter(chunks)
        first, second = next(rest, b""), next(rest, None)
    except BaseException:
        close()
        raise
    if second is None:
        close()
    return Answer(started[-1], first, second, rest, close, context)


async def begin_answer(threads: Executor, application: Application, environ: dict[str, Any]) -> Answer:
    """Have the application answer in a thread."""
    context = copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(threads, context.run, _begin, application, environ, context)


async def send_answer(threads: Executor, answer: Answer, send: Send) -> None:
    """Send an answer; where it has many parts, a thread makes each and is free while it goes out."""
    if answer.second is None:
        await send(answer.head)
        await send(_part(answer.first, more=False))
        return
    loop = asyncio.get_running_loop()
    part: bytes | None = answer.second
    try:
        await send(answer.head)
        await _send_in_time(send, _part(answer.first))
        while part is not None:
            await _send_in_time(send, _part(part))
            part = await loop.run_in_executor(threads, answer.context.run, _next, answer.rest)
        await send(_part(b"", more=False))
    finally:
        await loop.run_in_executor(threads, answer.context.run, answer.close)


def _next(rest: Iterator[bytes]) -> bytes | None:
    return next(rest, None)


async def _send_in_time(send: Send, part: dict[str, Any]) -> None:
    async with asyncio.timeout(READ_SECONDS):
        await send(part)


def _part(content: bytes, *, more: bool = True) -> dict[str, Any]:
    return {"type": "http.response.body", "body": content, "more_body": more}
