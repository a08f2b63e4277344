"""Room for a few children at once, the large ones counted twice, in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class NoSlot(Exception):
    """No slot came free in time, or too many wait already."""


class Slots:
    """A number of slots; whoever wants some waits until it is their turn and enough are free."""

    def __init__(self, count: int, most_waiting: int) -> None:
        self._count = self._free = count
        self._most_waiting = most_waiting
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def take(self, wanted: int, timeout: float) -> Iterator[None]:
        """Hold `wanted` slots, or all of them where there are not as many, while the block runs.

        Raises `NoSlot` when they do not come free within `timeout` seconds, and at once when too many wait.
        """
        held = min(wanted, self._count)
        with self._changed:
            self._wait(held, timeout)
        try:
            yield
        finally:
            with self._changed:
                self._free += held
                self._changed.notify_all()

    def _wait(self, held: int, timeout: float) -> None:
        if len(self._queue) >= self._most_waiting:
            raise NoSlot
        ticket = object()
        self._queue.append(ticket)
        try:
            if not self._changed.wait_for(lambda: self._queue[0] is ticket and self._free >= held, timeout):
                raise NoSlot
            self._free -= held
        finally:
            # Whoever gives up no longer stands in the way of the next.
            self._queue.remove(ticket)
            self._changed.notify_all()
