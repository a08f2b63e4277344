import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Unreadable
from app.domain.report_content import (
    canonical_json,
    content_digest,
    normalise_answers,
    normalise_text,
    read_canonical_json,
)

TEXT = st.text()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcXYZ_", max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(TEXT)
def test_normalising_twice_changes_nothing(text):
    once = normalise_text(text)
    assert normalise_text(once) == once
    assert "\r" not in once
    assert "\x00" not in once


@given(VALUES)
def test_canonical_json_reads_back(value):
    assert read_canonical_json(canonical_json(value)) == value


@pytest.mark.parametrize("value", [1.5, 2**53, {"é": 1}, {1: 2}, "\ud800", b"x", {1, 2}, float("nan")])
def test_values_without_one_encoding_are_refused(value):
    with pytest.raises(ValueError, match="."):
        canonical_json(value)


@pytest.mark.parametrize("encoded", [b"", b"{", b"\xff", b"[1, 2]", b"1.0", b"[" * 5000, b'{"a":1,"a":2}', b"01"])
def test_other_spellings_do_not_open(encoded):
    with pytest.raises(Unreadable):
        read_canonical_json(encoded)


def test_digest_depends_on_every_part():
    answers = normalise_answers({"what": ["words"], "words": "x"})
    file = {"name": "a.jpg", "sha256": "00" * 32, "size": 1}
    digests = {
        content_digest("quick", 1, answers, []),
        content_digest("report", 1, answers, []),
        content_digest("quick", 2, answers, []),
        content_digest("quick", 1, {"what": ["words"]}, []),
        content_digest("quick", 1, answers, [file]),
    }
    assert len(digests) == 5
