"""Measure Heard under granian on both databases and print JSON: `python -m benchmarks.run`.

Processor time is of the server's processes alone, wall time is seen by the client. Each figure is also given as a
ratio to a null Flask view measured in the same run. HEARD_BENCH_ROUNDS (default 1) multiplies the requests.
"""

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import select

from app.factory import create_app
from app.security.opening import open_envelope, open_grant
from app.services.session import load_session
from app.services.sign_in import sign_in
from benchmarks.client import Client, Failed
from benchmarks.process import cpu_seconds, peak_megabytes
from benchmarks.uploads import measure_uploads
from config import load_settings, prepare_instance
from models.grant import Grant
from models.report import Report
from tests.fixtures.databases import Databases
from tests.fixtures.served import ROOT, Served, serve

ROUNDS = int(os.environ.get("HEARD_BENCH_ROUNDS", "1"))
CLIENTS = (1, 8, 32)
SENDS = 2048 * ROUNDS
PARTS = 8
FIRST_VIEWS = ("/quick", "/report", "/report?lang=ur")
Step = Callable[[Client], object]


def measure(served: Served, step: Step, clients: int, count: int) -> dict[str, float]:
    """Run a step `count` times from parallel clients, in parts; return milliseconds each, rate and errors.

    `cpu_ms` is the median of the parts and `cpu_ms_least` their minimum: other work on the machine can only add.
    """
    each = max(1, count // clients // PARTS)
    visitors = [Client(served.address) for _ in range(clients)]

    def run(visitor: Client) -> int:
        errors = 0
        for _ in range(each):
            try:
                step(visitor)
            except (Failed, OSError):
                errors += 1
        return errors

    errors, used, done = 0, [], each * clients
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for _ in range(PARTS):
            before = cpu_seconds(served.pid)
            errors += sum(pool.map(run, visitors))
            used.append((cpu_seconds(served.pid) - before) / done * 1000)
    wall = time.perf_counter() - started
    return {
        "cpu_ms": round(median(used), 3),
        "cpu_ms_least": round(min(used), 3),
        "wall_ms": round(wall / each / PARTS * 1000, 3),
        "per_second": round(done * PARTS / wall, 1),
        "count": done * PARTS,
        "errors": errors,
    }


def measure_null(folder: Path) -> dict[str, float]:
    """Return the cost of a null Flask view."""
    with serve({}, folder / "null.log", target="benchmarks.null:create_app", first="/") as served:
        measure(served, lambda client: client.ask("GET", "/"), 1, 500)
        return measure(served, lambda client: client.ask("GET", "/"), 1, 3000)


def first_view(served: Served, path: str) -> dict[str, int]:
    """Return the compressed bytes of a form, its styles and its scripts."""
    client = Client(served.address)
    page = client.ask("GET", path)[2]
    links = set(re.findall(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page))
    sizes = {"html": len(gzip.compress(page))}
    for link in sorted(links):
        kind = "css" if link.endswith(b"css") else "js"
        sizes[kind] = sizes.get(kind, 0) + len(client.ask("GET", link.decode())[2])
    return sizes | {"total": sum(sizes.values())}


def measure_flows(served: Served, receipts: list[str]) -> dict[str, Any]:
    """Return blank form and send alone, then whole flows at each number of clients; every receipt is kept."""
    client = Client(served.address)
    for _ in range(50):
        receipts.append(client.send(client.blank_form()))
    found: dict[str, Any] = {"blank_form": measure(served, Client.blank_form, 1, 1000 * ROUNDS)}
    tokens = [client.blank_form() for _ in range(512)]
    found["send"] = measure(served, lambda one: receipts.append(one.send(tokens.pop())), 1, 512)
    for clients in CLIENTS:
        count = SENDS if clients == max(CLIENTS) else 512 * ROUNDS
        found[f"flow_{clients}"] = measure(
            served, lambda one: receipts.append(one.send(one.blank_form())), clients, count
        )
    return found


def measure_desk(served: Served, account: dict[str, str]) -> dict[str, Any]:
    """Return queue page and case page of the 478 demonstration cases."""
    reader = Client(served.address)
    reader.sign_in(account["email"], account["passphrase"])
    queue = reader.ask("GET", "/cases")[2]
    reference = re.findall(rb'href="/cases/([0-9A-Z]{4}-[0-9A-Z]{4})', queue)[0].decode()
    token = re.findall(rb'name="csrf_token" value="([^"]+)"', queue)[0].decode()
    reader.ask("POST", f"/cases/{reference}/gate", f"answer=no&csrf_token={token}".encode())

    def open_page(path: str) -> Step:
        def step(client: Client) -> None:
            client.cookie = reader.cookie
            status = client.ask("GET", path)[0]
            if status != 200:
                raise Failed(f"{path}: {status}")

        return step

    return {
        "queue_page_first": measure_first_queue(served, reader, account),
        "queue_page": measure(served, open_page("/cases"), 1, 200),
        "case_page": measure(served, open_page(f"/cases/{reference}"), 1, 200),
    }


def measure_first_queue(served: Served, reader: Client, account: dict[str, str]) -> dict[str, float]:
    """Return the cost of the queue's first page after signing in, when every card on it is opened."""
    used = []
    for _ in range(PARTS):
        reader.sign_in(account["email"], account["passphrase"])
        before = cpu_seconds(served.pid)
        reader.ask("GET", "/cases")
        used.append((cpu_seconds(served.pid) - before) * 1000)
    return {"cpu_ms": round(median(used), 3), "cpu_ms_least": round(min(used), 3), "count": PARTS}


def open_everything(environ: dict[str, str], account: dict[str, str]) -> dict[str, int]:
    """Open every report with one investigator's key; return how many there are and how many opened."""
    settings = load_settings(environ)
    heard = create_app(settings).extensions["heard"]
    signed_in = sign_in(heard.open_work, settings.desk_pepper, account["email"], account["passphrase"])
    session = load_session(heard.open_work, signed_in.token)
    assert session is not None
    assert session.vault is not None
    with heard.open_work(reading=True) as work:
        reports = work.connection.execute(select(Report.id, Report.case_id, Report.sealed)).all()
        granted = select(Grant.case_id, Grant.sealed).where(Grant.user_id == session.actor.id)
        grants = {case_id: sealed for case_id, sealed in work.connection.execute(granted)}
    heard.database.close()
    opened = 0
    for report_id, case_id, sealed in reports:
        if case_id in grants:
            seed = open_grant(case_id, session.vault.seed, grants[case_id])
            opened += bool(open_envelope("report", (case_id, report_id), seed, sealed))
    return {"reports": len(reports), "granted": len(grants), "opened": opened}


@contextmanager
def demonstration(kind: str, databases: Databases, folder: Path) -> Iterator[dict[str, str]]:
    """Yield the environment of a fresh demonstration trust."""
    instance = folder / kind
    prepare_instance(instance)
    environ = {
        "HEARD_INSTANCE": str(instance), "DATABASE_URL": databases.new(kind), "HEARD_FORM_MINIMUM_AGE": "0",
        "HEARD_SEND_LIMIT_NETWORK": "off", "HEARD_SEND_LIMIT_SITE": "off",
    }  # fmt: skip
    command = [sys.executable, "-m", "flask", "demo", "build"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}, check=True, stdout=sys.stderr)
    yield environ


