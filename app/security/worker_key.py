"""Rows of the table `worker_key`: one aggregation seed and one noise key per financial year."""

from app.security.aead_blob import open_exact_blob, seal_blob
from app.security.context import ctx
from app.security.key_derivation import expand

AGGREGATION = "aggregation"
NOISE = "noise"


def _key(worker_secret: bytes) -> bytes:
    return expand(worker_secret, ctx(b"key", b"worker"), 32)


def _context(use: str, financial_year: str) -> bytes:
    return ctx(b"worker-key", use.encode("ascii"), financial_year.encode("ascii"))


def seal_worker_row(worker_secret: bytes, use: str, financial_year: str, secret: bytes) -> bytes:
    """Return the sealed row, 61 bytes; `use` is `aggregation` or `noise`, the year is written `FY2026`."""
    return seal_blob(_key(worker_secret), secret, _context(use, financial_year))


def open_worker_row(worker_secret: bytes, use: str, financial_year: str, row: bytes) -> bytes:
    """Return the seed or noise key of a row, 32 bytes; raise `Unreadable`."""
    return open_exact_blob(_key(worker_secret), row, _context(use, financial_year), 32)
