"""Files of a case as its readers get them: each is opened whole and checked before a byte of it is handed out."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from app.domain.errors import NotFound, Refused, Unreadable
from app.security.attachment_file import open_file
from app.services.attachment_intake import MOST_CLEAN_BYTES, WITHHELD, AttachmentIntake
from app.services.case import find_report
from app.services.case_scope import GrantedCase
from app.services.unsealing import CaseOpener, ReaderKey, case_opener, open_content, open_if_readable
from app.services.work import OpenWork
from app.storage.antivirus import NOT_SCANNED
from app.storage.spool import SealedSpool
from models.attachment import Attachment
from models.conversation import Message

NOT_SHOWN = "This file was not scanned for viruses, so it is not shown. Tell the person who runs Heard."
_NUMBER = re.compile(r" ([0-9]{1,3})\.")
log = logging.getLogger("heard.attachment")


@dataclass(frozen=True)
class AttachmentView:
    """One file of a case: `added_on` is None for a file that came with the report."""

    id: bytes
    name: str
    media_type: str
    size: int
    scan: str
    removed: tuple[str, ...]
    added_on: date | None

    @property
    def is_shown(self) -> bool:
        """Whether it may be downloaded."""
        return self.scan != WITHHELD


@dataclass(frozen=True)
class AttachmentList:
    """The files of a case, those of the report first."""

    files: tuple[AttachmentView, ...]
    unreadable: int
    """How many do not open: one broken row must not hide the others."""


@dataclass(frozen=True)
class OpenedAttachment:
    """A file that was opened to its end and proven, in a sealed spool."""

    name: str
    size: int
    content: SealedSpool = field(repr=False)


def list_attachments(open_work: OpenWork, intake: AttachmentIntake, granted: GrantedCase) -> AttachmentList:
    """Return the files of a case; `case.opened` is committed before their names are opened."""
    with open_work() as work:
        work.audit("case.opened", about=granted.id)
    return _open_list(open_work, intake, granted)


def open_attachment(
    open_work: OpenWork, intake: AttachmentIntake, granted: GrantedCase, attachment_id: bytes
) -> OpenedAttachment:
    """Return one file of a case, opened and proven; `attachment.read` is committed before anything is opened.

    Beside the grant its own manifest is opened, and nothing else of the case.

    Raises `NotFound` for a file of another case or of none, `Refused` for a file that is withheld, `Unreadable`.
    """
    with open_work() as work:
        mine = (Attachment.id == attachment_id) & (Attachment.case_id == granted.id)
        found = work.connection.scalar(select(Attachment.id).where(mine))
        if found is None:
            work.audit("access.refused")
        else:
            work.audit("attachment.read", about=granted.id, attachment=attachment_id.hex())
    if found is None:
        raise NotFound
    with open_work(reading=True) as work:
        sealed = work.connection.scalars(select(Attachment.sealed).where(Attachment.id == attachment_id)).one()
    with _opener(open_work, granted) as opener:
        manifest = open_content(opener, "manifest", (granted.id, attachment_id), sealed)
    if _scan_of(intake, manifest) == WITHHELD:
        raise Refused(NOT_SHOWN)
    content = _proven(intake, granted.id, attachment_id, manifest)
    return OpenedAttachment(manifest["name"], manifest["size"], content)


def _scan_of(intake: AttachmentIntake, manifest: Mapping[str, Any]) -> str:
    scan: str = manifest["scan"]
    return WITHHELD if scan == NOT_SCANNED and intake.withholds_unscanned else scan


def _opener(open_work: OpenWork, granted: GrantedCase) -> CaseOpener:
    with open_work(reading=True) as work:
        seed = work.vault.seed
    with ReaderKey(seed) as reader:
        return case_opener(reader.case_seed(granted.id, granted.grant))


def _open_list(open_work: OpenWork, intake: AttachmentIntake, granted: GrantedCase) -> AttachmentList:
    with open_work(reading=True) as work:
        rows = work.connection.execute(
            select(Attachment.id, Attachment.sealed).where(Attachment.case_id == granted.id)
        ).all()
        report = find_report(work, granted.id)
        messages = work.connection.execute(
            select(Message.id, Message.sealed).where(Message.case_id == granted.id)
        ).all()
    with _opener(open_work, granted) as opener:
        opened = [(row.id, open_if_readable(opener, "manifest", (granted.id, row.id), row.sealed)) for row in rows]
        told = [open_if_readable(opener, "message", (granted.id, row.id), row.sealed) for row in messages]
        first = report and open_if_readable(opener, "report", (granted.id, report.id), report.sealed)
    with_report = {file: place for place, file in enumerate((first or {}).get("files", ()))}
    added = {file: content["day"] for content in told if content for file in content["files"]}
    views = [_view(intake, file_id, manifest, added) for file_id, manifest in opened if manifest]
    views.sort(key=lambda view: (view.added_on or date.min, with_report.get(view.id.hex(), _number(view.name))))
    return AttachmentList(tuple(views), len(rows) - len(views))


def _number(name: str) -> int:
    """Return the number in a name: those added on one day are told apart by nothing else."""
    found = _NUMBER.search(name)
    return int(found[1]) if found else 0


def _view(
    intake: AttachmentIntake, file_id: bytes, manifest: Mapping[str, Any], added: Mapping[str, str]
) -> AttachmentView:
    day = added.get(file_id.hex())
    return AttachmentView(
        id=file_id,
        name=manifest["name"],
        media_type=manifest["type"],
        size=manifest["size"],
        scan=_scan_of(intake, manifest),
        removed=tuple(manifest["removed"]),
        added_on=date.fromisoformat(day) if day else None,
    )


def _proven(intake: AttachmentIntake, case_id: bytes, file_id: bytes, manifest: Mapping[str, Any]) -> SealedSpool:
    """Return the bytes of a file, read to the end: a file that was cut or changed gives nothing at all."""
    spool = intake.spools.new(MOST_CLEAN_BYTES)
    stored = intake.store.read(file_id)
    key = bytes.fromhex(manifest["key"])
    for opened in open_file(key, case_id, file_id, manifest["size"], stored):
        spool.write(opened)
    if spool.too_large or spool.size != manifest["size"] or spool.sha256 != manifest["sha256"]:
        log.error("attachment.changed")
        raise Unreadable
    return spool
