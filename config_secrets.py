"""The secrets of a process: which surface holds which, and where they are read from. No message shows a value."""

import secrets
from collections.abc import Mapping
from pathlib import Path

INTAKE_SECRETS = ("HEARD_INTAKE_SECRET", "HEARD_MAILBOX_PEPPER")
DESK_SECRETS = ("HEARD_DESK_PEPPER", "HEARD_CSRF_KEY")
SECRETS = (*INTAKE_SECRETS, *DESK_SECRETS)
SURFACE_SECRETS: dict[str, tuple[str, ...]] = {
    "all": SECRETS,
    "intake": INTAKE_SECRETS,
    "desk": DESK_SECRETS,
    "worker": (),
}
PREVIOUS = "HEARD_INTAKE_SECRET_PREVIOUS"


class SettingError(Exception):
    """A setting is missing or malformed; the message names it and never its value."""


def secret_path(instance: Path, name: str) -> Path:
    """Return the file in the instance folder that keeps a secret of the embedded database."""
    return instance / name.removeprefix("HEARD_").lower().replace("_", "-")


def read_secrets(environ: Mapping[str, str], instance: Path, surface: str, production: bool) -> dict[str, bytes]:
    """Return a value for every secret; those of another surface must not be given and are drawn by chance."""
    held = SURFACE_SECRETS[surface]
    foreign = {*SECRETS, PREVIOUS} - {*held, *((PREVIOUS,) if "HEARD_INTAKE_SECRET" in held else ())}
    keys = {}
    for name in sorted(foreign):
        if name in environ or f"{name}_FILE" in environ:
            raise SettingError(f"{name} belongs to another surface. Do not give it to this process.")
        keys[name] = secrets.token_bytes(32)
    for name in held:
        key = read_secret(environ, name, None if production else secret_path(instance, name))
        if key is None:
            raise SettingError(f"{name} is missing. Give 64 hex digits, or a file in {name}_FILE.")
        if key in keys.values():
            raise SettingError(f"{name} is the same as another secret. They must all differ.")
        keys[name] = key
    return keys


def read_secret(environ: Mapping[str, str], name: str, stored: Path | None = None) -> bytes | None:
    """Return a secret from its variable, its file, or `stored`; None when it is given nowhere."""
    text = environ.get(name)
    path = stored
    if f"{name}_FILE" in environ:
        path = Path(environ[f"{name}_FILE"])
        if text is not None or not path.is_file():
            raise SettingError(f"{name}_FILE must name a file that exists, and {name} must not be given beside it.")
    if text is None and path is not None and path.exists():
        if path.stat().st_mode & 0o077:
            raise SettingError(f"{name}: its file must not be readable by others (mode 0600).")
        text = path.read_text(encoding="ascii", errors="replace").strip()
    return None if text is None else read_key(text, name)


def read_key(text: str, name: str) -> bytes:
    """Return the 32 bytes of 64 hex digits."""
    try:
        value = bytes.fromhex(text)
    except ValueError:
        value = b""
    if len(value) != 32:
        raise SettingError(f"{name} must be 64 hex digits.")
    return value
