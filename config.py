"""Settings from the environment: meaning, unit, default. Only `app/factory.py` reads this module."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SECRETS = ("HEARD_INTAKE_SECRET", "HEARD_MAILBOX_PEPPER", "HEARD_DESK_PEPPER", "HEARD_CSRF_KEY")
SURFACES = ("all", "intake", "desk")


class SettingError(Exception):
    """A setting is missing or malformed; the message names it and never its value."""


@dataclass(frozen=True)
class Settings:
    """Everything a process is told from outside."""

    production: bool
    surface: str
    instance: Path
    port: int
    database_url: str
    intake_secret: bytes
    intake_secret_previous: bytes | None
    mailbox_pepper: bytes
    desk_pepper: bytes
    csrf_key: bytes
    roster_keys: tuple[bytes, ...]
    roster_quorum: int
    trust_code: str
    exit_page: str
    send_limit_network: str | None
    send_limit_site: str | None
    form_minimum_age: int
    """Seconds; 0 switches the check off."""
    demo_today: date | None


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings, or raise `SettingError` with a sentence that names the variable."""
    production = environ.get("HEARD_ENV", "development") == "production"
    instance = Path(environ.get("HEARD_INSTANCE", "instance")).absolute()
    surface = environ.get("HEARD_SURFACE", "all")
    if surface not in SURFACES:
        raise SettingError("HEARD_SURFACE must be all, intake or desk.")
    if production and surface == "all":
        raise SettingError("HEARD_SURFACE must be intake or desk in production.")
    keys = {name: _secret(environ, name, instance, production) for name in SECRETS}
    if len(set(keys.values())) != len(keys):
        raise SettingError("HEARD_INTAKE_SECRET and the other secrets must all differ.")
    demo_today = _day(environ.get("HEARD_DEMO_TODAY") or _instance_text(instance, "demo-today"), "HEARD_DEMO_TODAY")
    if production and demo_today:
        raise SettingError("HEARD_DEMO_TODAY is for the demonstration and is refused in production.")
    return Settings(
        production=production,
        surface=surface,
        instance=instance,
        port=_number(environ, "HEARD_PORT", 5000),
        database_url=_database_url(environ, instance),
        intake_secret=keys["HEARD_INTAKE_SECRET"],
        intake_secret_previous=_hex_secret(environ.get("HEARD_INTAKE_SECRET_PREVIOUS"), "HEARD_INTAKE_SECRET_PREVIOUS"),
        mailbox_pepper=keys["HEARD_MAILBOX_PEPPER"],
        desk_pepper=keys["HEARD_DESK_PEPPER"],
        csrf_key=keys["HEARD_CSRF_KEY"],
        roster_keys=_roster_keys(environ, instance),
        roster_quorum=_quorum(environ, production),
        trust_code=environ.get("HEARD_TRUST_CODE", "XNM"),
        exit_page=_exit_page(environ),
        send_limit_network=_limit(environ, "HEARD_SEND_LIMIT_NETWORK", "60 per minute", production),
        send_limit_site=_limit(environ, "HEARD_SEND_LIMIT_SITE", "300 per minute", production),
        form_minimum_age=_minimum_age(environ, production),
        demo_today=demo_today,
    )


def prepare_instance(instance: Path) -> None:
    """Make the instance folder and its secrets, mode 0600, where they are not there yet."""
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in SECRETS:
        path = _secret_path(instance, name)
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))


def _secret_path(instance: Path, name: str) -> Path:
    return instance / name.removeprefix("HEARD_").lower().replace("_", "-")


def _secret(environ: Mapping[str, str], name: str, instance: Path, production: bool) -> bytes:
    text = environ.get(name)
    path = Path(environ[f"{name}_FILE"]) if f"{name}_FILE" in environ else _secret_path(instance, name)
    if text is None and path.exists() and (f"{name}_FILE" in environ or not production):
        if path.stat().st_mode & 0o077:
            raise SettingError(f"{name}: its file must not be readable by others (mode 0600).")
        text = path.read_text(encoding="ascii").strip()
    value = _hex_secret(text, name)
    if value is None:
        raise SettingError(f"{name} is missing. Give 64 hex digits, or a file in {name}_FILE.")
    return value


def _hex_secret(text: str | None, name: str) -> bytes | None:
    if text is None:
        return None
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) != 32:
        raise SettingError(f"{name} must be 64 hex digits.")
    return value


def _instance_text(instance: Path, name: str) -> str | None:
    path = instance / name
    return path.read_text(encoding="ascii").strip() if path.exists() else None


def _roster_keys(environ: Mapping[str, str], instance: Path) -> tuple[bytes, ...]:
    text = environ.get("HEARD_ROSTER_KEYS") or _instance_text(instance, "roster-keys") or ""
    try:
        keys = tuple(bytes.fromhex(part) for part in text.replace(",", " ").split())
    except ValueError:
        keys = (b"",)
    if any(len(key) != 32 for key in keys):
        raise SettingError("HEARD_ROSTER_KEYS must be Ed25519 public keys of 64 hex digits each.")
    return keys


def _quorum(environ: Mapping[str, str], production: bool) -> int:
    quorum = _number(environ, "HEARD_ROSTER_QUORUM", 2)
    if quorum < 1 or (production and quorum < 2):
        raise SettingError("HEARD_ROSTER_QUORUM must be 2 or more.")
    return quorum


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("DATABASE_URL") or f"sqlite:///{instance / 'heard.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError("DATABASE_URL must begin with postgresql:// or sqlite:///.")
    return url


def _exit_page(environ: Mapping[str, str]) -> str:
    page = environ.get("HEARD_EXIT_PAGE", "https://www.bbc.co.uk/weather")
    if not page.startswith("https://"):
        raise SettingError("HEARD_EXIT_PAGE must be an https address.")
    return page


def _limit(environ: Mapping[str, str], name: str, default: str, production: bool) -> str | None:
    text = environ.get(name, default)
    if text not in ("off", "0"):
        return text
    if production:
        raise SettingError(f"{name} cannot be off in production.")
    return None


def _minimum_age(environ: Mapping[str, str], production: bool) -> int:
    text = environ.get("HEARD_FORM_MINIMUM_AGE", "3")
    age = 0 if text == "off" else _number(environ, "HEARD_FORM_MINIMUM_AGE", 3)
    if production and age == 0:
        raise SettingError("HEARD_FORM_MINIMUM_AGE cannot be off in production.")
    return age


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isascii() or not text.isdecimal():
        raise SettingError(f"{name} must be a whole number.")
    return int(text)


def _day(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingError(f"{name} must be a day such as 2026-11-16.") from None


def prepare_embedded_instance(environ: Mapping[str, str] = os.environ) -> None:
    """Make the instance folder of the environment, except in production, where secrets are given from outside."""
    if environ.get("HEARD_ENV", "development") != "production":
        prepare_instance(Path(environ.get("HEARD_INSTANCE", "instance")).absolute())
