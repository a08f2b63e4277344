"""Forms with files: read into sealed spools as they come in, held to UTF-8, and never too large to be answered."""

import io
import tempfile
import time
from collections.abc import Iterator
from functools import wraps
from pathlib import Path

import pytest
from flask import Blueprint, Flask, Response, request
from werkzeug.test import TestResponse

from app.factory import create_app
from app.web.access import ANYONE, open_to
from app.web.origin import nothing_ambient
from app.web.sealed_form import LONGEST_PART_HEAD, MOST_PARTS, MOST_SPOOLS
from app.web.uploads import MAX_FILES_BYTES, posted_files, takes_files
from config import Settings
from tests.fixtures.pictures import jpeg
from tests.fixtures.uploads import BOUNDARY, CONTENT_TYPE, form_body

LIMIT = 25 * 1024 * 1024
blueprint = Blueprint("upload_test", __name__)


@blueprint.post("/upload-test")
@open_to(ANYONE)
@nothing_ambient
@takes_files
def take() -> Response:
    """Answer with what was understood."""
    return understood()


@wraps(take)
def wrapped() -> Response:
    """Do what a decorator around a view does."""
    return understood()


blueprint.add_url_rule("/upload-wrapped", view_func=wrapped, endpoint="wrapped", methods=["POST"])


def understood() -> Response:
    posted = posted_files()
    lines = [f"words={request.form.get('words', '')}", *(str(file.content.size) for file in posted.files)]
    return Response(
        "\n".join([*lines, *(error.text % error.parts for error in posted.errors)]), content_type="text/plain"
    )


