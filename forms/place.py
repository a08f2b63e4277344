"""Where it happened, as a reporter chooses it; and what an administrator changes about places and their posters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.fields import UNREADABLE, Field, Question
from models.vocabulary.incident import PLACE_OTHER
from models.vocabulary.place import OPENS
from models.vocabulary.place_poster import POSTER_LINES
from models.vocabulary.word import codes

PLACE = Question("place", "Where did it happen?", missing="Select where it happened")
NOT_CHOSEN = "Choose what the poster opens"
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


def check_place(place: Field, places: frozenset[str]) -> None:
    """Set the error when no place that is offered was chosen."""
    if not place.error and (not place.answer or place.answer[0] not in places | codes(PLACE_OTHER)):
        place.error = place.question.missing


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
