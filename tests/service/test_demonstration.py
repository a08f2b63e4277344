"""The demonstration trust is sealed like any other, lives day by day, and stands as it should on its day."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.cli.demo import build_demo
from app.cli.northmere import STILL_LATE, STILL_OPEN, DemoReport, generate
from app.cli.northmere_days import TODAY
from app.cli.northmere_mailbox import CHANGES
from app.cli.northmere_names import GUARDIAN_ID, READER_IDS, SITES
from app.cli.northmere_support_directory import OVERDUE
from app.domain.direction import report_class
from app.domain.errors import NotFound, Refused
from app.domain.financial_year import financial_year_of_month
from app.domain.sealed_content import decode_content
from app.factory import create_app
from app.security.keys import public_key
from app.security.opening import open_envelope
from app.security.worker_key import AGGREGATION, open_worker_row
from app.services.case import read_case
from app.services.case_scope import require_case
from app.services.demonstration import move_demonstration_case
from app.services.place import find_posters, manage_places
from app.services.roster import current_roster
from app.services.session import load_session
from app.services.setting import read_settings
from app.services.sign_in import sign_in
from app.services.support_directory import list_overdue, list_services
from app.services.work import Work, make_open_work
from app.web.context import Heard
from config import load_settings, prepare_instance
from models.audit import AuditEvent
from models.case import Case
from models.conversation import Message
from models.deadline import Deadline
from models.equality import Equality
from models.grant import Grant
from models.mailbox import MailboxMessage
from models.reporter_event import ReporterEvent
from models.user import User
from models.worker_key import WorkerKey
from tests.fixtures.databases import Databases

ENDED_EARLY = 7
NOW = datetime(2026, 11, 16, 10, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def instance(request: pytest.FixtureRequest, tmp_path: Path, all_databases: Databases) -> dict[str, str]:
    prepare_instance(tmp_path)
    return {"HEARD_INSTANCE": str(tmp_path), "DATABASE_URL": all_databases.new(request.param)}


def test_northmere_is_built_through_the_services(instance: dict[str, str]) -> None:
    empty: Heard = create_app(load_settings(instance)).extensions["heard"]
    build_demo(empty)
    empty.database.close()
    settings = load_settings(instance)
    assert settings.demo_today == TODAY
    heard: Heard = create_app(settings).extensions["heard"]
    reports = list(generate().reports())
    with heard.open_work(reading=True) as work:
        check_cases(work, reports)
        check_readers(work, reports)
        check_clocks(work)
        check_days_of_acts(work)
        check_messages(work, reports)
        check_answers(work, reports, heard.worker_key())
        check_directory(work)
        check_administrator(work)
        assert read_settings(work)["trust_note"] == "made-up trust for demonstration"
        check_sites(work)
    check_guardian(heard, reports)
    with heard.open_work() as work:
        closed = work.connection.scalars(select(Case.id).where(Case.status == "closed")).first()
        assert closed
        with pytest.raises(Refused, match="cannot go from"):
            move_demonstration_case(work, closed, "triaged")
    heard.database.close()


def check_guardian(heard: Heard, reports: list[DemoReport]) -> None:
    """Two cases alone, with the words as they were written and the conversation of both sides."""
    signed_in = sign_in(
        heard.open_work, heard.settings.desk_pepper, "grace.holt@northmere.example", "meadow anchor velvet nine"
    )
    session = load_session(heard.open_work, signed_in.token)
    assert session
    assert session.vault
    open_work = make_open_work(
        heard.database, heard.sealer, clock=lambda: NOW, today=lambda: TODAY, actor=session.actor, vault=session.vault
    )
    for report in reports:
        if report.owner == GUARDIAN_ID:
            view = read_case(open_work, require_case(open_work, report.reference))
            assert view.answers == report.answers
            assert [message.text for message in view.messages] == [step.text for step in report.steps if step.text]
            assert view.owner == "Grace Holt"
        elif "exclude" not in report.answers:
            hidden = report.reference
    with pytest.raises(NotFound):
        require_case(open_work, hidden)


def check_cases(work: Work, reports: list[DemoReport]) -> None:
    cases = {case.reference: case for case in work.connection.execute(select(Case))}
    assert cases.keys() == {report.reference for report in reports}
    still_open = [case for case in cases.values() if case.status != "closed"]
    assert len(still_open) == STILL_OPEN
    assert sum(case.next_due_on < TODAY for case in still_open) == STILL_LATE
    assert sum(case.spam_lane for case in cases.values()) == 5
    assert sum(case.withdrawn for case in cases.values()) == 2
    for report in reports:
        case = cases[report.reference]
        steps = {step.status or step.act: step.day for step in report.steps}
        assert case.received_on.isoformat() == report.day
        assert (str(case.triaged_on), str(case.feedback_on)) == (
            steps.get("triaged", "None"),
            steps.get("feedback", "None"),
        )
        assert case.owner is None or case.owner.hex() == report.owner
        assert not case.triaged_on or case.priority == report.facts["priority"]


def check_readers(work: Work, reports: list[DemoReport]) -> None:
    granted = Counter(work.connection.scalars(select(Grant.case_id)))
    kept_away = {len(report.answers.get("exclude", [])) for report in reports}
    assert kept_away == {0, 1, len(READER_IDS) - 1}
    kept = Counter(len(report.answers.get("exclude", [])) for report in reports)
    assert Counter(granted.values()) == {5: kept[0], 4: kept[1], 2: kept[4]}
    guarded = work.connection.scalars(select(Grant.case_id).where(Grant.user_id == bytes.fromhex(GUARDIAN_ID))).all()
    owned = work.connection.scalars(select(Case.id).where(Case.owner == bytes.fromhex(GUARDIAN_ID))).all()
    assert sorted(guarded) == sorted(owned)
    assert len(owned) == 2


def check_administrator(work: Work) -> None:
    """Somebody who runs the site holds no key of any case and stands on no list of readers."""
    [admin] = work.connection.scalars(select(User.id).where(User.role == "admin"))
    assert not work.connection.scalars(select(Grant.case_id).where(Grant.user_id == admin)).all()
    assert admin not in [entry.user_id for entry in current_roster(work).entries]
    assert admin.hex() not in read_settings(work)["reader_names"]


def check_sites(work: Work) -> None:
    """Every code leads somewhere, and each site has an entry with all its staff."""
    managed = manage_places(work)
    assert len(managed) == len({one.place.code for one in managed}) == 180 + len(SITES)
    entries = {one.place.site: one for one in managed if one.place.name == one.place.site}
    assert entries.keys() == set(SITES)
    for site, entry in entries.items():
        teams = [one.staff_count for one in managed if one.place.site == site and one is not entry]
        assert entry.staff_count == sum(teams)
    assert find_posters(work).keys() == {one.place.code for one in managed}


def check_clocks(work: Work) -> None:
    rows = work.connection.execute(select(Deadline.clock, Deadline.due_on, Deadline.met_on)).all()
    for clock in ("acknowledge", "triage", "close", "update"):
        in_time = [row.met_on <= row.due_on for row in rows if row.clock == clock and row.met_on]
        assert 0.86 <= sum(in_time) / len(in_time) <= 0.97, clock
    closed = select(Deadline.id).join(Case, Case.id == Deadline.case_id)
    assert not work.connection.scalars(closed.where(Case.status == "closed", Deadline.met_on.is_(None))).all()
    # A case that ended early has no clock for its closing: it was stopped, neither met nor late.
    cases = work.connection.execute(select(func.count()).select_from(Case)).scalar_one()
    assert sum(row.clock == "close" for row in rows) == cases - ENDED_EARLY


def check_days_of_acts(work: Work) -> None:
    closed_on = {row.id.hex(): row.closed_on for row in work.connection.execute(select(Case.id, Case.closed_on))}
    leaves = [json.loads(leaf) for leaf in work.connection.scalars(select(AuditEvent.leaf))]
    closings = [leaf for leaf in leaves if leaf["event"] == "case.closed"]
    assert len(closings) == len(closed_on) - STILL_OPEN
    assert all(leaf["at"][:10] == closed_on[leaf["object"]].isoformat() for leaf in closings)
    assert Counter(leaf["why"] for leaf in closings if "why" in leaf) == {
        "reporter_asked_to_stop": 2,
        "duplicate_of": 3,
        "test": 2,
    }
    assert not [leaf for leaf in leaves if leaf["event"] == "access.refused"]


def check_messages(work: Work, reports: list[DemoReport]) -> None:
    told = sum(bool(step.text) for report in reports for step in report.steps) + len(CHANGES)
    for table in (Message, MailboxMessage):
        assert len(work.connection.scalars(select(table.id)).all()) == told
    waiting = Counter(work.connection.scalars(select(ReporterEvent.case_id)).all())
    still_open = set(work.connection.scalars(select(Case.id).where(Case.status != "closed")))
    assert waiting
    assert waiting.keys() <= still_open
    kinds = Counter(work.connection.scalars(select(ReporterEvent.kind).where(ReporterEvent.kind != "wrote")))
    assert kinds == {"known_changed": 3, "stop_asked": 1, "delete_asked": 1}


def check_answers(work: Work, reports: list[DemoReport], worker_key: bytes) -> None:
    """Every answer opens with the key of its year, and says what was said; the roster names the keys of all years."""
    keys = {
        row.financial_year: open_worker_row(worker_key, AGGREGATION, row.financial_year, row.sealed)
        for row in work.connection.execute(select(WorkerKey).where(WorkerKey.use == AGGREGATION))
    }
    assert keys.keys() == {"FY2024", "FY2025", "FY2026"}
    listed = {key.financial_year: key.recipient.public_key for key in current_roster(work).aggregation}
    assert listed == {year: public_key(seed) for year, seed in keys.items()}
    said: Counter[tuple[str, str, str]] = Counter()
    for row in work.connection.execute(select(Equality)):
        place = (row.financial_year.encode(), row.id)
        content = decode_content("equality", open_envelope("equality", place, keys[row.financial_year], row.sealed))
        assert row.financial_year == financial_year_of_month(content["month"])
        said[content["month"], content["class"], content["ethnic_2021"]] += 1
    told = [report for report in reports if report.ethnic_2021]
    assert said == Counter(
        (report.day[:7], report_class(str(report.answers["privacy"]), str(report.answers["who"])), report.ethnic_2021)
        for report in told
    )
    assert len(told) > 100
    assert not any(report.spam_lane for report in told)


def check_directory(work: Work) -> None:
    shown = [service.name for service in list_services(work)]
    assert shown[0] == "Staff support line"
    assert {service.name for service in list_overdue(work)} == OVERDUE.keys()
    assert OVERDUE.keys().isdisjoint(shown)
    assert len(shown) == 18


def test_production_refuses_the_demonstration(instance: dict[str, str]) -> None:
    heard = create_app(load_settings(instance)).extensions["heard"]
    with pytest.raises(Exception, match="refused"):
        build_demo(replace(heard, settings=replace(heard.settings, production=True)))
    heard.database.close()
