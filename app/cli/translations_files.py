"""Catalogue files: the template, and the sentences of each language, written the same way every time."""

import io
from collections.abc import Mapping, Sequence

from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import write_po

from app.cli.translations_extraction import public_sentences
from app.web.translations import catalogue_path, english, read_catalogue, sentences, template_path, texts
from models.vocabulary.locale import BY_CODE

WIDTH = 120
Said = Mapping[str, str | Sequence[str]]
"""What is said for each sentence, by its English; for one with a plural, its forms."""


def template_text() -> str:
    """Return what `messages.pot` should hold."""
    return _written(public_sentences(), _heading("Heard: what the public pages say."))


def catalogue_text(code: str, new: Said | None = None) -> str:
    """Return what the catalogue of a language should hold: for each sentence of the pages `new`, else what it had.

    A sentence that the pages no longer say is kept at the end, in case it comes back.
    """
    old = read_catalogue(catalogue_path(code), code)
    known = {english(message): message for message in (*old.obsolete.values(), *old) if message.id}
    said = {one: message.string for one, message in known.items()} | dict(new or {})
    made = Catalog(locale=code)
    for one, message in sentences(public_sentences()).items():
        text = said.get(one)
        made.add(message.id, tuple(text) if isinstance(text, list) else text, locations=message.locations)
    now = sentences(made)
    made.obsolete.update({one: message for one, message in known.items() if one not in now and any(texts(message))})
    heading = _heading(
        f"Heard in {BY_CODE[code].english_name}. A draft: no person has checked it, unless a trust has said who did",
        "with `flask translations checked`. Before that it is shown in the demonstration alone.",
        language=_grammar(code),
    )
    return _written(made, heading)


def _grammar(code: str) -> str:
    plural = get_plural(code)
    forms = f"nplurals={plural.num_plurals}; plural={plural.plural_expr};"
    return f'"Language: {code}\\n"\n"Plural-Forms: {forms}\\n"\n'


def write_catalogue(code: str, new: Said | None = None) -> None:
    """Write the catalogue of a language anew, with what is newly said in it."""
    path = catalogue_path(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(catalogue_text(code, new), encoding="utf-8")


def write_template() -> None:
    """Write the list of every sentence of the public pages anew."""
    template_path().parent.mkdir(parents=True, exist_ok=True)
    template_path().write_text(template_text(), encoding="utf-8")


def _heading(*remarks: str, language: str = "") -> str:
    lines = [f"# {remark}\n" for remark in remarks]
    lines += ['msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n']
    return "".join(lines) + f'"Content-Transfer-Encoding: 8bit\\n"\n{language}\n'


def _written(catalogue: Catalog, heading: str) -> str:
    file = io.BytesIO()
    write_po(file, catalogue, width=WIDTH, omit_header=True, include_lineno=False)
    return heading + file.getvalue().decode().strip() + "\n"
