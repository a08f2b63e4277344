"""When each job of the worker last ran. It holds nothing about cases or people."""

from datetime import datetime

from sqlalchemy import DateTime, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base


class Job(Base):
    """The heartbeat of one job; `ok` tells whether its last run went through."""

    __tablename__ = "job"
    __table_args__ = (NO_ROW_NUMBER,)

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last_run_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ok: Mapped[bool]
