"""The audit log: leaves of a Merkle tree, sequenced by the worker."""

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Day, Id


class AuditEvent(Base):
    """One act. `leaf` is canonical JSON and is never changed; triggers refuse it."""

    __tablename__ = "audit_event"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    day: Mapped[Day] = mapped_column(index=True)
    leaf_index: Mapped[int | None]
