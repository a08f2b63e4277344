"""The keys of each financial year: made once, kept sealed under the key that only workers hold."""

import secrets
from dataclasses import dataclass, field

from sqlalchemy import select

from app.security.keys import kid, new_seed, public_key
from app.security.worker_key import AGGREGATION, NOISE, open_worker_row, seal_worker_row
from app.services.work import Work
from models.worker_key import WorkerKey

NOISE_KEY_LENGTH = 32


def _new_noise_key() -> bytes:
    return secrets.token_bytes(NOISE_KEY_LENGTH)


_MAKE = {AGGREGATION: new_seed, NOISE: _new_noise_key}


@dataclass(frozen=True)
class YearKey:
    """The public half of a year's aggregation key, as the signed roster lists it under `aggregation`."""

    financial_year: str
    public_key: bytes = field(repr=False)

    @property
    def kid(self) -> bytes:
        """The 8 bytes that name the key."""
        return kid(self.public_key)


def make_year_keys(work: Work, worker_key: bytes, financial_year: str) -> YearKey:
    """Return the public half of a year's aggregation key; its keys are made where they are not there yet.

    The year is written `FY2026`. Raises `Unreadable` when the rows were sealed under another worker key.
    """
    stored = work.connection.execute(
        select(WorkerKey.use, WorkerKey.sealed).where(WorkerKey.financial_year == financial_year)
    ).all()
    known = {row.use: open_worker_row(worker_key, row.use, financial_year, row.sealed) for row in stored}
    made = {use: make() for use, make in _MAKE.items() if use not in known}
    rows = [
        {"financial_year": financial_year, "use": use, "sealed": seal_worker_row(worker_key, use, financial_year, key)}
        for use, key in made.items()
    ]
    work.insert(WorkerKey, *rows)
    for use in made:
        work.audit("key.made", use=use, year=financial_year)
    return YearKey(financial_year, public_key((known | made)[AGGREGATION]))
