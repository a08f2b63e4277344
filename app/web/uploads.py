"""Which views take files, and what came with a request: looked at, cleaned, with a sentence for what is refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from flask import current_app, request

from app.services.attachment_intake import (
    MOST_BYTES,
    AttachmentDraft,
    AttachmentIntake,
    FileProblem,
    FilesRefused,
    check_files,
    clean_files,
)
from app.storage.spool import SealedSpool
from app.web.arriving import ARRIVING, Arriving
from app.web.limits import charge_cleaning, may_open_files
from app.web.view import View, mark, mark_of_request
from forms.attachment import ACCEPT, FIELD, HINT, MOST_IN_REPORT, SENTENCES
from forms.base import FormError

TAKES_FILES = "takes_files"
MAX_FILES_BYTES = MOST_IN_REPORT * MOST_BYTES + 2 * 1024 * 1024
"""All files of one request together that are read: what is too much for a report is said on its own page."""


def file_intake() -> AttachmentIntake:
    """Return what taking files needs in the running application."""
    return cast(AttachmentIntake, current_app.extensions["heard_files"])


def takes_files(view: View) -> View:
    """Mark a view whose POST may carry files: its body may be large."""
    return takes_files_if(lambda: True)(view)


def takes_files_if(allowed: Callable[[], bool]) -> Callable[[View], View]:
    """Mark a view whose POST may carry files when `allowed` says so, which is asked before anything is read."""
    return lambda view: mark(view, TAKES_FILES, allowed)


def may_carry_files() -> bool | None:
    """Return whether this request may bring files; None when its view takes files from others alone."""
    allowed = mark_of_request(TAKES_FILES)
    return False if allowed is None else allowed() or None


@dataclass(frozen=True)
class PostedFiles:
    """The files that came with a page, in their order, and a sentence for each that cannot be taken."""

    files: tuple[AttachmentDraft, ...] = field(default=(), repr=False)
    errors: tuple[FormError, ...] = field(default=(), repr=False)

    @property
    def choose_again(self) -> bool:
        """Whether a page shown again must ask for the files again: a browser does not keep them."""
        return bool(self.files)

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(file.content.size for file in self.files)

    def not_now(self) -> "PostedFiles":
        """Return the files with the sentence that they can be added later."""
        return PostedFiles(self.files, _sentences(tuple(FileProblem("unkept", file.shown) for file in self.files)))

    def clean(self) -> "PostedFiles":
        """Return the files cleaned and scanned, or with a sentence for each that could not be opened."""
        arriving: Arriving | None = request.environ.get(ARRIVING)
        if arriving and not arriving.has_place:
            return self.not_now()
        try:
            return PostedFiles(clean_files(file_intake(), self.files, charge_cleaning, may_open_files))
        except FilesRefused as refused:
            return PostedFiles(self.files, _sentences(refused.problems))


def posted_files(name: str = FIELD, most: int = MOST_IN_REPORT) -> PostedFiles:
    """Return the files of a field, looked at but not opened; a field left empty has none."""
    files = tuple(
        AttachmentDraft(given.filename or "", spool)
        for given in request.files.getlist(name)
        if isinstance(spool := given.stream, SealedSpool) and (given.filename or spool.size)
    )
    return PostedFiles(files, _sentences(check_files(files, most)))


def file_field(errors: Sequence[FormError] = (), *, again: bool = False) -> dict[str, object]:
    """Return what `components/file_field.html` needs besides its label and whether it takes many."""
    return {
        "file_id": FIELD,
        "file_hint": HINT,
        "file_accept": ACCEPT,
        "file_errors": errors,
        "file_again": again,
        "file_sentences": SENTENCES,
    }


def file_error(sentence: str, name: str = "") -> FormError:
    """Return what is wrong with a file as a line of the error summary; `name` is what its owner calls it."""
    return FormError(sentence, f"#{FIELD}", {"name": name})


def _sentences(problems: tuple[FileProblem, ...]) -> tuple[FormError, ...]:
    return tuple(file_error(SENTENCES[problem.code], problem.name) for problem in problems)
