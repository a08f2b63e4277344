"""What was told, sealed to its case, never edited."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Id, Sealed


class Report(Base):
    """One report."""

    __tablename__ = "report"
    __table_args__ = (NO_ROW_NUMBER,)

    # The key: a second row for a case could stand before the reporter's.
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id"), primary_key=True)
    id: Mapped[Id]
    sealed: Mapped[Sealed]
