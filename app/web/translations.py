"""The catalogues of the public pages: read once from their `.po` files, used only when they are complete."""

import hashlib
import io
from collections.abc import Set
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from models.vocabulary.locale import ENGLISH, LANGUAGES

FOLDER = Path(__file__).parents[1] / "translations"
TRANSLATED = tuple(language.code for language in LANGUAGES if language != ENGLISH)


def template_path() -> Path:
    """Return the file that lists every sentence of the public pages."""
    return FOLDER / "messages.pot"


def catalogue_path(code: str) -> Path:
    """Return the file with the sentences of one language."""
    return FOLDER / code / "LC_MESSAGES" / "messages.po"


def read_catalogue(path: Path, code: str | None) -> Catalog:
    """Return the catalogue in a file; an absent file is an empty catalogue."""
    return _parsed(path, code, path.stat().st_mtime_ns) if path.exists() else Catalog(locale=code)


@cache
def _parsed(path: Path, code: str | None, _written: int) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=code, abort_invalid=True)


def english(message: Message) -> str:
    """Return the sentence in English; the singular, where it has a plural."""
    return message.id if isinstance(message.id, str) else message.id[0]


def texts(message: Message) -> tuple[str, ...]:
    """Return what is said for a message, in every plural form of the language, "" where one is missing."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def sentences(catalogue: Catalog) -> dict[str, Message]:
    """Return the messages of a catalogue by their English; its heading is not one of them."""
    return {english(message): message for message in catalogue if message.id}


def known_sentences() -> Set[str]:
    """Return every sentence of the public pages in English: what the templates say, not what people typed."""
    return sentences(read_catalogue(template_path(), None)).keys()


def missing_sentences(code: str) -> list[Message]:
    """Return the sentences of the public pages that a language does not say yet."""
    said = sentences(read_catalogue(catalogue_path(code), code))
    template = sentences(read_catalogue(template_path(), None))
    return [message for one, message in template.items() if not _is_said(said.get(one))]


def _is_said(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(texts(message))


def complete_languages() -> tuple[str, ...]:
    """Return the codes of the languages that say everything, in their order."""
    return tuple(code for code in TRANSLATED if known_sentences() and not missing_sentences(code))


def catalogue_digest(code: str) -> str:
    """Return 16 hex digits that change with any sentence of a language: what was checked is what is shown."""
    said = sentences(read_catalogue(catalogue_path(code), code))
    lines = sorted("\x1f".join((one, *texts(message))) for one, message in said.items())
    return hashlib.sha256("\x1e".join(lines).encode()).hexdigest()[:16]


def translations_of(code: str) -> Translations:
    """Return the catalogue of a language in the form that pages use."""
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(catalogue_path(code), code))
    compiled.seek(0)
    return Translations(compiled)
