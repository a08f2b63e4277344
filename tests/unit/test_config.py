"""Settings: one table, and a wrong value stops the start with a sentence that names it and never shows it."""

import re
from datetime import date
from pathlib import Path

import pytest

from config import load_settings, prepare_embedded_instance, prepare_instance
from config_secrets import SECRETS, SettingError
from config_table import TABLE, reference_page

ROOT = Path(__file__).parents[2]
KEYS = {name: f"{number:02x}" * 32 for number, name in enumerate(SECRETS)}
HOSTS = {"HEARD_ALLOWED_HOSTS": "heard.example.nhs.uk", "DATABASE_URL": "postgresql://heard@db/heard"}
INTAKE = {"HEARD_ENV": "production", "HEARD_SURFACE": "intake", **HOSTS} | {
    name: KEYS[name] for name in ("HEARD_INTAKE_SECRET", "HEARD_MAILBOX_PEPPER")
}
DESK = {"HEARD_ENV": "production", "HEARD_SURFACE": "desk", **HOSTS} | {
    name: KEYS[name] for name in ("HEARD_DESK_PEPPER", "HEARD_CSRF_KEY")
}
WORKER = {"HEARD_ENV": "production", "HEARD_SURFACE": "worker", **HOSTS, "HEARD_WORKER_KEY": KEYS["HEARD_WORKER_KEY"]}


@pytest.fixture
def instance(tmp_path: Path) -> dict[str, str]:
    prepare_instance(tmp_path / "made")
    return {"HEARD_INSTANCE": str(tmp_path / "made")}


def test_every_setting_stands_in_the_table_and_nothing_else_does() -> None:
    sources = [ROOT / "config.py", ROOT / "config_secrets.py", *(ROOT / "app").rglob("*.py")]
    read = {name for path in sources for name in re.findall(r'"(HEARD_[A-Z_]+|DATABASE_URL)"', path.read_text())}
    assert read == {row.name for row in TABLE}
    text = "".join((ROOT / name).read_text() for name in ("config.py", "config_secrets.py"))
    used = set(re.findall(r'"(HEARD_[A-Z_]+|DATABASE_URL)"', text))
    assert {row.name for row in TABLE} == used
    assert len(TABLE) == len({row.name for row in TABLE})
    assert all(row.meaning and row.unit for row in TABLE)


def test_the_reference_page_is_the_table() -> None:
    page = ROOT / "docs/reference/settings.md"
    assert page.read_text() == reference_page(), "run: python -m config_table > docs/reference/settings.md"


def test_without_any_setting_heard_starts_on_this_computer(instance: dict[str, str]) -> None:
    settings = load_settings(instance)
    assert settings.allowed_hosts == {"localhost", "127.0.0.1", "[::1]"}
    assert (settings.surface, settings.port, settings.trusted_proxies) == ("all", 5000, 0)
    assert (settings.send_limit_network, settings.form_minimum_age) == ("60 per minute", 3)
    assert settings.database_url.startswith("sqlite:///")
    assert not settings.production


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("HEARD_ENV", "prodn", "must be development or production"),
        ("HEARD_SURFACE", "both", "must be all, intake, desk or worker"),
        ("HEARD_PORT", "70000", "is too large"),
        ("HEARD_PORT", "0", "must be 1 or more"),
        ("HEARD_PORT", "9" * 5000, "must be a whole number"),
        ("HEARD_PORT", "5o00", "must be a whole number"),
        ("HEARD_ALLOWED_HOSTS", " , ", "is missing"),
        ("HEARD_ALLOWED_HOSTS", "https://heard.example", "must be host names"),
        ("HEARD_ALLOWED_HOSTS", "heard.example:443", "must be host names"),
        ("HEARD_ALLOWED_HOSTS", "*.example", "must be host names"),
        ("HEARD_ALLOWED_HOSTS", ".example", "must be host names"),
        ("HEARD_TRUSTED_PROXIES", "10.0.0.1", "must be a whole number"),
        ("HEARD_TRUSTED_PROXIES", "6", "is too large"),
        ("DATABASE_URL", "mysql://x", "must begin with"),
        ("HEARD_INTAKE_SECRET", "zz" * 32, "must be 64 hex digits"),
        ("HEARD_INTAKE_SECRET", "aa" * 31, "must be 64 hex digits"),
        ("HEARD_INTAKE_SECRET_PREVIOUS", "aa", "must be 64 hex digits"),
        ("HEARD_ROSTER_KEYS", "aa bb", "must be 64 hex digits"),
        ("HEARD_ROSTER_QUORUM", "0", "must be 1 or more"),
        ("HEARD_TRUST_CODE", "x<b>", "must be 3 to 5 capital letters or digits"),
        ("HEARD_EXIT_PAGE", "http://www.example.org", "must be an https address"),
        ("HEARD_EXIT_PAGE", "https://", "must be an https address"),
        ("HEARD_EXIT_PAGE", "https://[1", "must be an https address"),
        ("HEARD_EXIT_PAGE", "https://me@example.org", "must be an https address"),
        ("HEARD_EXIT_PAGE", "https://example.org/\n", "must be an https address"),
        ("HEARD_FORM_MINIMUM_AGE", "-3", "must be a whole number"),
        ("HEARD_DEMO_TODAY", "16/11/2026", "must be a day such as 2026-11-16"),
    ],
)
def test_a_wrong_value_is_named_and_not_shown(instance: dict[str, str], name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingError) as caught:
        load_settings(instance | {name: value})
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(name)
    assert len(value) < 4 or value not in str(caught.value)


