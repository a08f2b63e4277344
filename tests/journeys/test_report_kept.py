"""Given answers that stand in the page alone, when something goes wrong on the way, then nothing of them is lost and the
page says what helps."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.services.place import add_places
from tests.fixtures.documents import document, with_info
from tests.fixtures.pictures import jpeg
from tests.fixtures.served import Served
from tests.journeys.acts import CHOICES, WORDS, enter_code, fill, send
from tests.journeys.conftest import Tab
from tests.journeys.report_steps import answer_all, go_on, title
from tests.service.desk import DeskTrust

NO_CONNECTION = "You have no connection. Nothing is lost. When it is back, press the button again."
AGAIN = "Choose your files again"
MORE, HELP = "Anything to add? (optional)", "Do you need help from us to talk about this? (optional)"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("width", [1280, 375])
def test_without_a_connection_the_full_form_waits_with_everything_in_it(
    browser: Browser, served: Served, trust: DeskTrust, width: int
) -> None:
    tab = Tab(browser, served, width=width)
    tab.page.goto("/report")
    answer_all(tab)
    tab.context.set_offline(True)
    for _press in range(2):
        tab.page.get_by_role("button", name="Send report").click()
        expect(tab.page.get_by_role("alert")).to_have_text(NO_CONNECTION)
        expect(tab.page.get_by_role("alert")).to_be_in_viewport()
    tab.examine()
    expect(title(tab)).to_have_text("Check your answers")
    tab.context.set_offline(False)
    expect(tab.page.get_by_role("alert")).to_have_count(0)
    send(tab)
    assert trust.opened_report("ana")["answers"]["what"] == ["care"]
    tab.close()


def test_without_a_connection_the_quick_form_and_the_mailbox_wait_too(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    fill(tab)
    tab.context.set_offline(True)
    tab.page.get_by_role("button", name="Send report").click()
    expect(tab.page.get_by_role("alert")).to_have_text(NO_CONNECTION)
    expect(tab.page.locator("#words")).to_have_value(WORDS)
    for name, code in CHOICES.items():
        expect(tab.page.locator(f"input[name={name}][value={code}]")).to_be_checked()
    tab.context.set_offline(False)
    enter_code(tab, send(tab))
    tab.page.locator("#text").fill(WORDS)
    tab.context.set_offline(True)
    tab.page.get_by_role("button", name="Send", exact=True).click()
    expect(tab.page.get_by_role("alert")).to_have_text(NO_CONNECTION)
    tab.context.set_offline(False)
    tab.page.get_by_role("button", name="Send", exact=True).click()
    expect(tab.page.locator(".app-message")).to_contain_text(WORDS)
    tab.close()


def test_a_file_of_another_kind_is_named_before_anything_is_sent(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    tab = Tab(browser, served, width=375)
    tab.page.goto("/report")
    answer_all(tab, until=MORE)
    expect(tab.page.get_by_text("A large file can take some minutes to send.")).to_be_visible()
    named = {"photo.JPG": jpeg(), "note.docx": b"PK\x03\x04", "film.mov": b"x", "scan": jpeg(), "notes.md": b"# x"}
    for name, content in named.items():
        (tmp_path / name).write_bytes(content)
    tab.page.locator("#files").set_input_files([tmp_path / name for name in named])
    go_on(tab)
    lines = ["note.docx is not a type we can open. Save it as a PDF and add that.",
             "film.mov is not a type we can open. Use JPEG, PNG, WebP, PDF or text. You can print a document to PDF."]  # fmt: skip
    expect(tab.page.get_by_role("alert").get_by_role("link")).to_have_text(lines)
    tab.examine()
    ids = tab.page.locator("#files").get_attribute("aria-describedby") or ""
    assert [tab.page.locator(f"#{one}").count() for one in ids.split()] == [1, 1, 1]
    tab.page.locator("#files").set_input_files([tmp_path / name for name in named if name not in ("note.docx", "film.mov")])  # fmt: skip
    go_on(tab)
    expect(title(tab)).to_have_text(HELP)
    tab.close()


def test_after_a_file_that_could_not_be_opened_the_list_of_answers_asks_for_the_files_again(
    browser: Browser, served: Served, trust: DeskTrust, tmp_path: Path
) -> None:
    whole, damaged = tmp_path / "letter.pdf", tmp_path / "photo.jpg"
    whole.write_bytes(document(with_info))
    damaged.write_bytes(jpeg()[:900])
    tab = Tab(browser, served)
    tab.page.goto("/report")
    answer_all(tab, until=MORE)
    tab.page.locator("#files").set_input_files([whole, damaged])
    go_on(tab)
    go_on(tab)
    go_on(tab, "Anonymous")
    tab.page.get_by_role("button", name="Send report").click()
    expect(tab.page).to_have_title("Error: Question 11 – Heard")
    expect(tab.page.get_by_text(AGAIN)).to_be_visible()
    for _step in range(3):
        go_on(tab)
    expect(title(tab)).to_have_text("Check your answers")
    expect(tab.page).to_have_title("Tell us what happened – Heard")
    row = tab.page.locator(".app-check__row", has_text=MORE)
    expect(row.locator("dd").first).to_have_text(AGAIN)
    tab.page.get_by_role("button", name=f"Change {MORE}").click()
    tab.page.locator("#files").set_input_files(whole)
    go_on(tab)
    expect(row.locator("dd").first).to_have_text("letter.pdf")
    send(tab)
    tab.close()


def test_too_many_characters_are_counted_in_the_page_as_on_the_server(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/report")
    answer_all(tab, until="Tell us in your own words (optional)")
    words = tab.page.locator("#words")
    words.fill("x" * 5100)
    go_on(tab)
    expect(tab.page.get_by_role("alert")).to_contain_text("Your words must be 5,000 characters or fewer")
    counted = tab.page.get_by_text("You have written 5,100 characters.")
    expect(counted).to_be_visible()
    expect(words).to_have_accessible_description("Write in any language. Leave out patient names and NHS numbers. "
                                                 "You have written 5,100 characters. Your words must be 5,000 "
                                                 "characters or fewer")  # fmt: skip
    words.fill("x" * 5000)
    go_on(tab)
    expect(title(tab)).to_have_text("What happened?")
    expect(counted).to_have_count(0)
    go_on(tab, "Something else")
    tab.page.go_back()
    tab.page.locator("#what_else").fill("x" * 201)
    go_on(tab)
    expect(tab.page.locator("#what_else")).to_have_accessible_description(
        "You have written 201 characters. What it was must be 200 characters or fewer"
    )
    tab.close()


def test_no_is_an_answer_by_itself_and_a_number_for_a_call_can_be_taken_back(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served)
    tab.page.goto("/report")
    answer_all(tab, until=HELP)
    step = tab.page.locator("[data-step=help]")
    for answer, left in (("BSL", ["bsl"]), ("Call me", ["bsl", "call_me"]), ("No", ["none"]), ("Call me", ["call_me"])):
        step.get_by_label(answer, exact=True).check()
        assert step.locator("input:checked").evaluate_all("found => found.map(one => one.value)") == left
    tab.page.locator("#help_contact").fill("01632 960001")
    go_on(tab)
    go_on(tab, "Anonymous")
    tab.page.get_by_role("alert").get_by_role("link", name="A number that is safe to call").click()
    expect(tab.page.locator("#help_contact")).to_be_focused()
    tab.close()


@pytest.fixture
def many_wards(trust: DeskTrust) -> None:
    wards = [{"id": bytes([90 + number]) * 16, "code": f"8X{number}M", "name": f"Ward {number}", "site": "Hill House",
              "directorate": "medicine", "staff_count": 40, "active": True, "opens": "quick"} for number in range(1, 10)]  # fmt: skip
    with trust.public() as work:
        add_places(work, wards)


@pytest.mark.usefixtures("many_wards")
def test_a_search_for_a_place_that_is_not_there_says_so(browser: Browser, served: Served) -> None:
    tab = Tab(browser, served, width=375)
    tab.page.goto("/report")
    answer_all(tab, until="Where did it happen?")
    line, told = tab.page.get_by_label("Type a few letters to find the place"), tab.page.get_by_role("status").first
    line.fill("Willo")
    expect(tab.page.get_by_text("No place matches.")).to_have_count(0)
    line.fill("Willox")
    expect(told).to_have_text("No place matches. Try fewer letters.")
    tab.examine()
    for words in ("phone", ""):
        line.fill(words)
        expect(told).to_be_empty()
    tab.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_the_side_tells_of_the_shift_key_only_where_there_are_keys(
    browser: Browser, served: Served, width: int
) -> None:
    phone = width < 1280
    context = browser.new_context(base_url=served.address, has_touch=phone, is_mobile=phone, viewport={"width": width, "height": 800})  # fmt: skip
    page = context.new_page()
    page.goto("/report")
    expect(page.get_by_text("Press Leave this site before you walk away.")).to_be_visible()
    expect(page.get_by_text("Pressing Shift three times does the same.")).to_be_visible(visible=not phone)
    context.close()
