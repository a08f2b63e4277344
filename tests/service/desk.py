"""A small trust for desk tests: three investigators, a fallback guardian, a signed roster, one ward."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Row, func, select

from app.database.engine import Database
from app.domain.receipts import parse_receipt
from app.security.form_token import FormToken
from app.security.keys import kid, new_seed, public_key
from app.security.mailbox_key import mailbox_key
from app.security.roster import make_document, sign_roster
from app.security.signing import signing_public_key
from app.services.mailbox import MailboxView, read_mailbox
from app.services.place import add_places
from app.services.report import submit_report
from app.services.report_sealing import ReportDraft
from app.services.roster import save_roster
from app.services.unsealing import ReaderKey, UnlockedVault, case_opener, open_content
from app.services.user import NewPerson, prepare_person, store_person
from app.services.work import Actor, OpenWork, Sealer, make_open_work
from app.services.worker_key import YearKey, make_year_keys
from models.audit import AuditEvent
from models.base import Base
from models.case import Case
from models.grant import Grant
from models.report import Report

PEPPER = b"p" * 32
PASSPHRASE = "seven green boats at noon"
CHEAP = "m=64,t=1,p=1"
WORKER_KEY = b"w" * 32
YEARS = ("FY2025", "FY2026")
WARD = bytes.fromhex("0a" * 16)
PEOPLE = ("ana", "ben", "cat", "gus")


def _content(path: Path) -> bytes:
    """What a file holds. PostgreSQL takes caches of its own away while they are looked at."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


@dataclass
class DeskTrust:
    """The trust: `as_person(name)` opens work as that person, with their vault."""

    database: Database
    sealer: Sealer
    seeds: dict[str, bytes]
    officers: tuple[bytes, ...]
    now: datetime = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    today: date = date(2026, 11, 16)
    sent: int = field(default=0)

    @property
    def public(self) -> OpenWork:
        """Work without a signed-in person."""
        return make_open_work(self.database, self.sealer, clock=lambda: self.now, today=lambda: self.today)

    def as_person(self, name: str) -> OpenWork:
        """Work of a signed-in person."""
        return make_open_work(
            self.database,
            self.sealer,
            clock=lambda: self.now,
            today=lambda: self.today,
            actor=Actor(id_of(name), name.title(), "investigator"),
            vault=UnlockedVault(bytearray(self.seeds[name])),
        )

    def sign_roster(
        self, version: int, people: Sequence[str] = PEOPLE, years: Sequence[str] = YEARS, **bound: str
    ) -> None:
        """Store a roster signed by every officer; `ana="manages"` binds Ana to the ward in that way."""
        with self.public() as work:
            keys = [make_year_keys(work, WORKER_KEY, year) for year in years]
            document = _roster({name: self.seeds[name] for name in people}, version, bound, keys)
            save_roster(work, document, [sign_roster(document, seed) for seed in self.officers])

    def send(self, **answers: str | list[str]) -> str:
        """Send one report and return its receipt."""
        self.sent += 1
        token = FormToken(self.sent.to_bytes(16, "big"), int(self.now.timestamp()), self.sealer.form_keys.current)
        given: dict[str, str | list[str]] = {
            "who": "me", "what": ["words"], "by": "patient", "when": "week", "privacy": "anonymous",
            "place": WARD.hex(), "words": "He shouted at me.",
        }  # fmt: skip
        return submit_report(self.public, ReportDraft("quick", 1, token, given | answers))

    def mailbox_of(self, receipt: str) -> MailboxView:
        """Return what the reporter reads."""
        view = read_mailbox(self.public, mailbox_key(parse_receipt(receipt), self.sealer.mailbox_pepper))
        assert view is not None
        return view

    def only_reference(self) -> str:
        """Return the reference of the one case."""
        with self.public(reading=True) as work:
            return work.connection.scalars(select(Case.reference)).one()

    def only_case(self) -> Row[Any]:
        """Return the row of the one case."""
        with self.public(reading=True) as work:
            return work.connection.execute(select(Case)).one()

    def granted(self) -> set[str]:
        """Return the names of those who hold a grant of any case."""
        with self.public(reading=True) as work:
            return {bytes(user).decode().strip("-") for user in work.connection.scalars(select(Grant.user_id))}

    def opened_report(self, name: str) -> dict[str, Any]:
        """Return the content of the one report, opened with the key of this person."""
        with self.public(reading=True) as work:
            report = work.connection.execute(select(Report)).one()
            grant = work.connection.scalars(select(Grant.sealed).where(Grant.user_id == id_of(name))).one()
        with ReaderKey(self.seeds[name]) as key, case_opener(key.case_seed(report.case_id, grant)) as opener:
            return open_content(opener, "report", (report.case_id, report.id), report.sealed)

    def count(self, table: type[Base]) -> int:
        """Return how many rows a table has."""
        with self.public(reading=True) as work:
            return work.connection.scalar(select(func.count()).select_from(table)) or 0

    def events(self, name: str) -> int:
        """Return how often an audit event was written."""
        with self.public(reading=True) as work:
            leaves = work.connection.scalars(select(AuditEvent.leaf)).all()
        return sum(f'"event":"{name}"'.encode() in leaf for leaf in leaves)

    def stored_bytes(self) -> bytes:
        """Return every byte of the database on disk: file and write-ahead log, or every file of the server."""
        url = self.database.engine.url
        if self.database.is_sqlite:
            files = list(Path(str(url.database)).parent.glob("heard.sqlite3*"))
        else:
            with self.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("CHECKPOINT")
            files = [path for path in Path(str(url.query["host"])).rglob("*") if path.is_file()]
        return b"".join(_content(path) for path in files)

    def wait(self, **time: int) -> None:
        """Let time pass."""
        self.now += timedelta(**time)


