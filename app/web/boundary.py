"""A form in parts on its way to its decoder: no piece of it ends within a boundary.

Of a boundary whose end comes later werkzeug's decoder takes the line break before it for a part of what was typed.
"""

import re

_OPEN_END = re.compile(rb"[^\S\n\r]*[-\r]?")
"""After the name of a boundary: what may still become the end of its line, or the two hyphens of the last one."""


class WholeBoundaries:
    """Keeps back the end of what came as long as it may be the beginning of a boundary."""

    def __init__(self, boundary: bytes) -> None:
        self._edge = b"--" + boundary
        self._kept = b""

    @property
    def held(self) -> int:
        """How many bytes are kept back."""
        return len(self._kept)

    def feed(self, data: bytes) -> bytes:
        """Take in the next bytes; return those that can be decoded now."""
        whole = self._kept + data
        end = self._before_open(whole, self._before_begun(whole))
        self._kept = whole[end:]
        return whole[:end]

    def rest(self) -> bytes:
        """Return what was kept back: no more will come."""
        rest, self._kept = self._kept, b""
        return rest

    def _before_begun(self, data: bytes) -> int:
        """Return where a boundary begins of which some of the name is missing, else the end."""
        start = max(0, len(data) - len(self._edge))
        line = max(data.rfind(b"\n", start), data.rfind(b"\r", start)) + 1
        if line and self._edge.startswith(data[line:]):
            return _line_break(data, line)
        return len(data)

    def _before_open(self, data: bytes, end: int) -> int:
        """Return where a boundary begins that is named before `end` and whose line does not end there, else `end`."""
        at = data.rfind(self._edge, 0, end)
        if at >= 0 and _OPEN_END.fullmatch(data, at + len(self._edge), end):
            return _line_break(data, at)
        return end


def _line_break(data: bytes, line: int) -> int:
    """Return where the line break before a line begins."""
    if data[max(0, line - 2) : line] == b"\r\n":
        return line - 2
    return line - 1 if data[max(0, line - 1) : line] in (b"\r", b"\n") else line
