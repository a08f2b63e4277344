"""What does not open cannot be told apart by the time its answer takes, whatever the reason."""

import itertools
import os
import time
from datetime import timedelta
from statistics import fmean, variance

import pytest
from sqlalchemy import update

from app.domain.receipts import format_receipt, parse_receipt
from app.security.mailbox_key import mailbox_key
from models.mailbox import Mailbox
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust
from tests.service.mailbox import Reporter, apply, pass_days
from tests.web.conftest import Make, send

UNKNOWN = format_receipt("0" * 19)
ROUNDS, MOST_T, TRIES = 5000 if os.environ.get("HEARD_LONG_TESTS") else 300, 4.5, 3
KINDS = ("unknown", "expired", "withdrawn")


def welch_t(one: list[float], other: list[float]) -> float:
    """Return Welch's t of two samples, each without its slowest twentieth, which the machine causes."""
    one, other = (sorted(sample)[: len(sample) * 19 // 20] for sample in (one, other))
    return (fmean(one) - fmean(other)) / (variance(one) / len(one) + variance(other) / len(other)) ** 0.5


@pytest.mark.parametrize("applied", [False, True])
def test_unknown_expired_and_withdrawn_receipts_take_the_same_time(
    make: Make, reporter: Visitor, trust: DeskTrust, applied: bool
) -> None:
    expired = send(reporter)
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(expires_on=trust.today - timedelta(days=1)))
    withdrawn, *_others = [send(reporter, words=f"Report {number}") for number in range(8)]
    Reporter(trust, mailbox_key(parse_receipt(withdrawn), trust.sealer.mailbox_pepper)).stop()
    if applied:
        apply(trust)
    pass_days(trust, 31)
    codes = dict(zip(KINDS, (UNKNOWN, expired, withdrawn), strict=True))
    client = make(demo_today=trust.today).test_client()

    def seconds(code: str) -> float:
        before = time.thread_time_ns()
        answer = client.post("/return", data={"code": code}, headers={"Sec-Fetch-Site": "same-origin"})
        taken = (time.thread_time_ns() - before) / 1e9
        assert answer.status_code == 422
        return taken

    def differences() -> dict[tuple[str, str], float]:
        times: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for _ in range(ROUNDS):
            for kind in KINDS:
                times[kind].append(seconds(codes[kind]))
        return {pair: abs(welch_t(times[pair[0]], times[pair[1]])) for pair in itertools.combinations(KINDS, 2)}

    for _ in range(50):
        seconds(UNKNOWN)
    # A busy machine can make one measurement differ by chance; a real difference shows in most.
    measured = [differences() for _ in range(TRIES)]
    for pair in measured[0]:
        assert sorted(one[pair] for one in measured)[TRIES // 2] < MOST_T, (pair, measured)
