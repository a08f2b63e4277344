"""`flask serve`: pages and worker on this computer; the demonstration trust is loaded where there is no data."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from app.cli.demo import build_demo, reset_demo, unfinished_mark
from app.cli.worker_process import WorkerProcess
from app.database.schema import newest_revision, stored_revision, upgrade_schema
from app.web.connections import WAITING
from app.web.context import heard

ENDING_SECONDS = 15
"""How long requests under way have to end when the server is stopped."""
SERVED = "app.factory:create_server"


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Create the instance where it is missing, print the address and the accounts, serve, and do the jobs."""
    parts = heard()
    if parts.settings.surface == "worker":
        raise click.ClickException("HEARD_SURFACE is worker, which has no pages. Start it with: flask worker")
    instance = parts.settings.instance
    if stored_revision(parts.database.engine) is None:
        click.echo("No data yet: loading the demonstration trust Northmere.")
        upgrade_schema(parts.database.engine)
        build_demo(parts)
    elif unfinished_mark(instance).exists():
        click.echo("The demonstration trust was not loaded to its end: loading it again.")
        reset_demo(parts)
    elif stored_revision(parts.database.engine) != newest_revision():
        upgrade_schema(parts.database.engine)
    parts.database.close()
    _introduce(parts.settings.port, instance / "demo-accounts.json")
    server = Granian(
        target=SERVED,
        factory=True,
        address="127.0.0.1",
        port=parts.settings.port,
        interface=Interfaces.ASGINL,
        # Left to find out which of both a browser speaks, granian waits for its first byte without a clock.
        http=HTTPModes.http1,
        # SQLite has one writer and our write lock lives in the process: one process serves it.
        workers=1 if parts.database.is_sqlite else parts.settings.web_processes,
        backpressure=WAITING,
        workers_kill_timeout=ENDING_SECONDS,
        log_access=False,
        websockets=False,
    )
    if parts.settings.surface != "all":
        server.serve()
        return
    worker = WorkerProcess()
    try:
        server.serve()
    finally:
        worker.stop()


def _introduce(port: int, accounts: Path) -> None:
    click.echo(f"\nHeard is at http://127.0.0.1:{port}/")
    if accounts.exists():
        click.echo("Sign in at /login with one of the demonstration accounts:")
        for account in json.loads(accounts.read_text(encoding="utf-8")):
            click.echo(f"  {account['role']:<16} {account['email']:<36} {account['passphrase']}")
    click.echo("Press Ctrl+C to stop.\n")
