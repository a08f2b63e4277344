"""How a person proves who they are, and how often that failed lately."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Id


class Credential(Base):
    """The verifier of one passphrase; the vault has a salt and a purpose of its own."""

    __tablename__ = "credential"
    __table_args__ = (NO_ROW_NUMBER,)

    user_id: Mapped[Id] = mapped_column(ForeignKey("user.id"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    verifier: Mapped[bytes] = mapped_column(LargeBinary)
    argon2: Mapped[str] = mapped_column(String(60))


class SignInAttempt(Base):
    """A failed attempt on an account, kept for an hour to slow guessing down."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (NO_ROW_NUMBER,)

    id: Mapped[Id] = mapped_column(primary_key=True)
    user_id: Mapped[Id] = mapped_column(index=True)
    failed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
