"""On the real server: who sends nothing, or hardly anything, stops nobody else and is sent away."""

import http.client
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from app.web.front import SILENCE_SECONDS, THREADS
from benchmarks.uploads import served_trust
from tests.fixtures.sending import begin, seconds_of_a_page
from tests.fixtures.served import Served
from tests.fixtures.uploads import CONTENT_TYPE

SOON = 2


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with served_trust() as (running, _):
        yield running


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


def test_a_header_with_an_underscore_is_no_header_of_a_proxy(served: Served) -> None:
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=30)
    connection.request("POST", "/quick", b"", {"Sec_Fetch_Site": "same-origin", "Origin": "https://other.example"})
    assert connection.getresponse().status == 403
    connection.close()
