"""Which cases a person may touch: those they hold a grant for. Absent and ungranted look alike."""

from dataclasses import dataclass, field, fields
from datetime import date

from sqlalchemy import select

from app.domain.errors import MistypedReceipt, NotFound
from app.domain.receipts import format_reference, parse_reference
from app.services.work import OpenWork, Work
from models.case import Case, CaseSeen
from models.grant import Grant


@dataclass(frozen=True)
class CaseColumns:
    """The clear columns of a case that the desk reads, and its sealed card, as plain values."""

    id: bytes
    reference: str
    public_key: bytes = field(repr=False)
    card: bytes = field(repr=False)
    status: str
    owner: bytes | None
    possible_danger: bool
    withdrawn: bool
    version: int
    next_due_on: date
    received_on: date
    screened_on: date | None
    triaged_on: date | None
    closed_on: date | None


_COLUMNS = tuple(getattr(Case, column.name) for column in fields(CaseColumns))


@dataclass(frozen=True)
class GrantedCase:
    """One case of the actor's scope, with the actor's grant; `gate_passed` tells whether they may read words."""

    row: CaseColumns = field(repr=False)
    grant: bytes = field(repr=False)
    gate_passed: bool

    @property
    def id(self) -> bytes:
        """The id of the case."""
        return self.row.id


def find_case(work: Work, reference: str) -> GrantedCase | None:
    """Return the case if the actor holds a grant; capitals, spaces and the dash of a reference do not matter."""
    try:
        reference = format_reference(parse_reference(reference))
    except MistypedReceipt:
        return None
    me = work.person.id
    found = work.connection.execute(
        select(*_COLUMNS, Grant.sealed, CaseSeen.version)
        .select_from(Case)
        .join(Grant, (Grant.case_id == Case.id) & (Grant.user_id == me))
        .outerjoin(CaseSeen, (CaseSeen.case_id == Case.id) & (CaseSeen.user_id == me))
        .where(Case.reference == reference)
    ).first()
    if found is None:
        return None
    *columns, sealed, seen = found
    return GrantedCase(CaseColumns(*columns), sealed, seen is not None)


def require_case(open_work: OpenWork, reference: str) -> GrantedCase:
    """Return a case of the actor's scope. Otherwise commit `access.refused`, then raise `NotFound`."""
    with open_work(reading=True) as work:
        found = find_case(work, reference)
    if found is None:
        with open_work() as work:
            work.audit("access.refused")
        raise NotFound
    return found
