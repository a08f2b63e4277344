"""What is counted of a report, sealed to the aggregation key of a financial year."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Id, Sealed


class CountingScore(Base):
    """A reporter's answer to "Was this dealt with well?", sealed to the year in which it is given (`FY2026`)."""

    __tablename__ = "counting_score"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    financial_year: Mapped[str] = mapped_column(String(6))
    sealed: Mapped[Sealed]
