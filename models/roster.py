"""The signed list of who may receive reports."""

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base


class Roster(Base):
    """One version: the canonical document and its signatures (JSON list of key and sig_b64)."""

    __tablename__ = "roster"
    __table_args__ = (NO_ROW_NUMBER,)

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    signatures: Mapped[str] = mapped_column(Text)
