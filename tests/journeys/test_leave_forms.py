"""Given any form that a reporter can fill in, when they leave it, then Back shows nothing that they gave."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.fixtures.served import Served
from tests.journeys.leaving import shown
from tests.journeys.reporter_pages import ROUTES, Line, Visit, about_you, at, in_mailbox

MARK = "Qqxzj what was typed"
FORMS = tuple(
    line
    for line in (
        Line("GET /quick", "", at("/quick?w=7KQ4")),
        Line("GET /report", "", at("/report")),
        Line("GET /return", "", at("/return")),
        Line("GET /inbox", "", in_mailbox("/inbox")),
        Line("GET /inbox/stop", "", in_mailbox("/inbox/stop")),
        Line("GET /inbox/consent", "", in_mailbox("/inbox/consent")),
        Line("GET /inbox/known", "", in_mailbox("/inbox/known")),
        Line("POST /about-you", "", about_you),
    )
    if line.route in ROUTES
)
FILL = """mark => {
  const fields = [...document.querySelectorAll("main form input, main form textarea, main form select")]
    .filter(field => !field.closest(".app-trap"));
  for (const field of fields) {
    if (field.type === "radio" || field.type === "checkbox") field.checked ||= !field.defaultChecked;
    else if (field.tagName === "SELECT") field.selectedIndex = field.options.length - 1;
    else if (field.type === "text" || field.tagName === "TEXTAREA") field.value = mark;
    field.dispatchEvent(new Event("input", {bubbles: true}));
  }
}"""
STATE = """() => [...document.querySelectorAll("main form input, main form textarea, main form select")]
  .filter(field => field.type !== "hidden" && field.type !== "file")
  .map(field => [field.name, field.value, Boolean(field.checked)])"""


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def visit(request: pytest.FixtureRequest, full_browser: Browser, leaving: Served, pages_instance: Path) -> Visit:
    """A window of a browser that keeps pages for Back, at a server whose neutral page is there."""
    return Visit(full_browser, leaving, request.param, pages_instance, stand_in=False)


def go(visit: Visit) -> None:
    """Leave by the link that every page has."""
    visit.page.locator(".app-exit__button").click()
    visit.page.get_by_text("Weather").wait_for()


def turn(visit: Visit, *, back: bool = True) -> None:
    """Press Back or Forward, and let the page come to rest."""
    try:
        # A page that was kept is there without being loaded.
        (visit.page.go_back if back else visit.page.go_forward)(wait_until="commit")
    except Error as error:
        # The browser offers to send a form again, on an error page of its own.
        assert "ERR_CACHE_MISS" in error.message
    visit.page.wait_for_timeout(300)


def nothing_given(visit: Visit, path: str, blank: object) -> None:
    """Hold what Back shows: nothing typed, and the form itself, where it is there again, as it was at first."""
    assert MARK not in shown(visit.tab)
    if visit.page.url.split("?")[0].endswith(path) and visit.page.locator("main form").count():
        assert visit.page.evaluate(STATE) == blank


@pytest.mark.parametrize("line", FORMS, ids=lambda line: line.name)
def test_back_after_leave_shows_nothing_that_was_given(visit: Visit, line: Line) -> None:
    visit.page.goto("/")
    line.reach(visit)
    path, blank = line.name.split()[0], visit.page.evaluate(STATE)
    assert blank, "there is nothing to fill in"
    visit.page.evaluate(FILL, MARK)
    assert visit.page.evaluate(STATE) != blank
    go(visit)
    for back in (True, True, False):
        turn(visit, back=back)
        nothing_given(visit, path, blank)
    visit.close()


@pytest.mark.parametrize("line", FORMS, ids=lambda line: line.name)
def test_back_after_leaving_an_error_shows_nothing_that_was_given(visit: Visit, line: Line) -> None:
    visit.page.goto("/")
    line.reach(visit)
    path, blank = line.name.split()[0], visit.page.evaluate(STATE)
    visit.page.evaluate(FILL, MARK * 400)
    visit.page.evaluate("document.querySelector('main form').requestSubmit()")
    visit.page.wait_for_load_state()
    go(visit)
    for _ in range(3):
        turn(visit)
        nothing_given(visit, path, blank)
    visit.close()


# Without script the browser may keep the page: Leave is what clears it then.
@pytest.mark.parametrize("visit", [True], ids=["script"], indirect=True)
@pytest.mark.parametrize("line", FORMS, ids=lambda line: line.name)
def test_back_from_another_page_of_ours_shows_an_empty_form(visit: Visit, line: Line) -> None:
    line.reach(visit)
    path, blank = line.name.split()[0], visit.page.evaluate(STATE)
    visit.page.evaluate(FILL, MARK)
    visit.page.locator("footer a").first.click()
    visit.page.wait_for_url("**/privacy*")
    turn(visit)
    visit.page.wait_for_load_state()
    nothing_given(visit, path, blank)
    visit.close()


def test_the_browser_of_these_tests_keeps_pages_for_back(full_browser: Browser, leaving: Served) -> None:
    # Without this the tests above would pass for the wrong reason.
    page = full_browser.new_context(base_url=leaving.address, java_script_enabled=False).new_page()
    page.goto("/quick")
    page.evaluate("window.stays = true")
    page.locator("footer a").first.click()
    page.wait_for_url("**/privacy*")
    page.go_back(wait_until="commit")
    assert page.evaluate("window.stays") is True
    page.context.close()
