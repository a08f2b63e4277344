"""People who sign in."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Code, Id


class User(Base):
    """One person on the desk."""

    __tablename__ = "user"
    __table_args__ = (UniqueConstraint("email"), NO_ROW_NUMBER)

    id: Mapped[Id] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[Code]
    active: Mapped[bool]
