"""The canonical form of what a reporter sends: normalised answers, canonical JSON, content digest."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NoReturn

from app.domain.errors import Unreadable

LARGEST_INTEGER = 2**53 - 1
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_CONTROLS = {code: None for code in (*range(0x20), 0x7F) if code not in (0x09, 0x0A)}
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode

Answer = str | list[str]


def read_id(text: object) -> bytes | None:
    """Return the 16 bytes of an id written as 32 hex digits, None when `text` is no id."""
    return bytes.fromhex(text) if isinstance(text, str) and _ID.fullmatch(text) else None


def normalise_text(text: str) -> str:
    """Return `text` with LF line ends, no control characters, in NFC, without white space at both ends."""
    one_line_end = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", one_line_end.translate(_CONTROLS)).strip()


def normalise_answers(answers: Mapping[str, str | Sequence[str]]) -> dict[str, Answer]:
    """Return the answers that are not empty, each normalised; lists keep the order they were posted in."""
    normalised: dict[str, Answer] = {}
    for name, given in answers.items():
        value: Answer
        if isinstance(given, str):
            value = normalise_text(given)
        else:
            value = [text for text in map(normalise_text, given) if text]
        if value:
            normalised[name] = value
    return normalised


def _check_canonical(value: object) -> None:
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, dict):
        _check_keys(value)
        for item in value.values():
            _check_canonical(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check_canonical(item)
    elif value is not None and not _is_small_integer(value):
        raise ValueError("not a canonical value")


def _check_keys(value: dict[object, object]) -> None:
    for key in value:
        if not isinstance(key, str) or not key.isascii():
            raise ValueError("object keys are ASCII text")


def _is_small_integer(value: object) -> bool:
    return isinstance(value, int) and -LARGEST_INTEGER <= value <= LARGEST_INTEGER


def canonical_json(value: object) -> bytes:
    """Return the one encoding of `value`; raise `ValueError` for fractions, huge integers, lone surrogates."""
    _check_canonical(value)
    return _encode(value).encode()


def _refuse_number(_text: str) -> NoReturn:
    raise ValueError("fractions are not canonical")


def _object_without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("duplicate key")
    return made


def read_canonical_json(encoded: bytes) -> object:
    """Return the value that `encoded` holds; raise `Unreadable` unless it is its one canonical encoding."""
    try:
        value: object = json.loads(
            encoded.decode(),
            object_pairs_hook=_object_without_duplicates,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
        if canonical_json(value) != encoded:
            raise ValueError("not canonical")
    except (ValueError, RecursionError):
        raise Unreadable from None
    return value


def content_digest(
    form: str, version: int, answers: Mapping[str, Answer], files: Sequence[Mapping[str, str | int]]
) -> bytes:
    """Return the SHA-256 of a report's canonical content, 32 bytes.

    `answers` are normalised; each file is {name, sha256 of the bytes as received in hex, size}, in posting order.
    """
    content = {
        "form": form,
        "version": version,
        "answers": dict(answers),
        "files": [dict(described) for described in files],
    }
    return hashlib.sha256(canonical_json(content)).digest()
