"""Entering a receipt: what does not open looks alike, in what is done and in how long it takes."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import fmean, variance

import pytest
from sqlalchemy import event, update

from app.domain.receipts import parse_receipt
from app.security.opening import Opener
from app.services.mailbox import open_mailbox
from models.mailbox import Mailbox
from tests.service.desk import DeskTrust

UNKNOWN = "0000000000000000000"
ROUNDS, MOST_T, TRIES = 5000 if os.environ.get("HEARD_LONG_TESTS") else 500, 4.5, 3


@pytest.fixture
def expired(trust: DeskTrust) -> str:
    """The symbols of a receipt whose mailbox has expired; the database holds others that are open."""
    symbols = parse_receipt(trust.send())
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(expires_on=trust.today - timedelta(days=1)))
    for number in range(20):
        trust.send(words=f"Report {number}")
    return symbols


def cpu_seconds(act: Callable[[], object]) -> float:
    before = time.thread_time_ns()
    act()
    return (time.thread_time_ns() - before) / 1e9


def welch_t(one: list[float], other: list[float]) -> float:
    """Return Welch's t of two samples, each without its slowest twentieth, which the machine causes."""
    one, other = (sorted(sample)[: len(sample) * 19 // 20] for sample in (one, other))
    return (fmean(one) - fmean(other)) / (variance(one) / len(one) + variance(other) / len(other)) ** 0.5


def test_what_does_not_open_asks_one_question_and_opens_nothing(
    trust: DeskTrust, expired: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Opener, "open", lambda *_: pytest.fail("something sealed was opened"))
    asked: list[str] = []
    event.listen(trust.database.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with trust.public(reading=True) as work:
        asked.clear()
        for symbols in (UNKNOWN, expired):
            assert open_mailbox(work, symbols) is None
        assert len(asked) == 2
    assert len(set(asked)) == 1


def test_an_unknown_and_an_expired_receipt_take_the_same_time(trust: DeskTrust, expired: str) -> None:
    with trust.public(reading=True) as work:

        def difference() -> float:
            times: dict[str, list[float]] = {UNKNOWN: [], expired: []}
            for number in range(2 * ROUNDS):
                symbols = (UNKNOWN, expired)[number % 2]
                times[symbols].append(cpu_seconds(lambda symbols=symbols: open_mailbox(work, symbols)))
            return abs(welch_t(times[UNKNOWN], times[expired]))

        difference()
        # A busy machine can make one measurement differ by chance; a real difference shows in most.
        measured = [difference() for _ in range(TRIES)]
    assert sorted(measured)[TRIES // 2] < MOST_T, measured
