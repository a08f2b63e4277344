"""Clocks: what is due on a case, and when it was met."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Code, Day, Id


class Deadline(Base):
    """One clock of one case."""

    __tablename__ = "deadline"
    __table_args__ = (NO_ROW_NUMBER,)

    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id"), primary_key=True)
    id: Mapped[Id] = mapped_column(primary_key=True)
    clock: Mapped[Code]
    due_on: Mapped[Day]
    met_on: Mapped[Day | None]
