"""Opening what is sealed, on the desk only: from a reader's key to case keys to contents."""

import logging
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from app.domain.errors import Unreadable
from app.domain.sealed_content import decode_content
from app.security.opening import Opener

CaseOpener = Opener
log = logging.getLogger("heard.unsealing")


@dataclass
class UnlockedVault:
    """A person's identity seed for the length of one request."""

    seed: bytearray = field(repr=False)

    def lock(self) -> None:
        """Overwrite the seed. Copies that the interpreter made are beyond reach."""
        for index in range(len(self.seed)):
            self.seed[index] = 0


class ReaderKey:
    """One reader's identity key, parsed once, that opens any number of grants."""

    def __init__(self, identity_seed: bytes | bytearray) -> None:
        self._opener = Opener(identity_seed)

    def __enter__(self) -> Self:
        self._opener.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opener.__exit__(kind, error, trace)

    def case_seed(self, case_id: bytes, grant: bytes) -> bytes:
        """Return the case seed of a grant; raise `Unreadable`."""
        return self._opener.open("grant", (case_id, self._opener.kid), grant)


def open_content(opener: Opener, purpose: str, ids: tuple[bytes, ...], sealed: bytes) -> dict[str, Any]:
    """Return the content of an envelope; raise `Unreadable` when it is not what its purpose may hold."""
    return decode_content(purpose, opener.open(purpose, ids, sealed))


def open_if_readable(opener: Opener, purpose: str, ids: tuple[bytes, ...], sealed: bytes) -> dict[str, Any] | None:
    """Return the content of an envelope, None with a line in the log when it does not open."""
    try:
        return open_content(opener, purpose, ids, sealed)
    except Unreadable:
        log.error("%s.unreadable", purpose)
        return None


def case_opener(case_seed: bytes) -> Opener:
    """Return what opens the words, card and messages of one case; use it in a `with`."""
    return Opener(case_seed)
