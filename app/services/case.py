"""One case as its readers see it: the words, the facts, the conversation and what has been done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, update

from app.domain.errors import Unreadable
from app.domain.mailbox_acts import MailboxActs, acts_of, in_order
from app.domain.withdrawal import is_stopped
from app.services.case_scope import CaseColumns, GrantedCase
from app.services.place import PlaceView, name_places
from app.services.queue import Card, next_clocks
from app.services.reporter_event import WaitingEvents, waiting_events
from app.services.unsealing import ReaderKey, case_opener, open_content, open_if_readable
from app.services.user import name_people
from app.services.work import OpenWork, Work
from models.attachment import Attachment
from models.case import CaseSeen
from models.conversation import Message
from models.report import Report


@dataclass(frozen=True)
class CaseMessage:
    """One message; `who` is `team` or `reporter`, `name` the member of the team."""

    who: str
    name: str
    day: date
    text: str = field(repr=False)
    is_new: bool
    kind: str = "message"
    known: Mapping[str, str] = field(default_factory=dict, repr=False)
    consent: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseView:
    """An opened case. It lives for one request only."""

    row: CaseColumns = field(repr=False)
    answers: Mapping[str, Any] = field(repr=False)
    place: PlaceView | None
    owner: str | None
    clock: str | None
    messages: tuple[CaseMessage, ...] = field(repr=False)
    unreadable: int
    """How many messages do not open: one broken row must not hide the case."""
    acts: MailboxActs = field(repr=False)
    """What the reporter changed in the mailbox since."""
    is_stopped: bool
    """Whether the reporter asked us to stop or to delete, counted before anybody has applied it."""
    today: date
    files: int = 0

    @property
    def in_danger(self) -> bool:
        """Whether someone may be in danger and nobody has looked yet."""
        return self.row.possible_danger and self.row.screened_on is None


def read_case(open_work: OpenWork, granted: GrantedCase) -> CaseView:
    """Return an opened case; `case.opened` is committed before anything is opened."""
    with open_work() as work:
        work.audit("case.opened", about=granted.id)
        mine = (CaseSeen.case_id == granted.id) & (CaseSeen.user_id == work.person.id)
        work.connection.execute(update(CaseSeen).where(mine).values(version=granted.row.version))
        seed = work.vault.seed
    with open_work(reading=True) as work:
        sealed_report = report_of(work, granted.id)
        sealed_messages = work.connection.execute(
            select(Message.id, Message.sealed).where(Message.case_id == granted.id)
        ).all()
        waiting = waiting_events(work, [granted.id]).get(granted.id, WaitingEvents())
        clock = next_clocks(work, [granted.id]).get(granted.id)
    with ReaderKey(seed) as reader, case_opener(reader.case_seed(granted.id, granted.grant)) as opener:
        report = open_content(opener, "report", (granted.id, sealed_report.id), sealed_report.sealed)
        opened = [
            open_if_readable(opener, "message", (granted.id, message.id), message.sealed) for message in sealed_messages
        ]
    contents = in_order(content for content in opened if content is not None)
    stopped = is_stopped(granted.row.withdrawn, waiting.stops)
    answers: Mapping[str, Any] = report["answers"]
    with open_work(reading=True) as work:
        place = str(answers.get("place", ""))
        writers = {bytes.fromhex(content["user"]) for content in contents if "user" in content}
        names = name_people(work, {granted.row.owner, *writers})
        return CaseView(
            row=granted.row,
            answers=answers,
            place=name_places(work, frozenset((place,))).get(place),
            owner=names.get(granted.row.owner or b""),
            clock=None if stopped else clock,
            messages=_conversation(contents, names, waiting),
            unreadable=opened.count(None),
            acts=acts_of(contents),
            is_stopped=stopped,
            today=work.today,
            files=count_attachments(work, granted.id),
        )


def read_card(open_work: OpenWork, granted: GrantedCase) -> tuple[Card, PlaceView | None]:
    """Return the card and place of one case for the conflict gate; the audit entry is committed first."""
    with open_work() as work:
        work.audit("cards.opened", about=granted.id, count=1)
        seed = work.vault.seed
    with ReaderKey(seed) as reader, case_opener(reader.case_seed(granted.id, granted.grant)) as opener:
        card = open_content(opener, "card", (granted.id, granted.id), granted.row.card)
    place = str(card.get("place", ""))
    with open_work(reading=True) as work:
        return card, name_places(work, frozenset((place,))).get(place)


def count_attachments(work: Work, case_id: bytes) -> int:
    """Return how many files a case has."""
    mine = select(func.count()).select_from(Attachment).where(Attachment.case_id == case_id)
    return work.connection.scalar(mine) or 0


def find_report(work: Work, case_id: bytes) -> Row[Any] | None:
    """Return the report of a case, sealed; None when it has been disposed of."""
    return work.connection.execute(select(Report).where(Report.case_id == case_id)).first()


def report_of(work: Work, case_id: bytes) -> Row[Any]:
    """Return the report of a case, sealed. Raises `Unreadable` when it has been disposed of."""
    report = find_report(work, case_id)
    if report is None:
        raise Unreadable
    return report


NEW_KINDS: Mapping[str, tuple[str, ...]] = {
    "wrote": ("message", "file", "check_in", "consent"),
    "known_changed": ("known",),
}
"""Which kinds of message an event that waits for an answer may have come with."""


def _conversation(
    contents: list[dict[str, Any]], names: Mapping[bytes, str], waiting: WaitingEvents
) -> tuple[CaseMessage, ...]:
    new: set[int] = set()
    for event, kinds in NEW_KINDS.items():
        theirs = [index for index, one in enumerate(contents) if one["from"] == "reporter" and one["kind"] in kinds]
        count = waiting.count(event)
        new.update(theirs[max(0, len(theirs) - count) :] if count else ())
    return tuple(_message(content, names, index in new) for index, content in enumerate(contents))


def _message(content: Mapping[str, Any], names: Mapping[bytes, str], is_new: bool) -> CaseMessage:
    theirs = content["from"] == "reporter"
    name = "The reporter" if theirs else names.get(bytes.fromhex(content.get("user", "")), "The team")
    return CaseMessage(
        "reporter" if theirs else "team",
        name,
        date.fromisoformat(content["day"]),
        content["text"],
        is_new,
        content["kind"],
        content.get("known", {}),
        content.get("consent", {}),
    )
