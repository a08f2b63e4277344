"""A message is sealed to the case key of a mailbox row only when its `hello` proves that key, case and mailbox."""

import pytest
from sqlalchemy import delete, select, update

from app.domain.errors import NotReceived
from app.domain.receipts import parse_receipt
from app.domain.sealed_content import encode_content
from app.security.form_token import FormToken
from app.security.keys import key_hash, new_seed, public_key
from app.security.mailbox_key import MailboxKey, mailbox_key
from app.security.sealing import seal
from app.services.mailbox import read_mailbox
from app.services.mailbox_message import send_message
from models.conversation import Message
from models.mailbox import Mailbox, MailboxMessage
from models.reporter_event import ReporterEvent
from tests.service.desk import DeskTrust


@pytest.fixture
def mine(trust: DeskTrust) -> MailboxKey:
    """The mailbox of a report; the database holds another."""
    trust.send(words="Another report")
    return mailbox_key(parse_receipt(trust.send()), trust.sealer.mailbox_pepper)


def write(trust: DeskTrust, mailbox: MailboxKey) -> None:
    send_message(trust.public, mailbox, FormToken(b"n" * 16, 0, trust.sealer.form_keys.current), "It happened again.")


def spoil(trust: DeskTrust, mailbox: MailboxKey, what: str) -> None:
    """Change the row of `mailbox` as somebody could who writes to the database."""
    with trust.public() as work:
        rows = work.connection.execute(select(Mailbox)).all()
        [row], [other] = ([row for row in rows if (row.id == mailbox.mailbox_id) is own] for own in (True, False))
        key = public_key(new_seed())
        made_up = {"case": row.case_id.hex(), "case_key": key_hash(key).hex(), "link": "0d" * 16}
        changes: dict[str, dict[str, bytes]] = {
            "case key": {"case_public_key": key},
            "case": {"case_id": other.case_id},
            "whole other case": {"case_id": other.case_id, "case_public_key": other.case_public_key},
            "hello of another mailbox": {"hello": other.hello},
            "case key and a hello that does not know the link": {
                "case_public_key": key,
                "hello": seal("hello", (row.id, row.id), row.public_key, encode_content("hello", made_up)),
            },
        }
        # A case has one mailbox: its own goes before another can be turned to it.
        work.connection.execute(delete(Mailbox).where(Mailbox.id == other.id))
        work.connection.execute(update(Mailbox).where(Mailbox.id == row.id).values(changes[what]))


@pytest.mark.parametrize(
    "what",
    ["case key", "case", "whole other case", "hello of another mailbox",
     "case key and a hello that does not know the link"],
)  # fmt: skip
def test_a_mailbox_row_that_was_changed_takes_no_message(
    trust: DeskTrust, mine: MailboxKey, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(trust, mine, what)
    with pytest.raises(NotReceived):
        write(trust, mine)
    assert [trust.count(table) for table in (Message, MailboxMessage, ReporterEvent)] == [0, 0, 0]
    assert trust.events("message.received") == 0
    assert "mailbox.hello_refused" in caplog.text


def test_a_mailbox_row_as_it_was_stored_takes_the_message(trust: DeskTrust, mine: MailboxKey) -> None:
    write(trust, mine)
    assert [trust.count(table) for table in (Message, MailboxMessage, ReporterEvent)] == [1, 1, 1]


def test_within_a_day_what_the_reporter_wrote_stands_before_our_answer(trust: DeskTrust, mine: MailboxKey) -> None:
    written = [("staff", "2026-11-17"), ("staff", "2026-11-16"), ("reporter", "2026-11-17"), ("reporter", "2026-11-16")]
    with trust.public() as work:
        owner = work.connection.scalars(select(Mailbox.public_key).where(Mailbox.id == mine.mailbox_id)).one()
        for number, (who, day) in enumerate(written):
            content = {"from": who, "day": day, "kind": "message", "text": f"{who} {day}", "files": []}
            sealed = seal("mailbox", (mine.mailbox_id, bytes([number] * 16)), owner, encode_content("mailbox", content))
            row = {"id": bytes([number] * 16), "mailbox_id": mine.mailbox_id, "sealed": sealed}
            work.insert(MailboxMessage, row)
    view = read_mailbox(trust.public, mine)
    assert view is not None
    assert [(message.who, message.day.day) for message in view.messages] == [
        ("you", 16), ("us", 16), ("you", 17), ("us", 17),
    ]  # fmt: skip
