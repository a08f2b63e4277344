"""A trust and somebody who reports to it, to hold promises to what is done."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.services.case_scope import require_case
from app.services.conflict import pass_gate
from app.services.unsealing import ReaderKey, case_opener, open_content
from models.base import Base
from models.grant import Grant
from models.report import Report
from tests.fixtures.pages import Visitor
from tests.service.desk import DeskTrust
from tests.web.conftest import ANSWERS, code_of

CANARY = "canaryzqxword"
HOME, BROWSER = "203.0.113.77", "CanaryBrowser/77"
PATHS = ("/", "/quick", "/return", "/support", "/privacy", "/how-it-works", "/accessibility", "/easy-read", "/bsl",
         "/languages", "/other-ways", "/paper-form", "/w/7KQ4")  # fmt: skip


@dataclass
class World:
    """A trust, its site, and somebody at a computer that can be recognised."""

    app: Flask
    reporter: Visitor
    trust: DeskTrust

    def send(self, **answers: object) -> str:
        """Send one report from the recognisable computer and return its receipt."""
        options: dict[str, Any] = {
            "environ_base": {"REMOTE_ADDR": HOME, "HTTP_USER_AGENT": BROWSER},
            "headers": {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": HOME},
        }
        token = self.reporter.get("/quick").value("token")
        return code_of(self.reporter.post("/quick", ANSWERS | {"token": token} | answers, **options))

    def dump(self) -> dict[str, str]:
        """Return every row of every table as text."""
        with self.trust.public(reading=True) as work:
            tables = Base.metadata.tables.items()
            return {name: repr(sorted(map(repr, work.connection.execute(select(table))))) for name, table in tables}

    def opened(self) -> str:
        """Return what a reader finds inside the one report and its card, every field of it."""
        ana = self.trust.as_person("ana")
        granted = require_case(ana, self.trust.only_reference())
        pass_gate(ana, granted)
        with ana(reading=True) as work:
            report = work.connection.execute(select(Report)).one()
            seed = work.vault.seed
        with ReaderKey(seed) as reader, case_opener(reader.case_seed(granted.id, granted.grant)) as opener:
            inside = open_content(opener, "report", (granted.id, report.id), report.sealed)
            card = open_content(opener, "card", (granted.id, granted.id), granted.row.card)
        return repr((inside, card))

    def privacy(self) -> str:
        """Return the words of the privacy page."""
        return self.reporter.get("/privacy").words

    def granted(self) -> set[bytes]:
        """Return the ids of those who hold a key to any report."""
        with self.trust.public(reading=True) as work:
            return set(work.connection.scalars(select(Grant.user_id)))
