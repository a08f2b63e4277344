"""Opening what is sealed, on the desk only: from a reader's key to case keys to contents."""

from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, cast

from app.domain.errors import Unreadable
from app.domain.report_content import read_canonical_json
from app.security.opening import Opener


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

    def __enter__(self) -> "ReaderKey":
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
    """Return the object inside an envelope; raise `Unreadable` when it is another version or no object."""
    content = read_canonical_json(opener.open(purpose, ids, sealed))
    if not isinstance(content, dict) or content.get("v") != 1:
        raise Unreadable
    return cast(dict[str, Any], content)
