"""The secrets of a financial year, each sealed under the key that only workers hold."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Code, Sealed


class WorkerKey(Base):
    """One year's aggregation seed or noise key; `use` is `aggregation` or `noise`, the year is written `FY2026`."""

    __tablename__ = "worker_key"
    __table_args__ = (NO_ROW_NUMBER,)

    financial_year: Mapped[str] = mapped_column(String(6), primary_key=True)
    use: Mapped[Code] = mapped_column(primary_key=True)
    sealed: Mapped[Sealed]
