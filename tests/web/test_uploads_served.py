"""On the real server: nothing of an upload reaches a file in clear, and memory does not follow the size of files."""

import os

import pytest

from benchmarks.uploads import LARGEST, large_photo, marked_text, measure_memory, measure_plaintext

LONG = os.environ.get("HEARD_LONG_TESTS") == "1"
MOST_GROWTH_MB = 300


def test_no_byte_of_an_upload_is_in_any_file_in_clear() -> None:
    seen = measure_plaintext(LARGEST, pause=0.01)
    assert seen["status"] == 303
    assert seen["control_found"], "the watch sees nothing"
    assert int(str(seen["largest_open_file"])) > LARGEST // 2, "the spool was not seen"
    assert seen["plaintext_found"] == []


@pytest.mark.parametrize("make", [marked_text, large_photo])
def test_memory_does_not_follow_what_is_sent(make: object) -> None:
    together = 32 if LONG else 6
    seen = measure_memory(large_photo if make is large_photo else marked_text, together)
    assert seen["statuses"] == [303]
    assert float(str(seen["growth_mb"])) <= MOST_GROWTH_MB
