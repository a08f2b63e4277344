"""Sealing one report: from its answers and the readers of the moment to every row, before any is stored."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.deadline import first_clocks, next_due_on
from app.domain.errors import NotReceived
from app.domain.receipts import format_reference, symbols_from_bits
from app.domain.report_content import Answer, content_digest, read_id
from app.domain.sealed_content import encode_content
from app.security.case_key import NewKey, new_key, seal_grant
from app.security.form_token import FormToken
from app.security.keys import Recipient, key_hash, recipient_of
from app.security.mailbox_key import MailboxKey, link_of
from app.security.roster import Roster
from app.security.sealing import seal
from app.services.attachment_intake import AttachmentDraft, SealedAttachment, seal_attachments
from app.services.report_rows import Row, SentReport, card_content, case_row, sealed_answers
from app.services.roster import Recipients, choose_recipients
from models.vocabulary.incident import POSSIBLE_DANGER
from models.vocabulary.people import GUARDIAN_ONLY
from models.vocabulary.word import N_

REFERENCE_SYMBOLS = 8
STAFF = "staff"
NOT_RECEIVED = N_("We could not receive your report. Your text is still here. Please press Send again.")


@dataclass(frozen=True)
class ReportDraft:
    """One filled form: its token (None when unreadable) and its normalised answers."""

    form: str
    version: int
    token: FormToken | None = field(repr=False)
    answers: Mapping[str, Answer] = field(repr=False)
    lang: str = "en"
    spam_lane: bool = False
    files: tuple[AttachmentDraft, ...] = field(default=(), repr=False)
    """In posting order. The receipt needs them as received; sealing needs each of them cleaned."""

    @property
    def role(self) -> str:
        """Who tells us, a code of the public form. The quick form does not ask: it is for staff."""
        return str(self.answers.get("role", STAFF))

    @property
    def possible_danger(self) -> bool:
        """Whether somebody may be in danger, by the reporter's own answer."""
        return self.answers.get("danger") in POSSIBLE_DANGER

    @property
    def guardian_only(self) -> bool:
        """Whether only the guardians read it, by the reporter's wish."""
        return self.answers.get("reader") == GUARDIAN_ONLY

    @property
    def digest(self) -> bytes:
        """SHA-256 of the content as it was sent, from which the receipt and the id of the one answer are made."""
        return content_digest(self.form, self.version, self.answers, [file.mark for file in self.files])


@dataclass(frozen=True)
class Receipt:
    """The receipt of one draft: its 20 symbols in groups, and the mailbox it opens."""

    code: str = field(repr=False)
    mailbox: MailboxKey = field(repr=False)


@dataclass(frozen=True)
class ReportSetting:
    """What sending needs to know from the database."""

    today: date
    receipt: Receipt = field(repr=False)
    roster: Roster | None
    """The readers; None when this very page has been received before, and nobody need be sealed to."""
    around: frozenset[bytes] = field(default=frozenset(), repr=False)
    """The places by which a reader may be close to this report."""

    @property
    def is_stored(self) -> bool:
        """Whether this very page has been received before."""
        return self.roster is None


def place_id(answers: Mapping[str, Answer]) -> bytes | None:
    """Return the id of the place, None when no ward or site was chosen."""
    return read_id(answers.get("place"))


def new_reference() -> str:
    """Return a new case reference of eight random symbols."""
    return format_reference(symbols_from_bits(secrets.token_bytes(5), REFERENCE_SYMBOLS))


@dataclass(frozen=True)
class _Names:
    """The ids and keys of one report while it is being sealed."""

    day: date
    case_id: bytes
    key: NewKey = field(repr=False)
    mailbox: MailboxKey = field(repr=False)
    owner: Recipient = field(repr=False)
    """The mailbox as a recipient."""
    link: str = field(repr=False)


def seal_report(setting: ReportSetting, draft: ReportDraft, reference: str | None = None) -> SentReport:
    """Return every row of one report, sealed. No transaction is open; ids and keys are new each time.

    Its files are in the store when this returns.
    """
    if setting.roster is None:
        raise NotReceived(NOT_RECEIVED)
    mailbox = setting.receipt.mailbox
    names = _Names(
        day=setting.today,
        case_id=secrets.token_bytes(16),
        key=new_key(),
        mailbox=mailbox,
        owner=recipient_of(mailbox.seed),
        link=link_of(mailbox.seed).hex(),
    )
    case_id = names.case_id
    card = encode_content("card", card_content(draft.form, draft.lang, names.day, draft.answers, len(draft.files)))
    files = seal_attachments(case_id, names.key.recipient, draft.files, names.day)
    clocks = first_clocks(names.day, draft.possible_danger)
    return SentReport(
        mailbox=_mailbox_row(names),
        case=case_row(
            case_id=case_id,
            reference=reference or new_reference(),
            public_key=names.key.public_key,
            possible_danger=draft.possible_danger,
            spam_lane=draft.spam_lane,
            next_due=next_due_on(list(clocks.values())),
            day=names.day,
            card=seal("card", (case_id, case_id), names.key.recipient, card),
        ),
        report=_report_row(names, draft, files),
        grants=tuple(_grant_row(names, *reader) for reader in _recipients(setting, setting.roster, draft).keys),
        deadlines=_deadline_rows(case_id, clocks),
        attachments=tuple(file.row for file in files),
    )


def _deadline_rows(case_id: bytes, clocks: Mapping[str, date]) -> tuple[Row, ...]:
    return tuple(
        {"case_id": case_id, "id": secrets.token_bytes(16), "clock": clock, "due_on": due, "met_on": None}
        for clock, due in clocks.items()
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
        "public_key": names.owner.public_key,
        "case_id": names.case_id,
        "case_public_key": names.key.public_key,
        "hello": seal("hello", (mailbox_id, mailbox_id), names.owner, encode_content("hello", hello)),
        "hello_next": None,
        "expires_on": None,
    }


def _grant_row(names: _Names, user_id: bytes, reader: Recipient) -> Row:
    sealed = seal_grant(names.case_id, names.key.seed, reader)
    return {"case_id": names.case_id, "user_id": user_id, "sealed": sealed}


def _report_row(names: _Names, draft: ReportDraft, files: Sequence[SealedAttachment]) -> Row:
    report_id = secrets.token_bytes(16)
    content = {
        "form": draft.form,
        "version": draft.version,
        "day": names.day.isoformat(),
        "lang": draft.lang,
        "link": names.link,
        "mailbox": names.mailbox.mailbox_id.hex(),
        "mailbox_key": key_hash(names.owner.public_key).hex(),
        "spam_lane": draft.spam_lane,
        "files": [file.id.hex() for file in files],
        "answers": sealed_answers(draft.answers),
    }
    sealed = seal("report", (names.case_id, report_id), names.key.recipient, encode_content("report", content))
    return {"id": report_id, "case_id": names.case_id, "sealed": sealed}


def _recipients(setting: ReportSetting, roster: Roster, draft: ReportDraft) -> Recipients:
    excluded = draft.answers.get("exclude", [])
    return choose_recipients(
        roster,
        setting.today,
        setting.around,
        frozenset(map(bytes.fromhex, [excluded] if isinstance(excluded, str) else excluded)),
        guardian_only=draft.guardian_only,
    )
