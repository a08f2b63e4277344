"""Sending a report: derive the receipt, look whether it is stored, store it once."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import bindparam, exists, func, select

from app.domain.deadline import due_on
from app.domain.errors import NotReceived
from app.domain.receipts import format_receipt
from app.security.mailbox_key import mailbox_key
from app.services.attachment_intake import discard_attachments
from app.services.place import places_around
from app.services.report_rows import SentReport
from app.services.report_sealing import NOT_RECEIVED, Receipt, ReportDraft, ReportSetting, place_id, seal_report
from app.services.roster import current_roster
from app.services.work import OpenWork, Work, add_once
from models.attachment import Attachment
from models.case import Case
from models.deadline import Deadline
from models.grant import Grant
from models.mailbox import Mailbox
from models.report import Report
from models.roster import Roster

ATTEMPTS = 3
"""The page itself, once more after a clash, and a last look for a twin."""
_LOOK = select(
    exists().where(Mailbox.id == bindparam("mailbox_id")), select(func.max(Roster.version)).scalar_subquery()
)


@dataclass(frozen=True)
class ReceiptDates:
    """The days that the receipt page promises."""

    read_by: date
    update_by: date
    done_by: date


def receipt_of(work: Work, draft: ReportDraft) -> Receipt:
    """Return the receipt that this page has or will have. Raises `NotReceived` without a readable token."""
    if draft.token is None:
        raise NotReceived(NOT_RECEIVED)
    symbols = draft.token.receipt_for(draft.digest)
    return Receipt(format_receipt(symbols), mailbox_key(symbols, work.sealer.mailbox_pepper))


def find_setting(open_work: OpenWork, draft: ReportDraft) -> ReportSetting | None:
    """Return what sending this page needs, from one look at the database; None when its token cannot be read."""
    if draft.token is None:
        return None
    with open_work(reading=True) as work:
        return gather_setting(work, draft)


def gather_setting(work: Work, draft: ReportDraft) -> ReportSetting:
    """Return the receipt of a draft and, unless it is stored already, the roster and what the place stands among.

    The draft need not be valid.

    Raises `NotReceived` without a readable token.
    """
    receipt = receipt_of(work, draft)
    stored, newest = work.connection.execute(_LOOK, {"mailbox_id": receipt.mailbox.mailbox_id}).one()
    if stored:
        return ReportSetting(work.today, receipt, None)
    around = places_around(work, place_id(draft.answers))
    return ReportSetting(work.today, receipt, current_roster(work, newest or 0), around)


def submit_report(open_work: OpenWork, draft: ReportDraft, setting: ReportSetting | None = None) -> str:
    """Seal and store one report and return its receipt; the same page sent again returns the same receipt.

    `setting` is what `find_setting` returned for this very draft. Raises `NotReceived` when nothing was stored.
    """
    for _ in range(ATTEMPTS):
        setting = setting or find_setting(open_work, draft)
        if setting is None:
            break
        if setting.is_stored:
            return setting.receipt.code
        sent = seal_report(setting, draft)
        if add_once(open_work, partial(store_report, sent=sent)):
            return setting.receipt.code
        discard_attachments(draft.files, sent.attachments)
        # Look again: a twin that won the race is found; else an id or a reference clashed and is drawn anew.
        setting = None
    raise NotReceived(NOT_RECEIVED)


def store_report(work: Work, sent: SentReport) -> None:
    """Insert every row of one report, mailbox first; its reference to the case is checked at commit."""
    work.insert(Mailbox, sent.mailbox)
    work.insert(Case, sent.case)
    work.insert(Report, sent.report)
    work.insert(Grant, *sent.grants)
    work.insert(Deadline, *sent.deadlines)
    work.insert(Attachment, *sent.attachments)
    work.audit("report.received", about=sent.case["id"], covers=sent.digest)
    work.notify("report_received")


def receipt_dates(today: date) -> ReceiptDates:
    """Return the promised days of a report received today, from the clocks."""
    return ReceiptDates(due_on("acknowledge", today), due_on("update", today), due_on("close", today))
