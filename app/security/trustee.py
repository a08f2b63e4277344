"""Recovery by k of n trustees: one copy of the recovery seed for every k-subset, no secret sharing scheme."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from app.security.aead_blob import open_exact_blob, seal_blob
from app.security.context import ctx
from app.security.key_derivation import derive

MOST_TRUSTEES = 5


def _kek(codes: Sequence[str], recovery_id: bytes, subset: bytes) -> bytes:
    return derive("".join(codes).encode("ascii"), recovery_id, ctx(b"trustee", recovery_id, subset), 32)


def seal_trustee_copies(recovery_id: bytes, recovery_seed: bytes, codes: Sequence[str], k: int) -> dict[bytes, bytes]:
    """Return subset (one byte per index, ascending) → copy of 61 bytes; `codes` are 27 symbols each, in index order."""
    if not 1 < k <= len(codes) <= MOST_TRUSTEES:
        raise ValueError("two or more of at most five trustees")
    return {
        bytes(subset): seal_blob(
            _kek([codes[index] for index in subset], recovery_id, bytes(subset)),
            recovery_seed,
            ctx(b"trustee", recovery_id, bytes(subset)),
        )
        for subset in combinations(range(len(codes)), k)
    }


def open_trustee_copy(recovery_id: bytes, subset: bytes, codes: Sequence[str], copy: bytes) -> bytes:
    """Return the recovery seed; `codes` are those of the subset's trustees in index order. Raise `Unreadable`."""
    return open_exact_blob(_kek(codes, recovery_id, subset), copy, ctx(b"trustee", recovery_id, subset), 32)


def open_by_trustees(recovery_id: bytes, codes: Mapping[int, str], copies: Mapping[bytes, bytes]) -> bytes:
    """Return the recovery seed from trustee index → 27 symbols; raise `Unreadable` or `KeyError` (no such subset)."""
    subset = bytes(sorted(codes))
    return open_trustee_copy(recovery_id, subset, [codes[index] for index in sorted(codes)], copies[subset])
