"""The directory of services that help: what the public sees, and keeping it checked."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from app.domain.errors import NotFound, Refused
from app.domain.support_directory import directory_order, is_checked
from app.services.support_directory_file import COLUMNS, NewService, check_service
from app.services.work import Work
from models.support_directory import SupportService
from models.vocabulary.support_directory import TAG

LONGEST_CHECKER = 100
UNKNOWN = "The directory has no service of this name: {}"


@dataclass(frozen=True)
class ServiceView:
    """One service as the public reads it; `tags` are codes of the vocabulary in its order."""

    name: str
    description: str
    tags: tuple[str, ...]
    phone: str
    hours: str
    email: str
    url: str
    area: str
    languages: str
    checked_on: date

    @property
    def phone_link(self) -> str:
        """The address that calls the number."""
        return f"tel:{self.phone.replace(' ', '')}"

    @property
    def short_url(self) -> str:
        """The address of the website as people write it."""
        return self.url.removeprefix("https://").strip("/")


@dataclass(frozen=True)
class OverdueService:
    """A service that the public does not see until somebody has checked it again; `checked_on` is None for never."""

    name: str
    checked_on: date | None


def list_services(work: Work) -> tuple[ServiceView, ...]:
    """Return the services to show: visible and checked within 12 months, in the order of the directory."""
    rows = work.connection.execute(select(SupportService).where(SupportService.visible)).all()
    views = [_view(row) for row in rows if is_checked(row.reviewed_on, work.today)]
    return tuple(sorted(views, key=lambda view: directory_order(view.name, frozenset(view.tags))))


def _view(row: Any) -> ServiceView:
    held = row.tags.split()
    return ServiceView(
        name=row.name,
        description=row.description,
        tags=tuple(tag.code for tag in TAG if tag.code in held),
        phone=row.phone,
        hours=row.hours,
        email=row.email,
        url=row.url,
        area=row.area,
        languages=row.languages,
        checked_on=row.reviewed_on,
    )


def list_overdue(work: Work) -> tuple[OverdueService, ...]:
    """Return the services that nobody has checked within 12 months, by name; hidden ones are nobody's task."""
    rows = work.connection.execute(
        select(SupportService.name, SupportService.reviewed_on).where(SupportService.visible)
    ).all()
    late = [OverdueService(row.name, row.reviewed_on) for row in rows if not is_checked(row.reviewed_on, work.today)]
    return tuple(sorted(late, key=lambda service: service.name.casefold()))


def add_services(work: Work, services: Iterable[NewService]) -> int:
    """Store the services whose name is new, not yet checked; return how many. What the trust has is never changed."""
    known = set(work.connection.scalars(select(SupportService.name)))
    rows = [
        {"id": secrets.token_bytes(16), **service.columns(), "reviewed_on": None, "reviewed_by": "", "visible": True}
        for service in services
        if service.name not in known
    ]
    work.insert(SupportService, *rows)
    if rows:
        work.audit("setting.changed", name="support_service", added=len(rows))
    return len(rows)


def record_check(work: Work, name: str, by: str) -> None:
    """Record that `by` has checked a service today. Raises `NotFound` for an unknown one, `Refused` without a `by`."""
    if not by.strip() or len(by) > LONGEST_CHECKER:
        raise Refused(f"Say who checked it, in at most {LONGEST_CHECKER} characters.")
    _change(work, name, {"reviewed_on": work.today, "reviewed_by": by})
    work.audit("setting.changed", name="support_service", service=name, act="checked", by=by)


def show_service(work: Work, name: str, *, visible: bool) -> None:
    """Show a service to the public, once it is checked, or take it away. Raises `NotFound` for an unknown name."""
    _change(work, name, {"visible": visible})
    work.audit("setting.changed", name="support_service", service=name, act="shown" if visible else "hidden")


def change_service(work: Work, name: str, values: Mapping[str, str]) -> None:
    """Change details of a service; `values` are texts by column. Raises `Refused` for what a file could not hold.

    The last check stays: whoever changes an entry says apart that it was checked.
    """
    stored = work.connection.execute(select(SupportService).where(SupportService.name == name)).first()
    if stored is None:
        raise NotFound(UNKNOWN.format(name))
    changed = NewService(**{column: values.get(column, getattr(stored, column)) for column in COLUMNS})
    check_service(changed)
    taken = select(SupportService.id).where(SupportService.name == changed.name, SupportService.id != stored.id)
    if work.connection.execute(taken).first():
        raise Refused(f"Another service has this name: {changed.name}")
    _change(work, name, dict(values))
    work.audit("setting.changed", name="support_service", service=name, act="changed", columns=" ".join(sorted(values)))


def _change(work: Work, name: str, values: dict[str, Any]) -> None:
    done = work.connection.execute(update(SupportService).where(SupportService.name == name).values(values))
    if done.rowcount == 0:
        raise NotFound(UNKNOWN.format(name))
