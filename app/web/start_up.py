"""What has to hold before a process serves. Whatever could fail after a report is stored is looked at here."""

import os
import resource

from sqlalchemy import Engine, text

from app.database.engine import Database
from app.database.schema import newest_revision, stored_revision
from app.domain.errors import Misconfigured
from app.services.roster import current_roster
from app.services.work import OpenWork

AUDIT_TRIGGERS = {
    "sqlite": frozenset({"audit_event_no_update", "audit_event_no_delete", "audit_event_no_replace"}),
    "postgresql": frozenset({"audit_event_no_update", "audit_event_no_delete", "audit_event_no_truncate"}),
}
FIND_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'"
    " AND sql LIKE '%RAISE(ABORT%'",
    # One that is switched off ("D") or fires for replicas only ("R") keeps nothing.
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
    " WHERE tgrelid = 'audit_event'::regclass AND tgenabled IN ('O', 'A') AND prosrc LIKE '%RAISE EXCEPTION%'",
}


def forbid_core_dumps() -> None:
    """Have the system write no memory of this process to disk when it crashes; keys may be in it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def stand_apart() -> None:
    """Have Ctrl+C reach the parent of this server process alone, which then ends it.

    A terminal sends it to every process of a group; the parent's signal on top of it stops granian's process for ever.
    """
    if os.getpid() != os.getsid(0):
        os.setpgid(0, 0)


def keep_files_private() -> None:
    """Have every file that this process makes be readable by its own user alone."""
    os.umask(0o077)


def check_schema(database: Database) -> None:
    """Raise `Misconfigured` when the schema is not the one that this code expects."""
    if stored_revision(database.engine) != newest_revision():
        raise Misconfigured("DATABASE_URL: the schema is not at the newest revision. Run: flask database upgrade")


def check_database(database: Database, open_work: OpenWork) -> None:
    """Raise `Misconfigured` unless schema, audit log and list of readers are fit to serve."""
    check_schema(database)
    check_audit_triggers(database.engine)
    with open_work(reading=True) as work:
        roster = current_roster(work)
    if not any(entry.fallback for entry in roster.entries):
        raise Misconfigured("HEARD_ROSTER_KEYS: the list of readers names no fallback reader. Sign one that does.")


def check_audit_triggers(engine: Engine) -> None:
    """Raise `Misconfigured` when one of the triggers that keep the audit log append-only is gone or switched off."""
    kind = engine.dialect.name
    with engine.connect() as connection:
        found = frozenset(connection.scalars(text(FIND_TRIGGERS[kind])))
    if not AUDIT_TRIGGERS[kind] <= found:
        raise Misconfigured("DATABASE_URL: the audit log is not protected, a trigger is missing. Restore the schema.")
