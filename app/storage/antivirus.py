"""The virus scanner, where there is one: ClamAV's `INSTREAM` over a socket. Its absence never blocks a report."""

import logging
import re
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.domain.errors import Misconfigured

CLEAN, FOUND, NOT_SCANNED = "clean", "found", "not_scanned"
CONNECT_SECONDS = 2.0
WHOLE_SECONDS = 30.0
"""How long one file may take: whoever sent it waits for the answer."""
LONGEST_ANSWER = 1024
_STEP = 32768
_LENGTH = 4
_TCP = re.compile(r"(?P<host>\[[0-9a-f:]+\]|[a-z0-9.-]+):(?P<port>[0-9]{1,5})", re.ASCII)
log = logging.getLogger("heard.antivirus")


@dataclass(frozen=True)
class Antivirus:
    """A scanner at a socket of this computer (`/run/clamav/clamd.ctl`) or at a host and port."""

    address: str | tuple[str, int]
    seconds: float = WHOLE_SECONDS

    def scan(self, chunks: Iterable[bytes]) -> str:
        """Return `clean`, `found`, or `not_scanned` when the scanner is away, slow or does not say."""
        try:
            answer = self._ask(chunks)
        except OSError as error:
            log.warning("antivirus.away %s", type(error).__name__)
            return NOT_SCANNED
        if answer == b"stream: OK":
            return CLEAN
        if answer.startswith(b"stream: ") and answer.endswith(b" FOUND"):
            log.warning("antivirus.found")
            return FOUND
        log.warning("antivirus.unclear")
        return NOT_SCANNED

    def _ask(self, chunks: Iterable[bytes]) -> bytes:
        until = time.monotonic() + self.seconds
        with self._connected() as connection:
            connection.sendall(b"zINSTREAM\x00")
            for part in _parts(chunks):
                _leave_time(connection, until)
                connection.sendall(len(part).to_bytes(_LENGTH, "big") + part)
            connection.sendall(bytes(_LENGTH))
            answer = b""
            while b"\x00" not in answer and len(answer) < LONGEST_ANSWER:
                _leave_time(connection, until)
                received = connection.recv(LONGEST_ANSWER)
                if not received:
                    break
                answer += received
        return answer.partition(b"\x00")[0]

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        kind = socket.AF_UNIX if isinstance(self.address, str) else socket.AF_INET
        if isinstance(self.address, tuple) and ":" in self.address[0]:
            kind = socket.AF_INET6
        with socket.socket(kind, socket.SOCK_STREAM) as connection:
            connection.settimeout(min(CONNECT_SECONDS, self.seconds))
            connection.connect(self.address)
            yield connection


def _parts(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), _STEP):
            yield chunk[start : start + _STEP]


def _leave_time(connection: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection.settimeout(left)


def antivirus_at(address: str) -> Antivirus | None:
    """Return the scanner that a setting names: a path, or host and port; None for "". Raises `Misconfigured`."""
    if not address:
        return None
    if address.startswith("/"):
        return Antivirus(address)
    found = _TCP.fullmatch(address.lower())
    if found is None or not 0 < int(found["port"]) < 65536:
        raise Misconfigured("HEARD_ANTIVIRUS must be the path of a socket, or a host and port such as localhost:3310.")
    return Antivirus((found["host"].strip("[]"), int(found["port"])))
