"""The front with the smallest application behind it: what is half there is not answered, and nothing sent is logged."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from app.web import body as clock
from app.web.body import MAX_BODY_BYTES, MOST_HELD_BYTES
from app.web.front import Front
from tests.fixtures.asgi import ask, piece, scope_of

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
