"""`flask demo`: build the demonstration trust through the same services as real requests."""

import json
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.northmere import Northmere, digest_of, generate
from app.cli.northmere_days import TODAY
from app.cli.northmere_names import PARTNERS, PEOPLE, TITLES
from app.cli.northmere_places import site_entries
from app.cli.northmere_replay import DemoPerson, Replay
from app.cli.northmere_support_directory import store_directory
from app.cli.worker_key import roster_entry
from app.database.schema import empty_database, upgrade_schema
from app.domain.financial_year import financial_years
from app.security.keys import kid, new_seed, public_key
from app.security.roster import make_document, sign_roster
from app.security.signing import signing_public_key, signing_seed
from app.services.place import add_places
from app.services.roster import roster_version, save_roster
from app.services.setting import change_setting
from app.services.user import NewPerson, prepare_person, store_person
from app.services.work import OpenWork, make_open_work
from app.services.worker_key import make_year_keys
from app.web.context import Heard, heard

READING_ROLES = {"guardian": "investigator", "deputy_guardian": "investigator"}
ON_THE_ROSTER = frozenset({"investigator", "lead"})
SET_UP_ON, ROSTER_UNTIL = date(2024, 10, 1), date(2027, 10, 1)
NOTE = "made-up trust for demonstration"
"""What every page says of Northmere."""
demo = AppGroup("demo", help="The demonstration trust Northmere.")
with_scale = click.option("--scale", default=1, type=click.IntRange(1, 200), help="1 is about 478 reports.")


@demo.command("build")
@with_scale
def build(scale: int) -> None:
    """Load Northmere into a database that holds no data."""
    parts = heard()
    upgrade_schema(parts.database.engine)
    with parts.open_work(reading=True) as work:
        if roster_version(work):
            raise click.ClickException("The database holds data already. To throw it away: flask demo reset")
    build_demo(parts, scale)


@demo.command("reset")
@with_scale
def reset(scale: int) -> None:
    """Throw the data away and load Northmere again."""
    parts = heard()
    _refuse_production(parts)
    reset_demo(parts, scale)
    click.echo("Northmere is as on its first day.")


@demo.command("export")
@with_scale
def export(scale: int) -> None:
    """Print the clear content as JSON lines, and its SHA-256 on standard error."""
    lines = generate(scale).lines()
    for line in lines:
        click.echo(line, nl=False)
    click.echo(digest_of(lines), err=True)


def _refuse_production(heard: Heard) -> None:
    if heard.settings.production:
        raise click.ClickException("HEARD_ENV is production: the demonstration is refused.")


def reset_demo(heard: Heard, scale: int = 1) -> None:
    """Throw the data away and build the demonstration again."""
    empty_database(heard.database.engine)
    upgrade_schema(heard.database.engine)
    build_demo(heard, scale)


def build_demo(heard: Heard, scale: int = 1) -> None:
    """Create people, roster and places, then live through two years. Every report is sealed as a real one is."""
    _refuse_production(heard)
    northmere = generate(scale)
    people = _people()
    unfinished = unfinished_mark(heard.settings.instance)
    unfinished.touch()
    officers = [signing_seed(person.seed) for person in people if person.role == "lead"]
    pinned = tuple(signing_public_key(officer) for officer in officers)
    sealer = replace(heard.sealer, roster_keys=pinned, rosters={})
    _write_instance(heard.settings.instance, people, pinned)
    at = datetime.combine(SET_UP_ON, time(10), UTC)
    open_work = make_open_work(heard.database, sealer, clock=lambda: at, today=lambda: SET_UP_ON)
    with open_work() as work:
        keys = [make_year_keys(work, heard.worker_key(), year) for year in financial_years(SET_UP_ON, TODAY)]
    document = _roster(people, [roster_entry(key) for key in keys])
    _store_people(open_work, people, heard.settings.desk_pepper, document, officers)
    _store_places(open_work, northmere)
    store_directory(heard.database, sealer, SET_UP_ON)
    Replay(heard.database, sealer, people).run(northmere.reports())
    unfinished.unlink()


def unfinished_mark(instance: Path) -> Path:
    """Return the file that stands in the instance folder while the demonstration is being loaded."""
    return instance / "demo-unfinished"


def _people() -> list[DemoPerson]:
    return [
        DemoPerson(
            bytes.fromhex(f"{index + 1:032x}"), READING_ROLES.get(role, role), role in READING_ROLES, name,
            f"{local}@northmere.example", passphrase, new_seed(),
        )
        for index, (role, _post, name, local, passphrase) in enumerate(PEOPLE)
    ]  # fmt: skip


def _write_instance(instance: Path, people: list[DemoPerson], pinned: tuple[bytes, ...]) -> None:
    accounts = [
        {"role": role, "email": person.email, "passphrase": person.passphrase}
        for person, (role, *_) in zip(people, PEOPLE, strict=True)
    ]
    text = json.dumps(accounts, indent=1, ensure_ascii=False) + "\n"
    (instance / "demo-accounts.json").write_text(text, encoding="utf-8")
    (instance / "roster-keys").write_text(" ".join(key.hex() for key in pinned), encoding="ascii")
    (instance / "demo-today").write_text(TODAY.isoformat(), encoding="ascii")


def _store_people(
    open_work: OpenWork, people: list[DemoPerson], pepper: bytes, document: bytes, officers: list[bytes]
) -> None:
    new = [NewPerson(one.id, one.email, one.name, one.role, one.passphrase, one.seed) for one in people]
    prepared = [prepare_person(person, pepper) for person in new]
    with open_work() as work:
        for person in prepared:
            store_person(work, person)
        change_setting(work, "reader_names", _shown_names(people))
        change_setting(work, "partners", PARTNERS)
        change_setting(work, "trust_note", NOTE)
        save_roster(work, document, [sign_roster(document, officer) for officer in officers])


def _shown_names(people: list[DemoPerson]) -> dict[str, str]:
    return {
        one.id.hex(): one.name + TITLES.get(role, "")
        for one, (role, *_) in zip(people, PEOPLE, strict=True)
        if one.role in ON_THE_ROSTER
    }


def _store_places(open_work: OpenWork, northmere: Northmere) -> None:
    rows: list[dict[str, object]] = [
        {"id": bytes.fromhex(place.id), "code": place.code, "name": place.name, "site": place.site,
         "directorate": place.directorate, "staff_count": place.staff_count, "active": True,
         "opens": "choose"}
        for place in (*northmere.places, *site_entries(northmere.places))
    ]  # fmt: skip
    with open_work() as work:
        add_places(work, rows)


def _roster(people: list[DemoPerson], aggregation: list[dict[str, str]]) -> bytes:
    recovery = public_key(new_seed())
    entries = [
        {"user": one.id.hex(), **_key(public_key(one.seed)), "role": one.role, "fallback": one.fallback,
         "manages": [], "works_in": [], "conflicts": [], "not_before": SET_UP_ON.isoformat(),
         "not_after": ROSTER_UNTIL.isoformat()}
        for one in people if one.role in ON_THE_ROSTER
    ]  # fmt: skip
    return make_document(
        {"v": 1, "trust": "XNM", "version": 1, "previous": "00" * 32, "issued_on": SET_UP_ON.isoformat(),
         "expires_on": ROSTER_UNTIL.isoformat(), "entries": entries, "aggregation": aggregation,
         "recovery": {"id": "f0" * 16, **_key(recovery)}}
    )  # fmt: skip


def _key(key: bytes) -> dict[str, str]:
    return {"kid": kid(key).hex(), "pk": b64encode(key).decode("ascii")}
