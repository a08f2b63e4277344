"""The heartbeat of the worker: when each job last ran, and whether it went through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, update

from app.services.work import Work
from models.job import Job


@dataclass(frozen=True)
class JobRun:
    """The last run of one job."""

    at: datetime
    ok: bool


def record_run(work: Work, name: str, ok: bool) -> None:
    """Store that a job has just run. No audit entry: it says nothing about a case or a person."""
    run = {"last_run_at": work.now.astimezone(UTC), "ok": ok}
    if not work.connection.execute(update(Job).where(Job.name == name).values(run)).rowcount:
        work.insert(Job, {"name": name, **run})


def read_runs(work: Work) -> Mapping[str, JobRun]:
    """Return the last run of every job that has ever run."""
    rows = work.connection.execute(select(Job.name, Job.last_run_at, Job.ok))
    return {row.name: JobRun(row.last_run_at.replace(tzinfo=row.last_run_at.tzinfo or UTC), row.ok) for row in rows}
