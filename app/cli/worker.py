"""`flask worker`: do what has to be done at its time. `flask serve` starts one beside the pages."""

import signal
import sys
import threading
from typing import Protocol

import click
from flask import current_app
from flask.cli import with_appcontext

from app.domain.errors import Misconfigured
from app.web.context import Heard, heard
from app.web.start_up import check_schema

UNTIL_CLOSED = "--until-closed"


class JobRunner(Protocol):
    """The worker that the factory has built: commands and jobs may not import each other."""

    def run(self, ended: threading.Event) -> None: ...
    def late_jobs(self) -> list[str]: ...


@click.command("worker")
@click.option("--check", is_flag=True, help="Say which jobs are late and exit 1 when there are any.")
@click.option(UNTIL_CLOSED, is_flag=True, hidden=True, help="End when standard input is closed, not by Ctrl+C.")
@with_appcontext
def worker(check: bool, until_closed: bool) -> None:
    """Do the jobs until Ctrl+C or SIGTERM. Of several workers over one database, one at a time does the work."""
    parts = heard()
    runner: JobRunner = current_app.extensions["heard_worker"]
    _refuse_other_surfaces(parts)
    try:
        check_schema(parts.database)
    except Misconfigured as error:
        raise click.ClickException(str(error)) from error
    if check:
        _check(runner)
        return
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    if until_closed:
        # Ctrl+C reaches every process of the terminal; this one ends with the process that started it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_wait_for_end_of_input, args=(ended,), daemon=True).start()
    else:
        signal.signal(signal.SIGINT, lambda *_: ended.set())
        click.echo("The worker is at work. Press Ctrl+C to stop.")
    runner.run(ended)
    parts.database.close()


def _refuse_other_surfaces(heard: Heard) -> None:
    surface, production = heard.settings.surface, heard.settings.production
    if surface not in ("all", "worker") or (production and surface != "worker"):
        raise click.ClickException("A worker needs none of the keys of the pages. Set HEARD_SURFACE=worker.")


def _check(runner: JobRunner) -> None:
    late = runner.late_jobs()
    if late:
        raise click.ClickException(f"Late or failed: {', '.join(late)}.")
    click.echo("Every job has run in its time.")


def _wait_for_end_of_input(ended: threading.Event) -> None:
    sys.stdin.buffer.read()
    ended.set()
