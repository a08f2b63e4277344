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
NOT_YET: frozenset[str] = frozenset()
"""Pages that are being written anew elsewhere. A page stands here only while it has words that are not marked."""


@pytest.fixture
def pseudo_app(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    install_pseudo(tmp_path / "translations", monkeypatch)
    made = create_app(settings)
    yield made
    made.extensions["heard"].database.close()


def unmarked(state: State) -> list[str]:
    """Return the words of a page that no catalogue said."""
    return [found for text in texts(state.page) for found in LETTERS.findall(NAMES.sub("", text))]


@pytest.fixture
def walk(pseudo_app: Flask) -> Walk:
    return Walk(pseudo_app, LEFT_TO_RIGHT)


def test_every_word_of_every_public_page_is_said_through_a_catalogue(walk: Walk) -> None:
    found = {state.name: words for state in walk.states() if state.path not in NOT_YET and (words := unmarked(state))}
    assert not found


def test_a_page_that_waits_for_its_marks_still_has_words_without(walk: Walk) -> None:
    waiting = {state.path for state in walk.states() if unmarked(state)}
    assert NOT_YET & {state.path for state in walk.states()} <= waiting, "take it off NOT_YET"


def test_every_link_form_and_redirect_keeps_the_language(walk: Walk) -> None:
    mark = f"lang={walk.lang}"
    dropped = {
        (state.name, link)
        for state in walk.states()
        if state.path not in NOT_YET
        for link in links(state.page)
        if mark not in link
    }
    assert not dropped
    lost = [(name, to) for name, to in walk.redirects if to.startswith("/") and mark not in to]
    assert not [(name, to) for name, to in lost if name.split(" ")[1].partition("?")[0] not in NOT_YET]


@pytest.mark.parametrize(("lang", "direction"), [(LEFT_TO_RIGHT, "ltr"), (RIGHT_TO_LEFT, "rtl")])
def test_every_public_page_names_its_language_and_direction(pseudo_app: Flask, lang: str, direction: str) -> None:
    for state in Walk(pseudo_app, lang).states():
        [html] = state.page.all("html")
        assert (html.get("lang"), html.get("dir")) == (lang, direction), state.name
