"""What pages say is found, listed and kept; what a catalogue may say is held to its English."""

import ast
import importlib
import io
import json
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from flask import Flask

from app.cli.translations import translations as commands
from app.cli.translations_extraction import DESK_LISTS, DESK_MODULES, NAMED, ROOT, extract_python, public_sentences
from app.cli.translations_files import catalogue_text, template_text, write_catalogue
from app.cli.translations_rules import ENDS, problems
from app.domain import permissions
from app.public.report import PARTNER
from app.services.roster import READING_ROLES
from app.web import translations
from app.web.translations import (
    TRANSLATED,
    catalogue_digest,
    catalogue_path,
    complete_languages,
    missing_sentences,
    read_catalogue,
    sentences,
    template_path,
    texts,
)
from models.vocabulary.locale import LANGUAGES
from models.vocabulary.people import CAME, INTAKE, READER_ROLE, ROLES
from models.vocabulary.word import codes, label
from tests.fixtures.pseudo import install_pseudo, pseudo

UPDATE = "run: .venv/bin/flask translations update"


def test_the_list_of_sentences_is_what_the_pages_say() -> None:
    assert template_path().read_text(encoding="utf-8") == template_text(), UPDATE


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_catalogue_has_a_place_for_each_sentence(code: str) -> None:
    assert catalogue_path(code).read_text(encoding="utf-8") == catalogue_text(code), UPDATE


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_a_catalogue_says_keeps_to_its_english(code: str) -> None:
    said = sentences(read_catalogue(catalogue_path(code), code)).values()
    wrong = {message.id: found for message in said if any(texts(message))
             and (found := problems(message, message.string or "", code))}  # fmt: skip
    assert not wrong


def test_each_language_is_listed_once_with_its_direction() -> None:
    assert len({language.code for language in LANGUAGES}) == len(LANGUAGES) == 12
    assert {language.code for language in LANGUAGES if language.direction == "rtl"} == {"ar", "ur"}


SOURCE = """
LATE = N_("You are late")
WHAT = (Word("a", "A thing", "a hint"), Word(code, "Another"))
TARGET = (Word("me", "The person who told us"),)
ANSWERS = Question("name", "Your name", limit=3, missing="Enter it", too_long=LATE, needed="Say it")
STATUS_WORDS: dict[str, str] = {"a": "Received"}
NAMES = {"a": "Not said"}
def show():
    form.error, form.parts = N_("Call %(phone)s"), {"phone": 1}
    return flask_babel.ngettext("one day", "many days", 3), gettext(unknown), "nothing"
"""


def found_in(source: str, tables: frozenset[str] = frozenset()) -> list[object]:
    return [text for _, _, text, _ in extract_python(io.BytesIO(source.encode()), (), (), {"tables": tables})]


def test_marked_sentences_words_and_questions_are_found_in_modules() -> None:
    found = found_in(SOURCE, frozenset({"STATUS_WORDS"}))
    assert [text for text in found if text and text != (None,)] == [
        "You are late", "A thing", "a hint", "Another", "Your name", "Enter it", "Say it", "Received", "Call %(phone)s",
        ("one day", "many days", None),
    ]  # fmt: skip


def test_words_and_questions_are_not_marked_a_second_time() -> None:
    marked = [
        f"{path.relative_to(ROOT)}:{text.lineno}"
        for folder in ("app", "forms", "models")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in NAMED
        for text in (*call.args, *(keyword.value for keyword in call.keywords))
        if isinstance(text, ast.Call) and isinstance(text.func, ast.Name) and text.func.id == "N_"
    ]
    assert not marked


def test_no_word_of_the_desk_alone_is_listed() -> None:
    listed = sentences(public_sentences())
    assert "Sign in" not in listed and "The person who told us" not in listed and "Find a case" not in listed
    assert "Racist words, names or comments" in listed and "Racist words" not in listed
    assert not {word.label for word in ROLES if word not in READER_ROLE} & listed.keys()
    assert {word.label for word in READER_ROLE} <= listed.keys()
    assert all((ROOT / name).exists() for name in DESK_MODULES)
    vocabulary = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "models/vocabulary").glob("*.py"))
    assert all(f"\n{name}:" in vocabulary for name in DESK_LISTS)


def test_every_role_of_a_reader_and_every_way_that_a_report_came_is_one_that_a_page_can_show() -> None:
    assert codes(READER_ROLE) == READING_ROLES
    assert codes(ROLES) == set(permissions.ROLES)
    listed = sentences(public_sentences())
    assert {word.label for word in INTAKE} <= listed.keys()
    assert not {label(CAME, PARTNER), "Through a community partner", "Freedom to Speak Up Guardian"} & listed.keys()


def test_each_sentence_is_written_the_same_way_every_time() -> None:
    assert template_text() == template_text()
    assert "POT-Creation-Date" not in template_text() and ".html:" not in template_text()


