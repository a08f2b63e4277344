"""Who has checked a language is kept in the settings, with what was checked; the trust says which come first."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app.cli.translations import translations as commands
from app.services.setting import change_setting, read_settings
from tests.fixtures.pages import Visitor
from tests.fixtures.pseudo import write_pseudo
from tests.service.desk import DeskTrust
from tests.web.locale import lang_of, row

pytestmark = pytest.mark.usefixtures("spoken")


def test_outside_the_demonstration_a_language_waits_for_a_person_who_checked_it(
    make: Callable[..., Flask], trust: DeskTrust
) -> None:
    app = make(demo_today=None)
    visitor = Visitor(app, public=True)
    assert row(visitor.get("/")) == [] and "More languages" not in visitor.get("/").words
    assert lang_of(visitor.get("/quick?lang=ur")) == "en"
    done = app.test_cli_runner().invoke(commands, ["checked", "ur", "--by", "A. Khan, DPSI"])
    assert done.exit_code == 0, done.output
    page = visitor.get("/quick?lang=ur")
    assert lang_of(page) == "ur" and "đŕáƒť" not in page.words
    assert row(visitor.get("/")) == ["ur /?lang=ur"]
    with trust.public() as work:
        mark = read_settings(work)["languages_checked"]["ur"]
        assert mark["by"] == "A. Khan, DPSI" and date.fromisoformat(mark["on"])


def test_the_mark_of_a_language_lapses_when_a_sentence_of_it_changes(
    make: Callable[..., Flask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make(demo_today=None).test_cli_runner()
    run.invoke(commands, ["checked", "ur", "--by", "A. Khan"])
    assert "checked by A. Khan" in run.invoke(commands, ["status"]).output
    monkeypatch.setattr("tests.fixtures.pseudo.pseudo", lambda text: f"{text}x" if text == "Back" else text)
    (tmp_path / "made/ur/LC_MESSAGES/messages.po").unlink()
    (tmp_path / "made/ur/LC_MESSAGES").rmdir()
    write_pseudo(tmp_path / "made", "ur", 2)
    changed = make(demo_today=None)
    assert lang_of(Visitor(changed, public=True).get("/quick?lang=ur")) == "en"
    assert "changed since" in changed.test_cli_runner().invoke(commands, ["status"]).output


def test_a_language_with_a_sentence_missing_cannot_be_marked(app: Flask) -> None:
    refused = app.test_cli_runner().invoke(commands, ["checked", "it", "--by", "A. Khan"])
    assert refused.exit_code == 1 and "sentences are missing" in refused.output


def test_the_trust_names_the_languages_of_the_bar(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        change_setting(work, "languages_first", ["ur"])
    assert row(reporter.get("/")) == ["ur /?lang=ur", "pl /?lang=pl"]
    assert row(reporter.get("/?lang=ur")) == ["en /", "pl /?lang=pl"]
