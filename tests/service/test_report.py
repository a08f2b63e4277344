"""Sending: one page is one report, every permitted reader can open it, nobody else can."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.domain.errors import Misconfigured, NotReceived
from app.security.form_token import FormToken
from app.security.opening import open_envelope, open_grant
from app.services import report_sealing
from app.services.place import name_places
from app.services.report import find_setting, submit_report
from app.services.report_sealing import ReportDraft, place_id
from models.case import Case
from models.grant import Grant
from models.mailbox import Mailbox
from models.outbox import Outbox
from models.report import Report
from models.roster import Roster
from tests.service.desk import WARD, DeskTrust, id_of

ANSWERS = {"who": "me", "what": ["words"], "by": "patient", "when": "shift", "privacy": "anonymous", "place": "none"}


def draft(trust: DeskTrust, nonce: bytes = b"n" * 16, **answers: str | list[str]) -> ReportDraft:
    token = FormToken(nonce, 0, trust.sealer.form_keys.current)
    return ReportDraft("quick", 1, token, ANSWERS | answers)


def readers_of(trust: DeskTrust, case_id: bytes) -> set[bytes]:
    with trust.public(reading=True) as work:
        return set(work.connection.scalars(select(Grant.user_id).where(Grant.case_id == case_id)))


def only_case(trust: DeskTrust) -> Case:
    with trust.public(reading=True) as work:
        return work.connection.execute(select(Case)).one()


def test_the_same_page_sent_twice_is_one_report(trust: DeskTrust) -> None:
    assert submit_report(trust.public, draft(trust)) == submit_report(trust.public, draft(trust))
    assert trust.count(Report) == 1
    assert trust.count(Outbox) == 1


def test_other_content_from_the_same_page_is_another_report(trust: DeskTrust) -> None:
    first = submit_report(trust.public, draft(trust, words="one"))
    assert submit_report(trust.public, draft(trust, words="two")) != first
    assert trust.count(Report) == 2


def test_a_page_that_was_not_sent_has_no_receipt(trust: DeskTrust) -> None:
    assert find_setting(trust.public, draft(trust)).is_stored is False
    assert find_setting(trust.public, replace(draft(trust), token=None)) is None


def test_thirty_two_twins_at_once_are_one_report_with_one_receipt(trust: DeskTrust) -> None:
    with ThreadPoolExecutor(32) as pool:
        receipts = set(pool.map(lambda _: submit_report(trust.public, draft(trust)), range(32)))
    assert len(receipts) == 1
    assert trust.count(Report) == 1


def test_thirty_two_senders_at_once_lose_nothing(trust: DeskTrust) -> None:
    drafts = [draft(trust, nonce=number.to_bytes(16, "big")) for number in range(64)]
    with ThreadPoolExecutor(32) as pool:
        receipts = set(pool.map(lambda one: submit_report(trust.public, one), drafts))
    assert len(receipts) == 64
    assert trust.count(Report) == 64
    assert trust.count(Grant) == 64 * 3


def test_every_granted_reader_opens_the_report_and_nobody_else(trust: DeskTrust) -> None:
    submit_report(trust.public, draft(trust, words="She would not let me treat her."))
    case = only_case(trust)
    with trust.public(reading=True) as work:
        report = work.connection.execute(select(Report)).one()
        grants = {grant.user_id: grant.sealed for grant in work.connection.execute(select(Grant))}
    assert set(grants) == {id_of("ana"), id_of("ben"), id_of("cat")}
    for name in ("ana", "ben", "cat"):
        seed = open_grant(case.id, trust.seeds[name], grants[id_of(name)])
        assert b"She would not let me treat her." in open_envelope("report", (case.id, report.id), seed, report.sealed)


def test_whoever_the_reporter_excludes_gets_no_grant_and_the_guardian_stands_in(trust: DeskTrust) -> None:
    submit_report(trust.public, draft(trust, exclude=[id_of("ana").hex(), id_of("ben").hex()]))
    assert readers_of(trust, only_case(trust).id) == {id_of("cat"), id_of("gus")}


def test_a_roster_that_is_not_signed_by_enough_officers_is_passed_over(
    trust: DeskTrust, caplog: pytest.LogCaptureFixture
) -> None:
    with trust.public() as work:
        stored = work.connection.execute(select(Roster)).one()
        work.insert(Roster, {"version": 2, "document": stored.document.replace(b'"version":1', b'"version":2'),
                             "signatures": stored.signatures})  # fmt: skip
    submit_report(trust.public, draft(trust))
    assert trust.count(Grant) == 3
    assert "roster.refused" in caplog.text


def test_without_any_roster_nothing_is_stored(trust: DeskTrust) -> None:
    trust.sealer = replace(trust.sealer, roster_keys=())
    with pytest.raises(Misconfigured):
        submit_report(trust.public, draft(trust))
    assert trust.count(Mailbox) == 0


def test_a_clash_of_references_is_stored_under_a_new_one(trust: DeskTrust, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["AAAA-AAAA", "AAAA-AAAA", "BBBB-BBBB"])
    monkeypatch.setattr(report_sealing, "new_reference", lambda: next(drawn))
    submit_report(trust.public, draft(trust, words="one"))
    submit_report(trust.public, draft(trust, words="two"))
    with trust.public(reading=True) as work:
        assert set(work.connection.scalars(select(Case.reference))) == {"AAAA-AAAA", "BBBB-BBBB"}


def test_two_clashes_in_a_row_say_that_nothing_was_received(trust: DeskTrust, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_sealing, "new_reference", lambda: "AAAA-AAAA")
    submit_report(trust.public, draft(trust, words="one"))
    with pytest.raises(NotReceived):
        submit_report(trust.public, draft(trust, words="two"))
    assert trust.count(Report) == 1


def test_a_ward_is_sealed_inside_and_only_days_are_clear(trust: DeskTrust) -> None:
    submit_report(trust.public, draft(trust, place=WARD.hex()))
    case = only_case(trust)
    assert case.received_on == trust.today
    assert WARD not in case.card


@pytest.mark.parametrize(("danger", "priority"), [("yes", "p1"), ("not_sure", "p1"), ("no", "p3"), (None, "p3")])
def test_possible_danger_alone_makes_a_case_urgent(trust: DeskTrust, danger: str | None, priority: str) -> None:
    submit_report(trust.public, draft(trust, **({} if danger is None else {"danger": danger})))
    case = only_case(trust)
    assert (case.priority, case.possible_danger) == (priority, priority == "p1")


def test_an_expired_roster_raises_an_alarm_and_keeps_the_channel_open(
    trust: DeskTrust, caplog: pytest.LogCaptureFixture
) -> None:
    trust.today = trust.today.replace(year=2027)
    submit_report(trust.public, draft(trust))
    assert "roster.expired" in caplog.text
    assert trust.count(Grant) == 3


def test_a_place_that_only_looks_like_an_id_is_no_place(trust: DeskTrust) -> None:
    # Whoever can write rows can seal any code to a case.
    assert place_id({"place": "z" * 32}) is None
    assert place_id({"place": WARD.hex()}) == WARD
    with trust.public(reading=True) as work:
        assert set(name_places(work, frozenset({"z" * 32, WARD.hex(), ""}))) == {WARD.hex()}
