"""The jobs of the worker in one table. Each finds its work from the state of the data, never from the tick."""

from collections.abc import Callable
from dataclasses import dataclass

from app.database.engine import Database
from app.services.attachment_intake import remove_orphan_files
from app.services.reporter_event import apply_reporter_events
from app.services.session import remove_expired_sessions
from app.services.sign_in import remove_old_attempts
from app.services.work import OpenWork, Work
from app.storage.store import Store

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class Parts:
    """What a job may reach: units of work without a person, the database they are in, and the stored files."""

    open_work: OpenWork
    database: Database
    store: Store


Step = Callable[[Parts], object]


@dataclass(frozen=True)
class Job:
    """One job, how often it looks for work, in seconds, and its steps; a step that fails does not stop the next."""

    name: str
    every: int
    steps: tuple[Step, ...]


def in_one_work(use_case: Callable[[Work], object]) -> Step:
    """Return a step that runs a use case in one transaction of its own."""

    def step(parts: Parts) -> None:
        with parts.open_work() as work:
            use_case(work)

    return step


def apply_events(parts: Parts) -> None:
    """Apply what reporters asked for, each case in a transaction of its own."""
    apply_reporter_events(parts.open_work)


def copy_log_back(parts: Parts) -> None:
    """Empty SQLite's log. Bytes that were deleted stay in it until then, and so does the order in which rows came.

    What a reader keeps it from waits for the next time.
    """
    parts.database.copy_log_back()


def remove_orphans(parts: Parts) -> None:
    """Remove files whose report or message was never stored."""
    with parts.open_work(reading=True) as work:
        remove_orphan_files(work, parts.store)


def rewrite_files(parts: Parts) -> None:
    """Write the files of earlier days anew, so that the disk no longer tells at which second each was sent."""
    with parts.open_work(reading=True) as work:
        today = work.today
    parts.store.rewrite_before(today)


JOBS = (
    Job("apply", MINUTE, (apply_events, copy_log_back)),
    Job(
        "maintain",
        HOUR,
        (
            in_one_work(remove_expired_sessions),
            in_one_work(remove_old_attempts),
            remove_orphans,
            rewrite_files,
        ),
    ),
)
