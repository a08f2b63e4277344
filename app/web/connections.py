"""The connections of this process, as the kernel sees them: who neither reads nor sends is cut off.

Granian holds what is not read without a clock, and takes in nobody else once it has as many as it may have.
"""

import errno
import fcntl
import logging
import os
import socket
import struct
import termios
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import place_of

WAITING = 512
"""Connections that one process takes in before it lets others wait outside; one that is silent costs no thread."""
SCARCE = WAITING * 3 // 4
"""With more than these, those on which little happens make room for others."""
SCARCE_SECONDS = 10
UNREAD_SECONDS = 60
"""How long somebody may leave an answer unread, and hardly read on, at any time."""
LITTLE_BYTES = 4096
"""What has to come or go in that time."""
ROUND_SECONDS = 2
LISTENING, OPEN = 10, (1, 8)
"""States of a socket: open, also where the other side will send no more."""
OWN_FILES = Path("/proc/self/fd")
RESET = struct.pack("ii", 1, 0)
log = logging.getLogger("heard.connections")


@dataclass
class Seen:
    """What was seen of one connection: how far it was when it last came on, and when all was last read."""

    count: int
    moved: float
    read: float

    def note(self, now: float, count: int, unread: int) -> None:
        """Take in what is seen now."""
        if count - self.count >= LITTLE_BYTES:
            self.count, self.moved = count, now
        if not unread:
            self.read = now


class Connections:
    """Watches the connections of this process. `busy` gives the ports of those whose request is being answered."""

    def __init__(self, busy: Callable[[], Collection[int]]) -> None:
        self._busy = busy
        self._seen: dict[int, Seen] = {}

    def watch(self) -> None:
        """Look at them for as long as this process lives, in a thread of its own. Only Linux shows them."""
        if OWN_FILES.is_dir():
            threading.Thread(target=self._watch, name="heard-connections", daemon=True).start()

    def _watch(self) -> None:
        said = ""
        while True:
            time.sleep(ROUND_SECONDS)
            try:
                self.look(time.monotonic())
            except Exception as error:
                # Once: what goes wrong in every round would fill the log.
                if said != (said := place_of(error)):
                    log.error("%s", said)

    def look(self, now: float) -> int:
        """Look at each connection once, cut off whoever holds one for nothing, and return how many that were."""
        seen: dict[int, Seen] = {}
        for number, connection in _accepted():
            count, unread = _progress(connection)
            seen[number] = self._seen.get(number) or Seen(count, now, now)
            seen[number].note(now, count, unread)
        self._seen = seen
        doomed = self._to_cut(now)
        busy = self._busy() if doomed else ()
        return sum(
            _cut(connection)
            for number, connection in (_accepted() if doomed else ())
            if number in doomed and _port_of_client(connection) not in busy
        )

    def _to_cut(self, now: float) -> frozenset[int]:
        """Return those that leave an answer unread, and where connections are scarce the stillest of all."""
        unread = {number for number, seen in self._seen.items() if now - max(seen.moved, seen.read) >= UNREAD_SECONDS}
        still = sorted((seen.moved, number) for number, seen in self._seen.items() if number not in unread)
        too_many = max(0, len(still) - SCARCE)
        return frozenset(unread | {number for moved, number in still[:too_many] if now - moved >= SCARCE_SECONDS})


def _accepted() -> Iterator[tuple[int, socket.socket]]:
    """Give each connection that came in to this process, with its number; it stays open."""
    ports: set[int] = set()
    numbers = [int(entry) for entry in os.listdir(OWN_FILES)]
    for listens in (True, False):
        for number in numbers:
            with _tcp_socket(number) as own:
                if own is None:
                    continue
                state, port = _info(own)[0], own.getsockname()[1]
                if listens and state == LISTENING:
                    ports.add(port)
                elif not listens and state in OPEN and port in ports:
                    yield os.fstat(own.fileno()).st_ino, own


@contextmanager
def _tcp_socket(number: int) -> Iterator[socket.socket | None]:
    """Give one of the open files as the TCP socket that it is, else None. Nothing is ever closed.

    A second handle on a file of SQLite, closed again, would take away the locks that this process holds on it.
    """
    try:
        own = socket.socket(fileno=number)
    except OSError:
        yield None
        return
    try:
        is_tcp = own.family in (socket.AF_INET, socket.AF_INET6) and own.type == socket.SOCK_STREAM
        yield own if is_tcp else None
    finally:
        own.detach()


def _port_of_client(own: socket.socket) -> int:
    try:
        return int(own.getpeername()[1])
    except OSError:
        return 0


def _info(own: socket.socket) -> tuple[int, int, int]:
    """Return the state of a socket and how many bytes the other side has taken and sent."""
    return struct.unpack_from("=B119xQQ", own.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192))


def _progress(own: socket.socket) -> tuple[int, int]:
    """Return how many bytes went both ways, and how many wait for the other side to read."""
    _, taken, sent = _info(own)
    (unread,) = struct.unpack("=i", fcntl.ioctl(own, termios.TIOCOUTQ, bytes(4)))
    return taken + sent, unread


def _cut(own: socket.socket) -> bool:
    # What was not read is thrown away: the kernel would go on holding it.
    own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    try:
        own.shutdown(socket.SHUT_RDWR)
    except OSError as error:
        if error.errno != errno.ENOTCONN:
            raise
        return False
    return True
