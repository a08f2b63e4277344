"""Room for a few children at once, the large ones counted twice, in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Slots:
    """A number of slots; whoever wants some waits until it is their turn and enough are free."""

    def __init__(self, count: int) -> None:
        self._count = self._free = count
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def take(self, wanted: int) -> Iterator[None]:
        """Hold `wanted` slots, or all of them where there are not as many, while the block runs."""
        held, ticket = min(wanted, self._count), object()
        with self._changed:
            self._queue.append(ticket)
            self._changed.wait_for(lambda: self._queue[0] is ticket and self._free >= held)
            self._queue.popleft()
            self._free -= held
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += held
                self._changed.notify_all()
