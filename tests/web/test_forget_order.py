"""The order of commits in SQLite's log joins no answer and no score to a report."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.database.engine import Database
from models.counting_fact import CountingScore
from models.equality import Equality
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust
from tests.service.mailbox import FIGURES, Reporter, close, list_key
from tests.web.equality import answers_stored, receipt, token_on
from tests.web.mailbox import open_mailbox, submit


@pytest.fixture
def nurse(reporter: Visitor, trust: DeskTrust) -> Reporter:
    return open_mailbox(reporter, trust)


def log_of(trust: DeskTrust) -> Path:
    return Path(f"{trust.database.engine.url.database}-wal")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_log_does_not_tell_after_which_report_an_answer_came(reporter: Visitor, trust: DeskTrust) -> None:
    token = token_on(receipt(reporter))
    assert log_of(trust).stat().st_size > 0
    assert reporter.post("/about-you", {"token": token, "answered": "1", "ethnic_2021": "asian_indian"}).status == 200
    assert log_of(trust).stat().st_size == 0
    with trust.public(reading=True) as work:
        assert work.connection.scalars(select(Equality.id)).one()


def test_an_answer_is_saved_whether_or_not_the_log_can_be_emptied(
    reporter: Visitor, trust: DeskTrust, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Database) -> bool:
        raise OperationalError("", {}, Exception("disk I/O error"))

    monkeypatch.setattr(Database, "copy_log_back", fail)
    answer = {"token": token_on(receipt(reporter)), "answered": "1", "ethnic_2021": "asian_indian"}
    assert "Thank you. You can close this page." in reporter.post("/about-you", answer).words
    assert answers_stored(trust) == ["asian_indian"]
    assert "log.not_emptied OperationalError" in caplog.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_log_does_not_tell_which_mailbox_a_score_came_from(
    app: Flask, reporter: Visitor, trust: DeskTrust, nurse: Reporter
) -> None:
    close(trust, nurse, figures=FIGURES)
    list_key(trust, "FY2026")
    app.extensions["heard"].sealer.rosters.update(trust.sealer.rosters)
    log = log_of(trust)
    assert log.stat().st_size > 0
    submit(reporter, "closing", badly="", score="4")
    assert trust.count(CountingScore) == 1
    assert log.stat().st_size == 0
