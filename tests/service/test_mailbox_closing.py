"""A closed case: the outcome, a score that nothing joins to it, and check-ins when their day has come."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.domain.mailbox_acts import MailboxActs
from app.domain.sealed_content import decode_content
from app.security.mailbox_key import link_of
from app.security.opening import open_envelope
from app.services.case_scope import require_case
from app.services.conversation import reply
from app.services.mailbox import ClosingView
from app.services.mailbox_closing import ScoreDraft, give_score, tell_treated_badly
from app.services.queue import read_queue
from models.audit import AuditEvent
from models.counting_fact import CountingScore
from models.deadline import Deadline
from models.mailbox import Mailbox, MailboxMessage
from models.reporter_event import ReporterEvent
from tests.service.desk import DeskTrust
from tests.service.mailbox import (
    FIGURES,
    ID,
    OUTCOME,
    Reporter,
    as_ana,
    case_of,
    close,
    list_key,
    list_keys,
    new_reporter,
)


@pytest.fixture
def nurse(trust: DeskTrust) -> Reporter:
    made = new_reporter(trust)
    list_keys(trust)
    return made


def closing(nurse: Reporter) -> ClosingView:
    view = nurse.view.closing
    assert view is not None
    return view


def test_an_open_case_asks_nothing_and_a_closed_one_shows_its_outcome(trust: DeskTrust, nurse: Reporter) -> None:
    assert nurse.view.closing is None
    list_key(trust, "FY2026")
    close(trust, nurse, figures=FIGURES)
    assert closing(nurse) == ClosingView(ID, OUTCOME, FIGURES)
    assert nurse.view.status_word == "Closed: what we did"
    assert nurse.view.acts == MailboxActs()


def test_without_figures_or_without_a_key_no_score_is_asked_for(trust: DeskTrust, nurse: Reporter) -> None:
    close(trust, nurse, figures=FIGURES)
    assert closing(nurse).figures is None
    list_key(trust, "FY2026")
    assert closing(nurse).figures == FIGURES
    with trust.public() as work:
        work.connection.execute(MailboxMessage.__table__.delete())
    close(trust, nurse)
    assert closing(nurse).figures is None
    assert closing(nurse).outcome == OUTCOME


@pytest.mark.parametrize(("years", "used"), [(("FY2025", "FY2026"), "FY2026"), (("FY2024", "FY2025"), "FY2025")])
def test_a_score_is_sealed_to_its_year_or_to_the_newest_key_there_is(
    trust: DeskTrust, nurse: Reporter, years: tuple[str, ...], used: str
) -> None:
    keys = {year: list_key(trust, year) for year in years}
    close(trust, nurse, figures=FIGURES)
    give_score(trust.public, nurse.key, ScoreDraft(ID, 4, FIGURES))
    with trust.public(reading=True) as work:
        row = work.connection.execute(select(CountingScore)).one()
    assert row.financial_year == used
    opened = open_envelope("score", (used.encode(), row.id), keys[used].seed, row.sealed)
    content = decode_content("score", opened)
    assert content["score"] == 4
    assert content["link"] == link_of(nurse.key.seed).hex()
    assert {name: content[name] for name in FIGURES} == FIGURES
    assert content["rev"] % 86_400_000 == 0


def test_a_score_sent_twice_is_one_row_that_nothing_points_to(trust: DeskTrust, nurse: Reporter) -> None:
    list_key(trust, "FY2026")
    close(trust, nurse, figures=FIGURES)
    events, messages = trust.count(AuditEvent), trust.count(MailboxMessage)
    for score in (5, 5, 1):
        give_score(trust.public, nurse.key, ScoreDraft(ID, score, FIGURES))
    assert trust.count(CountingScore) == 1
    assert (trust.count(AuditEvent), trust.count(MailboxMessage), trust.count(ReporterEvent)) == (events, messages, 0)
    with trust.public(reading=True) as work:
        row = work.connection.execute(select(CountingScore)).one()
        mailbox = work.connection.execute(select(Mailbox)).one()
    assert row.id not in {mailbox.id, mailbox.case_id, ID, link_of(nurse.key.seed)}
    assert trust.events("score.given") == 0
    # Closed once more after it was reopened, the new outcome may be judged as well.
    give_score(trust.public, nurse.key, ScoreDraft(b"another".ljust(16, b"-"), 2, FIGURES))
    assert trust.count(CountingScore) == 2


def test_without_any_key_a_score_is_not_kept(trust: DeskTrust, nurse: Reporter) -> None:
    give_score(trust.public, nurse.key, ScoreDraft(ID, 3, FIGURES))
    assert trust.count(CountingScore) == 0


def test_being_treated_badly_tells_the_desk_and_reopens_nothing(trust: DeskTrust, nurse: Reporter) -> None:
    close(trust, nurse)
    token = nurse.token()
    for _ in range(2):
        tell_treated_badly(trust.public, nurse.key, token)
    assert case_of(trust).status == "closed"
    with trust.public(reading=True) as work:
        assert work.connection.scalars(select(ReporterEvent.kind)).all() == ["wrote"]
    assert [(message.kind, message.is_new) for message in as_ana(trust).messages] == [("check_in", True)]
    [row] = read_queue(trust.as_person("ana")).rows
    assert row.is_closed and row.has_reply
    assert read_queue(trust.as_person("ana"), after=row.position).rows == ()
    assert read_queue(trust.as_person("gus")).rows == ()
    reply(trust.as_person("ana"), require_case(trust.as_person("ana"), row.reference), "Tell us what happened.")
    assert read_queue(trust.as_person("ana")).rows == ()
    assert case_of(trust).status == "closed"


def test_a_check_in_is_asked_for_from_its_day_on_until_it_is_met(trust: DeskTrust, nurse: Reporter) -> None:
    close(trust, nurse)
    case_id = case_of(trust).id
    with trust.public() as work:
        for days in (30, 90):
            row = {"case_id": case_id, "id": work.new_id(), "clock": f"check_in_{days}",
                   "due_on": trust.today + timedelta(days=days), "met_on": None}  # fmt: skip
            work.insert(Deadline, row)
    found = []
    for wait in (0, 29, 1, 59, 1):
        trust.today += timedelta(days=wait)
        found.append(closing(nurse).check_in)
    assert found == ["", "", "check_in_30", "check_in_30", "check_in_90"]
    with trust.public() as work:
        work.connection.execute(update(Deadline).values(met_on=trust.today))
    assert closing(nurse).check_in == ""
    assert [due.clock for due in nurse.view.due if due.clock.startswith("check_in")] == []
