"""The front with the smallest application behind it: what is half there is not answered, and nothing sent is logged."""

import logging
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.storage.spool import SpoolFolder
from app.web import body as clock
from app.web import front as front_module
from app.web.body import MAX_BODY_BYTES, MOST_HELD_BYTES, SHORT_BYTES
from app.web.connections import WAITING
from app.web.front import FILE_PLACES, Front
from app.web.sealed_form import SealedForm
from tests.fixtures.asgi import ask, ask_together, piece, scope_of
from tests.fixtures.uploads import BOUNDARY, CONTENT_TYPE, Files, form_body

StartResponse = Callable[[str, list[tuple[str, str]]], object]
SECRET = "what happened on the ward"


class Echo:
    """Answers with what it was given, and remembers how often it was asked."""

    def __init__(self) -> None:
        self.environs: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        self.environs.append(environ)
        start_response("200 OK", [("X-Name", "caf\xe9")])
        return [environ["wsgi.input"].read()]


class Asking:
    """Asks for every body, and answers with the field and the size of the file in it."""

    def __init__(self, cleaning_seconds: float = 0) -> None:
        self.asked = self.together = self.most_together = self.without_place = 0
        self._cleaning_seconds, self._lock = cleaning_seconds, threading.Lock()

    def _clean(self) -> None:
        with self._lock:
            self.together += 1
            self.most_together = max(self.most_together, self.together)
        time.sleep(self._cleaning_seconds)
        with self._lock:
            self.together -= 1

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        self.asked += 1
        arriving = environ["heard.arriving"]
        if arriving.problem:
            start_response(f"{arriving.problem.code} Problem", [])
            return [b""]
        if not arriving.is_in:
            folder = SpoolFolder(Path(tempfile.gettempdir()))
            arriving.form = SealedForm(BOUNDARY, lambda: folder.new(1_000_000), MAX_BODY_BYTES)
            start_response("204 No Content", [])
            return [b""]
        self.without_place += not arriving.has_place
        self._clean()
        start_response("200 OK", [])
        return [f"{arriving.form.fields[0][1]} {arriving.form.files[0][1].stream.size}".encode()]


def in_pieces(body: bytes) -> list[dict[str, Any]]:
    """Return a body as it comes from the network."""
    starts = range(0, len(body), 65536)
    return [piece(body[at : at + 65536], more=at != starts[-1]) for at in starts]