@pytest.mark.parametrize(
    ("english", "said", "problem"),
    [
        ("Call %(phone)s.", "%(phone)s پر کال کریں۔", ""),
        ("Call %(phone)s.", "کال کریں۔", "must have the placeholders phone"),
        ("Call us.", "%(phone)s پر کال کریں۔", "must have the placeholders (none)"),
        ("Call <b>us</b>", "<b>Call</b> us", ""),
        ("Call <b>us</b>", "Call us", "must have the markup <b> </b>"),
        ("Call us", "<a href='//evil'>Call us</a>", "must have the markup (none)"),
        ("Call us", "Call < us", "must have the markup (none)"),
        ("Call us.", "کال کریں", "must end with ."),
        ("Call us", "کال کریں۔", "must not end with a mark"),
        ("Call us?", "کال کریں؟", ""),
        ("Call us", "", "is empty, or has a space at an end"),
        ("Call us", "کال کریں ", "is empty, or has a space at an end"),
        ("Call us", "کال \u202eکریں", "has a character that cannot be seen"),
        ("Call us", 'say "hello" now', "has a straight quotation mark"),
        ("Question {place}", "سوال", "must have the placeholders place"),
        ("100 %% sure", "100 sure", "must have as many per cent signs"),
    ],
)
def test_a_translation_that_strays_from_its_english_is_told_why(english: str, said: str, problem: str) -> None:
    assert problems(Message(english), said, "ur") == ([problem] if problem else [])


def test_a_plural_needs_every_form_of_its_language() -> None:
    message = Message(("%(num)s day of %(all)s", "%(num)s days of %(all)s"))
    assert problems(message, ["ein %(all)s", "%(num)s %(all)s"], "ur") == []
    assert problems(message, ["%(num)s", "%(num)s %(all)s"], "ur") == ["must have the placeholders num, all"]
    assert problems(message, ["%(num)s %(all)s"], "pl") == ["has 1 forms, 3 are needed"]
    assert set(ENDS) <= set(".?!:,")


def test_a_changed_sentence_is_missing_and_comes_back_with_its_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_pseudo(tmp_path / "made", monkeypatch)
    assert complete_languages() == ("pl", "ur")
    digest, text = catalogue_digest("ur"), catalogue_path("ur").read_text(encoding="utf-8")
    monkeypatch.setattr("app.cli.translations_files.public_sentences", lambda: read_catalogue(template_path(), None))
    template = template_path().read_text(encoding="utf-8")
    template_path().write_text(template.replace('msgid "Back"', 'msgid "Go back"'), encoding="utf-8")
    write_catalogue("ur")
    assert [message.id for message in missing_sentences("ur")] == ["Go back"]
    assert complete_languages() == ()
    assert catalogue_digest("ur") != digest
    assert '#~ msgid "Back"' in catalogue_path("ur").read_text(encoding="utf-8")
    template_path().write_text(template, encoding="utf-8")
    write_catalogue("ur")
    assert catalogue_path("ur").read_text(encoding="utf-8") == text


def test_what_is_missing_can_be_filled_in_but_nothing_that_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "FOLDER", tmp_path)
    template_path().write_text(template_text(), encoding="utf-8")
    run = Flask("empty").test_cli_runner()
    empty = json.loads(run.invoke(commands, ["missing", "it"]).output)
    assert empty["Back"] == "" and empty["You have written %(num)s character."] == ["", ""]
    file = tmp_path / "it.json"
    file.write_text(json.dumps(empty | {"Back": "Indietro", "Nobody says this": "x"}), encoding="utf-8")
    refused = run.invoke(commands, ["fill", "it", str(file)])
    assert refused.exit_code == 1 and "'Nobody says this' is not said by any page" in refused.output
    assert not catalogue_path("it").exists()
    forms = {one: [pseudo(one)] * 2 if isinstance(text, list) else f"{one[:-1]}x{one[-1]}" if one[-1] in ENDS else one
             for one, text in empty.items()}  # fmt: skip
    plurals = {one: ["%(num)s" + one[-1].strip("abcdefghijklmnopqrstuvwxyz")] * 2 for one, text in empty.items()
               if isinstance(text, list)}  # fmt: skip
    file.write_text(json.dumps(forms | plurals), encoding="utf-8")
    filled = run.invoke(commands, ["fill", "it", str(file)])
    assert filled.exit_code == 0, filled.output
    assert json.loads(run.invoke(commands, ["missing", "it"]).output) == {}
    assert complete_languages() == ("it",)


def test_whatever_a_reporter_reads_of_a_failure_is_a_sentence_of_the_catalogue() -> None:
    said: set[str] = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "NotReceived":
                [name] = node.args
                assert isinstance(name, ast.Name), f"{path}: a sentence without a name"
                module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                said.add(getattr(importlib.import_module(module), name.id))
    assert len(said) >= 4
    assert said <= {message.id for message in public_sentences()}
