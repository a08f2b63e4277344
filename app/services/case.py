"""One case as its readers see it: the words, the facts, the conversation and what has been done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, update

from app.domain.errors import Unreadable
from app.services.case_scope import CaseColumns, GrantedCase
from app.services.place import PlaceView, name_places
from app.services.queue import Card, next_clocks
from app.services.unsealing import ReaderKey, case_opener, open_content, open_if_readable
from app.services.user import name_people
from app.services.work import OpenWork, Work
from models.attachment import Attachment
from models.case import CaseSeen
from models.conversation import Message
from models.report import Report
from models.reporter_event import ReporterEvent


@dataclass(frozen=True)
class CaseMessage:
    """One message; `who` is `team` or `reporter`, `name` the member of the team."""

    who: str
    name: str
    day: date
    text: str = field(repr=False)
    is_new: bool


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
        waiting = _count_waiting(work, granted.id)
        clock = next_clocks(work, [granted.id]).get(granted.id)
    with ReaderKey(seed) as reader, case_opener(reader.case_seed(granted.id, granted.grant)) as opener:
        report = open_content(opener, "report", (granted.id, sealed_report.id), sealed_report.sealed)
        opened = [
            open_if_readable(opener, "message", (granted.id, message.id), message.sealed) for message in sealed_messages
        ]
    contents = [content for content in opened if content is not None]
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
            clock=clock,
            messages=_conversation(contents, names, waiting),
            unreadable=opened.count(None),
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


def _count_waiting(work: Work, case_id: bytes) -> int:
    wrote = select(ReporterEvent.id).where(ReporterEvent.case_id == case_id, ReporterEvent.kind == "wrote")
    return len(work.connection.scalars(wrote).all())


def _conversation(contents: list[dict[str, Any]], names: Mapping[bytes, str], waiting: int) -> tuple[CaseMessage, ...]:
    # Reporters' messages hold a day only: within a day they stand before ours, as in the mailbox.
    contents.sort(key=lambda content: (content["day"], content["from"] != "reporter", content.get("at", "")))
    theirs = [index for index, content in enumerate(contents) if content["from"] == "reporter"]
    new = set(theirs[len(theirs) - waiting :]) if waiting else set()
    return tuple(_message(content, names, index in new) for index, content in enumerate(contents))


def _message(content: Mapping[str, Any], names: Mapping[bytes, str], is_new: bool) -> CaseMessage:
    day = date.fromisoformat(content["day"])
    if content["from"] == "reporter":
        return CaseMessage("reporter", "The reporter", day, content["text"], is_new)
    return CaseMessage(
        "team", names.get(bytes.fromhex(content.get("user", "")), "The team"), day, content["text"], False
    )
