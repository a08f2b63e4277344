"""Services that help, with or without a report."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Day, Id


class SupportService(Base):
    """One service. `tags` are codes of the vocabulary, apart by spaces; `reviewed_on` is empty until checked."""

    __tablename__ = "support_service"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text)
    tags: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(40))
    hours: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    url: Mapped[str] = mapped_column(String(200))
    area: Mapped[str] = mapped_column(String(100))
    languages: Mapped[str] = mapped_column(String(100))
    reviewed_on: Mapped[Day | None]
    reviewed_by: Mapped[str] = mapped_column(String(100))
    visible: Mapped[bool]
