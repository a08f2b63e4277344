"""A person's identity seed, wrapped under what only that person knows."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Code, Id, Sealed


class Vault(Base):
    """One wrap of an identity seed."""

    __tablename__ = "vault"
    __table_args__ = (NO_ROW_NUMBER,)

    user_id: Mapped[Id] = mapped_column(ForeignKey("user.id"), primary_key=True)
    method: Mapped[Code] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    argon2: Mapped[str] = mapped_column(String(60))
    wrap: Mapped[Sealed]
    public_key: Mapped[Sealed]
