"""Whoever can write rows, and holds no key, reads nothing that is written afterwards."""

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain.errors import Unreadable
from app.domain.receipts import parse_receipt
from app.security.form_token import FormToken
from app.security.keys import new_seed, public_key
from app.security.mailbox_key import mailbox_key
from app.security.opening import Opener
from app.services.case import read_case
from app.services.case_scope import require_case
from app.services.conversation import reply
from app.services.mailbox_message import send_message
from models.case import Case
from models.conversation import Message
from models.mailbox import Mailbox, MailboxMessage
from models.report import Report
from tests.service.desk import DeskTrust

STOLEN = new_seed()


def opens(trust: DeskTrust, purpose: str, table: type[Message] | type[MailboxMessage]) -> int:
    """Return how many messages the key of the row writer opens."""
    with trust.public(reading=True) as work:
        rows = work.connection.execute(select(table)).all()
    assert rows
    opened = 0
    with Opener(STOLEN) as opener:
        for row in rows:
            try:
                opener.open(purpose, (row.case_id if purpose == "message" else row.mailbox_id, row.id), row.sealed)
                opened += 1
            except Unreadable:
                continue
    return opened


def test_a_changed_mailbox_key_does_not_catch_what_the_reporter_writes(trust: DeskTrust) -> None:
    receipt = trust.send()
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(public_key=public_key(STOLEN)))
    mailbox = mailbox_key(parse_receipt(receipt), trust.sealer.mailbox_pepper)
    send_message(trust.public, mailbox, FormToken(b"n" * 16, 0, trust.sealer.form_keys.current), "It happened again.")
    assert opens(trust, "mailbox", MailboxMessage) == 0
    assert [message.text for message in trust.mailbox_of(receipt).messages] == ["It happened again."]


def test_a_changed_case_key_does_not_catch_a_reply_and_is_noticed(
    trust: DeskTrust, caplog: pytest.LogCaptureFixture
) -> None:
    trust.send()
    with trust.public() as work:
        work.connection.execute(update(Case).values(public_key=public_key(STOLEN)))
    ana = trust.as_person("ana")
    reply(ana, require_case(ana, trust.only_reference()), "We are looking into it.")
    assert opens(trust, "message", Message) == 0
    assert "case.key_changed" in caplog.text
    case = read_case(ana, require_case(ana, trust.only_reference()))
    assert [message.text for message in case.messages] == ["We are looking into it."]


@pytest.mark.parametrize("table", [Report, Mailbox])
def test_a_case_takes_no_second_report_and_no_second_mailbox(
    trust: DeskTrust, table: type[Report] | type[Mailbox]
) -> None:
    trust.send()
    with trust.public(reading=True) as work:
        row = dict(work.connection.execute(select(table)).one()._mapping)
    with pytest.raises(IntegrityError), trust.public() as work:
        work.connection.execute(insert(table.__table__), row | {"id": bytes(16)})
