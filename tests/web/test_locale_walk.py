"""In a made-up language every word of every public page is said through a catalogue, and every link keeps it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.dates import get_month_names
from flask import Flask

from app.factory import create_app
from config import Settings
from tests.fixtures.pseudo import LEFT_TO_RIGHT, RIGHT_TO_LEFT, install_pseudo
from tests.fixtures.walk import State, Walk, links, texts

MONTHS = "|".join(get_month_names("wide", locale=LEFT_TO_RIGHT).values())
NAMES = re.compile(rf"\bHeard\b|\b\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?\b")
"""The name of the service, and days, which come from the language's own tables."""
LETTERS = re.compile(r"[A-Za-z]+(?:[ ,.]+[A-Za-z]+)*")
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def pseudo_app(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    install_pseudo(tmp_path / "translations", monkeypatch)
    made = create_app(settings)
    yield made
    made.extensions["heard"].database.close()


def unmarked(state: State) -> list[str]:
    """Return the words of a page that no catalogue said."""
    return [found for text in texts(state.page) for found in LETTERS.findall(NAMES.sub("", text))]


@pytest.mark.parametrize(("lang", "direction"), [(LEFT_TO_RIGHT, "ltr"), (RIGHT_TO_LEFT, "rtl")])
def test_every_public_page_says_every_word_in_its_language_and_keeps_it(
    pseudo_app: Flask, lang: str, direction: str
) -> None:
    walk = Walk(pseudo_app, lang)
    said_in_english: dict[str, list[str]] = {}
    dropped: list[tuple[str, str]] = []
    for state in walk.states():
        [html] = state.page.all("html")
        assert (html.get("lang"), html.get("dir")) == (lang, direction), state.name
        if words := unmarked(state):
            said_in_english[state.name] = words
        dropped += [(state.name, link) for link in links(state.page) if f"lang={lang}" not in link]
    dropped += [(name, to) for name, to in walk.redirects if to.startswith("/") and f"lang={lang}" not in to]
    assert not said_in_english
    assert not dropped
