"""What each envelope may hold ("Contents" in `security.md` section 3): a reader refuses everything else."""

from collections.abc import Mapping
from typing import Any

from app.domain.content_rules import (
    Schema,
    boolean,
    code,
    day,
    either,
    hex_of,
    integer,
    list_of,
    map_of,
    month,
    object_of,
    one_of,
    second,
    text,
)
from app.domain.errors import Unreadable
from app.domain.report_content import canonical_json, read_canonical_json

_ID = hex_of(32)
_HASH = hex_of(64)
_CODE = code()
_SHORT_CODE = code(20)
_PLACE = either(_ID, _CODE)
_CLASS = one_of("own", "other")
_GROUP = one_of("bme", "white", "not_given")
_FORM = one_of("quick", "report")
_FILES = list_of(_ID, 5)

ANSWERS: Schema = {
    **dict.fromkeys(("who", "by", "when", "privacy"), _CODE),
    **dict.fromkeys(("reader?", "role?", "consent?", "before?", "danger?", "source?", "partner?"), _CODE),
    "what": list_of(_CODE, 12),
    **dict.fromkeys(("wants?", "help?"), list_of(_CODE, 12)),
    "words?": text(5000),
    **dict.fromkeys(("what_else?", "names?", "safe_times?", "help_times?"), text(200)),
    "name?": text(100),
    **dict.fromkeys(("contact?", "help_contact?"), text(254)),
    "help_lang?": text(60),
    "place": _PLACE,
    "month?": integer(1, 12),
    "year?": integer(1900, 9999),
    "exclude?": list_of(_ID, 50),
}
_KNOWN: Schema = {"privacy": _CODE, "name?": text(100), "contact?": text(254), "safe_times?": text(200)}
MESSAGE_KINDS = ("message", "file", "known", "stop", "outcome", "check_in", "notice", "consent")
"""What a message may be besides words, from either side."""
_MESSAGE: Schema = {
    "from": one_of("reporter", "staff"),
    "day": day,
    "kind": one_of(*MESSAGE_KINDS),
    "text": text(5000),
    "files": _FILES,
    "known?": object_of(_KNOWN),
    # The place among the messages of one mailbox: a day alone does not tell which of two changes came last.
    "turn?": integer(1, 99999),
    "consent?": object_of({"panel": one_of("yes", "no"), "story": one_of("yes", "no")}),
}
_SCORE: Schema = {
    "link": _ID,
    "rev": integer(),
    "month": month,
    "direction": _CODE,
    "class": _CLASS,
    "group": _GROUP,
}
_RECORD_KINDS = ("triage", "action", "finding", "outcome", "referral", "reason", "link", "conflict")

CONTENTS: Mapping[str, Schema] = {
    "report": {
        "form": _FORM,
        "version": integer(1),
        "day": day,
        "lang": text(35),
        "link": _ID,
        "mailbox": _ID,
        "mailbox_key": _HASH,
        "spam_lane": boolean,
        "files": _FILES,
        "answers": object_of(ANSWERS),
    },
    "card": {
        "day": day,
        "form": _FORM,
        "lang": text(35),
        "what": list_of(_SHORT_CODE, 8),
        **dict.fromkeys(("who", "by", "when", "privacy"), _SHORT_CODE),
        "place": either(_ID, _SHORT_CODE),
        "help?": list_of(_SHORT_CODE, 8),
        **dict.fromkeys(("primary?", "route?"), _SHORT_CODE),
        "flags": list_of(_SHORT_CODE, 8),
        "files": integer(0, 100),
    },
    "message": {**_MESSAGE, "user?": _ID, "at?": second},
    "mailbox": {
        **_MESSAGE,
        "figures?": object_of({"month": month, "direction": _CODE, "class": _CLASS, "group": _GROUP}),
    },
    "hello": {"case": _ID, "case_key": _HASH, "link": _ID, "rekey?": _HASH},
    "manifest": {
        "id": _ID,
        "key": _HASH,
        "name": text(100),
        "type": text(60),
        **dict.fromkeys(("size", "stored"), integer()),
        "sha256": _HASH,
        "removed": list_of(_SHORT_CODE, 8),
        "scan": one_of("clean", "not_scanned", "withheld"),
    },
    "facet": {
        "link": _ID,
        "rev": integer(),
        **dict.fromkeys(("withdrawn", "own"), boolean),
        "month": month,
        "lane": one_of("normal", "spam"),
        **dict.fromkeys(("sent_direction", "direction", "division", "kind"), _CODE),
        "group": _GROUP,
        "drop": one_of(None, "duplicate_of", "test"),
    },
    "closing": {
        **_SCORE,
        "finding": integer(1, 20),
        "outcomes": list_of(integer(0, 1), 60),
        **dict.fromkeys(("feedback", "support_offered", "support_taken"), boolean),
    },
    "score": {**_SCORE, "score": integer(1, 5)},
    "equality": {"month": month, "sent_direction": _CODE, "class": _CLASS, "ethnic_2021": _CODE},
    "record": {
        "kind": one_of(*_RECORD_KINDS),
        "user": _ID,
        "at": second,
        "codes": map_of(either(_CODE, list_of(_CODE, 40)), 40),
        "days": map_of(day, 10),
        "refs": map_of(_ID, 20),
        "person?": text(60),
        "text?": text(5000),
    },
    "draft": {"user": _ID, "at": second, "form": text(40), "fields": map_of(text(64000), 200)},
    "note": {"user": _ID, "at": second, "text": text(10000)},
}
_RULES = {purpose: object_of({"v": integer(1, 1), **schema}) for purpose, schema in CONTENTS.items()}
LARGEST_MESSAGE = 15000
"""Bytes of canonical JSON that the text of a message takes at most."""
_LARGEST_TOGETHER: Mapping[str, tuple[tuple[str, ...], int]] = {
    "message": (("text", "known"), LARGEST_MESSAGE),
    "mailbox": (("text", "known"), LARGEST_MESSAGE),
    "draft": (("fields",), 64000),
}


def content_fits(purpose: str, content: object) -> bool:
    """Return whether `content` is what an envelope of `purpose` may hold."""
    rule = _RULES.get(purpose)
    if rule is None or not rule(content) or not isinstance(content, dict):
        return False
    names, largest = _LARGEST_TOGETHER.get(purpose, ((), 0))
    together = {name: content[name] for name in names if name in content}
    return not names or len(canonical_json(together)) <= largest


def message_fits(text: str) -> bool:
    """Return whether the text of a message can be sealed: letters of some scripts take three or four bytes each."""
    return len(canonical_json({"text": text})) <= LARGEST_MESSAGE


def check_content(purpose: str, content: object) -> None:
    """Raise `Unreadable` for a missing, unknown, wrong or over-long key."""
    if not content_fits(purpose, content):
        raise Unreadable


def encode_content(purpose: str, content: Mapping[str, object]) -> bytes:
    """Return the canonical JSON to seal, with `"v":1` added; raise `Unreadable` when it does not fit."""
    complete = {"v": 1, **content}
    check_content(purpose, complete)
    return canonical_json(complete)


def decode_content(purpose: str, encoded: bytes) -> dict[str, Any]:
    """Return the content of an opened envelope; raise `Unreadable` when it is not canonical or does not fit."""
    content: Any = read_canonical_json(encoded)
    check_content(purpose, content)
    return dict(content)
