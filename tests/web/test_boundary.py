"""However a form is cut on its way, the same fields and files come out: a report sent twice is one report."""

import tempfile
from pathlib import Path
from typing import cast

import pytest
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from app.storage.spool import SealedSpool, SpoolFolder
from app.web.sealed_form import LONGEST_PART_HEAD, STEP, SealedForm

Understood = tuple[list[tuple[str, str]], list[tuple[str, str | None, bytes]]]
TEXTS = ["", "x", "x--b", "a\r\n--bc\r\n--\r\n-", "\r\n", "\n\r\r\n", "ő -- \r\n--bb", "--"]


def body(end: bytes, padding: bytes = b"") -> bytes:
    """Return a form whose texts look like boundaries, with two files; `end` is the line break it uses."""
    heads = [f'form-data; name="t{number}"'.encode() for number in range(len(TEXTS))]
    parts = [(head, text.encode()) for head, text in zip(heads, TEXTS, strict=True)]
    parts += [(b'form-data; name="files"; filename="a.bin"', b"\r\n--\r\r\n"), (b'form-data; name="exclude"', b"0001")]
    parts += [(b'form-data; name="files"; filename="b.bin"', b"x" * 9 + b"\r-")]
    edge = b"--b" + padding + end
    whole = b"".join(edge + b"Content-Disposition: " + head + end + end + text + end for head, text in parts)
    return whole + b"--b--" + padding + end


def understood(*pieces: bytes, boundary: str = "b") -> Understood:
    with tempfile.TemporaryDirectory() as folder:
        form = SealedForm(boundary, lambda: SpoolFolder(Path(folder)).new(1_000_000), 256 * 1024)
        for piece in pieces:
            form.feed(piece)
        form.end()
        files = [(name, file.filename, b"".join(cast(SealedSpool, file.stream).chunks())) for name, file in form.files]
        form.close()
    return form.fields, files


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("padding", [b"", b"  \t "])
def test_a_form_is_the_same_wherever_it_is_cut(end: bytes, padding: bytes) -> None:
    whole = body(end, padding)
    once = understood(whole)
    assert once[0] == [*((f"t{number}", text) for number, text in enumerate(TEXTS)), ("exclude", "0001")]
    assert [content for _, _, content in once[1]] == [b"\r\n--\r\r\n", b"x" * 9 + b"\r-"]
    for at in range(len(whole) + 1):
        assert understood(whole[:at], whole[at:]) == once, whole[max(0, at - 20) : at]
    for size in range(1, 12):
        assert understood(*(whole[at : at + size] for at in range(0, len(whole), size))) == once


@pytest.mark.parametrize("short", range(8))
def test_a_tick_at_the_end_is_read_whatever_the_length_of_what_came_before(short: int) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
    tail = b'\r\n--b\r\nContent-Disposition: form-data; name="exclude"\r\n\r\n0001\r\n--b--\r\n'
    padding = STEP - len(head) - len(tail) + short
    assert understood(head + b"x" * padding + tail) == (
        [("exclude", "0001")], [("files", "a", b"x" * padding)],
    )  # fmt: skip


def test_what_is_kept_back_is_counted_and_bounded() -> None:
    with pytest.raises(RequestEntityTooLarge):
        understood(b"--b", *[b" " * 1000] * (LONGEST_PART_HEAD // 1000 + 2))
    form = SealedForm("b" * 70, lambda: pytest.fail("no file came"), 256 * 1024)
    form.feed(b"--" + b"b" * 60)
    assert form.held == 62
    for at in range(len(body(b"\r\n")) - 7):
        with pytest.raises(BadRequest):
            understood(body(b"\r\n")[:at])
