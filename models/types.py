"""Column types shared by the tables: sealed bytes, days and random ids."""

from datetime import date
from typing import Annotated

from sqlalchemy import Date, LargeBinary, String
from sqlalchemy.orm import mapped_column

type_id = LargeBinary(16)

Id = Annotated[bytes, mapped_column(type_id)]
"""Sixteen random bytes made in Python, so that an INSERT needs no RETURNING."""

Sealed = Annotated[bytes, mapped_column(LargeBinary)]
"""An envelope or a wrap: unreadable without a key that the database does not hold."""

Day = Annotated[date, mapped_column(Date)]
"""A day. Nothing that a reporter causes is stored finer than this."""

Code = Annotated[str, mapped_column(String(40))]
"""A stable code of the vocabulary."""
