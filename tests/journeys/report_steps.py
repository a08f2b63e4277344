"""Answering the full form one question at a time, for journeys."""

from playwright.sync_api import Locator, expect

from tests.journeys.conftest import Tab

PATIENT = ("Patient", "Me", "", "Worse care, no interpreter, or needs not respected", "Someone who works here",
           "Today", "", "No", "It stops", "No", "", "", "Anonymous")  # fmt: skip


def title(tab: Tab) -> Locator:
    """The question that is asked."""
    return tab.page.locator("h1:visible")


def go_on(tab: Tab, answer: str = "") -> None:
    """Choose an answer, where one is given, and press Continue."""
    if answer:
        # The same word stands in several questions: the one that is shown is meant.
        tab.page.locator("[data-step]:visible").get_by_label(answer, exact=True).check()
    tab.page.get_by_role("button", name="Continue").click()


def answer_all(tab: Tab, *, until: str = "Check your answers") -> None:
    """Answer the questions of a patient to whom it happened, up to the one with this heading."""
    for answer in PATIENT:
        if title(tab).inner_text() == until:
            return
        if title(tab).inner_text().startswith("Where"):
            tab.page.locator("#place").select_option("none")
        go_on(tab, answer)
    expect(title(tab)).to_have_text(until)
