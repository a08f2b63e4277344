"""What a file is, told by its content alone; names and types that a browser sends count for nothing."""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

HEAD = 8192
"""Bytes from the start of a file that tell its kind."""
UNKNOWN, OFFICE, TEXT = "unknown", "office", "text"


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: its media type and the end of its name."""

    code: str
    media_type: str
    ending: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("jpeg", "image/jpeg", "jpg"),
        Kind("png", "image/png", "png"),
        Kind("webp", "image/webp", "webp"),
        Kind("pdf", "application/pdf", "pdf"),
        Kind("text", "text/plain", "txt"),
    )
}
_STARTS = ((b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"))
_OFFICE_STARTS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_OFFICE_PARTS = (b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis.opendocument")
_MARKUP = (b"<", b"%!ps", b"#!")
"""Text that a program would run or draw: nothing that a reader should open as plain text."""
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\r\f") | {0x7F}


def kind_of(head: bytes) -> str:
    """Return the kind that the first bytes show: a code of `KINDS`, `office`, or `unknown`.

    `text` is a guess until `is_plain_text` has seen the whole.
    """
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if _is_office(head):
        return OFFICE
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP) or not _CONTROLS.isdisjoint(head):
        return UNKNOWN
    return TEXT


def _is_office(head: bytes) -> bool:
    if head.startswith(_OFFICE_STARTS):
        return True
    return head.startswith(b"PK\x03\x04") and any(part in head for part in _OFFICE_PARTS)


def is_plain_text(chunks: Iterable[bytes]) -> bool:
    """Return whether the whole is UTF-8 without control characters."""
    decode = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks:
            if not _CONTROLS.isdisjoint(chunk):
                return False
            decode.decode(chunk)
        decode.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def head_of(chunks: Iterator[bytes]) -> bytes:
    """Return the first bytes of a file."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= HEAD:
            break
    return head[:HEAD]
