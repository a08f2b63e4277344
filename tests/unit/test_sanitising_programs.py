"""Programs and tables of letters: no arrangement of bytes takes more than its length in time."""

import contextlib
import time
from collections.abc import Callable

import pytest

from app.storage.sanitising_content import TooMuch
from app.storage.sanitising_programs import MOST_STRANGE, clean_function, clean_table

LENGTH = 40_000
HARD = (b"(", b"\\(", b"(\\", b"<", b"<<", b"1 ", b"1e", b"add", b"add ", b"{", b"%", b"/a ", b"/", b"beginbfchar ",
        b"beginbfchar <41> ", b"1 beginbfchar (a) endbfchar ", b"/usecmap usecmap", b"[", b"\0", b"[<")  # fmt: skip


def seconds(clean: Callable[[bytes], bytes], data: bytes) -> float:
    started = time.process_time()
    with contextlib.suppress(TooMuch):
        clean(data)
    return time.process_time() - started


@pytest.mark.parametrize("clean", [clean_function, clean_table])
@pytest.mark.parametrize("start", [b"", b"(", b"1 beginbfchar ", b"/a"])
def test_twice_the_length_takes_about_twice_the_time(clean: Callable[[bytes], bytes], start: bytes) -> None:
    for piece in HARD:
        once, twice = (start + piece * (LENGTH * times // len(piece)) for times in (1, 2))
        # Four times would be the square; a moment is allowed for whatever else the processor does.
        assert min(seconds(clean, twice) for _ in range(2)) < 3 * min(seconds(clean, once) for _ in range(2)) + 0.05, (
            piece
        )


@pytest.mark.parametrize("clean", [clean_function, clean_table])
def test_what_is_hardly_a_program_is_not_taken_apart(clean: Callable[[bytes], bytes]) -> None:
    assert clean(b"(a) 1 " * (MOST_STRANGE - 1)).split()[:2] == [b"1", b"1"]
    with pytest.raises(TooMuch):
        clean(b"(a) 1 " * (MOST_STRANGE + 1))
