"""Sites and the wards or teams a reporter can choose."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import NO_ROW_NUMBER, Base
from models.types import Code, Id


class Place(Base):
    """One ward, team or whole site; `code` is the four symbols on its poster."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("code"), NO_ROW_NUMBER)

    id: Mapped[Id] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(4))
    name: Mapped[str] = mapped_column(String(100))
    site: Mapped[str] = mapped_column(String(100))
    directorate: Mapped[str] = mapped_column(String(60))
    staff_count: Mapped[int]
    active: Mapped[bool]
    opens: Mapped[Code]
    """What its poster opens: `quick`, `report`, or `choose` between the two."""
