"""Files from a reporter: looked at, cleaned, scanned, sealed to the case, and kept in the store."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.domain.errors import HeardError, NotReceived
from app.domain.file_name import shown_name
from app.domain.report_content import normalise_text
from app.domain.sealed_content import encode_content
from app.security.attachment_file import new_file_key, seal_file
from app.security.keys import Recipient
from app.security.sealing import seal
from app.services.work import Work
from app.storage.antivirus import FOUND, NOT_SCANNED, Antivirus
from app.storage.inspection import KINDS, OFFICE, TEXT, UNKNOWN, Kind, head_of, is_plain_text, kind_of
from app.storage.sanitising import clean_into
from app.storage.spool import SealedSpool, SpoolFolder, has_reserve
from app.storage.store import Store
from models.attachment import Attachment
from models.vocabulary.attachment import FILE_NAMES, REMOVED
from models.vocabulary.word import N_, label

NOT_KEPT = N_("We could not receive your file. Nothing has been lost. Please press the button again.")
MOST_BYTES = 25 * 1024 * 1024
MOST_TOGETHER_BYTES = 100 * 1024 * 1024
MOST_CLEAN_BYTES = 64 * 1024 * 1024
"""A picture may grow when it is written anew."""
WITHHELD = "withheld"
ORPHAN_DAYS = 1
"""A file without a row is removed when a whole day has passed since: its report was never committed."""
PROBLEMS = (
    "many", "one", "together", "full", "large", "type", "office", "empty", "huge", "heavy", "locked", "damaged",
    "virus", "unkept",
)  # fmt: skip


@dataclass(frozen=True)
class FileProblem:
    """Why a file cannot be taken: a code of `PROBLEMS` and the name that its owner knows it by."""

    code: str
    name: str = field(default="", repr=False)


class FilesRefused(HeardError):
    """Some of the files cannot be taken; everything else that was sent is fine."""

    sentence = "A file could not be added."

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@dataclass(frozen=True)
class AttachmentIntake:
    """What taking files needs: room for sealed spools, the store, and the scanner where there is one."""

    spools: SpoolFolder
    store: Store
    antivirus: Antivirus | None = None
    withholds_unscanned: bool = False

    def new_spool(self) -> SealedSpool:
        """Return a spool for one file as it comes in; it keeps nothing once the disk is nearly full."""
        return self.spools.new(MOST_BYTES, lambda: has_reserve(self.spools.path) and self.store.has_room())


@dataclass(frozen=True)
class CleanFile:
    """A file that may be kept: its clean bytes, still in a sealed spool."""

    content: SealedSpool = field(repr=False)
    kind: Kind
    removed: tuple[str, ...]
    scan: str
    store: Store = field(repr=False)


@dataclass(frozen=True)
class AttachmentDraft:
    """One file as it was received; `clean` is there once `clean_files` has passed it."""

    name: str = field(repr=False)
    content: SealedSpool = field(repr=False)
    clean: CleanFile | None = field(default=None, repr=False)

    @property
    def mark(self) -> Mapping[str, str | int]:
        """What tells this file from every other: name, SHA-256 and size of what was received."""
        return {"name": normalise_text(self.name), "sha256": self.content.sha256, "size": self.content.size}

    @property
    def shown(self) -> str:
        """The name in a sentence to its owner."""
        return shown_name(self.name) or "?"


@dataclass(frozen=True)
class SealedAttachment:
    """One file that is in the store: its id, its row, and what it is called."""

    id: bytes
    row: Mapping[str, Any] = field(repr=False)


def check_files(files: Sequence[AttachmentDraft], most: int) -> tuple[FileProblem, ...]:
    """Return what can be seen to be wrong with the files without opening one of them."""
    if len(files) > most:
        return (FileProblem("one" if most == 1 else "many"),)
    if sum(file.content.size for file in files if not file.content.too_large) > MOST_TOGETHER_BYTES:
        return (FileProblem("together"),)
    return tuple(FileProblem(code, file.shown) for file in files if (code := _visible_problem(file)))


def _visible_problem(file: AttachmentDraft) -> str:
    if file.content.too_large:
        return "large"
    if file.content.failed:
        return "unkept"
    if file.content.size == 0:
        return "empty"
    kind = kind_of(head_of(file.content.chunks()))
    if kind == TEXT and not is_plain_text(file.content.chunks()):
        kind = UNKNOWN
    return {OFFICE: "office", UNKNOWN: "type"}.get(kind, "")


def clean_files(
    intake: AttachmentIntake,
    files: Iterable[AttachmentDraft],
    charge: Callable[[float], object] = lambda _: None,
    may_open: Callable[[], bool] = lambda: True,
) -> tuple[AttachmentDraft, ...]:
    """Return files that `check_files` found nothing wrong with, cleaned and scanned. Raises `FilesRefused`.

    `charge` is told what each cost, in seconds of the processor; `may_open` is asked before each.
    """
    cleaned: list[AttachmentDraft] = []
    problems: list[FileProblem] = []
    for file in files:
        # A turn that did not come for one file does not come for the next: nobody waits five times.
        goes_on = (not problems or problems[-1].code != "unkept") and may_open()
        made = _clean(intake, file, charge) if goes_on else "unkept"
        if isinstance(made, CleanFile):
            cleaned.append(replace(file, clean=made))
        else:
            problems.append(FileProblem(made, file.shown))
    if problems:
        raise FilesRefused(problems)
    return tuple(cleaned)


def _clean(intake: AttachmentIntake, file: AttachmentDraft, charge: Callable[[float], object]) -> CleanFile | str:
    """Return the clean file, or the code of what is wrong with it."""
    kind = kind_of(head_of(file.content.chunks()))
    content = file.content
    removed: tuple[str, ...] = ()
    if kind != TEXT:
        content = intake.spools.new(MOST_CLEAN_BYTES)
        result = clean_into(content, kind, file.content)
        charge(result.seconds)
        if result.problem:
            return result.problem
        removed = tuple(word.code for word in REMOVED if word.code in result.removed)
    scan = intake.antivirus.scan(content.chunks()) if intake.antivirus else NOT_SCANNED
    if scan == FOUND:
        return "virus"
    if scan == NOT_SCANNED and intake.withholds_unscanned:
        scan = WITHHELD
    return CleanFile(content, KINDS[kind], removed, scan, intake.store)


def new_names(files: Sequence[AttachmentDraft], before: int = 0) -> tuple[str, ...]:
    """Return what the files are called on the desk: `Photo 1`, `Text 2`, `Photo 3`.

    They stand in one row with those that the case has already: `before` is how many.
    """
    words = [label(FILE_NAMES, _require_clean(file).kind.code) for file in files]
    return tuple(f"{word} {number}" for number, word in enumerate(words, before + 1))


def seal_attachments(
    case_id: bytes, case: Recipient | bytes, files: Sequence[AttachmentDraft], day: date, before: int = 0
) -> tuple[SealedAttachment, ...]:
    """Write each file to the store under a key of its own and return the rows; no transaction is open meanwhile.

    What is written and never committed is an orphan, removed later.
    """
    names = new_names(files, before)
    return tuple(_seal(case_id, case, file, name, day) for file, name in zip(files, names, strict=True))


def _seal(case_id: bytes, case: Recipient | bytes, file: AttachmentDraft, name: str, day: date) -> SealedAttachment:
    clean = _require_clean(file)
    attachment_id, key = secrets.token_bytes(16), new_file_key()
    chunks = seal_file(key, case_id, attachment_id, clean.content.chunks())
    try:
        stored = clean.store.write(attachment_id, chunks, day)
    except OSError as error:
        raise NotReceived(NOT_KEPT) from error
    manifest = {
        "id": attachment_id.hex(),
        "key": key.hex(),
        "name": f"{name}.{clean.kind.ending}",
        "type": clean.kind.media_type,
        "size": clean.content.size,
        "stored": stored,
        "sha256": clean.content.sha256,
        "removed": list(clean.removed),
        "scan": clean.scan,
    }
    sealed = seal("manifest", (case_id, attachment_id), case, encode_content("manifest", manifest))
    return SealedAttachment(attachment_id, {"id": attachment_id, "case_id": case_id, "sealed": sealed})


def discard_attachments(files: Sequence[AttachmentDraft], sealed: Iterable[Mapping[str, Any]]) -> None:
    """Remove the stored files of rows that were surely not committed."""
    for file, row in zip(files, sealed, strict=True):
        _require_clean(file).store.remove(row["id"])


def _require_clean(file: AttachmentDraft) -> CleanFile:
    if file.clean is None:
        raise ValueError("A file that was not cleaned is not stored.")
    return file.clean


def remove_orphan_files(work: Work, store: Store) -> int:
    """Remove stored files that no row names and that are older than a whole day; return how many."""
    old = store.ids_before(work.today - timedelta(days=ORPHAN_DAYS))
    known = set(work.connection.scalars(select(Attachment.id))) if old else set()
    orphans = [file_id for file_id in old if file_id not in known]
    for file_id in orphans:
        store.remove(file_id)
    return len(orphans)
