"""The declarative base: constraint names by rule, no row ids on SQLite."""

from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# A hidden row number would keep the order in which reports arrived.
NO_ROW_NUMBER: dict[str, Any] = {"sqlite_with_rowid": False}


class Base(DeclarativeBase):
    """Every table of Heard."""

    metadata = MetaData(naming_convention=NAMES)
