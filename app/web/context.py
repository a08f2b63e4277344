"""What a request can reach: the parts of the running application and its unit of work."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, cast

from flask import current_app, g

from app.database.engine import Database, SQLAlchemyError
from app.security.form_token import FormKeys
from app.services.work import Actor, OpenWork, Sealer, Vault, Work, make_open_work

log = logging.getLogger("heard.context")


class WebSettings(Protocol):
    """The settings that pages and commands need; `config.Settings` has them."""

    @property
    def production(self) -> bool: ...
    @property
    def surface(self) -> str: ...
    @property
    def instance(self) -> Path: ...
    @property
    def port(self) -> int: ...
    @property
    def web_processes(self) -> int: ...
    @property
    def database_url(self) -> str: ...
    @property
    def desk_pepper(self) -> bytes: ...
    @property
    def csrf_key(self) -> bytes: ...
    @property
    def exit_page(self) -> str: ...
    @property
    def send_limit_network(self) -> str | None: ...
    @property
    def send_limit_site(self) -> str | None: ...
    @property
    def file_limit_network(self) -> str | None: ...
    @property
    def valkey_url(self) -> str | None: ...
    @property
    def form_minimum_age(self) -> int: ...
    @property
    def demo_today(self) -> date | None: ...


class DeskSession(Protocol):
    """A signed-in person, as `app.web.session` leaves it in `flask.g.desk`."""

    @property
    def actor(self) -> Actor: ...
    @property
    def vault(self) -> Vault | None: ...


@dataclass(frozen=True)
class Heard:
    """The running application: `current_app.extensions["heard"]`."""

    settings: WebSettings = field(repr=False)
    database: Database = field(repr=False)
    sealer: Sealer = field(repr=False)
    clock: Callable[[], datetime]
    today: Callable[[], date]
    form_keys: FormKeys = field(repr=False)
    open_work: OpenWork = field(repr=False)
    """Opens units of work without a signed-in person."""
    worker_key: Callable[[], bytes] = field(repr=False)
    """Reads the key of the worker; raises `Misconfigured` where this process must not have it. No page calls it."""

    @property
    def with_drafts(self) -> bool:
        """Whether sentences that no speaker has checked are shown as well: in the demonstration alone."""
        return self.settings.demo_today is not None


def heard() -> Heard:
    """Return the parts of the running application."""
    return cast(Heard, current_app.extensions["heard"])


def unit_of_work(*, reading: bool = False) -> AbstractContextManager[Work]:
    """Open a unit of work for this request: as the signed-in person, where there is one."""
    desk: DeskSession | None = g.get("desk")
    parts = heard()
    if desk is None:
        return parts.open_work(reading=reading)
    open_work = make_open_work(
        parts.database,
        parts.sealer,
        clock=parts.clock,
        today=parts.today,
        actor=desk.actor,
        vault=desk.vault,
    )
    return open_work(reading=reading)


def forget_order() -> None:
    """Empty SQLite's log, whose order of commits would join the row just stored to the report sent before it.

    It raises nothing: the row is stored, and the worker empties the log later where this could not.
    """
    try:
        heard().database.copy_log_back()
    except SQLAlchemyError as error:
        log.warning("log.not_emptied %s", type(error).__name__)
