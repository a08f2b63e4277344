"""Answers to the one question about the reporter: counted apart, joined to nothing."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Id, Sealed


class Equality(Base):
    """One answer, sealed to the aggregation key of its financial year (`FY2026`)."""

    __tablename__ = "equality"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    financial_year: Mapped[str] = mapped_column(String(6))
    sealed: Mapped[Sealed]
