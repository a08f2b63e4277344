"""What an administrator changes about places and their posters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.vocabulary.language import POSTER_LINES
from models.vocabulary.place import OPENS
from models.vocabulary.word import codes

NOT_CHOSEN = "Choose what the poster opens"
UNREADABLE = "Remove the character that cannot be read"
Posted = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class OpensForm:
    """What one poster is to open, and the sentence that says what is wrong."""

    opens: str
    error: str = ""


@dataclass(frozen=True)
class PostersForm:
    """What all posters say: the address as typed, the languages chosen, and those that a speaker has checked."""

    host: str
    languages: tuple[str, ...]
    checked: tuple[str, ...]
    error: str = ""


def read_opens(posted: Posted) -> OpensForm:
    """Return the choice of one place, checked."""
    opens = _first(posted, "opens")
    return OpensForm(opens, "" if opens in codes(OPENS) else NOT_CHOSEN)


def read_posters(posted: Posted) -> PostersForm:
    """Return what all posters are to say; whether the address is one is the service's to know."""
    host = _first(posted, "host")
    known = [line.code for line in POSTER_LINES]
    languages = tuple(code for code in known if code in posted.get("languages", ()))
    checked = tuple(code for code in known if code in posted.get("checked", ()))
    return PostersForm(host.replace("\0", ""), languages, checked, UNREADABLE if "\0" in host else "")


def _first(posted: Posted, name: str) -> str:
    return next(iter(posted.get(name, ())), "")
