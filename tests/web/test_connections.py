"""The watch over connections, with real ones: who leaves an answer unread goes, and in need whoever is still."""

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from app.web import connections
from app.web.connections import LITTLE_BYTES, SCARCE_SECONDS, UNREAD_SECONDS, WAITING, Connections
from app.web.front import Front
from tests.fixtures.asgi import ask, piece, scope_of

Pair = tuple[socket.socket, socket.socket]


class Visitors:
    """Connections to a listening socket of this process: each side by each side."""

    def __init__(self, open_ones: ExitStack) -> None:
        self._open_ones = open_ones
        self._listening = open_ones.enter_context(socket.create_server(("127.0.0.1", 0), backlog=WAITING))

    def add(self) -> Pair:
        """Return the visitor's side and ours."""
        visitor = self._open_ones.enter_context(socket.socket())
        # Small, so that soon nothing more fits in.
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        visitor.connect(self._listening.getsockname())
        own = self._open_ones.enter_context(self._listening.accept()[0])
        own.setblocking(False)
        visitor.settimeout(5)
        return visitor, own


@pytest.fixture
def visitors() -> Iterator[Visitors]:
    with ExitStack() as open_ones:
        yield Visitors(open_ones)


def is_open(own: socket.socket) -> bool:
    try:
        own.send(b"x")
    except BlockingIOError:
        return True
    except OSError:
        return False
    return True


def leave_unread(own: socket.socket) -> None:
    own.send(b"x" * 1_000_000)


def test_who_reads_nothing_for_a_minute_is_cut_off_and_nobody_else(visitors: Visitors) -> None:
    watch = Connections(frozenset)
    (_, unread), (reading, read), (_, idle) = (visitors.add() for _ in range(3))
    leave_unread(unread)
    leave_unread(read)
    for second in range(0, UNREAD_SECONDS, 10):
        assert watch.look(second) == 0
        for _ in range(LITTLE_BYTES // 512):
            reading.recv(4096)
    assert watch.look(UNREAD_SECONDS) == 1
    assert [is_open(one) for one in (unread, read, idle)] == [False, True, True]


def test_an_answer_after_a_long_silence_has_its_whole_minute(visitors: Visitors) -> None:
    watch = Connections(frozenset)
    _, own = visitors.add()
    for second in (0, 100, 200):
        assert watch.look(second) == 0
    leave_unread(own)
    assert [watch.look(200 + second) for second in (1, UNREAD_SECONDS - 1, UNREAD_SECONDS)] == [0, 0, 1]


def test_drops_keep_no_connection_where_they_are_scarce(visitors: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SCARCE", 2)
    watch = Connections(frozenset)
    (drop, dropping), (flow, flowing), (_, silent) = (visitors.add() for _ in range(3))
    cut = []
    for second in range(SCARCE_SECONDS + 1):
        drop.send(b"-")
        flow.send(b"-" * (LITTLE_BYTES if second == SCARCE_SECONDS - 1 else 1))
        cut.append(watch.look(second))
    assert cut == [0] * SCARCE_SECONDS + [1]
    assert is_open(flowing)
    # Two are left: that is enough room, however still they are.
    assert [is_open(dropping), is_open(silent)].count(True) == 1
    assert watch.look(1000) == 0


def test_who_waits_for_an_answer_is_left_alone(visitors: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SCARCE", 0)
    (visitor, own), (_, other) = visitors.add(), visitors.add()
    watch = Connections(lambda: frozenset({visitor.getsockname()[1]}))
    assert [watch.look(second) for second in (0, SCARCE_SECONDS)] == [0, 1]
    assert (is_open(own), is_open(other)) == (True, False)


def test_no_connection_that_goes_out_is_looked_at(visitors: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SCARCE", 0)
    visitor, own = visitors.add()
    own.close()
    watch = Connections(frozenset)
    assert [watch.look(second) for second in (0, 1000)] == [0, 0]
    assert is_open(visitor)


def test_the_front_says_who_waits_for_an_answer() -> None:
    seen: list[frozenset[int]] = []

    def application(environ: dict[str, object], start_response: object) -> list[bytes]:
        seen.append(front.busy_ports())
        start_response("200 OK", [])  # type: ignore[operator]
        return [b""]

    front = Front(application)
    for method in ("GET", "POST"):
        ask(front, scope_of(method, "/", [(b"content-length", b"1")]), piece(b"x"))
    assert seen == [frozenset({40000})] * 2
    assert front.busy_ports() == frozenset()


def test_a_look_at_the_open_files_leaves_the_locks_of_sqlite_alone(visitors: Visitors, tmp_path: Path) -> None:
    path = str(tmp_path / "held.sqlite3")
    write = f"import sqlite3; sqlite3.connect({path!r}, timeout=0, isolation_level=None).execute('BEGIN IMMEDIATE')"
    visitors.add()
    with closing(sqlite3.connect(path, isolation_level=None)) as held:
        held.execute("BEGIN IMMEDIATE")
        Connections(lambda: ()).look(0)
        other = subprocess.run([sys.executable, "-c", write], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr
