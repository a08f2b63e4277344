"""`flask demo`: build the demonstration trust through the same services as real requests."""

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.northmere import TODAY, DemoReport, Northmere, generate
from app.cli.northmere_words import PEOPLE
from app.database.engine import Database
from app.database.schema import empty_database, upgrade_schema
from app.security.form_token import FormToken
from app.security.keys import kid, new_seed, public_key
from app.security.roster import make_document, sign_roster
from app.security.signing import signing_public_key, signing_seed
from app.services.case_scope import require_case
from app.services.conversation import reply
from app.services.demonstration import Ending, close_demonstration_case, triage_demonstration_case
from app.services.place import add_places
from app.services.report import ReportDraft, gather_setting, seal_report, store_report
from app.services.roster import save_roster
from app.services.setting import change_setting
from app.services.unsealing import UnlockedVault
from app.services.user import NewPerson, prepare_person, store_person
from app.services.work import Actor, OpenWork, Sealer, make_open_work
from app.web.context import Heard

READING_ROLES = {"guardian": "investigator", "deputy_guardian": "investigator"}
FALLBACKS = frozenset({"guardian", "deputy_guardian"})
BATCH = 60
demo = AppGroup("demo", help="The demonstration trust Northmere.")


@dataclass(frozen=True)
class DemoPerson:
    """One account of the demonstration."""

    id: bytes
    role: str
    name: str
    email: str
    passphrase: str
    seed: bytes


@demo.command("build")
def build() -> None:
    """Load Northmere into an empty database."""
    build_demo(current_app.extensions["heard"])


@demo.command("reset")
def reset() -> None:
    """Throw the data away and load Northmere again."""
    heard: Heard = current_app.extensions["heard"]
    _refuse_production(heard)
    empty_database(heard.database.engine)
    upgrade_schema(heard.database.engine)
    build_demo(heard)
    click.echo("Northmere is as on its first day.")


@demo.command("export")
def export() -> None:
    """Print the clear content as JSON lines, and its SHA-256 on standard error."""
    northmere = generate()
    click.echo(northmere.export(), nl=False)
    click.echo(northmere.digest(), err=True)


def _refuse_production(heard: Heard) -> None:
    if heard.settings.production:
        raise click.ClickException("HEARD_ENV is production: the demonstration is refused.")


def build_demo(heard: Heard) -> None:
    """Create people, roster, places and reports. Every report is sealed as a real one is."""
    _refuse_production(heard)
    northmere = generate()
    people = [
        DemoPerson(bytes.fromhex(f"{index + 1:032x}"), role, name, f"{local}@northmere.example", passphrase, new_seed())
        for index, (role, _post, name, local, passphrase) in enumerate(PEOPLE)
    ]
    officers = [signing_seed(person.seed) for person in people if person.role == "lead"]
    pinned = tuple(signing_public_key(officer) for officer in officers)
    sealer = replace(heard.sealer, roster_keys=pinned, rosters={})
    _write_instance(heard.settings.instance, people, pinned)
    open_on = _opener(heard.database, sealer)
    _store_people(open_on(TODAY), people, heard.settings.desk_pepper, officers, northmere)
    cases = _send_reports(open_on, sealer, northmere)
    _answer(heard.database, sealer, northmere, people)
    with open_on(TODAY)() as work:
        for report in northmere.reports:
            case_id = cases[report.reference]
            if report.reply and not report.closed_on:
                triage_demonstration_case(work, case_id, date.fromisoformat(report.replied_on))
            elif report.closed_on:
                days = date.fromisoformat(report.replied_on), date.fromisoformat(report.closed_on)
                close_demonstration_case(work, Ending(case_id, *days))


def _opener(database: Database, sealer: Sealer, person: DemoPerson | None = None) -> Callable[[date], OpenWork]:
    actor = vault = None
    if person is not None:
        actor = Actor(person.id, person.name, READING_ROLES.get(person.role, person.role))
        vault = UnlockedVault(bytearray(person.seed))

    def open_on(day: date) -> OpenWork:
        at = datetime.combine(day, time(10), UTC)
        return make_open_work(database, sealer, clock=lambda: at, today=lambda: day, actor=actor, vault=vault)

    return open_on


def _write_instance(instance: Path, people: list[DemoPerson], pinned: tuple[bytes, ...]) -> None:
    accounts = [{"role": one.role, "email": one.email, "passphrase": one.passphrase} for one in people]
    text = json.dumps(accounts, indent=1, ensure_ascii=False) + "\n"
    (instance / "demo-accounts.json").write_text(text, encoding="utf-8")
    (instance / "roster-keys").write_text(" ".join(key.hex() for key in pinned), encoding="ascii")
    (instance / "demo-today").write_text(TODAY.isoformat(), encoding="ascii")


def _store_people(
    open_work: OpenWork, people: list[DemoPerson], pepper: bytes, officers: list[bytes], northmere: Northmere
) -> None:
    prepared = [
        prepare_person(
            NewPerson(one.id, one.email, one.name, READING_ROLES.get(one.role, one.role), one.passphrase, one.seed),
            pepper,
        )
        for one in people
    ]
    document = _roster(people)
    with open_work() as work:
        for person in prepared:
            store_person(work, person)
        add_places(
            work,
            [
                {"id": bytes.fromhex(place.id), "code": place.code, "name": place.name, "site": place.site,
                 "directorate": place.directorate, "staff_count": place.staff_count, "active": True}
                for place in northmere.places
            ],
        )  # fmt: skip
        change_setting(work, "reader_names", {one.id.hex(): one.name for one in people})
        save_roster(work, document, [sign_roster(document, officer) for officer in officers])


def _roster(people: list[DemoPerson]) -> bytes:
    recovery = public_key(new_seed())
    entries = [
        {"user": one.id.hex(), **_key(public_key(one.seed)), "role": READING_ROLES.get(one.role, one.role),
         "fallback": one.role in FALLBACKS, "manages": [], "works_in": [], "conflicts": [],
         "not_before": "2024-10-01", "not_after": "2027-10-01"}
        for one in people
    ]  # fmt: skip
    return make_document(
        {"v": 1, "trust": "XNM", "version": 1, "previous": "00" * 32, "issued_on": "2024-10-01",
         "expires_on": "2027-10-01", "entries": entries, "aggregation": [],
         "recovery": {"id": "f0" * 16, **_key(recovery)}}
    )  # fmt: skip


def _key(key: bytes) -> dict[str, str]:
    return {"kid": kid(key).hex(), "pk": b64encode(key).decode("ascii")}


def _send_reports(open_on: Callable[[date], OpenWork], sealer: Sealer, northmere: Northmere) -> dict[str, bytes]:
    """Seal and store every report as received on its own day; return case ids by reference."""
    cases: dict[str, bytes] = {}
    for start in range(0, len(northmere.reports), BATCH):
        with open_on(TODAY)() as work:
            for report in northmere.reports[start : start + BATCH]:
                work.today = date.fromisoformat(report.day)
                draft = _draft(sealer, report)
                sent = seal_report(gather_setting(work, draft), draft, report.reference)
                store_report(work, sent)
                cases[report.reference] = sent.case["id"]
    return cases


def _draft(sealer: Sealer, report: DemoReport) -> ReportDraft:
    token = FormToken(bytes.fromhex(report.nonce), 0, sealer.form_keys.current)
    return ReportDraft("quick", 1, token, report.answers)


def _answer(database: Database, sealer: Sealer, northmere: Northmere, people: list[DemoPerson]) -> None:
    readers = [_opener(database, sealer, one) for one in people if one.role in ("lead", "investigator")]
    for number, report in enumerate(northmere.reports):
        if report.reply:
            open_work = readers[number % len(readers)](date.fromisoformat(report.replied_on))
            reply(open_work, require_case(open_work, report.reference), report.reply)
