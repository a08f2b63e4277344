"""Settings from the environment, checked as `config_table.py` describes them. Only `app/factory.py` reads this."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from config_secrets import (
    PREVIOUS,
    SECRETS,
    SURFACE_SECRETS,
    SettingError,
    read_key,
    read_secret,
    read_secrets,
    read_worker_key,
    secret_path,
)
from config_table import DEFAULTS

HOST = re.compile(r"\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.ASCII)
VALKEY = re.compile(r"valkeys?://[^/?#\s]+(/\d+)?|valkey\+unix://[^/?#\s]*/[^?#\s]+", re.ASCII)
TRUST_CODE = re.compile(r"[A-Z0-9]{3,5}", re.ASCII)
MOST_PROXIES = 5
MOST_PROCESSES = 64
LAST_PORT = 65535


@dataclass(frozen=True)
class Settings:
    """Everything a process is told from outside; the table says what each means."""

    production: bool
    surface: str
    instance: Path
    port: int
    allowed_hosts: frozenset[str]
    trusted_proxies: int
    web_processes: int
    database_url: str
    intake_secret: bytes
    intake_secret_previous: bytes | None
    mailbox_pepper: bytes
    desk_pepper: bytes
    csrf_key: bytes
    worker_key: Callable[[], bytes] = field(repr=False)
    roster_keys: tuple[bytes, ...]
    roster_quorum: int
    roster_version: int
    trust_code: str
    exit_page: str
    send_limit_network: str | None
    send_limit_site: str | None
    file_limit_network: str | None
    valkey_url: str | None
    form_minimum_age: int
    demo_today: date | None
    files: Path
    antivirus: str
    withholds_unscanned: bool


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings, or raise `SettingError` with a sentence that names the variable."""
    production = _one_of(environ, "HEARD_ENV", ("development", "production")) == "production"
    surface = _one_of(environ, "HEARD_SURFACE", tuple(SURFACE_SECRETS))
    if production and surface == "all":
        raise SettingError("HEARD_SURFACE must be intake, desk or worker in production.")
    instance = _instance(environ)
    keys = read_secrets(environ, instance, surface, production)
    return Settings(
        production=production,
        surface=surface,
        instance=instance,
        port=_number(environ, "HEARD_PORT", 1, LAST_PORT),
        allowed_hosts=_allowed_hosts(environ, production),
        trusted_proxies=_number(environ, "HEARD_TRUSTED_PROXIES", 0, MOST_PROXIES),
        web_processes=_number(environ, "HEARD_WEB_PROCESSES", 1, MOST_PROCESSES),
        database_url=_database_url(environ, instance),
        intake_secret=keys["HEARD_INTAKE_SECRET"],
        intake_secret_previous=read_secret(environ, PREVIOUS),
        mailbox_pepper=keys["HEARD_MAILBOX_PEPPER"],
        desk_pepper=keys["HEARD_DESK_PEPPER"],
        csrf_key=keys["HEARD_CSRF_KEY"],
        worker_key=partial(read_worker_key, dict(environ), instance, surface, production),
        roster_keys=_roster_keys(environ, instance),
        roster_quorum=_number(environ, "HEARD_ROSTER_QUORUM", 2 if production else 1),
        roster_version=_number(environ, "HEARD_ROSTER_VERSION", 1),
        trust_code=_trust_code(environ),
        exit_page=_exit_page(environ),
        send_limit_network=_limit(environ, "HEARD_SEND_LIMIT_NETWORK", production),
        send_limit_site=_limit(environ, "HEARD_SEND_LIMIT_SITE", production),
        file_limit_network=_limit(environ, "HEARD_FILE_LIMIT_NETWORK", production),
        valkey_url=_valkey_url(environ),
        form_minimum_age=_minimum_age(environ, production),
        demo_today=_demo_today(environ, instance, production),
        files=Path(_text(environ, "HEARD_FILES") or instance / "files").absolute(),
        antivirus=_text(environ, "HEARD_ANTIVIRUS"),
        withholds_unscanned=_one_of(environ, "HEARD_UNSCANNED_FILES", ("show", "withhold")) == "withhold",
    )


def prepare_instance(instance: Path) -> None:
    """Make the instance folder and its secrets, mode 0600, where they are not there yet."""
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in SECRETS:
        path = secret_path(instance, name)
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))


def prepare_embedded_instance(environ: Mapping[str, str] = os.environ) -> None:
    """Make the instance folder of the environment, except in production, where secrets are given from outside."""
    if _text(environ, "HEARD_ENV") != "production":
        prepare_instance(Path(_text(environ, "HEARD_INSTANCE")).absolute())


