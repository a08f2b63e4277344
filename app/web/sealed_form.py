"""A form with files, taken in piece by piece: text is collected, each file goes into a sealed spool at once."""

from collections.abc import Callable
from typing import IO, cast

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData, State

from app.storage.spool import SealedSpool
from app.web.boundary import WholeBoundaries

MOST_SPOOLS = 10
"""Files of one request that are kept while it lasts; further ones are read past."""
MOST_PARTS = 200
LONGEST_PART_HEAD = 8 * 1024
STEP = 65536
NewSpool = Callable[[], SealedSpool]


class SealedForm:
    """The fields and files of one body. Text must be UTF-8 and short, and a body that breaks off is no form."""

    def __init__(self, boundary: str, new_spool: NewSpool, most_text: int) -> None:
        """Begin with nothing. Raises `BadRequest` when there can be no parts."""
        if not (boundary and boundary.isascii()):
            raise BadRequest
        self.fields: list[tuple[str, str]] = []
        self.files: list[tuple[str, FileStorage]] = []
        self._boundaries = WholeBoundaries(boundary.encode("ascii"))
        self._decoder = MultipartDecoder(boundary.encode("ascii"), most_text, max_parts=MOST_PARTS)
        self._new_spool, self._most_text, self._room = new_spool, most_text, most_text
        self._part: Field | File | None = None
        self._text = bytearray()

    @property
    def held(self) -> int:
        """How many bytes of it are in memory."""
        return self._most_text - self._room + len(self._decoder.buffer) + self._boundaries.held

    @property
    def has_files(self) -> bool:
        """Whether a file is in it; a field for files that was left empty is none."""
        return any(
            isinstance(file.stream, SealedSpool) and (file.filename or file.stream.size) for _, file in self.files
        )

    def feed(self, chunk: bytes) -> None:
        """Take in the next bytes. Raises `BadRequest` or `RequestEntityTooLarge`."""
        for at in range(0, len(chunk), STEP):
            self._receive(self._boundaries.feed(chunk[at : at + STEP]))
            if self._boundaries.held > LONGEST_PART_HEAD:
                raise RequestEntityTooLarge

    def end(self) -> None:
        """Have all of it. Raises `BadRequest` when it breaks off."""
        self._receive(self._boundaries.rest())
        self._receive(None)

    def close(self) -> None:
        """Give the space of the files back."""
        for _, file in self.files:
            file.close()

    def _receive(self, data: bytes | None) -> None:
        try:
            self._decoder.receive_data(data)
            while not isinstance(event := self._decoder.next_event(), NeedData | Epilogue):
                self._take(event)
        except ValueError:
            raise BadRequest from None
        if self._decoder.state is State.PART and len(self._decoder.buffer) > LONGEST_PART_HEAD:
            raise RequestEntityTooLarge

    def _take(self, event: Event) -> None:
        if isinstance(event, Field | File):
            self._part = self._begin(event)
        elif isinstance(event, Data) and self._part is not None:
            self._add(self._part, event)

    def _begin(self, part: Field | File) -> Field | File | None:
        """Make room for a part and return it; of files over `MOST_SPOOLS` only their name is kept."""
        self._text.clear()
        if sum(len(name) + len(value) for name, value in part.headers) > LONGEST_PART_HEAD:
            raise RequestEntityTooLarge
        self._spend(len(part.name or "") + len(getattr(part, "filename", "")))
        if isinstance(part, File):
            if len(self.files) >= MOST_SPOOLS:
                self.files.append((part.name, FileStorage(name=part.name)))
                return None
            stream = cast(IO[bytes], self._new_spool())
            self.files.append((part.name, FileStorage(stream, part.filename, part.name, headers=part.headers)))
        return part

    def _spend(self, length: int) -> None:
        self._room -= length
        if self._room < 0:
            raise RequestEntityTooLarge

    def _add(self, part: Field | File, event: Data) -> None:
        if isinstance(part, File):
            self.files[-1][1].stream.write(event.data)
            return
        self._spend(len(event.data))
        self._text += event.data
        if not event.more_data:
            self.fields.append((part.name, self._text.decode("utf-8")))