def form_request(files: Files) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a form with these files as granian gives it: the request, and its body in pieces."""
    body = form_body({"words": "kept"}, files)
    return scope_of("POST", "/", [length(len(body)), (b"content-type", CONTENT_TYPE.encode())]), in_pieces(body)


def length(size: int) -> tuple[bytes, bytes]:
    return b"content-length", str(size).encode()


def test_a_body_arrives_whole() -> None:
    echo = Echo()
    sent = ask(Front(echo), scope_of("POST", "/", [length(6)]), piece(b"abc", more=True), piece(b"def"))
    assert sent[0] == {"type": "http.response.start", "status": 200, "headers": [(b"x-name", b"caf\xe9")]}
    assert sent[1:] == [{"type": "http.response.body", "body": b"abcdef", "more_body": False}]


@pytest.mark.parametrize("pieces", [[piece(b"abc", more=True)], [piece(b"abc")], [piece(b"abcdefg")], []])
def test_a_body_of_another_length_than_it_says_reaches_nobody(pieces: list[dict[str, Any]]) -> None:
    echo = Echo()
    assert ask(Front(echo), scope_of("POST", "/", [length(6)]), *pieces) == []
    assert echo.environs == []


def test_headers_are_those_that_were_sent() -> None:
    echo = Echo()
    headers = [
        (b"host", b"heard.example"), (b"cookie", b"a=1"), (b"cookie", b"b=caf\xc3\xa9"), (b"x-forwarded-for", b"\xff1"),
        (b"x-forwarded-for", b"10.0.0.1"), (b"x_forwarded_proto", b"https"), (b"content-type", b"text/plain"),
        (b"transfer-encoding", b"gzip, chunked"), length(3),
    ]  # fmt: skip
    ask(Front(echo), scope_of("GET", "/%256cogin/%C3%A9", headers), piece(b""))
    [found] = echo.environs
    assert found["HTTP_COOKIE"].encode("latin-1") == b"a=1; b=caf\xc3\xa9"
    assert found["HTTP_X_FORWARDED_FOR"] == "\xff1,10.0.0.1"
    assert "HTTP_X_FORWARDED_PROTO" not in found and "CONTENT_LENGTH" not in found
    assert (found["CONTENT_TYPE"], found["HTTP_HOST"]) == ("text/plain", "heard.example")
    assert found["PATH_INFO"].encode("latin-1") == "/%6cogin/é".encode()


def test_an_answer_of_many_parts_goes_out_in_their_order_and_is_closed() -> None:
    closed: list[bool] = []

    def parts() -> Iterator[bytes]:
        try:
            yield from (b"one", b"two", b"three", b"four")
        finally:
            closed.append(True)

    def application(_: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [])
        return parts()

    sent = ask(Front(application), scope_of("GET"))
    assert [message["body"] for message in sent[1:]] == [b"one", b"two", b"three", b"four", b""]
    assert [message["more_body"] for message in sent[1:]] == [True] * 4 + [False]
    assert closed == [True]


@pytest.mark.parametrize("later", [False, True], ids=["before it answers", "while it answers"])
def test_of_a_fault_the_place_alone_is_logged(later: bool, caplog: pytest.LogCaptureFixture) -> None:
    def parts() -> Iterator[bytes]:
        yield from (b"one", b"two")
        raise ValueError(SECRET)

    def application(_: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if not later:
            raise ValueError(SECRET)
        start_response("200 OK", [])
        return parts()

    with caplog.at_level(logging.DEBUG):
        sent = ask(Front(application), scope_of("GET", f"/{SECRET}"))
    assert sent[0]["status"] == (200 if later else 500)
    # Cut off before its end, an answer can be told from a whole one.
    assert sent[-1]["more_body"] is later
    assert "ValueError" in caplog.text and "test_front_alone" in caplog.text
    assert SECRET not in caplog.text


def test_all_bodies_together_are_held_to_a_limit_and_give_their_room_back() -> None:
    echo = Echo()
    front = Front(echo)
    room = front.room
    room.taken = MOST_HELD_BYTES - 3
    for size, reached in [(3, True), (4, False), (3, True)]:
        ask(front, scope_of("POST", "/", [length(size)]), piece(b"x" * size))
        assert (echo.environs[-1].get("heard.arriving") is None) is reached
        assert room.taken == MOST_HELD_BYTES - 3
    assert echo.environs[1]["heard.arriving"].problem.code == 503


def test_short_bodies_find_room_on_every_connection() -> None:
    assert WAITING * SHORT_BYTES <= MOST_HELD_BYTES // 4
    for size, taken, problem in [(SHORT_BYTES, 0, False), (SHORT_BYTES + 1, 0, True), (SHORT_BYTES + 1, 1, False)]:
        echo = Echo()
        front = Front(echo)
        front.room.taken = MOST_HELD_BYTES * 3 // 4 - taken * size
        ask(front, scope_of("POST", "/", [length(size)]), piece(b"x" * size))
        assert ("heard.arriving" in echo.environs[0]) is problem


def test_files_leave_half_of_the_room_to_words() -> None:
    front = Front(Asking())
    half = MOST_HELD_BYTES // 2
    for taken, status in [(half - MAX_BODY_BYTES * 2, 200), (half - MAX_BODY_BYTES + 1, 503)]:
        front.room.taken = taken
        body = form_body({"words": "kept"}, [("a.txt", b"x" * MAX_BODY_BYTES)])
        sent = ask(front, scope_of("POST", "/", [length(len(body))]), *in_pieces(body))
        assert sent[0]["status"] == status
        assert front.room.taken == taken


@pytest.mark.parametrize(("cut", "status"), [(0, 200), (5, 400), (300_000, 400)])
def test_a_large_form_is_answered_when_it_is_all_there(cut: int, status: int) -> None:
    asking = Asking()
    whole = form_body({"words": "kept"}, [("a.txt", b"x" * 400_000)])
    body = whole[: len(whole) - cut] + b"-" * cut
    sent = ask(Front(asking), scope_of("POST", "/", [length(len(body))]), *in_pieces(body))
    assert [message["status"] for message in sent if "status" in message] == [status]
    assert asking.asked == 2
    if not cut:
        assert sent[1]["body"] == b"kept 400000"
    gone = Asking()
    assert ask(Front(gone), scope_of("POST", "/", [length(len(body))]), *in_pieces(body)[:-1]) == []
    assert gone.asked == 1


@pytest.mark.parametrize("size", [400_000, 10])
@pytest.mark.parametrize("patient", [True, False])
def test_so_many_with_files_are_answered_at_once_and_who_waits_holds_no_thread(
    monkeypatch: pytest.MonkeyPatch, patient: bool, size: int
) -> None:
    if not patient:
        monkeypatch.setattr(front_module, "WAITING_SECONDS", 0.05)
    asking = Asking(cleaning_seconds=0.3)
    answers = ask_together(Front(asking), *form_request([("a.txt", b"x" * size)]), times=FILE_PLACES * 3)
    assert {answer[0]["status"] for answer in answers} == {200}
    assert (asking.most_together == FILE_PLACES) is patient
    assert asking.without_place == (0 if patient else FILE_PLACES * 2)


def test_words_alone_wait_for_no_place() -> None:
    asking = Asking(cleaning_seconds=0.3)
    ask_together(Front(asking), *form_request([]), times=FILE_PLACES * 3)
    assert asking.most_together > FILE_PLACES


def test_a_small_form_that_nobody_asks_for_is_given_as_it_came() -> None:
    echo = Echo()
    scope, pieces = form_request([])
    sent = ask(Front(echo), scope, *pieces)
    assert sent[1]["body"] == pieces[0]["body"]
    assert len(echo.environs) == 1


def test_a_large_body_that_comes_in_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "GRACE_SECONDS", 0)
    body = form_body({"words": "kept"}, [("a.txt", b"x" * 400_000)])
    for pace, status in [(1000, 200), (10_000_000, 408)]:
        monkeypatch.setattr(clock, "SLOWEST_BYTES_PER_SECOND", pace)
        sent = ask(Front(Asking()), scope_of("POST", "/", [length(len(body))]), *in_pieces(body), delay=0.05)
        assert sent[0]["status"] == status


@pytest.mark.parametrize(
    ("name", "value", "size", "reached"),
    [("SILENCE_SECONDS", 0.3, 10, True), ("SILENCE_SECONDS", 0.05, 10, False), ("SMALL_SECONDS", 0.15, 10, False)],
)
def test_a_small_body_is_read_against_the_clock(
    monkeypatch: pytest.MonkeyPatch, name: str, value: float, size: int, reached: bool
) -> None:
    monkeypatch.setattr(clock, name, value)
    echo = Echo()
    pieces = [piece(b"x" * 5, more=True), piece(b"x" * 5)]
    ask(Front(echo), scope_of("POST", "/", [length(size)]), *pieces, delay=0.1)
    [found] = echo.environs
    assert ("heard.arriving" not in found) is reached
    assert reached or found["heard.arriving"].problem.code == 408


def test_a_large_body_that_nobody_asks_for_is_answered_at_once_and_taken_in_all_the_same() -> None:
    echo = Echo()
    pieces = [piece(b"x" * 65536, more=True)] * 10 + [piece(b"")]
    sent = ask(Front(echo), scope_of("POST", "/", [length(MAX_BODY_BYTES * 2)]), *pieces)
    assert [message.get("body") for message in sent] == [None, b""]
    assert len(echo.environs) == 1
