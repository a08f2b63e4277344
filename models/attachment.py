"""Files of a case: the manifest here, the sealed bytes in the file store under the same id."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Id, Sealed


class Attachment(Base):
    """One file. Name, type, size and the key of its bytes are in the manifest, sealed to the case key."""

    __tablename__ = "attachment"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    case_id: Mapped[Id] = mapped_column(ForeignKey("case.id"), index=True)
    sealed: Mapped[Sealed]
