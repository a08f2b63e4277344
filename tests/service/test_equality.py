"""The answer about oneself: sealed to its year, once, and joined to nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import inspect, select

from app.domain.errors import NotReceived, Unreadable
from app.domain.sealed_content import decode_content
from app.security.equality_token import EqualityToken, read_equality_token
from app.security.form_token import FormToken
from app.security.opening import open_envelope
from app.security.worker_key import AGGREGATION, open_worker_row
from app.services.equality import EqualityDraft, is_taken, offer_equality, save_equality
from app.services.report_sealing import ReportDraft
from models.audit import AuditEvent
from models.base import Base
from models.equality import Equality
from models.outbox import Outbox
from models.tables import METADATA
from models.worker_key import WorkerKey
from tests.service.desk import WORKER_KEY, DeskTrust

ANSWERS: dict[str, str | list[str]] = {
    "who": "me", "what": ["words"], "by": "patient", "when": "week", "privacy": "anonymous", "place": "none",
}  # fmt: skip


def draft_of(trust: DeskTrust, number: int = 1, **answers: str) -> ReportDraft:
    token = FormToken(number.to_bytes(16, "big"), int(trust.now.timestamp()), trust.sealer.form_keys.current)
    return ReportDraft("quick", 1, token, ANSWERS | answers)


def token_of(trust: DeskTrust, draft: ReportDraft, role: str = "staff") -> EqualityToken:
    """Return what the receipt page offers."""
    text = offer_equality(trust.sealer.form_keys, draft, role, trust.today)
    return read_equality_token(trust.sealer.form_keys, text)


def save(trust: DeskTrust, token: EqualityToken, code: str = "black_african") -> None:
    save_equality(trust.public, EqualityDraft(token, code))


def opened(trust: DeskTrust) -> list[dict[str, Any]]:
    """Return what the worker reads, with the year that stands beside it."""
    with trust.public(reading=True) as work:
        rows = work.connection.execute(select(Equality)).all()
        keys = {
            key.financial_year: key.sealed
            for key in work.connection.execute(select(WorkerKey).where(WorkerKey.use == AGGREGATION))
        }
    found = []
    for row in rows:
        seed = open_worker_row(WORKER_KEY, AGGREGATION, row.financial_year, keys[row.financial_year])
        place = (row.financial_year.encode(), row.id)
        found.append(decode_content("equality", open_envelope("equality", place, seed, row.sealed)))
        found[-1]["year"] = row.financial_year
    return found


@pytest.mark.parametrize(
    ("role", "answers", "direction", "report_class"),
    [
        ("staff", {}, "third_party_staff", "own"),
        ("staff", {"by": "staff"}, "staff_staff", "own"),
        ("staff", {"who": "colleague"}, "third_party_staff", "other"),
        ("staff", {"privacy": "confidential"}, "third_party_staff", "other"),
        ("patient", {"by": "staff"}, "staff_patient", "own"),
        ("family_carer", {"who": "cared_for", "by": "staff"}, "staff_patient", "other"),
        ("patient", {}, "other", "own"),
        ("not_given", {}, "other", "own"),
    ],
)
def test_an_answer_says_month_direction_class_and_group_and_nothing_else(
    trust: DeskTrust, role: str, answers: dict[str, str], direction: str, report_class: str
) -> None:
    save(trust, token_of(trust, draft_of(trust, **answers), role))
    assert opened(trust) == [
        {"v": 1, "month": "2026-11", "sent_direction": direction, "class": report_class,
         "ethnic_2021": "black_african", "year": "FY2026"}
    ]  # fmt: skip


def test_the_first_answer_stands_and_sent_again_it_stays_one_row(trust: DeskTrust) -> None:
    token = token_of(trust, draft_of(trust))
    for code in ("black_african", "black_african", "white_irish"):
        save(trust, token, code)
    assert [one["ethnic_2021"] for one in opened(trust)] == ["black_african"]
    save(trust, token_of(trust, draft_of(trust, words="More.")), "prefer_not_to_say")
    assert trust.count(Equality) == 2


def test_an_answer_sent_eight_times_at_once_is_one_row(trust: DeskTrust) -> None:
    token = token_of(trust, draft_of(trust))
    together = Barrier(8)

    def press(_: int) -> None:
        together.wait()
        save(trust, token)

    with ThreadPoolExecutor(8) as people:
        list(people.map(press, range(8)))
    assert trust.count(Equality) == 1


def test_no_answer_is_stored_in_clear(trust: DeskTrust) -> None:
    before = trust.count(Equality)
    save(trust, token_of(trust, draft_of(trust)), "mixed_white_black_caribbean")
    assert trust.count(Equality) == before + 1
    stored = trust.stored_bytes()
    with trust.public(reading=True) as work:
        [sealed] = work.connection.scalars(select(Equality.sealed))
    # Long values are cut into pages: the header of the envelope is looked for, to know that the row is in what we read.
    assert sealed[:40] in stored
    for clear in (b"mixed_white_black", b"third_party_staff", b'"2026-11"'):
        assert clear not in stored


def test_a_report_of_the_spam_lane_or_without_a_readable_page_is_not_asked(trust: DeskTrust) -> None:
    draft = draft_of(trust)
    for changed in (replace(draft, spam_lane=True), replace(draft, token=None)):
        assert offer_equality(trust.sealer.form_keys, changed, "staff", trust.today) == ""
    # Answers that the form does not offer together: the receipt is shown all the same, without the question.
    assert offer_equality(trust.sealer.form_keys, draft_of(trust, who="colleague"), "patient", trust.today) == ""


@pytest.mark.parametrize(
    ("month", "today", "taken"),
    [
        ("2026-11", date(2026, 11, 30), True),
        ("2026-11", date(2026, 12, 31), True),
        ("2026-11", date(2027, 1, 1), False),
        ("2026-12", date(2027, 1, 31), True),
        ("2026-12", date(2026, 11, 30), False),
        ("2025-11", date(2026, 11, 16), False),
    ],
)
def test_an_answer_is_taken_in_the_month_of_the_report_and_the_next(month: str, today: date, taken: bool) -> None:
    assert is_taken(EqualityToken(month, "other", "own", bytes(16)), today) is taken


def test_an_answer_given_in_april_to_a_report_of_march_belongs_to_the_old_year(trust: DeskTrust) -> None:
    trust.today = date(2026, 3, 31)
    token = token_of(trust, draft_of(trust))
    trust.today = date(2026, 4, 1)
    save(trust, token)
    assert [(one["month"], one["year"]) for one in opened(trust)] == [("2026-03", "FY2025")]


def test_a_year_without_a_key_counts_under_the_newest_and_without_any_key_nothing_is_stored(trust: DeskTrust) -> None:
    trust.today = date(2027, 4, 1)
    token = token_of(trust, draft_of(trust))
    save(trust, token)
    assert [(one["month"], one["year"]) for one in opened(trust)] == [("2027-04", "FY2026")]
    trust.sign_roster(2, years=())
    with pytest.raises(NotReceived):
        save(trust, token_of(trust, draft_of(trust, 2)))
    assert trust.count(Equality) == 1


def test_an_answer_opens_in_its_own_row_and_year_only(trust: DeskTrust) -> None:
    save(trust, token_of(trust, draft_of(trust)))
    with trust.public(reading=True) as work:
        row = work.connection.execute(select(Equality)).one()
        keys = {
            key.financial_year: open_worker_row(WORKER_KEY, AGGREGATION, key.financial_year, key.sealed)
            for key in work.connection.execute(select(WorkerKey).where(WorkerKey.use == AGGREGATION))
        }
    for place, year in (
        ((b"FY2026", bytes(16)), "FY2026"),
        ((b"FY2025", row.id), "FY2026"),
        ((b"FY2026", row.id), "FY2025"),
    ):
        with pytest.raises(Unreadable):
            open_envelope("equality", place, keys[year], row.sealed)


def rows_of(trust: DeskTrust, table: type[Base] | Any) -> list[tuple[Any, ...]]:
    with trust.public(reading=True) as work:
        return [tuple(row) for row in work.connection.execute(select(table))]


def test_no_row_can_be_joined_to_anything_by_its_columns_its_order_or_the_log(trust: DeskTrust) -> None:
    """Thirty people report and answer at once; who has the database learns how many answered, and no more."""
    rest = [table for table in METADATA.sorted_tables if table.name != "equality"]
    tokens = []
    for number in range(30):
        draft = draft_of(trust, number + 1, words=f"Report {number}.")
        trust.send(words=f"Report {number}.")
        tokens.append(token_of(trust, draft))
    before = {table.name: rows_of(trust, table) for table in rest}
    for number, token in enumerate(tokens):
        save(trust, token, ("black_african", "white_irish", "prefer_not_to_say")[number % 3])
    # No event, no notice, no row anywhere else: nothing says when an answer came.
    assert {table.name: rows_of(trust, table) for table in rest} == before
    assert before[AuditEvent.__tablename__] and before[Outbox.__tablename__]

    rows = rows_of(trust, Equality)
    assert len(rows) == 30
    with trust.public(reading=True) as work:
        shape = inspect(work.connection)
        assert {column["name"] for column in shape.get_columns("equality")} == {"id", "financial_year", "sealed"}
        assert shape.get_foreign_keys("equality") == []
        assert not [
            key for table in rest for key in shape.get_foreign_keys(table.name) if key["referred_table"] == "equality"
        ]
    # All that differs from answer to answer is the id and sealed bytes of one length.
    assert {row[1] for row in rows} == {"FY2026"}
    assert len({len(row[2]) for row in rows}) == 1
    others = b"".join(
        value if isinstance(value, bytes) else str(value).encode()
        for found in before.values() for row in found for value in row
    )  # fmt: skip
    for row_id, _, _ in rows:
        assert row_id not in others
        assert row_id.hex().encode() not in others
    sent = [token.row_id for token in tokens]
    assert sent != sorted(sent), "ids do not follow the order in which the reports came"
    if trust.database.is_sqlite:
        # Kept by id and without a row number. What pages of long values may still show, the threat model says.
        assert [row[0] for row in rows] == sorted(sent)
        with trust.public(reading=True) as work:
            sql = work.connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'equality'").scalar_one()
        assert "WITHOUT ROWID" in sql


def test_the_id_of_an_answer_gives_no_receipt_away(trust: DeskTrust) -> None:
    draft = draft_of(trust)
    assert draft.token
    token = token_of(trust, draft)
    receipt = draft.token.receipt_for(draft.digest)
    message = draft.token.message_id(bytes(16), draft.digest)
    assert token.row_id == draft.token.equality_row_id(draft.digest)
    assert receipt.encode() not in token.row_id
    assert token.row_id != message
    assert draft.token.nonce.hex() not in repr(token)
