"""Which cases a person may touch: those they hold a grant for. Absent and ungranted look alike."""

from dataclasses import dataclass, field

from sqlalchemy import select

from app.domain.errors import NotFound
from app.services.work import OpenWork, Work
from models.case import Case, CaseSeen
from models.grant import Grant


@dataclass(frozen=True)
class GrantedCase:
    """One case of the actor's scope, with the actor's grant; `gate_passed` tells whether they may read words."""

    row: Case = field(repr=False)
    grant: bytes = field(repr=False)
    gate_passed: bool

    @property
    def id(self) -> bytes:
        """The id of the case."""
        return self.row.id


def find_case(work: Work, reference: str) -> GrantedCase | None:
    """Return the case with this reference if the actor holds a grant for it."""
    me = work.person.id
    found = work.session.execute(
        select(Case, Grant.sealed, CaseSeen.version)
        .join(Grant, (Grant.case_id == Case.id) & (Grant.user_id == me))
        .outerjoin(CaseSeen, (CaseSeen.case_id == Case.id) & (CaseSeen.user_id == me))
        .where(Case.reference == reference)
    ).first()
    return None if found is None else GrantedCase(found[0], found[1], found[2] is not None)


def require_case(open_work: OpenWork, reference: str) -> GrantedCase:
    """Return a case of the actor's scope. Otherwise commit `access.refused`, then raise `NotFound`."""
    with open_work(reading=True) as work:
        found = find_case(work, reference)
    if found is None:
        with open_work() as work:
            work.audit("access.refused")
        raise NotFound
    return found
