import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Refused, Unreadable
from app.security import case_key, opening
from app.security.attachment_file import open_file, seal_file, stored_length
from app.security.envelope import BUCKETS, longest_content, pad, unpad
from app.security.opening import Opener, open_envelope, open_escrow, open_grant, open_record_grant
from app.security.sealing import seal

KEY = case_key.new_key()
ID, OTHER = secrets.token_bytes(16), secrets.token_bytes(16)
PADDED = [purpose for purpose, buckets in BUCKETS.items() if buckets]
CARD = seal("card", (ID, ID), KEY.public_key, b"{}")


@given(st.sampled_from(PADDED), st.binary(max_size=300))
def test_padding_reads_back_and_hides_the_size(purpose, content):
    content = content[: longest_content(purpose)]
    padded = pad(purpose, content)
    assert unpad(purpose, padded) == content
    assert len(padded) in BUCKETS[purpose]


@given(st.binary(max_size=1100))
def test_arbitrary_bytes_do_not_open(envelope):
    with pytest.raises(Unreadable):
        open_envelope("card", (ID, ID), KEY.seed, envelope)


@settings(max_examples=150)
@given(st.integers(0, len(CARD) - 1), st.integers(1, 255))
def test_any_changed_byte_makes_an_envelope_unreadable(place, change):
    changed = bytearray(CARD)
    changed[place] ^= change
    with pytest.raises(Unreadable) as caught:
        open_envelope("card", (ID, ID), KEY.seed, bytes(changed))
    assert str(caught.value) == "This could not be opened."


@pytest.mark.parametrize("purpose", PADDED)
def test_every_purpose_opens_in_its_place_only(purpose):
    sealed = seal(purpose, (ID, OTHER), KEY.public_key, b"x" * 200)
    assert open_envelope(purpose, (ID, OTHER), KEY.seed, sealed) == b"x" * 200
    for wrong in (("record_grant", (ID, OTHER)), (purpose, (OTHER, ID)), (purpose, (ID,)), ("nothing", (ID, OTHER))):
        with pytest.raises(Unreadable):
            open_envelope(*wrong, KEY.seed, sealed)


def test_too_long_is_refused_before_sealing():
    for purpose in PADDED:
        with pytest.raises(Refused):
            seal(purpose, (ID, ID), KEY.public_key, bytes(longest_content(purpose) + 1))
    with pytest.raises(Refused):
        seal("grant", (ID, ID), KEY.public_key, bytes(31))


def test_grants_and_escrow():
    reader, stranger = case_key.new_key(), case_key.new_key()
    grant = case_key.seal_grant(ID, KEY.seed, reader.recipient)
    record = case_key.seal_record_grant(ID, KEY.seed, reader.recipient)
    assert len(grant) == 1180
    assert open_grant(ID, reader.seed, grant) == open_record_grant(ID, reader.seed, record) == KEY.seed
    for act in (
        lambda: open_grant(OTHER, reader.seed, grant),
        lambda: open_grant(ID, stranger.seed, grant),
        lambda: open_record_grant(ID, reader.seed, grant),
    ):
        with pytest.raises(Unreadable):
            act()
    escrow = case_key.seal_escrow(ID, reader.seed, stranger.public_key)
    assert open_escrow(ID, stranger.seed, escrow) == reader.seed


def test_one_opener_reads_many_and_forgets():
    with Opener(bytearray(KEY.seed)) as opener:
        assert {opener.open("card", (ID, ID), CARD) for _ in range(25)} == {b"{}"}
    with pytest.raises(Unreadable):
        opener.open("card", (ID, ID), CARD)


def test_bad_public_keys_are_value_errors():
    for bad in (b"", bytes(1216), KEY.public_key[:-32] + bytes(32), b"\xff" * 1216):
        with pytest.raises(ValueError, match="."):
            seal("card", (ID, ID), bad, b"{}")
    assert open_envelope("card", (ID, ID), KEY.seed, seal("card", (ID, ID), KEY.public_key, b"k")) == b"k"


def test_seeds_are_in_no_repr():
    for shown in (repr(KEY), repr(Opener(KEY.seed)), str(opening.Opener(KEY.seed))):
        assert KEY.seed.hex() not in shown
        assert repr(KEY.seed) not in shown


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 200_000])
def test_files_read_back(size):
    content, key = secrets.token_bytes(size), secrets.token_bytes(32)
    stored = b"".join(seal_file(key, ID, OTHER, [content[:1000], content[1000:]]))
    assert len(stored) == stored_length(size)
    parts = [stored[start : start + 7000] for start in range(0, len(stored), 7000)]
    assert b"".join(open_file(key, ID, OTHER, size, parts)) == content
    for wrong in (
        (key, OTHER, ID, size, parts),
        (key, ID, OTHER, size, parts[:-1]),
        (key, ID, OTHER, size + 131072, parts),
    ):
        with pytest.raises(Unreadable):
            b"".join(open_file(*wrong))
