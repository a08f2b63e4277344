"""Files in a request: each goes into a sealed spool as it comes in, and no other copy of it is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO, cast

from flask import Request, current_app, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData, State

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
from app.web.limits import charge_cleaning
from app.web.view import View, mark, mark_of_request
from forms.attachment import ACCEPT, FIELD, HINT, MOST_IN_REPORT, SENTENCES
from forms.base import FormError

TAKES_FILES = "takes_files"
MAX_FILES_BYTES = MOST_IN_REPORT * MOST_BYTES + 2 * 1024 * 1024
"""All files of one request together that are read: what is too much for a report is said on its own page."""
MOST_SPOOLS = 10
"""Files of one request that are kept while it lasts; further ones are read past."""
MOST_PARTS = 200
LONGEST_PART_HEAD = 8 * 1024
_STEP = 65536
_Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


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


class SealedFormParser(FormDataParser):
    """Reads a form with files: text must be UTF-8 and short, and a body that breaks off is no form."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> _Parsed:
        """Return the rest of the stream, the fields and the files."""
        if mimetype != "multipart/form-data":
            return super().parse(stream, mimetype, content_length, options)
        boundary = (options or {}).get("boundary", "")
        if not boundary:
            raise BadRequest
        try:
            decoder = MultipartDecoder(
                boundary.encode("ascii"), self.max_form_memory_size, max_parts=self.max_form_parts
            )
            fields, files = _Parts(self, content_length).read(stream, decoder)
        except ValueError:
            raise BadRequest from None
        return stream, self.cls(fields), self.cls(files)


class _Parts:
    """The parts of one body: text is collected, files go to their spools."""

    def __init__(self, parser: FormDataParser, content_length: int | None) -> None:
        self._parser, self._length = parser, content_length
        self._fields: list[tuple[str, str]] = []
        self._files: list[tuple[str, FileStorage]] = []
        self._text = bytearray()
        self._room = parser.max_form_memory_size or 0

    def read(
        self, stream: IO[bytes], decoder: MultipartDecoder
    ) -> tuple[list[tuple[str, str]], list[tuple[str, FileStorage]]]:
        """Return the fields and files of a body. Raises `ValueError` when it is none."""
        part: Field | File | None = None
        while True:
            event = decoder.next_event()
            if isinstance(event, NeedData):
                if decoder.state is State.PART and len(decoder.buffer) > LONGEST_PART_HEAD:
                    raise RequestEntityTooLarge
                decoder.receive_data(stream.read(_STEP) or None)
            elif isinstance(event, Field | File):
                part = self._begin(event)
            elif isinstance(event, Data) and part is not None:
                self._add(part, event)
            elif isinstance(event, Epilogue):
                return self._fields, self._files

    def _begin(self, part: Field | File) -> Field | File | None:
        """Make room for a part and return it; of files over `MOST_SPOOLS` nothing is kept."""
        self._text.clear()
        if sum(len(name) + len(value) for name, value in part.headers) > LONGEST_PART_HEAD:
            raise RequestEntityTooLarge
        self._spend(len(part.name or "") + len(getattr(part, "filename", "")))
        if isinstance(part, File):
            if len(self._files) == MOST_SPOOLS:
                return None
            kind = part.headers.get("content-type")
            stream = self._parser.stream_factory(self._length, kind, part.filename, None)
            self._files.append((part.name, FileStorage(stream, part.filename, part.name, headers=part.headers)))
        return part

    def _spend(self, length: int) -> None:
        self._room -= length
        if self._room < 0:
            raise RequestEntityTooLarge

    def _add(self, part: Field | File, event: Data) -> None:
        if isinstance(part, File):
            self._files[-1][1].stream.write(event.data)
            return
        self._spend(len(event.data))
        self._text += event.data
        if not event.more_data:
            self._fields.append((part.name, self._text.decode("utf-8")))


class SealedRequest(Request):
    """A request whose files never reach the disk in clear."""

    form_data_parser_class = SealedFormParser
    max_form_parts = MOST_PARTS

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return cast(IO[bytes], file_intake().new_spool())


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
        try:
            return PostedFiles(clean_files(file_intake(), self.files, charge_cleaning))
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
    return {"file_id": FIELD, "file_hint": HINT, "file_accept": ACCEPT, "file_errors": errors, "file_again": again}


def file_error(sentence: str, name: str = "") -> FormError:
    """Return what is wrong with a file as a line of the error summary; `name` is what its owner calls it."""
    return FormError(sentence, f"#{FIELD}", {"name": name})


def _sentences(problems: tuple[FileProblem, ...]) -> tuple[FormError, ...]:
    return tuple(file_error(SENTENCES[problem.code], problem.name) for problem in problems)
