import base64
import secrets
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import merkle
from app.domain.errors import Unreadable
from app.domain.sealed_content import CONTENTS, content_fits, decode_content, encode_content
from app.security import case_key, keys, roster, signing

OFFICERS = [signing.signing_seed(keys.new_seed()) for _ in range(3)]
PINNED = [signing.signing_public_key(seed) for seed in OFFICERS]
READER = case_key.new_key()
PLACE = secrets.token_bytes(16)


def _key(**more):
    return {**more, "kid": keys.kid(READER.public_key).hex(), "pk": base64.b64encode(READER.public_key).decode()}


def _document(**changed):
    entry = _key(
        user="00" * 16, role="lead", fallback=True, manages=[PLACE.hex()], works_in=[], conflicts=[],
        not_before="2026-11-01", not_after="2027-11-01",
    )  # fmt: skip
    content = {
        "v": 1, "trust": "XNM", "version": 1, "previous": "00" * 32, "issued_on": "2026-11-01",
        "expires_on": "2027-11-01", "entries": [entry], "aggregation": [_key(year="FY2026")],
        "recovery": _key(id="11" * 16), **changed,
    }  # fmt: skip
    return roster.make_document(content)


def _verify(document, signers, **more):
    signed = [roster.sign_roster(document, seed) for seed in signers]
    return roster.verify_roster(document, signed, **{"pinned": PINNED, "quorum": 2, "trust": "XNM", **more})


def test_a_roster_signed_by_two_is_accepted():
    accepted = _verify(_document(), OFFICERS[:2])
    (entry,) = accepted.entries
    assert entry.is_valid_on(date(2026, 11, 1))
    assert not entry.is_valid_on(date(2027, 11, 2))
    assert entry.is_bound_to([PLACE])
    assert not entry.is_bound_to([bytes(16)])
    assert accepted.has_expired(date(2027, 11, 2))


@pytest.mark.parametrize(
    "changed",
    [
        {"entries": 5}, {"entries": [{}]}, {"recovery": {}}, {"version": "1"}, {"previous": "x"}, {"trust": "XXX"},
        {"v": 2}, {"recovery": {"id": "11" * 16, "kid": keys.kid(bytes(1216)).hex(), "pk": base64.b64encode(bytes(1216)).decode()}},
    ],
)  # fmt: skip
def test_a_malformed_roster_is_unreadable(changed):
    with pytest.raises(Unreadable):
        _verify(_document(**changed), OFFICERS[:2])


def test_too_few_or_unknown_officers():
    document = _document()
    for signers in ([], OFFICERS[:1], [OFFICERS[0], OFFICERS[0]], [OFFICERS[0], bytes(32)]):
        with pytest.raises(Unreadable):
            _verify(document, signers)
    with pytest.raises(Unreadable):
        _verify(document, OFFICERS, quorum=0)
    with pytest.raises(Unreadable):
        _verify(document, OFFICERS, highest_version_seen=2)
    assert _verify(document, OFFICERS[:1], quorum=1).version == 1


@given(st.integers(1, 40), st.data())
def test_inclusion_proofs_hold_for_their_leaf_only(size, data):
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    index = data.draw(st.integers(0, size - 1))
    proof, top = merkle.inclusion_proof(leaves, index), merkle.root(leaves)
    assert merkle.proof_is_right(leaves[index], index, size, proof, top)
    assert not merkle.proof_is_right(merkle.leaf_hash(b"x" * 9), index, size, proof, top)
    assert not merkle.proof_is_right(leaves[index], index, size, [*proof, bytes(32)], top)


@given(st.text(max_size=200))
def test_any_text_is_no_checkpoint(note):
    with pytest.raises(Unreadable):
        signing.read_note(note, "heard.example/audit", PINNED[0])


SCORE = {
    "link": "00" * 16, "rev": 1, "month": "2026-11", "direction": "staff_to_staff", "class": "own",
    "group": "bme", "score": 4,
}  # fmt: skip


def test_contents_read_back_and_refuse_what_is_not_named():
    assert decode_content("score", encode_content("score", SCORE)) == {"v": 1, **SCORE}
    for wrong in (
        {**SCORE, "more": 1}, {**SCORE, "score": 6}, {**SCORE, "score": True}, {**SCORE, "month": "2026-13"},
        {name: value for name, value in SCORE.items() if name != "link"}, {**SCORE, "v": 2}, {**SCORE, "link": "0"},
    ):  # fmt: skip
        with pytest.raises(Unreadable):
            encode_content("score", wrong)
    assert not content_fits("nothing", {"v": 1})
    assert not content_fits("score", [])
    assert set(CONTENTS) == {
        "report", "card", "message", "mailbox", "hello", "manifest", "facet", "closing", "score", "equality",
        "record", "draft", "note",
    }  # fmt: skip


def test_texts_have_their_length_alone_and_together():
    message = {"from": "reporter", "day": "2026-11-22", "kind": "message", "files": []}
    assert content_fits("message", {"v": 1, **message, "text": "x" * 5000})
    assert not content_fits("message", {"v": 1, **message, "text": "x" * 5001})
    assert not content_fits("message", {"v": 1, **message, "text": "\U0001f600" * 4000})
    assert not content_fits("message", {"v": 1, **message, "text": "", "at": "2026-11-22T25:00:00Z"})
