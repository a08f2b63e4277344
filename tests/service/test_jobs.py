"""The worker does what is due on one leader, says when it last did, and tells no words of an error."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.database.leader_lock import make_leader_lock
from app.jobs.scheduler import Worker
from app.jobs.table import HOUR, JOBS, MINUTE, Job, Parts, in_one_work
from app.services.job import read_runs
from app.services.work import Work
from app.storage.local import LocalStore
from models.credential import SignInAttempt
from models.job import Job as Heartbeat
from models.session import Session
from tests.fixtures.valkey import wait_until
from tests.service.desk import DeskTrust, id_of

Hire = Callable[..., Worker]


@pytest.fixture
def parts(trust: DeskTrust, tmp_path: Path) -> Parts:
    return Parts(trust.public, trust.database, LocalStore(tmp_path / "files"))


@pytest.fixture
def hire(parts: Parts) -> Iterator[Hire]:
    """Make a worker of the trust; afterwards none of them leads."""
    hired: list[Worker] = []

    def one(*jobs: Job) -> Worker:
        hired.append(Worker(parts, jobs or JOBS))
        return hired[-1]

    yield one
    for worker in hired:
        worker.resign()


@pytest.fixture
def running() -> Iterator[threading.Event]:
    """Set when the test is over: a worker that a test has started ends with it."""
    ended = threading.Event()
    yield ended
    ended.set()


def start(worker: Worker, ended: threading.Event) -> threading.Thread:
    thread = threading.Thread(target=worker.run, args=(ended,))
    thread.start()
    return thread


def add_signs_of_people(trust: DeskTrust) -> None:
    """Sessions and failed attempts, each one that is over and one that is not."""
    with trust.public() as work:
        for number, (begun, seen) in enumerate(((60, 1), (60, 16), (481, 1))):
            times = {"started_at": trust.now - timedelta(minutes=begun), "seen_at": trust.now - timedelta(minutes=seen)}
            work.insert(Session, {"id": bytes([number] * 16), "user_id": id_of("ana"), "cell": None, **times})
        for number, minutes in enumerate((59, 61)):
            failed = {"user_id": id_of("ben"), "failed_at": trust.now - timedelta(minutes=minutes)}
            work.insert(SignInAttempt, {"id": bytes([number] * 16), **failed})


def test_every_job_has_a_name_of_its_own_a_period_and_steps() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert all(1 <= job.every <= 24 * HOUR and job.steps for job in JOBS)


def test_what_has_run_out_is_removed_and_the_rest_stays(trust: DeskTrust, hire: Hire) -> None:
    add_signs_of_people(trust)
    [maintain] = [job for job in JOBS if job.name == "maintain"]
    worker = hire()
    for _ in range(2):
        worker.tick(maintain)
        assert (trust.count(Session), trust.count(SignInAttempt)) == (1, 1)


def test_a_running_worker_does_every_job_at_once_and_ends_when_it_is_told(
    trust: DeskTrust, hire: Hire, running: threading.Event
) -> None:
    worker = hire()
    assert worker.late_jobs() == [job.name for job in JOBS]
    thread = start(worker, running)
    wait_until(lambda: not worker.late_jobs())
    running.set()
    thread.join(10)
    assert not thread.is_alive()
    assert trust.count(Heartbeat) == len(JOBS)


def test_a_job_that_stops_running_or_fails_is_late(trust: DeskTrust, hire: Hire) -> None:
    [job, *_] = JOBS
    worker = hire(job)
    worker.tick(job)
    trust.wait(seconds=3 * job.every)
    assert worker.late_jobs() == []
    trust.wait(seconds=1)
    assert worker.late_jobs() == [job.name]
    worker.tick(job)
    assert worker.late_jobs() == []
    failing = replace(job, steps=(in_one_work(lambda work: work.connection.execute(text("SELECT nothing"))),))
    worker.tick(failing)
    assert worker.late_jobs() == [job.name]


def test_a_step_that_fails_stops_no_other_and_tells_no_words(
    trust: DeskTrust, hire: Hire, running: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    done = threading.Event()

    def fail(work: Work) -> None:
        raise ValueError("He shouted at me")

    job = Job("two", HOUR, (in_one_work(fail), in_one_work(lambda _: done.set())))
    thread = start(hire(job), running)
    assert done.wait(10)
    running.set()
    thread.join(10)
    with trust.public(reading=True) as work:
        assert read_runs(work)["two"].ok is False
    assert "job.failed two ValueError at " in caplog.text
    assert "shouted" not in caplog.text and "Traceback" not in caplog.text


def test_one_worker_leads_and_another_takes_over_when_it_ends(trust: DeskTrust, hire: Hire) -> None:
    ran: list[bool] = []
    job = Job("lead", HOUR, (in_one_work(lambda _: ran.append(True)),))
    first, second = make_leader_lock(trust.database), hire(job)
    assert first.is_mine() and first.is_mine()
    second.tick(job)
    assert (ran, trust.count(Heartbeat)) == ([], 0)
    first.release()
    second.tick(job)
    assert (ran, trust.count(Heartbeat)) == ([True], 1)
    assert not first.is_mine()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_leader_whose_connection_is_cut_leads_no_more_until_it_has_the_lock_again(trust: DeskTrust) -> None:
    cut, other = make_leader_lock(trust.database), make_leader_lock(trust.database)
    assert cut.is_mine()
    with trust.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        )
        wait_until(lambda: not connection.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")))
    assert other.is_mine()
    assert not cut.is_mine()
    assert not cut.is_mine()
    other.release()
    assert cut.is_mine()
    cut.release()
    assert other.is_mine()
    other.release()


def test_a_file_is_written_anew_on_the_day_after_it_came(
    trust: DeskTrust, parts: Parts, hire: Hire, tmp_path: Path
) -> None:
    [maintain] = [job for job in JOBS if job.name == "maintain"]
    file_id = b"f" * 16
    parts.store.write(file_id, [b"sealed"], trust.today)
    path = next(tmp_path.glob(f"files/{file_id.hex()}"))
    worker, sent = hire(), path.stat().st_ctime_ns
    worker.tick(maintain)
    assert path.stat().st_ctime_ns == sent
    trust.today += timedelta(days=1)
    worker.tick(maintain)
    again = path.stat().st_ctime_ns
    assert again > sent and b"".join(parts.store.read(file_id)) == b"sealed"
    worker.tick(maintain)
    assert path.stat().st_ctime_ns == again


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_log_of_sqlite_is_emptied_and_a_reader_only_puts_it_off(trust: DeskTrust) -> None:
    trust.send(words="A word that is to go")
    log = Path(f"{trust.database.engine.url.database}-wal")
    with trust.public(reading=True) as work:
        work.connection.execute(text("SELECT count(*) FROM report")).all()
        trust.send()
        assert trust.database.copy_log_back() is False
        trust.send()
    assert log.stat().st_size > 0
    assert trust.database.copy_log_back() is True
    assert log.stat().st_size == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_job_of_each_minute_empties_what_a_reader_kept_in_the_log(trust: DeskTrust, hire: Hire) -> None:
    log = Path(f"{trust.database.engine.url.database}-wal")
    [each_minute] = [job for job in JOBS if job.every == MINUTE]
    with trust.public(reading=True) as work:
        work.connection.execute(text("SELECT count(*) FROM report")).all()
        trust.send()
        assert trust.database.copy_log_back() is False
    held = log.stat().st_size
    hire().tick(each_minute)
    # What is in it now is that the job ran.
    assert log.stat().st_size < held
    assert trust.count(Heartbeat) == 1
