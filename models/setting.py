"""Settings a trust changes in the product, in append-only versions."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Day


class Setting(Base):
    """One version of one setting; `value` is JSON, the highest version counts."""

    __tablename__ = "setting"
    __table_args__ = (NO_ROW_NUMBER,)

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[str] = mapped_column(Text)
    set_on: Mapped[Day]
