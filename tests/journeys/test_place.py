"""Given a poster on the wall, then whoever scans it is asked who they are and never where; and what explains the
site is easy to use for everybody."""

import pytest
from playwright.sync_api import Browser
from sqlalchemy import update

from app.services.place import add_places, change_opens
from models.user import User
from tests.fixtures.served import Served
from tests.journeys.conftest import Tab
from tests.journeys.layout import OVERLAPS
from tests.service.desk import PASSPHRASE, DeskTrust, id_of

PAGES = ("/privacy", "/how-it-works", "/accessibility", "/easy-read", "/bsl", "/languages", "/other-ways", "/paper-form",
         "/paper-form?size=large")  # fmt: skip
pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("width", [1280, 320]),
]


@pytest.fixture
def poster_for_everyone(trust: DeskTrust) -> None:
    with trust.public() as work:
        change_opens(work, "7KQ4", "choose")


@pytest.mark.usefixtures("poster_for_everyone")
@pytest.mark.parametrize("script", [True, False])
def test_a_nurse_scans_the_poster_and_the_place_is_filled_in(
    browser: Browser, served: Served, width: int, script: bool
) -> None:
    tab = Tab(browser, served, width=width, script=script)
    tab.page.goto("/w/7kq4")
    if script:
        tab.examine()
    assert tab.page.evaluate(OVERLAPS) == []
    tab.page.get_by_role("link", name="I work here").click()
    tab.page.get_by_text("Where: Willow Ward, Coast House").wait_for()
    for name, value in (
        ("who", "me"),
        ("what", "words"),
        ("by", "patient"),
        ("when", "shift"),
        ("privacy", "anonymous"),
    ):
        tab.page.locator(f"input[name={name}][value={value}]").check()
    tab.page.get_by_role("button", name="Send report").click()
    tab.page.get_by_text("We have your report").wait_for()
    tab.page.get_by_text("Nobody on your ward or in your line management sees it.").wait_for()
    assert "7KQ4" not in tab.page.content()
    assert not tab.foreign
    tab.close()


def test_what_explains_the_site_passes_the_accessibility_engine(browser: Browser, served: Served, width: int) -> None:
    tab = Tab(browser, served, width=width)
    for path in PAGES:
        answer = tab.page.goto(path)
        assert answer is not None and answer.status == 200
        tab.examine()
        assert tab.page.evaluate(OVERLAPS) == [], path
    assert not tab.foreign
    tab.close()


def test_both_sides_of_the_promise_are_seen_without_scrolling_on_a_desk(
    browser: Browser, served: Served, width: int
) -> None:
    tab = Tab(browser, served, width=width)
    tab.page.goto("/privacy")
    box = tab.page.locator(".app-sides").bounding_box()
    assert box is not None
    if width == 1280:
        assert box["y"] + box["height"] <= 900
    sides = [one.bounding_box() for one in tab.page.locator(".app-sides > section").all()]
    beside = sides[0] is not None and sides[1] is not None and sides[0]["y"] == sides[1]["y"]
    assert beside is (width == 1280)
    tab.close()


def test_large_print_is_eighteen_points(browser: Browser, served: Served, width: int) -> None:
    tab = Tab(browser, served, width=width)
    tab.page.emulate_media(media="print")
    for path in PAGES:
        tab.page.goto(path)
        sizes = tab.page.evaluate(
            "[...document.querySelectorAll('main :is(p, li, dt, dd)')].filter(e => e.checkVisibility())"
            ".map(e => parseFloat(getComputedStyle(e).fontSize) * 72 / 96)"
        )
        assert sizes
        assert (min(sizes) >= 18) is (path != "/paper-form"), (path, min(sizes))
    tab.close()


def test_an_administrator_changes_what_a_poster_opens(
    browser: Browser, served: Served, trust: DeskTrust, width: int
) -> None:
    with trust.public() as work:
        work.connection.execute(update(User).where(User.id == id_of("cat")).values(role="admin"))
        add_places(work, [{"id": b"f" * 16, "code": "FEW1", "name": "Few", "site": "Coast House", "directorate": "medicine",
                           "staff_count": 4, "active": True, "opens": "choose"}])  # fmt: skip
    tab = Tab(browser, served, width=width)
    tab.page.goto("/login")
    tab.page.locator("#email").fill("cat@x.test")
    tab.page.locator("#passphrase").fill(PASSPHRASE)
    tab.page.get_by_role("button", name="Sign in").click()
    tab.page.wait_for_url("**/admin/places")
    tab.examine()
    tab.page.get_by_role("link", name="Willow Ward", exact=True).click()
    tab.examine()
    tab.page.get_by_label("The form for everyone").check()
    tab.page.get_by_role("button", name="Save").click()
    tab.page.get_by_text("Saved.").wait_for()
    assert tab.page.evaluate("document.activeElement.innerText.trim()") == "Saved."
    tab.examine()
    with tab.page.expect_download() as poster:
        tab.page.get_by_role("link", name="A4 poster for Willow Ward (PDF)").click()
    assert poster.value.suggested_filename == "heard-poster-7KQ4-a4.pdf"
    for path in ("/admin/places/FEW1", "/admin/posters"):
        tab.page.goto(path)
        tab.examine()
        assert tab.page.evaluate(OVERLAPS) == [], path
    tab.page.locator("#host").fill("no host")
    tab.page.get_by_role("button", name="Save").click()
    tab.page.get_by_text("There is a problem").wait_for()
    tab.examine()
    tab.close()
