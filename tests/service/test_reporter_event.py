"""Events of reporters: counted at once by whoever reads, applied once by the worker or the next reply."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app.domain.deadline import NEVER_DUE, is_running
from app.services.case_scope import require_case
from app.services.conversation import reply
from app.services.queue import QueueRow, read_queue
from app.services.reporter_event import NotApplied
from models.case import Case
from models.deadline import Deadline
from models.reporter_event import ReporterEvent
from tests.service.desk import DeskTrust
from tests.service.mailbox import Reporter, apply, as_ana, case_of, clocks_of, expires_on, new_reporter, pass_days


@pytest.fixture
def nurse(trust: DeskTrust) -> Reporter:
    """The reporter of the one case."""
    return new_reporter(trust)


def line(trust: DeskTrust) -> QueueRow:
    return read_queue(trust.as_person("ana")).rows[0]


@pytest.mark.parametrize("choice", ["stop_keep_count", "delete_words", "delete_all"])
def test_a_stop_counts_at_once_and_again_once_it_is_applied(trust: DeskTrust, nurse: Reporter, choice: str) -> None:
    nurse.stop(choice)
    assert not case_of(trust).withdrawn
    for applied in (False, True):
        if applied:
            assert apply(trust) == 1
        shown, view = line(trust), as_ana(trust)
        assert shown.is_stopped and shown.clock is None
        assert view.is_stopped and view.clock is None
        assert view.acts.withdrawal and view.acts.withdrawal.choice == choice
    case = case_of(trust)
    assert case.withdrawn and case.next_due_on == NEVER_DUE and case.version == 2
    assert not any(map(is_running, clocks_of(trust).values()))
    assert expires_on(trust) == trust.today + timedelta(days=30)
    assert trust.count(ReporterEvent) == 0
    assert apply(trust) == 0
    assert case_of(trust).version == 2


def test_the_check_for_danger_goes_on(trust: DeskTrust) -> None:
    nurse = new_reporter(trust, danger="yes")
    nurse.stop()
    apply(trust)
    assert case_of(trust).next_due_on == clocks_of(trust)["screen"] == trust.today
    assert line(trust).in_danger and line(trust).clock == "screen"
    assert not is_running(clocks_of(trust)["acknowledge"])


def test_an_undo_gives_each_clock_the_days_it_had_left(trust: DeskTrust, nurse: Reporter) -> None:
    before = clocks_of(trust)
    pass_days(trust, 1)
    nurse.stop()
    apply(trust)
    pass_days(trust, 7)
    nurse.undo()
    assert not line(trust).is_stopped
    assert not as_ana(trust).is_stopped
    apply(trust)
    case = case_of(trust)
    # Stopped from Tuesday to Tuesday: five working days.
    assert not case.withdrawn and clocks_of(trust)["acknowledge"] == date(2026, 11, 25)
    assert clocks_of(trust)["triage"] == date(2026, 11, 26)
    assert clocks_of(trust)["close"] > before["close"]
    assert case.next_due_on == date(2026, 11, 25)
    assert expires_on(trust) is None


def test_a_stop_and_its_undo_applied_together_are_as_if_applied_one_by_one(trust: DeskTrust, nurse: Reporter) -> None:
    pass_days(trust, 1)
    nurse.stop()
    pass_days(trust, 7)
    nurse.undo()
    pass_days(trust, 3)
    apply(trust)
    assert clocks_of(trust)["acknowledge"] == date(2026, 11, 25)
    assert not case_of(trust).withdrawn
    assert expires_on(trust) is None


def test_a_stop_taken_back_on_its_day_changes_no_clock(trust: DeskTrust, nurse: Reporter) -> None:
    before = clocks_of(trust)
    nurse.stop()
    nurse.undo()
    apply(trust)
    assert clocks_of(trust) == before
    assert not case_of(trust).withdrawn
    assert trust.count(ReporterEvent) == 0


def test_a_clock_that_was_late_is_late_by_as_much_and_one_that_was_met_stays(trust: DeskTrust, nurse: Reporter) -> None:
    with trust.public() as work:
        work.connection.execute(update(Deadline).where(Deadline.clock == "triage").values(met_on=trust.today))
    pass_days(trust, 3)
    nurse.stop()
    apply(trust)
    stopped = clocks_of(trust)
    assert stopped["triage"] == date(2026, 11, 19)
    pass_days(trust, 4)
    nurse.undo()
    apply(trust)
    assert clocks_of(trust)["acknowledge"] == date(2026, 11, 20)
    assert case_of(trust).next_due_on == date(2026, 11, 20)


def test_a_case_that_was_closed_for_the_stop_is_reopened_by_the_undo(trust: DeskTrust, nurse: Reporter) -> None:
    nurse.stop()
    apply(trust)
    with trust.public() as work:
        work.connection.execute(update(Case).values(status="closed", closed_on=trust.today))
    nurse.undo()
    apply(trust)
    assert case_of(trust).status == "reopened"
    assert trust.events("case.reopened") == 1
    assert nurse.view.status_word == "Being read"


def test_a_deletion_after_a_stop_moves_the_last_day_of_the_mailbox(trust: DeskTrust, nurse: Reporter) -> None:
    nurse.stop()
    apply(trust)
    pass_days(trust, 10)
    nurse.stop("delete_all")
    apply(trust)
    assert expires_on(trust) == trust.today + timedelta(days=30)
    nurse.undo()
    assert trust.count(ReporterEvent) == 0
    assert nurse.view.acts.withdrawal and nurse.view.acts.withdrawal.choice == "delete_all"


def test_what_waits_for_an_answer_is_left_by_the_worker_and_taken_by_the_reply(
    trust: DeskTrust, nurse: Reporter
) -> None:
    nurse.write("It happened again.")
    nurse.be_known(privacy="confidential", contact="07700 900123")
    nurse.stop()
    apply(trust)
    assert line(trust).has_reply and line(trust).known_changed
    assert [(message.kind, message.is_new) for message in as_ana(trust).messages] == [
        ("message", True), ("known", True), ("stop", False),
    ]  # fmt: skip
    reply(trust.as_person("ana"), require_case(trust.as_person("ana"), trust.only_reference()), "We have stopped.")
    assert trust.count(ReporterEvent) == 0
    assert not line(trust).has_reply and not line(trust).known_changed and line(trust).is_stopped


def test_the_queue_line_says_how_someone_is_known_once_the_desk_has_answered(trust: DeskTrust, nurse: Reporter) -> None:
    nurse.be_known(privacy="named", name="Ada Obi", contact="07700 900123")
    nurse.be_known(privacy="confidential", contact="07700 900123")
    before = line(trust).card
    assert before["privacy"] == "anonymous" and line(trust).known_changed
    reply(trust.as_person("ana"), require_case(trust.as_person("ana"), trust.only_reference()), "Thank you.")
    assert line(trust).card == {**before, "privacy": "confidential"}
    assert not line(trust).known_changed


def test_a_reply_applies_a_waiting_stop_first_and_starts_no_clock(trust: DeskTrust, nurse: Reporter) -> None:
    nurse.stop()
    reply(trust.as_person("ana"), require_case(trust.as_person("ana"), trust.only_reference()), "We have stopped.")
    case = case_of(trust)
    assert case.withdrawn and case.next_due_on == NEVER_DUE
    assert "update" not in clocks_of(trust)
    assert trust.count(ReporterEvent) == 0


def test_one_case_that_fails_is_logged_and_holds_up_no_other(
    trust: DeskTrust, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(4):
        new_reporter(trust, words=f"Report {number}").stop()
    with trust.public() as work:
        broken = work.connection.scalars(select(ReporterEvent.case_id)).all()[1]
        spoilt = update(Deadline).where(Deadline.case_id == broken, Deadline.clock == "triage")
        work.connection.execute(spoilt.values(clock="unknown"))
    with pytest.raises(NotApplied):
        apply(trust)
    assert trust.events("case.changed") == 3
    with trust.public(reading=True) as work:
        assert work.connection.scalars(select(ReporterEvent.case_id)).all() == [broken]
    assert "reporter_event.not_applied KeyError at " in caplog.text


def test_every_case_is_applied_in_one_go(trust: DeskTrust) -> None:
    for number in range(5):
        new_reporter(trust, words=f"Report {number}").stop()
    new_reporter(trust, words="Goes on").write("Hello?")
    assert apply(trust) == 5
    assert [row.is_stopped for row in read_queue(trust.as_person("ana")).rows].count(True) == 5
    assert trust.events("case.changed") == 5
