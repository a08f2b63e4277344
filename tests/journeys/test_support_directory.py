"""Given somebody who needs help, with or without a report, then they find whom to call, on any window."""

import pytest
from playwright.sync_api import Browser, expect

from app.cli.northmere_support_directory import OWN
from app.cli.support_directory import STARTING, read_services
from app.services.support_directory import add_services, record_check
from tests.fixtures.served import Served
from tests.journeys.acts import fill, send
from tests.journeys.conftest import Tab
from tests.journeys.layout import hold
from tests.service.desk import DeskTrust

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def directory(trust: DeskTrust) -> None:
    """Every service of the demonstration, each checked today."""
    services = [*read_services(STARTING), *read_services(OWN)]
    with trust.public() as work:
        add_services(work, services)
        for service in services:
            record_check(work, service.name, "Ruth")


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 320)])
def test_a_person_without_a_report_finds_who_speaks_up_for_patients(
    browser: Browser, served: Served, script: bool, width: int
) -> None:
    tab = Tab(browser, served, script=script, width=width)
    tab.page.goto("/")
    tab.page.get_by_role("link", name="Get help now").click()
    expect(tab.page.get_by_text("If someone is in danger now")).to_be_in_viewport()
    tab.page.get_by_role("link", name="Someone to speak up for you").click()
    expect(tab.page.get_by_role("heading", level=2, name="Someone to speak up for you")).to_be_visible()
    expect(tab.page.get_by_role("link", name="01632 960107")).to_have_attribute("href", "tel:01632960107")
    tab.page.get_by_text("Find a service for a group of people").click()
    tab.page.get_by_role("link", name="Jewish people").click()
    expect(tab.page.locator("main h3")).to_have_text(["Jami"])
    # The group that was chosen stands open and marked.
    expect(tab.page.get_by_role("link", name="Jewish people")).to_have_attribute("aria-current", "true")
    expect(tab.page.get_by_role("link", name="Jewish people")).to_be_visible()
    tab.page.get_by_role("link", name="Show all").click()
    expect(tab.page.locator("main h3")).to_have_count(20)
    assert tab.foreign == []
    assert tab.context.cookies() == []
    tab.close()


@pytest.mark.usefixtures("directory")
@pytest.mark.parametrize("width", [1280, 320])
def test_the_directory_and_the_receipt_pass_the_accessibility_engine_in_both_directions(
    browser: Browser, served: Served, width: int
) -> None:
    tab = Tab(browser, served, width=width)
    for path in ("/support", "/support?for=lgbtq", "/support?for=legal"):
        tab.page.goto(path)
        tab.examine()
        for direction in ("rtl", "ltr"):
            hold(tab, direction)
    fill(tab)
    send(tab)
    tab.examine()
    for direction in ("rtl", "ltr"):
        hold(tab, direction)
    tab.close()


def test_an_empty_directory_passes_as_well(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served, width=320)
    for path in ("/support", "/support?for=legal"):
        tab.page.goto(path)
        tab.examine()
        hold(tab, "rtl")
    tab.close()
