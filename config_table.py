"""Every setting in one table: what it means, its unit, its default, and what production asks of it."""

import sys
from dataclasses import dataclass

NO_RULE = "any"
REQUIRED = "must be given"


@dataclass(frozen=True)
class SettingRow:
    """One environment variable. `default` is the text that stands in when it is not given, "" for none."""

    name: str
    meaning: str
    unit: str
    default: str
    production: str = NO_RULE


_SECRET = "64 hex digits, or a file of mode 0600 named in …_FILE"

TABLE = (
    SettingRow("HEARD_ENV", "whether real reports may come", "development or production", "development"),
    SettingRow("HEARD_SURFACE", "which pages this process serves; a worker serves none", "all, intake, desk or worker",
               "all", "intake, desk or worker"),
    SettingRow("HEARD_INSTANCE", "folder of the embedded database, secrets and accounts, mode 0700",
               "path", "instance"),
    SettingRow("HEARD_PORT", "port on 127.0.0.1 that `flask serve` listens on", "number, 1 to 65535", "5000"),
    SettingRow("HEARD_WEB_PROCESSES", "server processes of `flask serve` on PostgreSQL", "number, 1 to 64", "2"),
    SettingRow("HEARD_ALLOWED_HOSTS", "names that a request may call this site by, without port; others get a 400",
               "host names, apart by comma or space", "localhost 127.0.0.1 [::1]", REQUIRED),
    SettingRow("HEARD_TRUSTED_PROXIES", "proxies in front of this process, each of which sets X-Forwarded-For and "
               "X-Forwarded-Proto and passes Host on; with 0 those headers are ignored", "number, 0 to 5", "0"),
    SettingRow("DATABASE_URL", "the database; without it SQLite in the instance folder", "address", ""),
    SettingRow("HEARD_INTAKE_SECRET", "makes receipts, form tokens and the mailbox cookie; not for a desk", _SECRET,
               "", REQUIRED),
    SettingRow("HEARD_INTAKE_SECRET_PREVIOUS", "the intake secret before the last change, for 48 hours; not for a desk",
               "64 hex digits", ""),
    SettingRow("HEARD_MAILBOX_PEPPER", "makes mailboxes from receipts; a change closes every mailbox; not for a desk",
               _SECRET, "", REQUIRED),
    SettingRow("HEARD_DESK_PEPPER", "part of every sign-in and vault; a change locks everyone out; not for an intake",
               _SECRET, "", REQUIRED),
    SettingRow("HEARD_CSRF_KEY", "marks the forms of signed-in people; not for an intake", _SECRET, "", REQUIRED),
    SettingRow("HEARD_WORKER_KEY", "opens the keys of each financial year; held by workers alone, never by a process "
               "that serves pages", _SECRET, "", "must be given to a worker"),
    SettingRow("HEARD_ROSTER_KEYS", "public keys of the officers who sign the list of readers",
               "Ed25519 keys of 64 hex digits", ""),
    SettingRow("HEARD_ROSTER_QUORUM", "officers who must sign a list of readers", "number", "2", "2 or more"),
    SettingRow("HEARD_ROSTER_VERSION", "lowest version of the list of readers that is accepted; raise it when somebody "
               "is taken off the list, so that no older list brings them back", "number", "1"),
    SettingRow("HEARD_TRUST_CODE", "the code of the trust in its list of readers", "3 to 5 capital letters or digits",
               "XNM"),
    SettingRow("HEARD_EXIT_PAGE", "the neutral page that Leave goes to", "https address",
               "https://www.bbc.co.uk/weather"),
    SettingRow("HEARD_SEND_LIMIT_NETWORK", "sends from one network before a page asks to press Send again; counted by "
               "each process unless there is a Valkey", "limit of at most an hour, or off", "60 per minute", "not off"),
    SettingRow("HEARD_SEND_LIMIT_SITE", "the same for the whole site", "limit of at most an hour, or off",
               "300 per minute", "not off"),
    SettingRow("HEARD_FILE_LIMIT_NETWORK", "MB of files from one network, where a second of opening them counts "
               "as 8; over it reports are taken without files, which can be added later",
               "limit of at most an hour, or off", "2048 per hour", "not off"),
    SettingRow("HEARD_VALKEY_URL", "Valkey or Redis, without persistence, in which processes count sends together; "
               "without it, or while it is away, each counts in memory", "valkey://, valkeys:// or valkey+unix:// "
               "address", ""),
    SettingRow("HEARD_FORM_MINIMUM_AGE", "how long a form must have been open before it is accepted",
               "seconds, or off", "3", "not off"),
    SettingRow("HEARD_FILES", "folder of the sealed files that reporters add, `files` in the instance folder unless "
               "given; on a disk that is backed up, the same one for every process", "path", ""),
    SettingRow("HEARD_ANTIVIRUS", "socket of a ClamAV that looks at each file; without it files say that they were "
               "not scanned", "path, or host:port", ""),
    SettingRow("HEARD_UNSCANNED_FILES", "whether a file that no scanner has looked at is shown to readers",
               "show or withhold", "show"),
    SettingRow("HEARD_DEMO_TODAY", "the day on which the demonstration stands still", "day", "", "refused"),
)  # fmt: skip
DEFAULTS = {row.name: row.default for row in TABLE}


def _shown(default: str) -> str:
    return f"`{default}`" if default else "none"


def reference_page() -> str:
    """Return the page `docs/reference/settings.md`."""
    lines = [
        "# Settings",
        "",
        "Made from `config_table.py` by `python -m config_table`; a test compares them. Every setting is an",
        "environment variable. A wrong value stops the start with a message that names it and never shows the value.",
        "",
        "| name | meaning | unit | default | in production |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{row.name}` | {row.meaning} | {row.unit} | {_shown(row.default)} | {row.production} |" for row in TABLE
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(reference_page())
