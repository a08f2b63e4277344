"""Leaving, and looking for what is left, for journeys."""

from playwright.sync_api import Browser, Error

from tests.fixtures.served import Served
from tests.journeys.acts import stay_here
from tests.journeys.conftest import Tab

SHOWN = """document.body.innerText + " "
    + [...document.querySelectorAll("input,textarea")].map(field => field.value).join(" ")"""


def visitor(browser: Browser, served: Served, *, script: bool = True) -> Tab:
    """A window in which the neutral page, another host's, is stood in for."""
    tab = Tab(browser, served, script=script)
    tab.context.route("**/leave", stay_here)
    return tab


def finish(tab: Tab) -> None:
    """Press Finish; afterwards nothing stands between browser and server, which would change what Back does."""
    tab.page.locator("main a[data-leave]").click()
    tab.page.get_by_text("Weather").wait_for()
    tab.context.unroute_all()


def turn(tab: Tab, *, back: bool = True) -> bool:
    """Press Back or Forward; return whether the browser offers to send a form again, on an error page of its own."""
    try:
        tab.page.go_back() if back else tab.page.go_forward()
        return False
    except Error as error:
        assert "ERR_CACHE_MISS" in error.message
        tab.page.wait_for_timeout(300)
        return True


def shown(tab: Tab) -> str:
    """Every text and every typed value of the page; "" for the browser's own error page."""
    try:
        return str(tab.page.evaluate(SHOWN))
    except Error as error:
        # A page that comes back leaves by itself; then the next one counts.
        assert "context was destroyed" in error.message
        tab.page.wait_for_load_state()
        return str(tab.page.evaluate(SHOWN))
