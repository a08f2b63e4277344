"""Notices waiting to be sent. A report's notice holds no case id and a day only."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Code, Day, Id


class Outbox(Base):
    """One notice, deleted on delivery."""

    __tablename__ = "outbox"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    kind: Mapped[Code]
    day: Mapped[Day]