def measure_database(kind: str, databases: Databases, folder: Path) -> dict[str, Any]:
    """Return every figure on one database."""
    with demonstration(kind, databases, folder) as environ:
        accounts = json.loads((folder / kind / "demo-accounts.json").read_text(encoding="utf-8"))
        account = next(one for one in accounts if one["role"] == "investigator")
        workers = 1 if kind == "sqlite" else 2
        with serve(environ, folder / f"{kind}.log", workers=workers) as served:
            found: dict[str, Any] = {"web_processes": workers}
            found["first_view_bytes"] = {path: first_view(served, path) for path in FIRST_VIEWS}
            found |= measure_desk(served, account)
            before = open_everything(environ, account)["reports"]
            receipts: list[str] = []
            found |= measure_flows(served, receipts)
            found["peak_memory_mb"] = peak_megabytes(served.pid)
        opened = open_everything(environ, account)
        sent = {"receipts": len(set(receipts)), "stored": opened["reports"] - before}
        return found | {"sent": sent | {"lost": sent["receipts"] - sent["stored"]}, "opened_afterwards": opened}


def add_ratios(found: dict[str, Any], null: float) -> None:
    """Add to each measurement its ratio to the null view."""
    for figure in found.values():
        if isinstance(figure, dict) and "cpu_ms" in figure:
            figure["cpu_to_null"] = round(figure["cpu_ms"] / null, 2)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as name:
        folder = Path(name)
        databases = Databases(folder)
        result: dict[str, Any] = {"processors": os.cpu_count(), "null_view": measure_null(folder)}
        try:
            for kind in ("sqlite", "postgresql"):
                result[kind] = measure_database(kind, databases, folder)
                add_ratios(result[kind], result["null_view"]["cpu_ms"])
        finally:
            databases.stop()
    result["uploads"] = measure_uploads()
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
