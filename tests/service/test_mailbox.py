"""Entering a receipt: what does not open looks alike in what is done."""

from datetime import timedelta

import pytest
from sqlalchemy import event, update

from app.domain.errors import NotReceived
from app.domain.receipts import parse_receipt
from app.security.mailbox_key import mailbox_key
from app.security.opening import Opener
from app.services.mailbox import open_mailbox
from app.services.mailbox_message import MOST_A_DAY
from models.mailbox import Mailbox
from models.outbox import Outbox
from tests.service.desk import DeskTrust
from tests.service.mailbox import Reporter, apply, new_reporter, pass_days

UNKNOWN = "0000000000000000000"


@pytest.fixture
def expired(trust: DeskTrust) -> str:
    """The symbols of a receipt whose mailbox has expired; the database holds others that are open."""
    symbols = parse_receipt(trust.send())
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(expires_on=trust.today - timedelta(days=1)))
    for number in range(20):
        trust.send(words=f"Report {number}")
    return symbols


@pytest.fixture
def withdrawn(trust: DeskTrust) -> str:
    """The symbols of a receipt whose reporter asked us to stop 31 days ago; no worker has run since."""
    symbols = parse_receipt(trust.send(words="Withdrawn"))
    Reporter(trust, mailbox_key(symbols, trust.sealer.mailbox_pepper)).stop()
    pass_days(trust, 31)
    return symbols


def test_what_does_not_open_asks_one_question_and_opens_nothing(
    trust: DeskTrust, expired: str, withdrawn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Opener, "open", lambda *_: pytest.fail("something sealed was opened"))
    asked: list[str] = []
    event.listen(trust.database.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with trust.public(reading=True) as work:
        asked.clear()
        for symbols in (UNKNOWN, expired, withdrawn):
            assert open_mailbox(work, symbols) is None
        assert len(asked) == 3
    assert len(set(asked)) == 1


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("choice", ["stop_keep_count", "delete_words", "delete_all"])
def test_a_withdrawn_mailbox_opens_for_30_days_whether_or_not_a_worker_runs(
    trust: DeskTrust, choice: str, applied: bool
) -> None:
    nurse = new_reporter(trust)
    nurse.stop(choice)
    if applied:
        apply(trust)
    pass_days(trust, 30)
    assert nurse.is_open and nurse.read()
    pass_days(trust, 1)
    assert not nurse.is_open and nurse.read() is None
    with pytest.raises(NotReceived):
        nurse.write("Too late.")


@pytest.mark.parametrize("applied", ["never", "after the stop", "after the undo"])
def test_a_mailbox_that_carries_on_stays_open(trust: DeskTrust, applied: str) -> None:
    nurse = new_reporter(trust)
    nurse.stop()
    if applied == "after the stop":
        apply(trust)
    pass_days(trust, 30)
    nurse.undo()
    if applied == "after the undo":
        apply(trust)
    pass_days(trust, 60)
    assert nurse.is_open
    nurse.write("Still here.")


@pytest.mark.parametrize("applied", [False, True])
def test_a_second_stop_gives_30_days_of_its_own(trust: DeskTrust, applied: bool) -> None:
    nurse = new_reporter(trust)
    nurse.stop()
    if applied:
        apply(trust)
    pass_days(trust, 20)
    nurse.undo()
    nurse.stop()
    pass_days(trust, 30)
    assert nurse.is_open
    pass_days(trust, 1)
    assert not nurse.is_open


def test_one_mailbox_cannot_bury_its_case_or_everybodys_notices(trust: DeskTrust) -> None:
    nurse = new_reporter(trust)
    before = trust.count(Outbox)
    for number in range(MOST_A_DAY):
        nurse.write(f"Message {number}")
    assert trust.count(Outbox) == before + 1
    with pytest.raises(NotReceived, match="You have sent 30 messages today"):
        nurse.write("One more")
    pass_days(trust, 1)
    nurse.write("The next day")
    assert trust.count(Outbox) == before + 2
