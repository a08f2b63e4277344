"""A process that is not fit to serve does not start, and says what is missing."""

import resource
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import factory
from app.database.engine import Database
from app.domain.errors import Misconfigured
from app.factory import create_app
from app.storage import sanitising
from app.web import locale
from app.web.limits import make_limits
from app.web.start_up import check_audit_triggers, check_database
from config import Settings
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust

FALLBACK = "names no fallback reader"


def change(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def drop(database: Database, trigger: str) -> None:
    change(database, f"DROP TRIGGER {trigger}" + ("" if database.is_sqlite else " ON audit_event"))


def test_a_migrated_database_with_a_roster_may_be_served(trust: DeskTrust) -> None:
    check_database(trust.database, trust.public)


@pytest.mark.parametrize("trigger", ["audit_event_no_update", "audit_event_no_delete"])
def test_an_audit_log_that_can_be_changed_stops_the_start(trust: DeskTrust, trigger: str) -> None:
    drop(trust.database, trigger)
    with pytest.raises(Misconfigured, match="DATABASE_URL: the audit log is not protected"):
        check_database(trust.database, trust.public)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_trigger_that_is_switched_off_counts_as_missing(trust: DeskTrust) -> None:
    for switch in ("DISABLE", "ENABLE REPLICA"):
        change(trust.database, f"ALTER TABLE audit_event {switch} TRIGGER audit_event_no_truncate")
        with pytest.raises(Misconfigured):
            check_audit_triggers(trust.database.engine)
    change(trust.database, "ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_no_truncate")
    check_audit_triggers(trust.database.engine)


def test_an_old_schema_stops_the_start(trust: DeskTrust) -> None:
    change(trust.database, "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(Misconfigured, match="flask database upgrade"):
        check_database(trust.database, trust.public)


def test_a_roster_that_does_not_verify_stops_the_start(trust: DeskTrust) -> None:
    trust.sealer = replace(trust.sealer, roster_keys=(b"k" * 32,), rosters={})
    with pytest.raises(Misconfigured, match="HEARD_ROSTER_KEYS"):
        check_database(trust.database, trust.public)


def test_a_roster_without_a_fallback_stops_the_start(trust: DeskTrust) -> None:
    with trust.public(reading=True) as work:
        check_database(trust.database, trust.public)
        known = work.sealer.rosters
    for version, roster in list(known.items()):
        known[version] = replace(roster, entries=tuple(entry for entry in roster.entries if not entry.fallback))
    with pytest.raises(Misconfigured, match=FALLBACK):
        check_database(trust.database, trust.public)


def test_no_memory_is_written_to_disk_when_the_process_crashes(app: Flask) -> None:
    assert app
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


@pytest.mark.parametrize("name", ["send_limit_network", "send_limit_site", "file_limit_network"])
def test_a_limit_that_cannot_be_read_is_named(settings: Settings, name: str) -> None:
    with pytest.raises(Misconfigured, match=f"HEARD_{name.upper()} must read like: 60 per minute"):
        create_app(replace(settings, **{name: "often"}))  # type: ignore[arg-type]


@pytest.mark.parametrize("valkey_url", [None, "valkey://127.0.0.1:1"])
@pytest.mark.parametrize("limit", ["100 per day", "5 per 2 hour", "3601 per 3601 second"])
@pytest.mark.parametrize("name", ["send_limit_network", "send_limit_site", "file_limit_network"])
def test_a_limit_over_more_than_an_hour_is_refused_wherever_it_is_counted(
    settings: Settings, name: str, limit: str, valkey_url: str | None
) -> None:
    changed: dict[str, Any] = {name: limit, "valkey_url": valkey_url}
    with pytest.raises(Misconfigured, match=f"HEARD_{name.upper()} must not count over more than an hour"):
        make_limits(replace(settings, **changed))


def test_a_limit_over_an_hour_is_taken(settings: Settings) -> None:
    made = make_limits(replace(settings, send_limit_network="100 per hour", send_limit_site="9 per 60 minute"))
    assert made.send_network and made.send_network.get_expiry() == 3600
    assert made.send_site and made.send_site.get_expiry() == 3600


def test_folders_for_files_are_made_and_tried_before_serving(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(factory, "load_settings", lambda: settings)
    monkeypatch.setattr(factory, "prepare_embedded_instance", lambda: None)
    factory.create_served_app().extensions["heard"].database.close()
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("files", "spool")] == [0o700, 0o700]
    (tmp_path / "taken").write_text("a file, not a folder")
    wrong = {"files": tmp_path / "taken"}, {"instance": tmp_path / "taken"}
    for changed, name in zip(wrong, ("HEARD_FILES", "HEARD_INSTANCE"), strict=True):
        monkeypatch.setattr(factory, "load_settings", lambda changed=changed: replace(settings, **changed))
        with pytest.raises(Misconfigured, match=name):
            factory.create_served_app()


def test_catalogues_are_read_by_whoever_serves_pages_and_by_no_command(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(locale, "complete_languages", lambda: read.append("all") or ())
    command = create_app(settings)
    assert command.test_cli_runner().invoke(args=["worker", "--help"]).exit_code == 0
    command.extensions["heard"].database.close()
    assert not read
    monkeypatch.setattr(factory, "load_settings", lambda: settings)
    served = factory.create_served_app()
    assert read == ["all"]
    assert Visitor(served, public=True).get("/").status == 200
    assert read == ["all"]
    served.extensions["heard"].database.close()


def test_a_system_on_which_hostile_files_are_not_walled_in_is_told_of_at_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(factory, "load_settings", lambda: settings)
    monkeypatch.setattr(sanitising, "INTERPRETER", ("/bin/true",))
    factory.create_served_app().extensions["heard"].database.close()
    assert "sanitising.wall_missing network files" in caplog.messages


def test_a_scanner_that_is_nowhere_stops_no_start_and_one_that_is_no_address_does(settings: Settings) -> None:
    create_app(replace(settings, antivirus="localhost:1")).extensions["heard"].database.close()
    with pytest.raises(Misconfigured, match="HEARD_ANTIVIRUS"):
        create_app(replace(settings, antivirus="somewhere"))
