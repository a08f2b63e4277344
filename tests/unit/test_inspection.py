"""What a file is shows in its content; its name and what a browser calls it count for nothing."""

import io
import zipfile

import pytest

from app.domain.file_name import LONGEST, shown_name
from app.storage.inspection import HEAD, KINDS, OFFICE, TEXT, UNKNOWN, head_of, is_plain_text, kind_of
from tests.fixtures.documents import document, with_info
from tests.fixtures.pictures import jpeg, png, webp


def office(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return written.getvalue()


CASES = [
    (jpeg(), "jpeg"), (png(), "png"), (webp(), "webp"), (document(with_info), "pdf"),
    ("He said: Geh zurück!\r\n\tতুমি".encode(), TEXT), (b"\xef\xbb\xbfwords", TEXT),
    (office("[Content_Types].xml", "word/document.xml"), OFFICE), (office("mimetype", "xl/book.xml"), OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), OFFICE), (b"{\\rtf1 words}", OFFICE),
    (office("holiday.jpg"), UNKNOWN), (b"GIF89a" + bytes(20), UNKNOWN), (b"\x00\x01\x02", UNKNOWN),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", UNKNOWN),
    (b"  \n<!DOCTYPE html><script>", UNKNOWN), (b"\xef\xbb\xbf<?xml?>", UNKNOWN), (b"%!PS-Adobe", UNKNOWN),
    (b"#!/bin/sh\nrm -rf /", UNKNOWN), (b"MZ\x90\x00", UNKNOWN), (b"words\x1b[2J", UNKNOWN),
    (b"\x00\x00\x00\x18ftypheic", UNKNOWN), (b"RIFF\x00\x00\x00\x00WAVE", UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind"), CASES)
def test_the_kind_shows_in_the_first_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data[:HEAD]) == kind


def test_every_kind_that_is_taken_is_tried() -> None:
    assert {kind for _, kind in CASES} >= {*KINDS, OFFICE, UNKNOWN}


def test_text_is_utf_8_to_its_last_byte() -> None:
    words = "Geht züruck".encode()
    assert is_plain_text([words[:7], words[7:]])
    assert not is_plain_text([words[:7]])
    assert not is_plain_text([b"fine", b"\xff"])
    assert not is_plain_text([b"fine", b"a\x00b"])


def test_the_head_of_a_file_is_put_together_from_its_chunks() -> None:
    assert head_of(iter([b"ab", b"", b"c"])) == b"abc"
    assert head_of(iter([b"x" * HEAD, b"y"])) == b"x" * HEAD


def test_a_name_shows_no_path_no_tricks_and_not_too_much() -> None:
    assert shown_name("../../etc/passwd") == "passwd"
    assert shown_name("C:\\Users\\Ana\\ward.jpg") == "ward.jpg"
    assert shown_name("photo\u202egpj.exe\x00\r\n") == "photogpj.exe"
    assert len(shown_name("ü" * 300)) == LONGEST
    assert shown_name("/") == ""
