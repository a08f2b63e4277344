"""The reporter's side of a case: found by an id that only the receipt gives."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Day, Id, Sealed


class Mailbox(Base):
    """One mailbox. Its case is checked at commit, because the mailbox is stored first."""

    __tablename__ = "mailbox"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id", deferrable=True, initially="DEFERRED"), unique=True)
    # Before the wide columns, so that asking whether a mailbox runs reads no page more than asking for none.
    expires_on: Mapped[Day | None]
    public_key: Mapped[Sealed]
    case_public_key: Mapped[Sealed]
    hello: Mapped[Sealed]
    hello_next: Mapped[Sealed | None]


class MailboxMessage(Base):
    """The reporter's copy of one message, sealed to the mailbox key. `day` stands inside the seal."""

    __tablename__ = "mailbox_message"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    mailbox_id: Mapped[Id] = mapped_column(ForeignKey("mailbox.id"), index=True)
    sealed: Mapped[Sealed]
