"""The commands for what the trust itself decides."""

import pytest
from flask import Flask

from app.web import public_content
from tests.fixtures.pages import Visitor


def test_a_setting_that_is_changed_stands_on_the_pages(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    run = app.test_cli_runner().invoke
    assert "* trust_name" in run(args=["setting", "show"]).output
    assert run(args=["setting", "set", "trust_name", "Coast NHS Trust"]).exit_code == 0
    assert run(args=["setting", "set", "keep_words_months", "18"]).exit_code == 0
    shown = run(args=["setting", "show"]).output
    assert '  trust_name               "Coast NHS Trust"' in shown and "  keep_words_months        18" in shown
    monkeypatch.setattr(public_content, "FRESH_SECONDS", 0.0)
    assert "Coast NHS Trust" in Visitor(app, public=True).get("/").words
    assert "18 months" in Visitor(app, public=True).get("/privacy").words


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("support_phone", "call us", "support_phone must be: telephone number."),
        ("keep_words_months", "a year", "keep_words_months must be: whole number, 1 to 120."),
        ("partners", '{"Mosaic": "Mosaic Centre"}', "partners must be: names by code"),
        ("languages_checked", "{}", "languages_checked is changed by `flask translations checked` alone."),
        ("colour", "blue", "colour"),
    ],
)
def test_what_a_setting_cannot_be_is_said_and_nothing_is_changed(app: Flask, name: str, value: str, said: str) -> None:
    run = app.test_cli_runner().invoke
    before = run(args=["setting", "show"]).output
    done = run(args=["setting", "set", name, value])
    assert done.exit_code != 0
    assert said in done.output
    assert run(args=["setting", "show"]).output == before
