"""Our handling of one report: the clear columns of ruling 32, the sealed card, and who has seen it."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Code, Day, Id, Sealed

IS_OPEN = text("status <> 'closed'")


class Case(Base):
    """One case. Every other fact about it is sealed."""

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("reference"),
        # The queue's order, found without touching a closed case.
        Index(
            "ix_case_open",
            "next_due_on",
            "possible_danger",
            "screened_on",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        NO_ROW_NUMBER,
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(9))
    status: Mapped[Code]
    priority: Mapped[Code]
    owner: Mapped[Id | None]
    possible_danger: Mapped[bool]
    spam_lane: Mapped[bool]
    paused: Mapped[bool]
    legal_hold: Mapped[bool]
    withdrawn: Mapped[bool]
    retention_class: Mapped[Code]
    version: Mapped[int]
    next_due_on: Mapped[Day]
    received_on: Mapped[Day]
    screened_on: Mapped[Day | None]
    acknowledged_on: Mapped[Day | None]
    triaged_on: Mapped[Day | None]
    feedback_on: Mapped[Day | None]
    closed_on: Mapped[Day | None]
    # Wide columns last: a pass over the narrow ones then reads no overflow page.
    public_key: Mapped[Sealed]
    record_public_key: Mapped[Sealed | None]
    card: Mapped[Sealed]


class CaseSeen(Base):
    """That one reader has passed the conflict gate of a case, and the case version they last saw."""

    __tablename__ = "case_seen"
    __table_args__ = (NO_ROW_NUMBER,)

    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id"), primary_key=True)
    user_id: Mapped[Id] = mapped_column(primary_key=True)
    version: Mapped[int]
