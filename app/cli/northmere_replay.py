"""Living through the two years of Northmere: every report and act on its own day, through the same services."""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any

from app.cli.northmere import DemoReport
from app.cli.northmere_handling import DemoStep
from app.cli.northmere_mailbox import CONSENT, STOP, DemoChange, changes_of
from app.database.engine import Database
from app.security.equality_token import read_equality_token
from app.security.form_token import FormToken
from app.security.mailbox_key import MailboxKey
from app.services.case_scope import GrantedCase, require_case
from app.services.conversation import reply
from app.services.demonstration import (
    Triage,
    end_demonstration_case,
    move_demonstration_case,
    record_demonstration_feedback,
    triage_demonstration_case,
)
from app.services.equality import EqualityDraft, offer_equality, save_equality
from app.services.mailbox_known import change_known, give_consent
from app.services.mailbox_message import send_message
from app.services.mailbox_stop import ask_to_stop
from app.services.report import gather_setting, store_report
from app.services.report_sealing import ReportDraft, seal_report
from app.services.unsealing import UnlockedVault
from app.services.work import Actor, OpenWork, Sealer, Work

BATCH = 250
"""Acts in one transaction: a commit for each would take most of the time."""
WORKING_FROM = time(10)
Moment = tuple[str, DemoReport, DemoStep | None]


@dataclass(frozen=True)
class DemoPerson:
    """One account of the demonstration; `role` is the one it signs in with."""

    id: bytes
    role: str
    fallback: bool
    name: str
    email: str
    passphrase: str = field(repr=False)
    seed: bytes = field(repr=False)


@dataclass(frozen=True)
class _Sent:
    """A report that is stored: its case, and its mailbox as its reporter opens it."""

    case_id: bytes
    mailbox: MailboxKey = field(repr=False)


class Replay:
    """Sends every report and repeats every act of the team and of the reporters, day by day."""

    def __init__(self, database: Database, sealer: Sealer, people: Iterable[DemoPerson]) -> None:
        self._database = database
        self._sealer = sealer
        self._actors = {one.id.hex(): (Actor(one.id, one.name, one.role), one.seed) for one in people}
        self._sent: dict[str, _Sent] = {}
        self._granted: dict[str, GrantedCase] = {}
        self._open: list[DemoReport] = []
        self._connection: Any = None
        self._acts: Mapping[str, Callable[[DemoReport, DemoStep], None]] = {
            "reply": self._reply,
            "feedback": self._feedback,
            "write": self._write,
            "triage": self._triage,
            "move": self._move,
            "end": self._end,
        }

    def run(self, reports: Iterable[DemoReport]) -> None:
        """Store everything. Reports come in the order of their days."""
        moments = timeline(reports)
        while batch := list(islice(moments, BATCH)):
            with self._database.transaction() as self._connection:
                for _, report, step in batch:
                    if step is None:
                        self._send(report)
                    else:
                        self._acts[step.act](report, step)
        with self._database.transaction() as self._connection:
            for report, day, change in changes_of(self._open):
                self._change(report, day, change)

    def _open_on(self, day: str, reader: str = "") -> OpenWork:
        """Return what opens units of work on that day, inside the transaction of the batch."""
        today = date.fromisoformat(day)
        at = datetime.combine(today, WORKING_FROM, UTC)
        actor, seed = self._actors[reader] if reader else (None, b"")

        @contextmanager
        def open_work(*, reading: bool = False) -> Iterator[Work]:
            vault = UnlockedVault(bytearray(seed)) if actor else None
            yield Work(self._connection, self._sealer, at, today, actor, vault)

        return open_work

    def _send(self, report: DemoReport) -> None:
        token = FormToken(bytes.fromhex(report.nonce), 0, self._sealer.form_keys.current)
        draft = ReportDraft(report.form, 1, token, report.answers, spam_lane=report.spam_lane)
        with self._open_on(report.day)() as work:
            setting = gather_setting(work, draft)
            sent = seal_report(setting, draft, report.reference)
            store_report(work, sent)
        self._sent[report.reference] = _Sent(sent.case["id"], setting.receipt.mailbox)
        if report.is_open:
            self._open.append(report)
        if report.ethnic_2021:
            self._answer(report, draft)

    def _answer(self, report: DemoReport, draft: ReportDraft) -> None:
        keys = self._sealer.form_keys
        token = offer_equality(keys, draft, draft.role, date.fromisoformat(report.day))
        answer = EqualityDraft(read_equality_token(keys, token), report.ethnic_2021)
        save_equality(self._open_on(report.day), answer)

    def _write(self, report: DemoReport, step: DemoStep) -> None:
        token = FormToken(bytes.fromhex(report.nonce), 0, self._sealer.form_keys.current)
        send_message(self._open_on(step.day), self._sent[report.reference].mailbox, token, step.text)

    def _change(self, report: DemoReport, day: str, change: DemoChange) -> None:
        open_work, mailbox = self._open_on(day), self._sent[report.reference].mailbox
        token = FormToken(bytes.fromhex(report.nonce), 0, self._sealer.form_keys.current)
        if change.kind == STOP:
            ask_to_stop(open_work, mailbox, token, change.chosen["choice"])
        elif change.kind == CONSENT:
            give_consent(open_work, mailbox, token, change.chosen)
        else:
            change_known(open_work, mailbox, token, change.chosen)

    def _reply(self, report: DemoReport, step: DemoStep) -> None:
        open_work = self._open_on(step.day, report.owner)
        granted = self._granted.get(report.reference) or require_case(open_work, report.reference)
        self._granted[report.reference] = granted
        reply(open_work, granted, step.text)

    def _feedback(self, report: DemoReport, step: DemoStep) -> None:
        self._reply(report, step)
        with self._open_on(step.day, report.owner)() as work:
            record_demonstration_feedback(work, self._sent[report.reference].case_id)

    def _triage(self, report: DemoReport, step: DemoStep) -> None:
        with self._open_on(step.day, report.owner)() as work:
            triage = Triage(bytes.fromhex(report.owner), report.facts["priority"])
            triage_demonstration_case(work, self._sent[report.reference].case_id, triage)

    def _move(self, report: DemoReport, step: DemoStep) -> None:
        with self._open_on(step.day, report.owner)() as work:
            move_demonstration_case(work, self._sent[report.reference].case_id, step.status)
        if step is report.steps[-1]:
            self._granted.pop(report.reference, None)

    def _end(self, report: DemoReport, step: DemoStep) -> None:
        with self._open_on(step.day, report.owner)() as work:
            end_demonstration_case(work, self._sent[report.reference].case_id, step.reason)


def timeline(reports: Iterable[DemoReport]) -> Iterator[Moment]:
    """Yield every report, without a step, and every step, in the order of the days.

    Only the steps still to come of reports already sent are in memory.
    """
    waiting: list[tuple[str, int, int, DemoReport, DemoStep]] = []
    for number, report in enumerate(reports):
        while waiting and waiting[0][0] < report.day:
            day, _, _, earlier, step = heapq.heappop(waiting)
            yield day, earlier, step
        yield report.day, report, None
        for index, step in enumerate(report.steps):
            heapq.heappush(waiting, (step.day, number, index, report, step))
    while waiting:
        day, _, _, earlier, step = heapq.heappop(waiting)
        yield day, earlier, step
