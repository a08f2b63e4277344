"""The equality token: lets one report answer the equality question once, without naming the report."""

import re
from dataclasses import dataclass

from app.domain.errors import Unreadable
from app.security.aead_blob import from_base64url, open_exact_blob, seal_blob, to_base64url
from app.security.context import ctx
from app.security.form_token import FormKeys, IntakeKeys

DIRECTIONS = ("third_party_staff", "staff_staff", "staff_patient", "other")
CLASSES = ("own", "other")

_CONTEXT = ctx(b"equality-token")
_MONTH = re.compile(rb"[0-9]{4}-(0[1-9]|1[0-2])")
_LENGTH = 25


@dataclass(frozen=True)
class EqualityToken:
    """Month (`2026-11`), release cell of the sent direction, class, and row id 16 bytes."""

    month: str
    sent_direction: str
    report_class: str
    row_id: bytes


def seal_equality_token(keys: IntakeKeys, token: EqualityToken) -> str:
    """Return a token of 72 characters for the receipt page; raise `ValueError` for a value outside its list."""
    content = (
        token.month.encode("ascii")
        + bytes((DIRECTIONS.index(token.sent_direction) + 1, CLASSES.index(token.report_class) + 1))
        + token.row_id
    )
    if _MONTH.fullmatch(content[:7]) is None or len(content) != _LENGTH:
        raise ValueError("month is written 2026-11, a row id is 16 bytes")
    return to_base64url(seal_blob(keys.equality, content, _CONTEXT))


def _read(keys: IntakeKeys, text: str) -> EqualityToken:
    content = open_exact_blob(keys.equality, from_base64url(text), _CONTEXT, _LENGTH)
    month, direction, report_class = content[:7], content[7], content[8]
    if _MONTH.fullmatch(month) is None or not 1 <= direction <= len(DIRECTIONS):
        raise Unreadable
    if not 1 <= report_class <= len(CLASSES):
        raise Unreadable
    return EqualityToken(month.decode("ascii"), DIRECTIONS[direction - 1], CLASSES[report_class - 1], content[9:])


def read_equality_token(keys: FormKeys, text: str) -> EqualityToken:
    """Return what a posted token holds, under the current, then the previous secret; raise `Unreadable`."""
    return keys.read_with(lambda intake: _read(intake, text))
