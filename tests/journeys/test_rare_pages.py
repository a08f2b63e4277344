"""Given a page that few people meet, then it is as easy to read and to use as the others."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import delete

from models.report import Report
from tests.fixtures.served import Served
from tests.journeys.acts import enter_code, fill, send, sign_in
from tests.journeys.conftest import Tab, age_mailbox, instance_of
from tests.service.desk import DeskTrust

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.parametrize("width", [1280, 320]),
]


def test_explanations_and_an_absent_address_pass_the_accessibility_engine(
    browser: Browser, served: Served, width: int
) -> None:
    tab = Tab(browser, served, width=width)
    for path, status in (("/how-it-works", 200), ("/privacy", 200), ("/nowhere", 404)):
        answer = tab.page.goto(path)
        assert answer is not None and answer.status == status
        tab.examine()
    tab.close()


def test_a_mailbox_that_closed_itself_passes_the_accessibility_engine(
    browser: Browser, served: Served, tmp_path: Path, width: int
) -> None:
    tab = Tab(browser, served, width=width)
    fill(tab)
    enter_code(tab, send(tab))
    age_mailbox(tab, instance_of(tmp_path), 16 * 60)
    tab.page.goto("/inbox")
    tab.page.get_by_text("We cleared this page to keep it private").first.wait_for()
    tab.examine()
    tab.close()


def test_a_case_that_does_not_open_passes_the_accessibility_engine(
    browser: Browser, served: Served, trust: DeskTrust, width: int
) -> None:
    tab = Tab(browser, served, width=width)
    fill(tab)
    send(tab)
    sign_in(tab)
    case = f"/cases/{trust.only_reference()}"
    tab.page.goto(f"{case}/gate")
    tab.page.get_by_role("button", name="No, open it").click()
    tab.page.get_by_label("Reply to the reporter").wait_for()
    with trust.public() as work:
        work.connection.execute(delete(Report))
    answer = tab.page.goto(case)
    assert answer is not None and answer.status == 410
    tab.examine()
    tab.close()