@pytest.fixture
def taking(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    made.register_blueprint(blueprint)
    yield made
    made.extensions["heard"].database.close()


def post(app: Flask, data: object, **options: object) -> TestResponse:
    return app.test_client().post("/upload-test", data=data, base_url="https://localhost", **options)  # type: ignore[arg-type]


def post_form(app: Flask, body: bytes, content_type: str = CONTENT_TYPE) -> TestResponse:
    return post(app, body, content_type=content_type)


def upload(app: Flask, *files: tuple[str, bytes], words: str = "kept") -> list[str]:
    return post_form(app, form_body({"words": words}, files)).get_data(as_text=True).split("\n")


def body(*parts: bytes) -> bytes:
    edge = b"--" + BOUNDARY.encode() + b"\r\n"
    joined = b"".join(edge + b"Content-Disposition: form-data; " + part + b"\r\n" for part in parts)
    return joined + edge[:-2] + b"--\r\n"


def test_a_view_that_is_wrapped_takes_files_as_before(taking: Flask) -> None:
    form = form_body({"words": "kept"}, [("a.bin", b"x" * 600_000)])
    answer = taking.test_client().post("/upload-wrapped", data=form, content_type=CONTENT_TYPE)
    assert (answer.status_code, answer.get_data(as_text=True)) == (200, "words=kept\n600000")


def test_fields_and_files_arrive(taking: Flask) -> None:
    assert upload(taking, ("a.jpg", jpeg()), ("b.txt", b"words"), words="Straße\r\nতুমি") == [
        "words=Straße\r", "তুমি", str(len(jpeg())), "5",
    ]  # fmt: skip
    assert upload(taking, ("", b"")) == ["words=kept"]


def test_a_file_over_the_limit_costs_nothing_but_itself(taking: Flask) -> None:
    found = upload(taking, ("big.jpg", b"x" * (LIMIT + 1)), ("a.txt", b"words"))
    assert found == ["words=kept", str(LIMIT + 1), "5", "big.jpg is larger than 25 MB"]


def test_more_files_than_are_kept_are_read_past(taking: Flask) -> None:
    files = [("a.txt", b"words")] * (MOST_SPOOLS + 5)
    last = b'name="words"\r\n\r\nat the end\r\n'
    edge = b"--" + BOUNDARY.encode()
    sent = (
        form_body({}, files)[: -len(edge) - 4]
        + edge
        + b"\r\nContent-Disposition: form-data; "
        + last
        + edge
        + b"--\r\n"
    )
    found = post_form(taking, sent).get_data(as_text=True).split("\n")
    assert found == ["words=at the end", *["5"] * MOST_SPOOLS, "You can add up to 5 files"]


def test_five_files_that_are_too_much_together_cost_nothing_but_themselves(taking: Flask) -> None:
    photo = b"x" * (23 * 1024 * 1024)
    found = upload(taking, *[("a.txt", photo)] * 5)
    assert found == ["words=kept", *[str(len(photo))] * 5, "Together your files are larger than 100 MB"]
    assert upload(taking, *[("a.txt", photo)] * 4) == ["words=kept", *[str(len(photo))] * 4]


@pytest.mark.parametrize("length", [LONGEST_PART_HEAD, 60_000, 150_000])
def test_a_part_with_an_endless_name_is_refused_at_once(taking: Flask, length: int) -> None:
    part = b'name="files"; filename="' + b"x" * length + b'"\r\n\r\nx'
    started = time.monotonic()
    assert post_form(taking, body(*[part] * 150)).status_code == 413
    assert time.monotonic() - started < 2


def test_names_count_as_text_and_parts_are_few(taking: Flask) -> None:
    long = b'name="files"; filename="' + b"x" * 5000 + b'"\r\n\r\nx'
    assert post_form(taking, body(*[long] * 40)).status_code == 200
    assert post_form(taking, body(*[long] * 60)).status_code == 413
    assert post_form(taking, body(*[b'name="a"\r\n\r\nx'] * MOST_PARTS)).status_code == 200
    assert post_form(taking, body(*[b'name="a"\r\n\r\nx'] * (MOST_PARTS + 1))).status_code == 413


@pytest.mark.parametrize("path", ["/quick", "/upload-test"])
def test_a_body_that_hides_its_length_is_not_read(taking: Flask, path: str) -> None:
    class Unread(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise AssertionError("a body was read that may be half of one")

    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked", "HTTP_SEC_FETCH_SITE": "same-origin"}
    options = {"base_url": "https://localhost", "content_type": CONTENT_TYPE, "environ_overrides": environ}
    answer = taking.test_client().post(path, input_stream=Unread(), **options)  # type: ignore[arg-type]
    assert answer.status_code == 411


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.svg.png", b"<svg onload='x()'>", "a.svg.png is not a type we can open. Use JPEG, PNG, WebP, PDF or text. You can print a document to PDF."),
        ("a.docx", b"PK\x03\x04[Content_Types].xml", "a.docx is not a type we can open. Save it as a PDF and add that."),
        ("a.jpg", b"", "a.jpg is empty"),
        ("../../x\u202egpj.%(name)s", b"", "xgpj.%(name)s is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_in_a_sentence(taking: Flask, name: str, content: bytes, sentence: str) -> None:
    assert upload(taking, (name, content))[-1] == sentence


def test_a_body_over_all_limits_gets_the_page_that_says_so(taking: Flask) -> None:
    answer = post_form(taking, form_body({}, [("a.jpg", b"x" * (MAX_FILES_BYTES + 400_000))]))
    assert answer.status_code == 413
    assert "This is too large to send" in answer.get_data(as_text=True)


def test_text_is_limited_however_many_fields_it_comes_in(taking: Flask) -> None:
    parts = [b'name="a"\r\n\r\n' + b"x" * 30_000] * 10
    assert post_form(taking, body(*parts)).status_code == 413


@pytest.mark.parametrize(
    "part",
    [
        b'name="words"\r\n\r\n\xff\xfe', b'name="w\xff"\r\n\r\nx', b'filename="a"\r\n\r\nx',
        b'name="words"; filename="\xff"\r\n\r\nx', b"x",
    ],
)  # fmt: skip
def test_bytes_that_are_not_utf_8_and_parts_that_are_none_are_refused(taking: Flask, part: bytes) -> None:
    assert post_form(taking, body(part)).status_code == 400


def test_a_body_that_breaks_off_is_no_form(taking: Flask) -> None:
    whole = body(b'name="words"\r\n\r\nkept', b'name="files"; filename="a.txt"\r\n\r\nhalf of it')
    for cut in (30, 90, len(whole) - 8):
        assert post_form(taking, whole[:cut]).status_code == 400
    assert post_form(taking, whole, "multipart/form-data").status_code == 400


def test_a_form_without_files_is_read_as_ever(taking: Flask) -> None:
    assert post(taking, {"words": "kept"}).get_data(as_text=True) == "words=kept"
    assert post(taking, "words=%ff", content_type="application/x-www-form-urlencoded").status_code == 400
    assert post(taking, {"words": "x" * 300_000}).status_code == 413


def test_no_temporary_file_of_the_library_is_ever_made(
    taking: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def made(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file in clear")

    monkeypatch.setattr(tempfile, "TemporaryFile", made)
    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", made)
    assert upload(taking, ("a.txt", b"x" * 2_000_000))[1] == "2000000"
    options = {"content_type": CONTENT_TYPE, "base_url": "https://localhost"}
    quick = taking.test_client().post("/quick", data=form_body({}, [("a", b"x" * 1000)]), **options)  # type: ignore[arg-type]
    assert quick.status_code == 400
    assert list((tmp_path / "spool").iterdir()) == []


def test_spools_are_closed_when_the_request_is_over(taking: Flask) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        upload(taking, ("a.jpg", jpeg()), ("b.jpg", jpeg()))
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 2