def _text(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, DEFAULTS[name])


def _one_of(environ: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    word = _text(environ, name)
    if word not in words:
        raise SettingError(f"{name} must be {', '.join(words[:-1])} or {words[-1]}.")
    return word


def _instance(environ: Mapping[str, str]) -> Path:
    instance = Path(_text(environ, "HEARD_INSTANCE")).absolute()
    if instance.exists() and instance.stat().st_mode & 0o077:
        raise SettingError("HEARD_INSTANCE: the folder must not be open to others. Give it mode 0700.")
    return instance


def _allowed_hosts(environ: Mapping[str, str], production: bool) -> frozenset[str]:
    text = environ.get("HEARD_ALLOWED_HOSTS", "") if production else _text(environ, "HEARD_ALLOWED_HOSTS")
    hosts = frozenset(text.lower().replace(",", " ").split())
    if not hosts:
        raise SettingError("HEARD_ALLOWED_HOSTS is missing. Give the names that people reach this site by.")
    if not all(HOST.fullmatch(host) for host in hosts):
        raise SettingError("HEARD_ALLOWED_HOSTS must be host names without scheme, port or star.")
    return hosts


def _instance_text(instance: Path, name: str) -> str:
    path = instance / name
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _roster_keys(environ: Mapping[str, str], instance: Path) -> tuple[bytes, ...]:
    text = environ.get("HEARD_ROSTER_KEYS") or _instance_text(instance, "roster-keys")
    return tuple(read_key(part, "HEARD_ROSTER_KEYS") for part in text.replace(",", " ").split())


def _database_url(environ: Mapping[str, str], instance: Path) -> str:
    url = environ.get("DATABASE_URL", "")
    if not url:
        if not instance.is_dir():
            raise SettingError(
                "HEARD_INSTANCE: the folder for the database is not there. Make it, or set DATABASE_URL."
            )
        url = f"sqlite:///{instance / 'heard.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError("DATABASE_URL must begin with postgresql:// or sqlite:///.")
    return url


def _trust_code(environ: Mapping[str, str]) -> str:
    code = _text(environ, "HEARD_TRUST_CODE")
    if not TRUST_CODE.fullmatch(code):
        raise SettingError("HEARD_TRUST_CODE must be 3 to 5 capital letters or digits.")
    return code


def _exit_page(environ: Mapping[str, str]) -> str:
    page = _text(environ, "HEARD_EXIT_PAGE")
    try:
        parts = urlsplit(page)
        fine = parts.scheme == "https" and bool(HOST.fullmatch(parts.hostname or "")) and "@" not in parts.netloc
    except ValueError:
        fine = False
    if not fine or not page.isascii() or not page.isprintable() or " " in page:
        raise SettingError("HEARD_EXIT_PAGE must be an https address.")
    return page


def _limit(environ: Mapping[str, str], name: str, production: bool) -> str | None:
    text = _text(environ, name)
    if text not in ("off", "0"):
        return text
    if production:
        raise SettingError(f"{name} cannot be off in production.")
    return None


def _valkey_url(environ: Mapping[str, str]) -> str | None:
    text = _text(environ, "HEARD_VALKEY_URL")
    # No options: one of them could take away the short waits that keep a report from being held up.
    if text and not VALKEY.fullmatch(text):
        raise SettingError("HEARD_VALKEY_URL must be valkey://host:port, valkeys:// for TLS, or valkey+unix:///path.")
    return text or None


def _minimum_age(environ: Mapping[str, str], production: bool) -> int:
    name = "HEARD_FORM_MINIMUM_AGE"
    age = 0 if _text(environ, name) == "off" else _number(environ, name)
    if production and age == 0:
        raise SettingError(f"{name} cannot be off in production.")
    return age


def _demo_today(environ: Mapping[str, str], instance: Path, production: bool) -> date | None:
    text = environ.get("HEARD_DEMO_TODAY") or _instance_text(instance, "demo-today")
    if text and production:
        raise SettingError("HEARD_DEMO_TODAY is for the demonstration and is refused in production.")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SettingError("HEARD_DEMO_TODAY must be a day such as 2026-11-16.") from None


def _number(environ: Mapping[str, str], name: str, least: int = 0, most: int = 10**9) -> int:
    text = _text(environ, name)
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(most)):
        raise SettingError(f"{name} must be a whole number.")
    if not least <= int(text) <= most:
        raise SettingError(f"{name} must be {least} or more." if int(text) < least else f"{name} is too large.")
    return int(text)
