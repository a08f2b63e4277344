"""Sending a report: derive the receipt, seal everything, store it once."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from app.domain.deadline import due_on, first_clocks, next_due_on
from app.domain.errors import NotReceived
from app.domain.receipts import ALPHABET, format_receipt, format_reference
from app.domain.report_content import Answer, content_digest
from app.domain.sealed_content import encode_content
from app.security.case_key import NewKey, new_key, seal_grant
from app.security.form_token import FormToken
from app.security.keys import key_hash, public_key
from app.security.mailbox_key import MailboxKey, link_of, mailbox_key
from app.security.sealing import seal
from app.services.report_rows import Row, SentReport, card_content, case_row
from app.services.roster import Recipients, choose_recipients, current_roster
from app.services.work import OpenWork, Work, add_once
from models.case import Case
from models.deadline import Deadline
from models.grant import Grant
from models.mailbox import Mailbox
from models.report import Report

ID_DIGITS = 32
NOT_RECEIVED = "We could not receive your report. Your text is still here. Please press Send again."


@dataclass(frozen=True)
class ReportDraft:
    """One filled form: its token (None when unreadable) and its normalised answers."""

    form: str
    version: int
    token: FormToken | None = field(repr=False)
    answers: Mapping[str, Answer] = field(repr=False)
    lang: str = "en"
    spam_lane: bool = False


@dataclass(frozen=True)
class Receipt:
    """The receipt of one draft: its 20 symbols in groups, and the mailbox it opens."""

    code: str = field(repr=False)
    mailbox: MailboxKey = field(repr=False)


@dataclass(frozen=True)
class ReportSetting:
    """What sealing needs to know from the database."""

    today: date
    recipients: Recipients
    receipt: Receipt = field(repr=False)


@dataclass(frozen=True)
class ReceiptDates:
    """The days that the receipt page promises."""

    read_by: date
    update_by: date
    done_by: date


def receipt_of(work: Work, draft: ReportDraft) -> Receipt | None:
    """Return the receipt that this page has or will have; None when its token cannot be read."""
    if draft.token is None:
        return None
    symbols = draft.token.receipt_for(content_digest(draft.form, draft.version, draft.answers, []))
    return Receipt(format_receipt(symbols), mailbox_key(symbols, work.sealer.mailbox_pepper))


def find_receipt(open_work: OpenWork, draft: ReportDraft) -> str | None:
    """Return the receipt of this very page when it is already stored."""
    with open_work(reading=True) as work:
        receipt = receipt_of(work, draft)
        return receipt.code if receipt and work.has(Mailbox, receipt.mailbox.mailbox_id) else None


def submit_report(open_work: OpenWork, draft: ReportDraft) -> str:
    """Seal and store one report and return its receipt; the same page sent again returns the same receipt.

    Raises `NotReceived` when nothing was stored.
    """
    with open_work(reading=True) as work:
        setting = gather_setting(work, draft)
    for _ in range(2):
        sent = seal_report(setting, draft)
        if add_once(open_work, partial(store_report, sent=sent)):
            return setting.receipt.code
        if code := find_receipt(open_work, draft):
            return code
    raise NotReceived(NOT_RECEIVED)


def gather_setting(work: Work, draft: ReportDraft) -> ReportSetting:
    """Return the permitted readers and the receipt of a draft. Raises `NotReceived` without a readable token."""
    receipt = receipt_of(work, draft)
    if receipt is None:
        raise NotReceived(NOT_RECEIVED)
    excluded = draft.answers.get("exclude", [])
    recipients = choose_recipients(
        current_roster(work),
        work.today,
        place_id(draft.answers),
        frozenset(map(_as_id, [excluded] if isinstance(excluded, str) else excluded)),
    )
    return ReportSetting(work.today, recipients, receipt)


def place_id(answers: Mapping[str, Answer]) -> bytes | None:
    """Return the id of the place, None when no ward or site was chosen."""
    place = answers.get("place")
    return _as_id(place) if isinstance(place, str) and len(place) == ID_DIGITS else None


def _as_id(text: str) -> bytes:
    return bytes.fromhex(text)


def new_reference() -> str:
    """Return a new case reference of eight random symbols."""
    return format_reference("".join(secrets.choice(ALPHABET) for _ in range(8)))


@dataclass(frozen=True)
class _Names:
    """The ids and keys of one report while it is being sealed."""

    day: date
    case_id: bytes
    key: NewKey = field(repr=False)
    mailbox: MailboxKey = field(repr=False)
    mailbox_public_key: bytes = field(repr=False)
    link: str = field(repr=False)


def seal_report(setting: ReportSetting, draft: ReportDraft, reference: str | None = None) -> SentReport:
    """Return every row of one report, sealed. No transaction is open; ids and keys are new each time."""
    mailbox = setting.receipt.mailbox
    names = _Names(
        day=setting.today,
        case_id=secrets.token_bytes(16),
        key=new_key(),
        mailbox=mailbox,
        mailbox_public_key=public_key(mailbox.seed),
        link=link_of(mailbox.seed).hex(),
    )
    case_id = names.case_id
    possible_danger = draft.answers.get("danger") in ("yes", "not_sure")
    card = encode_content("card", card_content(draft.form, draft.lang, names.day, draft.answers))
    clocks = first_clocks(names.day, possible_danger)
    return SentReport(
        mailbox=_mailbox_row(names),
        case=case_row(
            case_id=case_id,
            reference=reference or new_reference(),
            public_key=names.key.public_key,
            possible_danger=possible_danger,
            spam_lane=draft.spam_lane,
            next_due=next_due_on(list(clocks.values())),
            day=names.day,
            card=seal("card", (case_id, case_id), names.key.public_key, card),
        ),
        report=_report_row(names, draft),
        grants=tuple(_grant_row(names, *reader) for reader in setting.recipients.keys),
        deadlines=tuple(
            {"id": secrets.token_bytes(16), "case_id": case_id, "clock": clock, "due_on": due, "met_on": None}
            for clock, due in clocks.items()
        ),
    )


def _mailbox_row(names: _Names) -> Row:
    hello = {
        "case": names.case_id.hex(),
        "case_key": key_hash(names.key.public_key).hex(),
        "link": names.link,
    }
    mailbox_id = names.mailbox.mailbox_id
    return {
        "id": mailbox_id,
        "public_key": names.mailbox_public_key,
        "case_id": names.case_id,
        "case_public_key": names.key.public_key,
        "hello": seal("hello", (mailbox_id, mailbox_id), names.mailbox_public_key, encode_content("hello", hello)),
        "hello_next": None,
        "expires_on": None,
    }


def _grant_row(names: _Names, user_id: bytes, reader_key: bytes) -> Row:
    sealed = seal_grant(names.case_id, names.key.seed, reader_key)
    return {"id": secrets.token_bytes(16), "case_id": names.case_id, "user_id": user_id, "sealed": sealed}


def _report_row(names: _Names, draft: ReportDraft) -> Row:
    report_id = secrets.token_bytes(16)
    content = {
        "form": draft.form,
        "version": draft.version,
        "day": names.day.isoformat(),
        "lang": draft.lang,
        "link": names.link,
        "mailbox": names.mailbox.mailbox_id.hex(),
        "mailbox_key": key_hash(names.mailbox_public_key).hex(),
        "spam_lane": draft.spam_lane,
        "files": [],
        "answers": dict(draft.answers),
    }
    sealed = seal("report", (names.case_id, report_id), names.key.public_key, encode_content("report", content))
    return {"id": report_id, "case_id": names.case_id, "sealed": sealed}


def store_report(work: Work, sent: SentReport) -> None:
    """Insert every row of one report, mailbox first; its reference to the case is checked at commit."""
    work.insert(Mailbox, sent.mailbox)
    work.insert(Case, sent.case)
    work.insert(Report, sent.report)
    work.insert(Grant, *sent.grants)
    work.insert(Deadline, *sent.deadlines)
    work.audit("report.received", about=sent.case["id"], covers=sent.digest)
    work.notify("report_received")


def receipt_dates(today: date) -> ReceiptDates:
    """Return the promised days of a report received today, from the clocks."""
    return ReceiptDates(due_on("acknowledge", today), due_on("update", today), due_on("close", today))
