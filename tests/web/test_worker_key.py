"""The command that makes the keys of a year, and who may run it."""

import base64
import json
from dataclasses import replace

import pytest
from flask import Flask

from app.factory import create_app
from app.services.roster import current_roster
from config import Settings
from config_secrets import SettingError
from models.worker_key import WorkerKey
from tests.service.desk import WORKER_KEY, DeskTrust


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["worker-key", "make", *words])
    return result.exit_code, result.output


def test_the_command_prints_what_the_roster_lists(settings: Settings, trust: DeskTrust) -> None:
    app = create_app(replace(settings, worker_key=lambda: WORKER_KEY))
    with trust.public(reading=True) as work:
        listed = current_roster(work).aggregation_for("FY2026")
    assert listed
    code, output = run(app)
    entry = json.loads(output)
    assert code == 0
    assert entry.keys() == {"year", "kid", "pk"}
    assert entry["year"] == "FY2026"
    assert base64.b64decode(entry["pk"]) == listed.recipient.public_key
    assert entry["kid"] == listed.recipient.kid.hex()
    rows = trust.count(WorkerKey)
    assert json.loads(run(app, "FY2027")[1])["year"] == "FY2027"
    assert trust.count(WorkerKey) == rows + 2
    app.extensions["heard"].database.close()


@pytest.mark.parametrize("year", ["2026", "FY26", "fy2026", "FY2026-Q1"])
def test_a_year_that_is_no_financial_year_is_refused(app: Flask, trust: DeskTrust, year: str) -> None:
    rows = trust.count(WorkerKey)
    code, output = run(app, year)
    assert code != 0
    assert "FY2026" in output
    assert trust.count(WorkerKey) == rows


def test_another_key_and_a_process_without_one_are_told_so(app: Flask, settings: Settings, trust: DeskTrust) -> None:
    # The instance folder of the test holds a key of its own, not the one that the years were sealed under.
    assert run(app) == (1, "Error: HEARD_WORKER_KEY is not the key that this year was sealed under.\n")

    def absent() -> bytes:
        raise SettingError("HEARD_WORKER_KEY is held by workers alone.")

    other = create_app(replace(settings, worker_key=absent))
    assert run(other) == (1, "Error: HEARD_WORKER_KEY is held by workers alone.\n")
    other.extensions["heard"].database.close()


def test_no_address_is_served_by_a_worker(settings: Settings) -> None:
    app = create_app(replace(settings, surface="worker"))
    client = app.test_client()
    for path in ("/", "/quick", "/about-you", "/support", "/login", "/cases"):
        assert client.get(path, base_url="https://localhost").status_code == 404, path
    app.extensions["heard"].database.close()
