"""What a reporter does in the mailbox of a small trust, for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from app.domain.receipts import parse_receipt
from app.domain.sealed_content import encode_content
from app.security.case_key import NewKey, new_key
from app.security.form_token import FormToken
from app.security.mailbox_key import MailboxKey, mailbox_key
from app.security.roster import AggregationKey
from app.security.sealing import seal
from app.services.case import CaseView, read_case
from app.services.case_scope import require_case
from app.services.conflict import pass_gate
from app.services.mailbox import MailboxView, is_open, read_mailbox
from app.services.mailbox_known import change_known, give_consent
from app.services.mailbox_message import send_message
from app.services.mailbox_stop import ask_to_stop, carry_on
from app.services.reporter_event import apply_reporter_events
from app.services.roster import current_roster
from models.case import Case
from models.deadline import Deadline
from models.mailbox import Mailbox, MailboxMessage
from tests.service.desk import DeskTrust

FIGURES = {"month": "2026-11", "direction": "third_party_to_staff", "class": "own", "group": "not_given"}
OUTCOME = "We spoke to the person. They may come for urgent care only."
ID = b"outcome".ljust(16, b"-")


@dataclass
class Reporter:
    """A reporter with an open mailbox; each act is sent from a page of its own."""

    trust: DeskTrust
    key: MailboxKey
    pages: int = field(default=0)
    code: str = ""

    def token(self) -> FormToken:
        """The token of a new page."""
        self.pages += 1
        return FormToken(b"page" + self.pages.to_bytes(12, "big"), 0, self.trust.sealer.form_keys.current)

    def write(self, text: str) -> None:
        send_message(self.trust.public, self.key, self.token(), text)

    def stop(self, choice: str = "stop_keep_count") -> None:
        ask_to_stop(self.trust.public, self.key, self.token(), choice)

    def undo(self) -> None:
        carry_on(self.trust.public, self.key, self.token())

    def be_known(self, **known: str) -> None:
        change_known(self.trust.public, self.key, self.token(), known)

    def consent(self, panel: str, story: str) -> None:
        give_consent(self.trust.public, self.key, self.token(), {"panel": panel, "story": story})

    def read(self) -> MailboxView | None:
        return read_mailbox(self.trust.public, self.key)

    @property
    def view(self) -> MailboxView:
        """The mailbox, which must still be there."""
        view = self.read()
        assert view is not None
        return view

    @property
    def is_open(self) -> bool:
        with self.trust.public(reading=True) as work:
            return is_open(work, self.key.mailbox_id)


def new_reporter(trust: DeskTrust, **answers: str | list[str]) -> Reporter:
    """Send a report and return its reporter."""
    return Reporter(trust, mailbox_key(parse_receipt(trust.send(**answers)), trust.sealer.mailbox_pepper))


def pass_days(trust: DeskTrust, days: int) -> None:
    """Let days pass."""
    trust.today += timedelta(days=days)
    trust.wait(days=days)


def apply(trust: DeskTrust) -> int:
    """Do what the worker does."""
    return apply_reporter_events(trust.public)


def expires_on(trust: DeskTrust) -> date | None:
    """Return the last day of the one mailbox, as far as it is stored."""
    with trust.public(reading=True) as work:
        return work.connection.scalars(select(Mailbox.expires_on)).one()


def case_of(trust: DeskTrust) -> Any:
    """Return the row of the one case."""
    with trust.public(reading=True) as work:
        return work.connection.execute(select(Case)).one()


def clocks_of(trust: DeskTrust) -> Mapping[str, Any]:
    """Return the clocks of the one case: due day by code."""
    with trust.public(reading=True) as work:
        return {row.clock: row.due_on for row in work.connection.execute(select(Deadline))}


def as_ana(trust: DeskTrust) -> CaseView:
    """Return the one case as Ana reads it."""
    ana = trust.as_person("ana")
    granted = require_case(ana, trust.only_reference())
    if not granted.gate_passed:
        pass_gate(ana, granted)
    return read_case(ana, granted)


def list_keys(trust: DeskTrust, *known: AggregationKey) -> None:
    """Have the roster list these aggregation keys and no others."""
    with trust.public(reading=True) as work:
        roster = current_roster(work)
    trust.sealer.rosters[roster.version] = replace(roster, aggregation=known)


def list_key(trust: DeskTrust, year: str) -> NewKey:
    """Have the roster list an aggregation key of one year more."""
    key = new_key()
    with trust.public(reading=True) as work:
        roster = current_roster(work)
    list_keys(trust, *roster.aggregation, AggregationKey(year, key.recipient))
    return key


def close(trust: DeskTrust, nurse: Reporter, **more: object) -> None:
    """Close the one case as the desk will: an outcome in the mailbox, and the status."""
    content = {"from": "staff", "day": trust.today.isoformat(), "kind": "outcome", "text": OUTCOME, "files": []} | more
    with trust.public() as work:
        owner = work.connection.scalars(select(Mailbox.public_key)).one()
        sealed = seal("mailbox", (nurse.key.mailbox_id, ID), owner, encode_content("mailbox", content))
        work.insert(MailboxMessage, {"id": ID, "mailbox_id": nurse.key.mailbox_id, "sealed": sealed})
        work.connection.execute(update(Case).values(status="closed", closed_on=trust.today))
