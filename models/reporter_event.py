"""What a reporter did since; intake inserts it, reading code counts it, the desk applies it."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Code, Day, Id


class ReporterEvent(Base):
    """One act of a reporter in the mailbox, still to be applied to the case."""

    __tablename__ = "reporter_event"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[Code]
    day: Mapped[Day]
