"""What people do in the browser, for journeys: send a report, read the answer, sign in, leave."""

from playwright.sync_api import Route

from tests.journeys.conftest import Tab
from tests.service.desk import PASSPHRASE

WORDS = "A relative shouted at me in front of the bay."
CHOICES = {"who": "me", "what": "words", "by": "visitor", "when": "shift", "privacy": "anonymous"}


def fill(tab: Tab) -> None:
    """Fill in the quick form."""
    tab.page.goto("/quick?w=7KQ4")
    for name, code in CHOICES.items():
        tab.page.locator(f"input[name={name}][value={code}]").check()
    tab.page.locator("#words").fill(WORDS)


def send(tab: Tab) -> str:
    """Send the form and return the receipt code."""
    tab.page.get_by_role("button", name="Send report").click()
    tab.page.get_by_role("heading", name="We have your report").wait_for()
    return "".join(tab.page.locator(".app-code span").all_inner_texts())


def sign_in(tab: Tab) -> None:
    """Sign Ana in."""
    tab.page.goto("/login")
    tab.page.get_by_label("Email").fill("ana@x.test")
    tab.page.get_by_label("Passphrase").fill(PASSPHRASE)
    tab.page.get_by_role("button", name="Sign in").click()
    tab.page.wait_for_url("**/cases")


def enter_code(tab: Tab, code: str) -> None:
    """Open the mailbox of a receipt."""
    tab.page.goto("/return")
    tab.page.locator("input[name=code]").fill(code.lower())
    tab.page.locator("main form button").first.click()
    tab.page.wait_for_url("**/inbox")


def stay_here(route: Route) -> None:
    """Stand in for the neutral page, another host's."""
    answer = route.fetch(max_redirects=0)
    assert answer.status == 303
    kept = {name: value for name, value in answer.headers.items() if name in ("clear-site-data", "cache-control")}
    route.fulfill(status=200, headers=kept, body="Weather", content_type="text/plain")
