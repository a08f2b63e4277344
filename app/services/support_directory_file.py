"""Files of services: CSV with one header, each line checked before anything is stored."""

import csv
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from io import StringIO

from app.domain.errors import Refused
from models.vocabulary.support_directory import NEED, TAG
from models.vocabulary.word import codes

_LONGEST = {"name": 100, "description": 600, "tags": 200, "phone": 40, "hours": 100, "email": 254, "url": 200,
            "area": 100, "languages": 100}  # fmt: skip
_TAGS, _NEEDS = codes(TAG), codes(NEED)
_FORMS = {
    "phone": (re.compile(r"[0-9 +()]*", re.ASCII), "has other characters than digits and spaces"),
    "email": (re.compile(r"([^\s@<>]+@[^\s@<>]+\.[^\s@<>]+)?"), "is no email address"),
    "url": (re.compile(r"(https://[^\s<>\"']+)?"), "does not begin with https://"),
}
_FORMULAS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class NewService:
    """One line of a file: `tags` are codes of the vocabulary, apart by spaces."""

    name: str
    description: str
    tags: str
    phone: str
    hours: str
    email: str
    url: str
    area: str
    languages: str

    def columns(self) -> dict[str, str]:
        """Return the values by the name of their column."""
        return asdict(self)


COLUMNS = tuple(field.name for field in fields(NewService))


def read_service_file(text: str) -> list[NewService]:
    """Return the services of a file. Raises `Refused` with every line that is wrong, and then takes none."""
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise Refused(f"Line 1: the columns must be {','.join(COLUMNS)}")
        read, wrong, names = [], [], set[str]()
        for row in reader:
            problems = list(_problems(row, names))
            wrong += [f"Line {reader.line_num}, {problem}" for problem in problems]
            if not problems:
                names.add(row["name"])
                read.append(NewService(**row))
    except csv.Error as error:
        raise Refused(f"Line {reader.line_num}: {error}") from None
    if wrong:
        raise Refused("\n".join(wrong))
    return read


def check_service(service: NewService) -> None:
    """Raise `Refused` with everything that is wrong with a service."""
    if found := _problems(service.columns(), set()):
        raise Refused("\n".join(found))


def _problems(row: Mapping[str, str | None], names: set[str]) -> list[str]:
    """Return what is wrong with a line, column by column."""
    if tuple(row) != COLUMNS or None in row.values():
        return [f"columns: there must be {len(COLUMNS)}"]
    texts = {name: value or "" for name, value in row.items()}
    found = [f"{name}: longer than {most} characters" for name, most in _LONGEST.items() if len(texts[name]) > most]
    found += [f"{name}: must not be empty" for name in ("name", "description", "tags") if not texts[name].strip()]
    if texts["name"] in names:
        found.append("name: stands twice")
    tags = texts["tags"].split()
    found += [f"tags: {tag} is not a tag" for tag in tags if tag not in _TAGS]
    if tags and _NEEDS.isdisjoint(tags):
        # No question about a need would lead to it.
        found.append(f"tags: none says what it helps with. Add one of {' '.join(tag.code for tag in NEED)}")
    found += [f"{name}: {said}" for name, (form, said) in _FORMS.items() if not form.fullmatch(texts[name])]
    found += [
        f"{name}: must not begin with {value[0]}"
        for name, value in texts.items()
        if name != "phone" and value.startswith(_FORMULAS)
    ]
    return found
