"""INSERTs compiled once for each table and database: the send path runs seven of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, LargeBinary, Table, insert

MOST_TOGETHER = 16
"""Rows that one statement takes; more of them go to the driver as a list."""
POSITIONAL = {"sqlite": "qmark", "postgresql": "format"}
Row = Mapping[str, Any]
Processor = Callable[[Any], Any]


@dataclass(frozen=True)
class Insertion:
    """The INSERT of one table in the words of one driver, and what the driver needs done to some columns."""

    start: str
    values: str
    columns: tuple[tuple[str, Processor | None], ...]

    def run(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Insert plain rows that name every column, without RETURNING."""
        given = [tuple(process(row[name]) if process else row[name] for name, process in self.columns) for row in rows]
        if len(given) > MOST_TOGETHER:
            connection.exec_driver_sql(self.start + self.values, given)
        else:
            together = self.start + ", ".join([self.values] * len(given))
            connection.exec_driver_sql(together, tuple(value for row in given for value in row))


def compile_insertion(table: Table, dialect: Dialect) -> Insertion:
    """Return the INSERT of a table, every column bound by its place."""
    positional = type(dialect)(paramstyle=POSITIONAL[dialect.name])  # type: ignore[call-arg]  # each dialect takes it
    start, values = str(insert(table).inline().compile(dialect=positional)).split(" VALUES ")
    columns = []
    for column in table.columns:
        kind = column.type.dialect_impl(dialect)
        # Both drivers take bytes as they are.
        process = None if isinstance(kind, LargeBinary) else kind.bind_processor(dialect)
        columns.append((column.name, process))
    return Insertion(f"{start} VALUES ", values, tuple(columns))