def id_of(name: str) -> bytes:
    """Return the id of a person."""
    return name.encode().ljust(16, b"-")


def make_trust(url: str) -> DeskTrust:
    """Return a new trust in a migrated, empty database."""
    database = Database(url)
    seeds = {name: new_seed() for name in PEOPLE}
    officers = (new_seed(), new_seed())
    keys = tuple(signing_public_key(seed) for seed in officers)
    sealer = Sealer(b"i" * 32, None, b"m" * 32, keys, 2, "XNM")
    trust = DeskTrust(database, sealer, seeds, officers)
    with trust.public() as work:
        for name in PEOPLE:
            person = NewPerson(id_of(name), f"{name}@x.test", name.title(), "investigator", PASSPHRASE, seeds[name])
            store_person(work, prepare_person(person, PEPPER, CHEAP))
        add_places(work, [{"id": WARD, "code": "7KQ4", "name": "Willow Ward", "site": "Coast House",
                           "directorate": "medicine", "staff_count": 40, "active": True, "opens": "quick"}])  # fmt: skip
    trust.sign_roster(1)
    return trust


def _roster(seeds: Mapping[str, bytes], version: int, bound: Mapping[str, str], keys: Sequence[YearKey]) -> bytes:
    recovery = public_key(new_seed())
    entries = [
        {"user": id_of(name).hex(), **_key(public_key(seed)), "role": "investigator", "fallback": name == "gus",
         **{way: [WARD.hex()] if bound.get(name) == way else [] for way in ("manages", "works_in", "conflicts")},
         "not_before": "2020-01-01", "not_after": "2099-01-01"}
        for name, seed in seeds.items()
    ]  # fmt: skip
    aggregation = [{"year": key.financial_year, **_key(key.public_key)} for key in keys]
    return make_document(
        {"v": 1, "trust": "XNM", "version": version, "previous": "00" * 32, "issued_on": "2026-01-01",
         "expires_on": "2027-01-01", "entries": entries, "aggregation": aggregation,
         "recovery": {"id": "0b" * 16, **_key(recovery)}}
    )  # fmt: skip


def _key(key: bytes) -> dict[str, str]:
    return {"kid": kid(key).hex(), "pk": base64.b64encode(key).decode("ascii")}
