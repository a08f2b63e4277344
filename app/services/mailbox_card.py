"""The queue card of a case whose reporter changed how they are known: sealed anew by the desk action that follows."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Row, select

from app.domain.mailbox_acts import acts_of, in_order
from app.domain.sealed_content import encode_content
from app.security.keys import Recipient
from app.security.sealing import seal
from app.services.reporter_event import WaitingEvents, waiting_events
from app.services.work import Work
from models.conversation import Message

Messages = list[Row[tuple[bytes, bytes]]]
OpenSealed = Callable[[str, tuple[bytes, ...], bytes], dict[str, Any] | None]
"""Opens one envelope of the case by purpose, ids and bytes; None when it does not open."""


def messages_if_changed(work: Work, case_id: bytes) -> Messages:
    """Return the sealed messages of a case when a change of how its reporter is known waits, else none."""
    if not waiting_events(work, [case_id]).get(case_id, WaitingEvents()).count("known_changed"):
        return []
    return list(work.connection.execute(select(Message.id, Message.sealed).where(Message.case_id == case_id)))


def card_as_known(
    open_sealed: OpenSealed, case_id: bytes, card: bytes, messages: Messages, owner: Recipient
) -> bytes | None:
    """Return the card with the privacy that the messages ask for; None when nothing changes or it does not open."""
    opened = [open_sealed("message", (case_id, row.id), row.sealed) for row in messages]
    known = acts_of(in_order(content for content in opened if content is not None)).known
    content = open_sealed("card", (case_id, case_id), card) if known else None
    if known is None or content is None or content.get("privacy") == known["privacy"]:
        return None
    changed = encode_content("card", content | {"privacy": known["privacy"]})
    return seal("card", (case_id, case_id), owner, changed)
