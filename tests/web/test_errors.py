"""Pages for what goes wrong: each says what happened and what to do next, and none shows what was sent."""

import pytest
from flask import Flask

from app.web.errors import error_page
from tests.fixtures.pages import Visitor


@pytest.mark.parametrize("path", ["/inbox/reply", "/logout"])
def test_a_form_address_that_is_opened_as_a_page_says_so(reporter: Visitor, path: str) -> None:
    page = reporter.get(path)
    assert page.status == 405
    assert set(page.response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert page.title == "You cannot open this page like this – Heard"
    assert "Nothing was saved." in page.words
    assert "Call 999. In hospital, tell a member of staff." in page.words


def test_a_page_that_is_sent_a_form_says_so(ana: Visitor) -> None:
    page = ana.post("/cases", {"csrf_token": ana.get("/cases").value("csrf_token")})
    assert page.status == 405
    assert page.all("main")[0].find(".//{*}a[@href='/cases']") is not None
    assert "Call security" not in page.words


def test_a_status_without_a_page_of_its_own_gets_the_page_of_its_kind(app: Flask) -> None:
    with app.test_request_context("/"):
        assert (error_page(418).status_code, error_page(418).get_data(as_text=True)) == (
            418, error_page(400).get_data(as_text=True),
        )  # fmt: skip
        assert error_page(502).get_data() == error_page(500).get_data()
