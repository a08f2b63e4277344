"""The reply to a reporter."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.message import EMPTY, LONGEST, TOO_LARGE, TOO_LONG

ONCE = re.compile(r"[0-9a-f]{32}", re.ASCII)
NOT_TEXT = "Your message has a character that we cannot keep. Type it again"


@dataclass(frozen=True)
class ReplyForm:
    """The reply as typed, its normalised text, and the sentence that says what is wrong (empty when nothing is)."""

    value: str = field(repr=False)
    text: str = field(repr=False)
    once: str
    """Drawn for each page: the same page sent again is the same message."""
    error: str = ""

    @property
    def written(self) -> str:
        """How many characters there are, when they are too many."""
        return f"{len(self.text):,}" if len(self.text) > LONGEST else ""


def new_once() -> str:
    """Return the mark of one new reply page: 32 hex digits."""
    return secrets.token_hex(16)


def read_reply(posted: Mapping[str, str], text: str, *, fits: bool) -> ReplyForm:
    """Return the posted reply, checked; `text` is its normalised text, `fits` whether that can be kept."""
    value = posted.get("text", "")
    error = ""
    if "\0" in value:
        error, value = NOT_TEXT, value.replace("\0", "")
    elif not text:
        error = EMPTY
    elif len(text) > LONGEST:
        error = TOO_LONG
    elif not fits:
        error = TOO_LARGE
    once = posted.get("once", "")
    return ReplyForm(value, text, once if ONCE.fullmatch(once) else "", error)