def test_two_equal_secrets_are_refused(instance: dict[str, str]) -> None:
    with pytest.raises(SettingError, match="HEARD_MAILBOX_PEPPER is the same as another secret"):
        load_settings(instance | {name: "aa" * 32 for name in ("HEARD_INTAKE_SECRET", "HEARD_MAILBOX_PEPPER")})


def test_a_folder_or_a_secret_that_others_can_read_is_refused(instance: dict[str, str]) -> None:
    folder = Path(instance["HEARD_INSTANCE"])
    assert folder.stat().st_mode & 0o777 == 0o700
    (folder / "csrf-key").chmod(0o640)
    with pytest.raises(SettingError, match="HEARD_CSRF_KEY: its file"):
        load_settings(instance)
    folder.chmod(0o750)
    with pytest.raises(SettingError, match="HEARD_INSTANCE: the folder must not be open to others"):
        load_settings(instance)


def test_a_secret_may_come_from_a_file(instance: dict[str, str], tmp_path: Path) -> None:
    for name in ("HEARD_CSRF_KEY", "HEARD_INTAKE_SECRET_PREVIOUS"):
        path = tmp_path / name
        path.write_text(f"{'ab' if name == 'HEARD_CSRF_KEY' else 'cd'}" * 32 + "\n")
        path.chmod(0o600)
        instance |= {f"{name}_FILE": str(path)}
    settings = load_settings(instance)
    assert settings.csrf_key == b"\xab" * 32
    assert settings.intake_secret_previous == b"\xcd" * 32


@pytest.mark.parametrize("environ", [INTAKE, DESK], ids=["intake", "desk"])
def test_production_takes_what_the_surface_holds_and_nothing_less(environ: dict[str, str], tmp_path: Path) -> None:
    environ = environ | {"HEARD_INSTANCE": str(tmp_path / "absent")}
    settings = load_settings(environ)
    held = {settings.intake_secret, settings.mailbox_pepper, settings.desk_pepper, settings.csrf_key}
    assert len(held) == 4
    assert len(held & {bytes.fromhex(key) for key in KEYS.values()}) == 2
    for name in environ:
        if name in {*KEYS, "HEARD_ALLOWED_HOSTS"}:
            with pytest.raises(SettingError, match=f"{name} is missing"):
                load_settings({kept: environ[kept] for kept in environ if kept != name})


@pytest.mark.parametrize(
    ("environ", "name", "value"),
    [
        (INTAKE, "HEARD_SURFACE", "all"),
        (INTAKE, "HEARD_DESK_PEPPER", "ee" * 32),
        (INTAKE, "HEARD_CSRF_KEY", "ee" * 32),
        (INTAKE, "HEARD_WORKER_KEY", "ee" * 32),
        (DESK, "HEARD_WORKER_KEY", "ee" * 32),
        *((WORKER, name, "ee" * 32) for name in sorted(KEYS) if name != "HEARD_WORKER_KEY"),
        (WORKER, "HEARD_INTAKE_SECRET_PREVIOUS", "ee" * 32),
        (DESK, "HEARD_MAILBOX_PEPPER", "ee" * 32),
        (DESK, "HEARD_INTAKE_SECRET", "ee" * 32),
        (DESK, "HEARD_INTAKE_SECRET_PREVIOUS", "ee" * 32),
        (INTAKE, "HEARD_ROSTER_QUORUM", "1"),
        (INTAKE, "HEARD_SEND_LIMIT_NETWORK", "off"),
        (INTAKE, "HEARD_SEND_LIMIT_SITE", "0"),
        (INTAKE, "HEARD_FORM_MINIMUM_AGE", "off"),
        (INTAKE, "HEARD_FORM_MINIMUM_AGE", "0"),
        (INTAKE, "HEARD_DEMO_TODAY", "2026-11-16"),
    ],
)
def test_production_refuses_what_is_only_for_trying_out(
    environ: dict[str, str], name: str, value: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingError, match=name):
        load_settings(environ | {name: value, "HEARD_INSTANCE": str(tmp_path / "absent")})


