"""On the real server: who sends nothing, or hardly anything, stops nobody else and is sent away; a dead spot is none."""

import http.client
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from urllib.parse import urlencode, urlsplit

import pytest

from app.cli.serve import WAITING
from app.web.body import SILENCE_SECONDS
from app.web.front import THREADS
from benchmarks.client import ANSWERS, Client
from benchmarks.uploads import served_trust
from tests.fixtures.sending import begin, connect, exchange, seconds_of_a_page
from tests.fixtures.served import Served
from tests.fixtures.uploads import CONTENT_TYPE

SOON = 2
DEAD_SPOT_SECONDS = 11


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with served_trust() as (running, _):
        yield running


def test_silent_senders_hold_up_nobody_and_read_why_nothing_was_received(served: Served) -> None:
    with ExitStack() as open_ones:
        senders = [open_ones.enter_context(begin(served, "/quick", 1000)) for _ in range(THREADS * 3)]
        large = [
            open_ones.enter_context(begin(served, "/report", 50_000_000, CONTENT_TYPE)) for _ in range(THREADS // 2)
        ]
        started = time.monotonic()
        assert seconds_of_a_page(served) < SOON
        answers = [sender.recv(65536) for sender in senders + large]
        assert SILENCE_SECONDS - 1 < time.monotonic() - started < SILENCE_SECONDS + SOON
        assert {answer[:12] for answer in answers} == {b"HTTP/1.1 408"}
        assert all(b"We have not received what you sent" in answer for answer in answers)
        assert seconds_of_a_page(served) < SOON


def test_a_dead_spot_loses_nothing(served: Served) -> None:
    with closing(Client(served.address)) as client:
        body = urlencode(ANSWERS | {"token": client.blank_form()}).encode()
    with begin(served, "/quick", len(body)) as sender:
        sender.sendall(body[:100])
        time.sleep(DEAD_SPOT_SECONDS)
        sender.sendall(body[100:])
        assert sender.recv(12) == b"HTTP/1.1 200"


def test_connections_on_which_nothing_is_sent_shut_out_nobody_for_good(served: Served) -> None:
    with ExitStack() as open_ones:
        for _ in range(WAITING + 18):
            open_ones.enter_context(connect(served))
        assert seconds_of_a_page(served) < SILENCE_SECONDS


def test_senders_that_trickle_hold_up_nobody(served: Served) -> None:
    with ExitStack() as open_ones:
        senders = [
            open_ones.enter_context(begin(served, "/report", 50_000_000, CONTENT_TYPE)) for _ in range(THREADS + 2)
        ]
        for _ in range(10):
            for sender in senders:
                sender.sendall(b"x" * 260)
            assert seconds_of_a_page(served) < SOON
    time.sleep(0.2)
    assert seconds_of_a_page(served) < SOON


def test_a_header_with_an_underscore_is_no_header_of_a_proxy(served: Served) -> None:
    with closing(http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=30)) as connection:
        connection.request("POST", "/quick", b"", {"Sec_Fetch_Site": "same-origin", "Origin": "https://other.example"})
        assert connection.getresponse().status == 403


@pytest.mark.parametrize(("path", "status"), [("/%6cogin", 200), ("/%256cogin", 404), ("/%ff", 404), ("/%00", 404)])
def test_a_path_is_decoded_once(served: Served, path: str, status: int) -> None:
    with closing(http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=30)) as connection:
        connection.request("GET", path)
        assert connection.getresponse().status == status


def test_a_length_of_many_digits_is_refused_in_silence(served: Served) -> None:
    head = b"POST /quick HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
    assert exchange(served, head + b"5" * 5000 + b"\r\n\r\nabc")[:12] == b"HTTP/1.1 400"
    assert exchange(served, head + b"9" * 19 + b"\r\n\r\nabc")[:12] in (b"HTTP/1.1 413", b"HTTP/1.1 411")
