"""The name of a file as a stranger gave it, made fit to be shown."""

import re
import unicodedata

LONGEST = 100
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_LAST_PART = re.compile(r"[^/\\]*\Z")


def shown_name(given: str) -> str:
    """Return the last part of a path without characters that hide or turn others, cut to 100.

    >>> shown_name("C:\\\\Users\\\\Ana\\\\cat\u202egpj.exe")
    'catgpj.exe'
    """
    last = _LAST_PART.search(given)
    text = unicodedata.normalize("NFC", last[0] if last else "")
    seen = "".join(sign for sign in text if unicodedata.category(sign) not in _UNSEEN)
    return " ".join(seen.split())[:LONGEST]
