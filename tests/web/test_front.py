"""On the real server: who sends nothing, or hardly anything, stops nobody else and is sent away."""

import asyncio
import http.client
import socket
import time
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from flask import Flask

from app.web.front import SILENCE_SECONDS, THREADS, Body, Headers, Stream
from benchmarks.uploads import served_trust
from tests.fixtures.served import Served
from tests.fixtures.uploads import CONTENT_TYPE

TEXT = "application/x-www-form-urlencoded"
SOON = 2


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with served_trust() as (running, _):
        yield running


def begin(served: Served, path: str, length: int, kind: str = TEXT) -> socket.socket:
    """Begin a POST and send nothing of its body."""
    at = urlsplit(served.address)
    sender = socket.create_connection((at.hostname or "", at.port or 0), timeout=30)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
    sender.sendall(f"{head}Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n".encode())
    return sender


def post(served: Served, path: str, parts: Iterator[bytes], length: int | None, kind: str) -> tuple[int, str]:
    """Send a whole body, in chunks where `length` is None, and read the answer afterwards, as browsers do."""
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=30)
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": kind}
    headers |= {} if length is None else {"Content-Length": str(length)}
    connection.request("POST", path, parts, headers, encode_chunked=length is None)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def seconds_of_a_page(served: Served) -> float:
    started = time.monotonic()
    with urlopen(f"{served.address}/quick", timeout=30) as answer:
        answer.read()
    return time.monotonic() - started


def test_silent_senders_hold_up_nobody_and_are_told_that_it_took_too_long(served: Served) -> None:
    senders = [begin(served, "/quick", 1000) for _ in range(THREADS * 3)]
    senders += [begin(served, "/report", 50_000_000, CONTENT_TYPE) for _ in range(THREADS)]
    started = time.monotonic()
    assert seconds_of_a_page(served) < SOON
    answers = [sender.recv(40) for sender in senders[: THREADS * 3]]
    assert {answer[:12] for answer in answers} == {b"HTTP/1.1 408"}
    assert time.monotonic() - started < SILENCE_SECONDS + SOON
    assert seconds_of_a_page(served) < SOON
    for sender in senders:
        sender.close()


def test_senders_that_trickle_hold_up_nobody(served: Served) -> None:
    senders = [begin(served, "/report", 50_000_000, CONTENT_TYPE) for _ in range(THREADS + 2)]
    for _ in range(10):
        for sender in senders:
            sender.sendall(b"x" * 260)
        assert seconds_of_a_page(served) < SOON
    for sender in senders:
        sender.close()
    time.sleep(0.2)
    assert seconds_of_a_page(served) < SOON


@pytest.mark.parametrize("hidden", [True, False], ids=["chunked", "length"])
@pytest.mark.parametrize(
    ("path", "size", "kind", "status"),
    [("/quick", 262_144, TEXT, 422), ("/quick", 262_145, TEXT, 413), ("/quick", 3_000_000, TEXT, 413),
     ("/report", 140_000_000, CONTENT_TYPE, 413), ("/inbox/file", 96_000_000, CONTENT_TYPE, 303)],
)  # fmt: skip
def test_whoever_sends_too_much_reads_the_answer(
    served: Served, path: str, size: int, kind: str, status: int, hidden: bool
) -> None:
    parts = (b"x" * min(65536, size - at) for at in range(0, size, 65536))
    found, text = post(served, path, parts, None if hidden else size, kind)
    assert found == status
    assert status != 413 or "This is too large to send" in text


def test_a_header_with_an_underscore_is_no_header_of_a_proxy(served: Served) -> None:
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=30)
    connection.request("POST", "/quick", b"", {"Sec_Fetch_Site": "same-origin", "Origin": "https://other.example"})
    assert connection.getresponse().status == 403
    connection.close()


class Sent:
    """A body of so many bytes, in pieces."""

    def __init__(self, size: int) -> None:
        self._size = size

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for at in range(0, self._size, 65536):
            yield b"x" * min(65536, self._size - at)

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        raise NotImplementedError

    def response_stream(self, status: int, headers: Headers) -> Stream:
        raise NotImplementedError


@pytest.mark.parametrize("hidden", [True, False], ids=["chunked", "length"])
@pytest.mark.parametrize(("more", "is_whole"), [(0, True), (1, False)])
def test_the_largest_body_without_files_is_in_whole_before_a_thread_is_taken(
    app: Flask, more: int, is_whole: bool, hidden: bool
) -> None:
    size = app.config["MAX_CONTENT_LENGTH"] + more
    start, found = asyncio.run(Body(Sent(size)).start(None if hidden else size))
    assert found is is_whole
    assert not is_whole or len(start) == size
