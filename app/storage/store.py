"""What a file store does: keeps sealed bytes under an id of 16 bytes. It holds no key."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol


class Store(Protocol):
    """Sealed files by id."""

    def write(self, file_id: bytes, chunks: Iterable[bytes], day: date) -> int:
        """Keep a new file and return its size; it is on the disk for good when this returns.

        Of its time only the day is kept.
        """
        ...

    def has_room(self) -> bool:
        """Return whether files may be added and enough is left for everything else."""
        ...

    def read(self, file_id: bytes) -> Iterator[bytes]:
        """Yield the bytes of a file. Raises `Unreadable` when there is none."""
        ...

    def remove(self, file_id: bytes) -> None:
        """Remove a file; one that is gone already is no error."""
        ...

    def ids_before(self, day: date) -> list[bytes]:
        """Return the ids of the files that were written before `day`."""
        ...

    def rewrite_before(self, day: date) -> int:
        """Write every file from before `day` anew, once and in no order, so that nothing tells its time of day.

        Bytes, ids and days stay, and whoever reads meanwhile is not disturbed. Return how many were written.
        """
        ...
