"""The audit log of what reporters do: an act, a case and a day, and never an hour."""

import json
import re

from sqlalchemy import select

from app.domain.receipts import parse_receipt
from app.security.form_token import FormToken
from app.security.mailbox_key import mailbox_key
from app.services.case_scope import require_case
from app.services.conversation import reply
from app.services.mailbox_message import send_message
from models.audit import AuditEvent
from tests.service.desk import DeskTrust, id_of

CLOCK_TIME = re.compile(r"\d\d?:\d\d|T\d\d")


def leaves(trust: DeskTrust) -> dict[str, str]:
    """Return the text of the last leaf of each event."""
    with trust.public(reading=True) as work:
        texts = [leaf.decode() for leaf in work.connection.scalars(select(AuditEvent.leaf))]
    return {json.loads(text)["event"]: text for text in texts}


def test_what_a_reporter_causes_holds_a_day_and_never_a_clock_time(trust: DeskTrust) -> None:
    mailbox = mailbox_key(parse_receipt(trust.send()), trust.sealer.mailbox_pepper)
    send_message(trust.public, mailbox, FormToken(b"n" * 16, 0, trust.sealer.form_keys.current), "Hello?")
    found = leaves(trust)
    for event, names in (("report.received", {"object", "covers"}), ("message.received", {"object"})):
        leaf = json.loads(found[event])
        assert set(leaf) == {"v", "event", "day"} | names
        assert leaf["day"] == "2026-11-16"
        assert not CLOCK_TIME.search(found[event])


def test_what_the_staff_do_holds_the_second_and_the_person(trust: DeskTrust) -> None:
    trust.send()
    ana = trust.as_person("ana")
    reply(ana, require_case(ana, trust.only_reference()), "We are here.")
    leaf = json.loads(leaves(trust)["message.sent"])
    assert (leaf["at"], leaf["actor"]) == ("2026-11-16T09:00:00Z", id_of("ana").hex())
    assert "day" not in leaf