def test_outside_production_limits_can_be_off_and_the_day_can_stand_still(instance: dict[str, str]) -> None:
    off = {f"HEARD_{name}": "off" for name in ("SEND_LIMIT_NETWORK", "SEND_LIMIT_SITE", "FORM_MINIMUM_AGE")}
    settings = load_settings(instance | off | {"HEARD_DEMO_TODAY": "2026-11-16"})
    assert (settings.send_limit_network, settings.send_limit_site, settings.form_minimum_age) == (None, None, 0)
    assert settings.demo_today == date(2026, 11, 16)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_a_postgresql_address_is_taken(instance: dict[str, str], scheme: str) -> None:
    assert load_settings(instance | {"DATABASE_URL": f"{scheme}://x/y"}).database_url == "postgresql+psycopg://x/y"


def test_files_are_kept_in_the_instance_unless_told_otherwise(instance: dict[str, str], tmp_path: Path) -> None:
    settings = load_settings(instance)
    assert settings.files == Path(instance["HEARD_INSTANCE"]) / "files"
    assert (settings.antivirus, settings.withholds_unscanned) == ("", False)
    told = {"HEARD_FILES": str(tmp_path / "kept"), "HEARD_UNSCANNED_FILES": "withhold", "HEARD_ANTIVIRUS": "/run/clamd"}
    settings = load_settings(instance | told)
    assert (settings.files, settings.antivirus, settings.withholds_unscanned) == (tmp_path / "kept", "/run/clamd", True)
    with pytest.raises(SettingError, match="HEARD_UNSCANNED_FILES"):
        load_settings(instance | {"HEARD_UNSCANNED_FILES": "perhaps"})


def test_production_gets_no_secrets_made_for_it(tmp_path: Path) -> None:
    for mode, made in (("production", False), ("development", True)):
        prepare_embedded_instance({"HEARD_ENV": mode, "HEARD_INSTANCE": str(tmp_path / mode)})
        assert (tmp_path / mode).exists() is made


def test_a_database_without_a_folder_to_be_in_stops_the_start(tmp_path: Path) -> None:
    environ = {name: value for name, value in INTAKE.items() if name != "DATABASE_URL"}
    with pytest.raises(SettingError, match="HEARD_INSTANCE: the folder for the database is not there"):
        load_settings(environ | {"HEARD_INSTANCE": str(tmp_path / "missing")})


@pytest.mark.parametrize("name", ["HEARD_INTAKE_SECRET", "HEARD_INTAKE_SECRET_PREVIOUS"])
def test_a_secret_file_that_is_not_there_or_stands_beside_a_value_stops_the_start(tmp_path: Path, name: str) -> None:
    given = {key: value for key, value in INTAKE.items() if key != name}
    with pytest.raises(SettingError, match=f"{name}_FILE"):
        load_settings(given | {f"{name}_FILE": str(tmp_path / "missing")})
    stored = tmp_path / "stored"
    stored.write_text("ab" * 32)
    stored.chmod(0o600)
    load_settings(given | {f"{name}_FILE": str(stored)})
    with pytest.raises(SettingError, match=f"{name}_FILE"):
        load_settings(given | {f"{name}_FILE": str(stored), name: "ab" * 32})


def test_the_key_of_the_worker_is_read_by_a_worker_and_by_the_commands_of_one_computer_alone(
    instance: dict[str, str], tmp_path: Path
) -> None:
    absent = {"HEARD_INSTANCE": str(tmp_path / "absent")}
    assert load_settings(WORKER | absent).worker_key() == bytes.fromhex(KEYS["HEARD_WORKER_KEY"])
    stored = Path(instance["HEARD_INSTANCE"]) / "worker-key"
    assert load_settings(instance).worker_key() == bytes.fromhex(stored.read_text())
    assert stored.stat().st_mode & 0o777 == 0o600
    for environ in (INTAKE, DESK):
        # Even when the file lies there: in production no process that serves pages reads it.
        settings = load_settings(environ | instance)
        with pytest.raises(SettingError, match="HEARD_WORKER_KEY is held by workers alone"):
            settings.worker_key()
    with pytest.raises(SettingError, match="HEARD_WORKER_KEY is missing"):
        load_settings({name: value for name, value in WORKER.items() if name != "HEARD_WORKER_KEY"} | absent)
    with pytest.raises(SettingError, match="HEARD_WORKER_KEY belongs to another surface"):
        load_settings(instance | {"HEARD_WORKER_KEY": "ee" * 32})


def test_a_process_that_serves_pages_has_no_key_of_the_worker_in_memory(instance: dict[str, str]) -> None:
    key = load_settings(instance).worker_key()
    settings = load_settings(instance)
    values = [getattr(settings, name) for name in settings.__dataclass_fields__]
    assert key not in values
    assert key.hex() not in repr(settings)
