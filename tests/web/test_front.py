"""On the real server: who sends nothing, or hardly anything, stops nobody else and is sent away; a dead spot is none."""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from app.web.body import MAX_BODY_BYTES, MOST_HELD_BYTES, SHORT_BYTES, SILENCE_SECONDS
from app.web.connections import ROUND_SECONDS, SCARCE_SECONDS, WAITING
from app.web.front import THREADS
from benchmarks.client import ANSWERS, Client
from benchmarks.uploads import marked_text, open_inbox, send_file, served_trust
from tests.fixtures.sending import begin, connect, exchange, post, seconds_of_a_page
from tests.fixtures.served import Served
from tests.fixtures.uploads import CONTENT_TYPE

SOON = 2
DEAD_SPOT_SECONDS = 11
SLOW_BYTES, LARGE = 9000, 20_000_000


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with served_trust() as (running, _):
        yield running


def status_of(served: Served, path: str, **headers: str) -> tuple[int, str]:
    """Return the status of a page and where it leads."""
    with closing(http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=30)) as connection:
        connection.putrequest("GET", path)
        for name, value in headers.items():
            # As bytes: the library would refuse to send some of them as text.
            connection.putheader(name.replace("_", "-"), value.encode("utf-8"))
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")


def test_silent_senders_hold_up_nobody_and_read_why_nothing_was_received(served: Served) -> None:
    with ExitStack() as open_ones:
        senders = [open_ones.enter_context(begin(served, "/quick", 1000)) for _ in range(THREADS * 3)]
        senders += [open_ones.enter_context(begin(served, "/report", LARGE, CONTENT_TYPE)) for _ in range(THREADS * 2)]
        started = time.monotonic()
        assert seconds_of_a_page(served) < SOON
        answers = [sender.recv(65536) for sender in senders]
        assert SILENCE_SECONDS - 1 < time.monotonic() - started < SILENCE_SECONDS + SOON
        assert {answer[:12] for answer in answers} == {b"HTTP/1.1 408"}
        assert all(b"We have not received what you sent" in answer for answer in answers)
        # What was under way when the answer came is still taken in: whoever is cut off sees no page.
        for _ in range(20):
            senders[0].sendall(b"x" * 40)
            senders[-1].sendall(b"x" * 40_000)
            time.sleep(0.02)
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


def fill_with_unread_answers(served: Served, open_ones: ExitStack) -> None:
    with urlopen(f"{served.address}/quick", timeout=90) as answer:
        style = answer.read().decode().split('rel="stylesheet" href="')[1].split('"')[0]
    many = f"GET {style} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 400
    for _ in range(WAITING + 18):
        open_ones.enter_context(reader := connect(served)).setblocking(False)
        reader.send(many)


def fill_with_drops(served: Served, open_ones: ExitStack) -> None:
    for _ in range(WAITING + 18):
        open_ones.enter_context(begin(served, "/report", 1000, CONTENT_TYPE)).send(b"-")


@pytest.mark.parametrize("fill", [fill_with_unread_answers, fill_with_drops])
def test_where_connections_are_scarce_whoever_is_still_makes_room(
    served: Served, fill: Callable[[Served, ExitStack], None]
) -> None:
    with ExitStack() as open_ones:
        fill(served, open_ones)
        assert seconds_of_a_page(served) < SCARCE_SECONDS + 4 * ROUND_SECONDS
        assert seconds_of_a_page(served) < SOON


def test_slow_uploads_keep_nobody_from_sending_a_photo(served: Served) -> None:
    cookie = open_inbox(served)
    with ExitStack() as open_ones:
        senders = [open_ones.enter_context(begin(served, "/report", LARGE, CONTENT_TYPE)) for _ in range(THREADS + 2)]
        for name in ("a.txt", "b.txt", "c.txt"):
            for sender in senders:
                sender.sendall(b"x" * SLOW_BYTES)
            assert seconds_of_a_page(served) < SOON
            started = time.monotonic()
            assert send_file(served, cookie, name, marked_text(1_000_000)) == 303
            assert time.monotonic() - started < 2 * SOON
    time.sleep(0.2)
    assert seconds_of_a_page(served) < SOON


def test_long_bodies_that_fill_the_memory_are_told_to_come_later_and_short_ones_are_not(served: Served) -> None:
    def sent(size: int) -> int:
        return post(served, "/quick", [b"x" * size], size)[0]

    found = 422
    with ExitStack() as open_ones:
        for number in range(4 * MOST_HELD_BYTES // MAX_BODY_BYTES):
            sender = open_ones.enter_context(begin(served, "/quick", MAX_BODY_BYTES))
            sender.sendall(b"x" * (MAX_BODY_BYTES - 1))
            if number > MOST_HELD_BYTES // MAX_BODY_BYTES // 2 and (found := sent(SHORT_BYTES + 1)) == 503:
                break
        assert found == 503
        assert sent(SHORT_BYTES) == 422
        assert seconds_of_a_page(served) < SOON
    until = time.monotonic() + 10
    while (found := sent(SHORT_BYTES + 1)) == 503 and time.monotonic() < until:
        time.sleep(0.1)
    assert found == 422


def test_a_header_with_an_underscore_is_no_header_of_a_proxy(served: Served) -> None:
    with closing(http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=30)) as connection:
        connection.request("POST", "/quick", b"", {"Sec_Fetch_Site": "same-origin", "Origin": "https://other.example"})
        assert connection.getresponse().status == 403


def test_a_cookie_of_another_site_closes_no_mailbox(served: Served) -> None:
    own = open_inbox(served)
    assert status_of(served, "/inbox")[0] == 303
    for cookie in (own, f"site=café; {own}", f"{own}; site=café"):
        assert status_of(served, "/inbox", Cookie=cookie) == (200, "")


@pytest.mark.parametrize("hosts", [(), ("",), ("caf\xe9",), ("localhost", "localhost"), ("evil.example",)])
def test_a_request_names_this_site_once(served: Served, hosts: tuple[str, ...]) -> None:
    lines = "".join(f"Host: {host}\r\n" for host in hosts).encode("latin-1")
    answer = exchange(served, b"GET /quick HTTP/1.1\r\n" + lines + b"Connection: close\r\n\r\n")
    assert answer[:12] == b"HTTP/1.1 400"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/%6cogin", 200), ("/%256cogin", 404), ("/%ff", 404), ("/%00", 404), ("//login", 404), ("/%2flogin", 404)],
)
def test_a_path_is_decoded_once_and_is_ours_as_it_stands(served: Served, path: str, status: int) -> None:
    assert status_of(served, path)[0] == status


def test_a_length_of_many_digits_is_refused(served: Served) -> None:
    head = b"POST /quick HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
    assert exchange(served, head + b"5" * 5000 + b"\r\n\r\nabc")[:12] == b"HTTP/1.1 400"
    with connect(served) as sender:
        sender.sendall(head + b"9" * 19 + b"\r\n\r\nabc")
        assert sender.recv(12) == b"HTTP/1.1 413"
