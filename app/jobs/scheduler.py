"""The worker: runs each job of the table in its time, on one leader, and keeps their heartbeats."""

import logging
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from app.database.leader_lock import make_leader_lock
from app.domain.errors import place_of
from app.jobs.table import JOBS, Job, Parts, Step
from app.services.job import read_runs, record_run

LATE_AFTER = 3
"""A job is late when it has not gone through for this many times its period."""
RULES = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
"""A tick that was missed or comes twice does no harm: one run finds all the work there is."""
log = logging.getLogger("heard.jobs")


class Worker:
    """The jobs of one process. Of several processes over one database, one at a time does the work."""

    def __init__(self, parts: Parts, jobs: Sequence[Job] = JOBS) -> None:
        self.parts = parts
        self.jobs = tuple(jobs)
        self._leader = make_leader_lock(parts.database)

    def run(self, ended: threading.Event) -> None:
        """Do the jobs until `ended` is set; a job under way is finished first."""
        scheduler = BackgroundScheduler(timezone=UTC, jobstores={"default": MemoryJobStore()}, job_defaults=RULES)
        now = datetime.now(UTC)
        for job in self.jobs:
            every = IntervalTrigger(seconds=job.every, timezone=UTC)
            scheduler.add_job(self.tick, every, args=(job,), id=job.name, next_run_time=now)
        scheduler.start()
        ended.wait()
        scheduler.shutdown(wait=True)
        self.resign()

    def resign(self) -> None:
        """Let another worker lead."""
        self._leader.release()

    def tick(self, job: Job) -> None:
        """Run one job where this process leads. It raises nothing: the scheduler would log the words of the error."""
        if not self._leader.is_mine():
            return
        # Not a generator inside all(): a step that fails does not stop the next.
        ok = all([_went_through(job, step, self.parts) for step in job.steps])
        _went_through(job, lambda parts: _record(parts, job, ok), self.parts)

    def late_jobs(self) -> list[str]:
        """Return the names of the jobs that have not gone through lately."""
        with self.parts.open_work(reading=True) as work:
            runs, now = read_runs(work), work.now
        return [
            job.name
            for job in self.jobs
            if (run := runs.get(job.name)) is None
            or not run.ok
            or now - run.at > timedelta(seconds=LATE_AFTER * job.every)
        ]


def _record(parts: Parts, job: Job, ok: bool) -> None:
    with parts.open_work() as work:
        record_run(work, job.name, ok)


def _went_through(job: Job, step: Step, parts: Parts) -> bool:
    try:
        step(parts)
    except Exception as error:
        log.error("job.failed %s %s", job.name, place_of(error))
        return False
    return True
