"""Who may open a case: the case seed, sealed to one reader."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Id, Sealed


class Grant(Base):
    """One reader's copy of a case seed. Excluding someone means that this row is never made."""

    __tablename__ = "grant"
    __table_args__ = (NO_ROW_NUMBER,)

    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id"), primary_key=True)
    user_id: Mapped[Id] = mapped_column(primary_key=True)
    sealed: Mapped[Sealed]
