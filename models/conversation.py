"""The staff copy of the messages between a reporter and the team."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Id, Sealed


class Message(Base):
    """One message of a case, sealed to the case key."""

    __tablename__ = "message"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id"), index=True)
    sealed: Mapped[Sealed]
