"""A request whose files go into sealed spools as they come in; no other copy of them is made."""

from typing import IO, cast

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from app.web.arriving import ARRIVING, Arriving
from app.web.sealed_form import STEP, SealedForm
from app.web.uploads import file_intake

_Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class SealedFormParser(FormDataParser):
    """Reads a form with files by way of a sealed form, or takes the one that the front has filled."""

    def __init__(self, request: Request) -> None:
        super().__init__(cls=request.parameter_storage_class)
        self._request = request

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> _Parsed:
        """Return the rest of the stream, the fields and the files."""
        if mimetype != "multipart/form-data":
            return super().parse(stream, mimetype, content_length, options)
        arriving = arriving_of(self._request)
        form = arriving.form if arriving else None
        if form is None:
            form = _begin_form(self._request)
            while chunk := stream.read(STEP):
                form.feed(chunk)
            form.end()
        return stream, self.cls(form.fields), self.cls(form.files)


class SealedRequest(Request):
    """A request whose files never reach the disk in clear."""

    def make_form_data_parser(self) -> FormDataParser:
        """Return what reads its form."""
        return SealedFormParser(self)


def arriving_of(request: Request) -> Arriving | None:
    """Return what is known of a body that the front reads; None where it comes with the request."""
    return cast(Arriving | None, request.environ.get(ARRIVING))


def asks_for_body(request: Request) -> bool:
    """Return whether the body has still to come in, and have the front read it. Raises `RequestEntityTooLarge`."""
    arriving = arriving_of(request)
    if arriving is None or arriving.is_in:
        return False
    if (request.content_length or 0) > (request.max_content_length or 0):
        raise RequestEntityTooLarge
    arriving.form = _begin_form(request)
    return True


def _begin_form(request: Request) -> SealedForm:
    boundary = request.mimetype_params.get("boundary", "")
    return SealedForm(boundary, file_intake().new_spool, request.max_form_memory_size or 0)
