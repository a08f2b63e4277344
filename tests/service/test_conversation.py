"""A reply: read with the receipt, stored once, clocks moved; the mailbox is checked first."""

from datetime import date

import pytest
from sqlalchemy import select, update

from app.domain.deadline import NEVER_DUE
from app.domain.errors import NotFound, Refused
from app.domain.receipts import parse_receipt
from app.security.form_token import FormToken
from app.security.keys import new_seed, public_key
from app.security.mailbox_key import mailbox_key
from app.services.case import read_case
from app.services.case_scope import require_case
from app.services.conflict import pass_gate
from app.services.conversation import reply
from app.services.mailbox_message import send_message
from app.services.queue import read_queue
from models.case import Case
from models.conversation import Message
from models.deadline import Deadline
from models.mailbox import Mailbox
from models.reporter_event import ReporterEvent
from tests.service.desk import DeskTrust, id_of


def test_a_case_is_read_and_answered_and_the_reporter_reads_the_answer(trust: DeskTrust) -> None:
    receipt = trust.send()
    ana = trust.as_person("ana")
    granted = require_case(ana, trust.only_reference())
    pass_gate(ana, granted)
    view = read_case(ana, granted)
    assert view.answers["words"] == "He shouted at me." and trust.events("case.opened") == 1
    reply(ana, granted, "Thank you. Are you safe?")
    reply(ana, granted, "Thank you. Are you safe?")
    assert trust.count(Message) == 1 and trust.events("message.sent") == 1
    assert [message.text for message in trust.mailbox_of(receipt).messages] == ["Thank you. Are you safe?"]
    assert [(message.who, message.name) for message in read_case(ana, granted).messages] == [("team", "Ana")]


def test_a_reply_meets_its_clock_and_takes_waiting_events_away(trust: DeskTrust) -> None:
    receipt = trust.send()
    token = FormToken(b"n" * 16, 0, trust.sealer.form_keys.current)
    send_message(trust.public, mailbox_key(parse_receipt(receipt), trust.sealer.mailbox_pepper), token, "Hello?")
    ana = trust.as_person("ana")
    assert read_queue(ana).rows[0].has_reply
    granted = require_case(ana, trust.only_reference())
    assert [message.is_new for message in read_case(ana, granted).messages] == [True]
    reply(ana, granted, "We are here.")
    assert trust.count(ReporterEvent) == 0
    with trust.public(reading=True) as work:
        case = work.connection.execute(select(Case)).one()
        met = {row.clock: row.met_on for row in work.connection.execute(select(Deadline))}
    assert case.acknowledged_on == trust.today and met["acknowledge"] == trust.today and met["update"] is None
    assert case.next_due_on == date(2026, 11, 19) and case.version == 2


@pytest.mark.parametrize("stopped", [{"status": "closed"}, {"withdrawn": True}])
def test_a_reply_on_a_closed_or_withdrawn_case_starts_no_clock(trust: DeskTrust, stopped: dict[str, object]) -> None:
    trust.send()
    ana = trust.as_person("ana")
    with trust.public() as work:
        work.connection.execute(update(Case).values(stopped))
        work.connection.execute(update(Deadline).values(met_on=trust.today))
    reply(ana, require_case(ana, trust.only_reference()), "One more thing.")
    with trust.public(reading=True) as work:
        assert not work.connection.scalars(select(Deadline).where(Deadline.met_on.is_(None))).all()
        assert work.connection.scalars(select(Case.next_due_on)).one() == NEVER_DUE


def test_a_swapped_mailbox_key_gets_no_reply(trust: DeskTrust) -> None:
    trust.send()
    ana = trust.as_person("ana")
    granted = require_case(ana, trust.only_reference())
    with trust.public() as work:
        work.connection.execute(update(Mailbox).values(public_key=public_key(new_seed())))
    with pytest.raises(Refused):
        reply(ana, granted, "Not for you.")
    assert trust.count(Message) == 0


def test_absent_and_ungranted_cases_look_alike_and_are_audited(trust: DeskTrust) -> None:
    trust.send(exclude=[id_of("ana").hex()])
    for reference in (trust.only_reference(), "0000-0000"):
        with pytest.raises(NotFound):
            require_case(trust.as_person("ana"), reference)
    assert trust.events("access.refused") == 2
