"""`flask translations`: keep the catalogues of the public pages, fill them, and say who has checked one."""

import json
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from flask.cli import AppGroup

from app.cli.translations_files import write_catalogue, write_template
from app.cli.translations_rules import problems
from app.database.schema import stored_revision
from app.services.setting import change_setting, read_settings
from app.web.context import heard
from app.web.translations import (
    TRANSLATED,
    catalogue_digest,
    english,
    missing_sentences,
    read_catalogue,
    sentences,
    template_path,
)
from models.vocabulary.locale import BY_CODE

CHECKED = "languages_checked"
translations = AppGroup("translations", help="The languages of the public pages.")
language = click.argument("code", type=click.Choice(TRANSLATED))


@translations.command("update")
def update() -> None:
    """Write the list of sentences and every catalogue anew, from what the pages say now."""
    write_template()
    for code in TRANSLATED:
        write_catalogue(code)
    click.echo(f"{len(_template())} sentences in {len(TRANSLATED)} languages. To see what is missing: status")


@translations.command("status")
def status() -> None:
    """Print how much each language says and who has checked it."""
    checked = _checked()
    for code in TRANSLATED:
        missing, mark = len(missing_sentences(code)), checked.get(code, {})
        said = f"{len(_template()) - missing} of {len(_template())}"
        stands = mark.get("digest") == catalogue_digest(code)
        who = f"checked by {mark['by']} on {mark['on']}" if mark else "not checked"
        late = ", changed since" if mark and not stands else ""
        click.echo(f"{code}  {BY_CODE[code].english_name:<10}  {said:>11}  {who}{late}")


@translations.command("missing")
@language
def missing(code: str) -> None:
    """Print what a language does not say yet, as JSON to fill in: English → "", or a list for its plural forms."""
    empty = {english(message): _empty(message, code) for message in missing_sentences(code)}
    click.echo(json.dumps(empty, ensure_ascii=False, indent=1))


@translations.command("fill")
@language
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def fill(code: str, file: Path) -> None:
    """Put the sentences of a JSON file into a catalogue. Nothing is written while one of them is wrong."""
    said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    known = _template()
    wrong = [f"{one!r} is not said by any page" for one in said if one not in known]
    wrong += [
        f"{one!r} {problem}: {text!r}"
        for one, text in said.items()
        if one in known
        for problem in problems(known[one], text, code)
    ]
    if wrong:
        raise click.ClickException("Nothing was written.\n" + "\n".join(wrong))
    write_catalogue(code, said)
    click.echo(f"{len(said)} sentences written.")


@translations.command("checked")
@language
@click.option("--by", required=True, help="Who has read every sentence: name, and what qualifies them.")
def checked(code: str, by: str) -> None:
    """Say that a person has checked a language as it stands. The mark lapses when a sentence of it changes."""
    if left := len(missing_sentences(code)):
        raise click.ClickException(f"{left} sentences are missing. To see them: flask translations missing {code}")
    parts = heard()
    with parts.open_work() as work:
        mark = {"by": by, "on": work.today.isoformat(), "digest": catalogue_digest(code)}
        change_setting(work, CHECKED, read_settings(work)[CHECKED] | {code: mark})
    click.echo(f"{BY_CODE[code].english_name} is offered from now on.")


def _checked() -> dict[str, dict[str, str]]:
    parts = heard()
    if stored_revision(parts.database.engine) is None:
        return {}
    with parts.open_work(reading=True) as work:
        found: dict[str, dict[str, str]] = read_settings(work)[CHECKED]
    return found


def _template() -> dict[str, Message]:
    return sentences(read_catalogue(template_path(), None))


def _empty(message: Message, code: str) -> str | list[str]:
    return "" if isinstance(message.id, str) else [""] * get_plural(code).num_plurals
