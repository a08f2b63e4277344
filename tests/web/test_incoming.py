"""On the real server: a body counts when all of it came in; whoever sends too much, or cannot say how much, is told."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import create_engine, func, select

from benchmarks.client import ANSWERS, Client
from benchmarks.uploads import served_trust
from models.report import Report
from tests.fixtures.sending import TEXT, begin, post
from tests.fixtures.served import Served
from tests.fixtures.uploads import CONTENT_TYPE, form_body

LARGEST = 256 * 1024


@pytest.fixture(scope="module")
def trust() -> Iterator[tuple[Served, list[Path]]]:
    with served_trust() as serving:
        yield serving


@pytest.fixture
def served(trust: tuple[Served, list[Path]]) -> Served:
    return trust[0]


def reports(folders: list[Path]) -> int:
    (stored,) = {path for folder in folders for path in folder.rglob("*.sqlite3")}
    with create_engine(f"sqlite:///{stored}").connect() as connection:
        return connection.scalar(select(func.count()).select_from(Report)) or 0


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "cut"])
@pytest.mark.parametrize("hidden", [True, False], ids=["chunked", "length"])
def test_a_body_that_may_be_half_of_one_is_no_report(
    trust: tuple[Served, list[Path]], hidden: bool, whole: bool
) -> None:
    served, folders = trust
    with closing(Client(served.address)) as client:
        body = urlencode(ANSWERS | {"token": client.blank_form()}).encode() + b"&website="
    before, sent = reports(folders), body if whole else body[: body.index(b"&website")]
    with begin(served, "/quick", None if hidden else len(body)) as sender:
        sender.sendall((f"{len(body):x}\r\n".encode() if hidden else b"") + sent)
        sender.sendall(b"\r\n0\r\n\r\n" if hidden and whole else b"")
        if whole or hidden:
            assert sender.recv(12) == (b"HTTP/1.1 411" if hidden else b"HTTP/1.1 200")
    # Sent on the only path to the table: whatever was accepted before it is stored by now.
    with closing(Client(served.address)) as client:
        client.send(client.blank_form())
    assert reports(folders) - before == 1 + (whole and not hidden)


@pytest.mark.parametrize(
    ("path", "size", "kind", "status"),
    [("/quick", LARGEST, TEXT, 422), ("/quick", LARGEST + 1, TEXT, 413), ("/quick", 3_000_000, TEXT, 413),
     ("/report", 140_000_000, CONTENT_TYPE, 413), ("/inbox/file", 96_000_000, CONTENT_TYPE, 303)],
)  # fmt: skip
def test_whoever_sends_too_much_reads_the_answer(served: Served, path: str, size: int, kind: str, status: int) -> None:
    parts = (b"x" * min(65536, size - at) for at in range(0, size, 65536))
    found, text = post(served, path, parts, size, kind)
    assert found == status
    assert status != 413 or "This is too large to send" in text


@pytest.mark.parametrize(("path", "kind"), [("/quick", TEXT), ("/report", CONTENT_TYPE), ("/inbox/file", CONTENT_TYPE)])
def test_whoever_does_not_say_how_much_is_sent_reads_why_nothing_was_received(
    served: Served, path: str, kind: str
) -> None:
    status, text = post(served, path, (b"x" * 30_000 for _ in range(20)), None, kind)
    assert status == 411
    assert "so we have not received it" in text


def test_a_large_form_that_is_none_or_has_too_much_text_is_answered_when_that_is_seen(served: Served) -> None:
    long = form_body({"words": "x" * (LARGEST + 1)}, [("a.txt", b"x" * 400_000)])
    for body, status in [(long, 413), (b"x" * 400_000, 413), (form_body({}, [("a", b"x" * 400_000)])[:-9], 400)]:
        parts = (body[at : at + 65536] for at in range(0, len(body), 65536))
        assert post(served, "/report", parts, len(body), CONTENT_TYPE)[0] == status
