"""`flask serve` starts web and worker, both end together, and reports come in while the jobs are busy."""

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.cli.worker_process import WorkerProcess
from app.jobs.scheduler import Worker
from app.jobs.table import JOBS, Parts
from app.services.job import JobRun, read_runs
from app.storage.local import LocalStore
from benchmarks.client import Client
from config import prepare_instance
from models.audit import AuditEvent
from models.report import Report
from tests.fixtures.served import ROOT, environ_of, free_port, serve
from tests.fixtures.valkey import wait_until
from tests.service.desk import DeskTrust

SENDERS, EACH = 32, 6
FLASK = str(Path(sys.executable).parent / "flask")
sqlite_alone = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def environ(trust: DeskTrust, database_url: str, tmp_path: Path) -> dict[str, str]:
    instance = tmp_path / "instance"
    prepare_instance(instance)
    return environ_of(trust, database_url, instance)


def runs(trust: DeskTrust) -> dict[str, JobRun]:
    with trust.public(reading=True) as work:
        return dict(read_runs(work))


def children(pid: int) -> dict[int, str]:
    """Return the processes that a process has started, with their commands."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found[int(stat.parent.name)] = (stat.parent / "cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def started(environ: dict[str, str]) -> "Iterator[tuple[subprocess.Popen[bytes], int]]":
    """Start `flask serve` in a process group of its own; yield it and its worker's id once pages and jobs are there."""
    port = free_port()
    process = subprocess.Popen(
        [FLASK, "serve"],
        cwd=ROOT,
        env={**os.environ, **environ, "HEARD_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until(lambda: answers(port))
        [worker] = [pid for pid, command in children(process.pid).items() if "\0worker\0" in command]
        yield process, worker
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(port: int) -> bool:
    client = Client(f"http://127.0.0.1:{port}")
    try:
        client.blank_form()
    except OSError:
        return False
    client.close()
    return True


@sqlite_alone
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_serve_starts_pages_and_worker_and_ends_both(trust: DeskTrust, environ: dict[str, str], name: str) -> None:
    with started(environ) as (process, worker):
        wait_until(lambda: set(runs(trust)) == {job.name for job in JOBS})
        # As Ctrl+C does, to every process of the terminal.
        os.killpg(process.pid, signal.Signals[name]) if name == "SIGINT" else process.terminate()
        assert process.wait(30) == 0
        assert not is_alive(worker)


@sqlite_alone
def test_a_worker_does_not_outlive_a_parent_that_was_killed(environ: dict[str, str]) -> None:
    with started(environ) as (process, worker):
        web = [pid for pid in children(process.pid) if pid != worker]
        process.kill()
        wait_until(lambda: not is_alive(worker))
        for pid in web:
            os.kill(pid, signal.SIGKILL)


@sqlite_alone
def test_a_worker_that_dies_is_started_again(
    trust: DeskTrust, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    keeper = WorkerProcess(rest_seconds=0)
    try:
        wait_until(lambda: bool(runs(trust)))
        [first] = [pid for pid, command in children(os.getpid()).items() if "\0worker\0" in command]
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: any(pid != first and "\0worker\0" in c for pid, c in children(os.getpid()).items()))
    finally:
        keeper.stop()
    assert not [c for c in children(os.getpid()).values() if "\0worker\0" in c]
    assert "The worker had stopped. It is started again." in capfd.readouterr().err


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"HEARD_SURFACE": "intake"}, "Set HEARD_SURFACE=worker."),
        ({"HEARD_SURFACE": "worker"}, "Late or failed: "),
        ({"DATABASE_URL": "none"}, "the schema is not at the newest revision"),
    ],
)
def test_a_worker_says_why_it_does_not_start_and_which_jobs_are_late(
    environ: dict[str, str], changed: dict[str, str], sentence: str
) -> None:
    if changed.get("HEARD_SURFACE"):
        environ.pop("HEARD_DESK_PEPPER")
    if "DATABASE_URL" in changed:
        environ.pop("DATABASE_URL")
    done = subprocess.run([FLASK, "worker", "--check"], cwd=ROOT, env={**os.environ, **environ, **{k: v for k, v in changed.items() if v != 'none'}},
                          capture_output=True, text=True, timeout=60)  # fmt: skip
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_no_report_fails_while_another_process_does_jobs_every_second(
    trust: DeskTrust, environ: dict[str, str], tmp_path: Path
) -> None:
    ended = threading.Event()
    worker = Worker(
        Parts(trust.public, trust.database, LocalStore(tmp_path / "files")), [replace(job, every=1) for job in JOBS]
    )
    thread = threading.Thread(target=worker.run, args=(ended,))
    took: list[float] = []

    def send(address: str) -> None:
        client = Client(address)
        for _ in range(EACH):
            token = client.blank_form()
            before = time.monotonic()
            client.send(token)
            took.append(time.monotonic() - before)
        client.close()

    with serve(environ, tmp_path / "server.log") as running, ThreadPoolExecutor(SENDERS) as pool:
        thread.start()
        for sent in [pool.submit(send, running.address) for _ in range(SENDERS)]:
            sent.result()
        ended.set()
        thread.join(30)
    assert trust.count(Report) == SENDERS * EACH
    assert all(run.ok for run in runs(trust).values())
    assert set(runs(trust)) == {job.name for job in JOBS}
    with trust.public(reading=True) as work:
        assert len(work.connection.scalars(select(AuditEvent.id)).all()) >= SENDERS * EACH
    assert statistics.quantiles(took, n=100)[98] < 5, "a sender waited as long as a database lets anybody wait"
