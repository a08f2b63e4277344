"""The other pages of promise: accessibility, easy read, BSL, languages, paper."""

import re
from xml.etree import ElementTree

import pytest

from app.services.setting import change_setting
from app.services.support_directory import add_services, record_check
from app.web import public_content
from app.web.assets import read_assets
from forms.report import QUESTIONS
from models.vocabulary.easy_read import EASY_PARTS
from models.vocabulary.incident import PLACE_OTHER
from models.vocabulary.people import PRIVACY
from tests.fixtures.pages import H, Page, Visitor
from tests.fixtures.served import ROOT
from tests.service.desk import PEOPLE, DeskTrust, id_of
from tests.service.support_directory import new
from tests.web.report import fill

ON_PAPER = {1: "role", 2: "who", 3: "consent", 4: "what", 6: "by", 7: "when", 8: "place", 9: "danger", 10: "help",
            11: "privacy"}  # fmt: skip
PAGES = (
    "/privacy",
    "/how-it-works",
    "/accessibility",
    "/easy-read",
    "/bsl",
    "/languages",
    "/other-ways",
    "/paper-form",
)
MOST_WORDS = 15
NEVER_SAID = ("100 %", "untraceable", "guarantee", "completely confidential", "zero tolerance", "we will take action")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask the database each time whether their content still holds."""
    monkeypatch.setattr(public_content, "FRESH_SECONDS", 0.0)


def links(page: Page) -> dict[str, str]:
    return {"".join(link.itertext()).strip(): link.get("href") or "" for link in page.all("a")}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_promise_promises_nothing_that_nobody_can_keep(reporter: Visitor, path: str) -> None:
    page = reporter.get(path)
    assert page.status == 200
    assert page.title.endswith(" – Heard")
    assert "acis" not in page.title
    assert not [words for words in NEVER_SAID if words in page.words.lower()]


def test_every_page_leads_to_the_other_ways_and_they_to_every_form(reporter: Visitor) -> None:
    assert "/other-ways" in links(reporter.get("/")).values()
    ways = links(reporter.get("/other-ways")).values()
    assert {"/paper-form", "/paper-form?size=large", "/languages", "/bsl", "/easy-read"} <= set(ways)
    for way in ways:
        if way.startswith("/") and not way.startswith("/leave"):
            assert reporter.get(way).status == 200, way


def test_the_way_to_leave_is_told_as_the_script_does_it(reporter: Visitor) -> None:
    script = (ROOT / "frontend/js/leave.js").read_text(encoding="utf-8")
    assert re.findall(r"const (?:PRESSES|WITHIN) = (\d+);", script) == ["3", "5000"]
    assert "press Shift three times within 5 seconds" in reporter.get("/how-it-works").words


def test_how_it_works_promises_the_days_of_the_receipt_and_says_who_reads_what_to_choose_and_how_to_stop(
    reporter: Visitor, trust: DeskTrust
) -> None:
    with trust.public() as work:
        change_setting(work, "reader_names", {id_of(name).hex(): f"Reader {name}" for name in PEOPLE})
    receipt, page = fill(reporter), reporter.get("/how-it-works")
    said = set(_text(page.all("main")[0], "li"))
    promised = {text for text in _text(receipt.all("main")[0], "li") if " by " in text}
    assert len(promised) == 2 and promised <= said
    assert {f"{choice.label}. {choice.hint}" for choice in PRIVACY} <= said
    assert set(PEOPLE) == {text.split()[1].strip(",") for text in said if text.startswith("Reader ")}
    assert "You can have us stop, or have us delete what you wrote." in page.words


@pytest.mark.parametrize("part", EASY_PARTS, ids=lambda part: part.picture)
def test_easy_read_is_short_and_has_a_picture_with_a_text_for_each_idea(reporter: Visitor, part: object) -> None:
    assert isinstance(part, type(EASY_PARTS[0]))
    for sentence in (part.heading, *part.sentences):
        assert len(sentence.split()) <= MOST_WORDS, sentence
        assert len(re.findall(r"[.?!]", sentence)) <= 1
    address = f"/static/{read_assets()[0][f'{part.picture}.svg']}"
    page = reporter.get("/easy-read")
    assert [picture.get("alt") for picture in page.all("img") if picture.get("src") == address] == [part.shows]
    assert reporter.get(address).response.mimetype == "image/svg+xml"


def test_easy_read_is_found_from_the_start_and_each_idea_leads_on(reporter: Visitor) -> None:
    [start] = reporter.get("/").all("main")
    assert "/easy-read" in {link.get("href") for link in start.iter(H + "a")}
    parts = [one for one in reporter.get("/easy-read").all("section") if one.get("class") == "app-easy__part"]
    assert len(parts) == len(EASY_PARTS) + 1
    leads = [[link.get("href") or "" for link in part.iter(H + "a")] for part in parts]
    assert leads == [
        *([*([f"tel:{part.calls}"] if part.calls else []), part.path] for part in EASY_PARTS),
        ["tel:01234567892", "/other-ways"],
    ]
    assert ["tel:999", "/support"] in leads
    for path in {part.path for part in EASY_PARTS}:
        assert reporter.get(path).status == 200, path


def test_each_picture_shows_one_idea() -> None:
    pictures = [part.picture for part in EASY_PARTS]
    assert len(pictures) == len(set(pictures))


def test_the_accessibility_statement_says_what_the_regulations_ask_for(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        change_setting(work, "accessibility_reply_days", 1)
        change_setting(work, "accessibility_email", "help@trust.example")
    page = reporter.get("/accessibility")
    for needed in ("This accessibility statement applies to", "partially compliant with the Web Content Accessibility "
                   "Guidelines version 2.2 AA standard", "(No. 2) Accessibility Regulations 2018", "Equality and Human Rights "
                   "Commission", "Equality Advisory and Support Service", "1.3.5", "People with disabilities have not tested",
                   "help@trust.example", "within 1 working day.", "was prepared on", "last reviewed on"):  # fmt: skip
        assert needed in page.words
    [outside] = [link for link in page.all("a") if (link.get("href") or "").startswith("https:")]
    assert outside.get("rel") == "noreferrer"
    assert "leaves this site" in "".join(outside.itertext())


def test_bsl_says_what_there_is_not(reporter: Visitor) -> None:
    page = reporter.get("/bsl")
    assert "We do not have a video in BSL yet." in page.words
    assert "There is no video in British Sign Language yet." in reporter.get("/accessibility").words
    assert not [address for address in links(page).values() if address.startswith("http")]


def test_bsl_leads_to_the_video_and_the_relay_of_the_trust(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        change_setting(work, "bsl_video", "https://trust.example/bsl")
        change_setting(work, "bsl_relay", "https://relay.example/")
    page = reporter.get("/bsl")
    assert {"https://trust.example/bsl", "https://relay.example/"} <= set(links(page).values())
    assert "yet" not in page.words
    assert "There is no video" not in reporter.get("/accessibility").words


def _text(element: ElementTree.Element, tag: str) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in element.iter(H + tag)]


@pytest.mark.parametrize("size", ["", "?size=large", "?size=other"])
def test_the_paper_form_asks_what_the_site_asks_and_has_nothing_to_click(reporter: Visitor, size: str) -> None:
    page = reporter.get(f"/paper-form{size}")
    sections = [one for one in page.all("section") if "app-paper__question" in (one.get("class") or "")]
    boxes = {_text(one, "h2")[0]: _text(one, "li") for one in sections}
    asked = {question.name: question for question in QUESTIONS}
    for number, name in ON_PAPER.items():
        ticked = boxes[f"{number}. {asked[name].label.removesuffix(' (optional)')}"]
        options = [word.label for word in asked[name].options or PLACE_OTHER]
        # Behind a way to treat the report stands what it means.
        assert [text[: len(option)] for text, option in zip(ticked, options, strict=True)] == options
        assert ticked == options or name == "privacy"
    assert [int(found[0]) for found in map(re.compile(r"\d+(?=\. )").match, boxes) if found] == [*range(1, 13)]
    assert not [tag for tag in ("input", "textarea", "select", "button", "form") if page.all(tag)]
    [body] = page.all("body")
    assert ("app-large-print" in (body.get("class") or "")) is (size == "?size=large")


def test_the_paper_form_without_an_address_says_whom_to_ask(reporter: Visitor) -> None:
    assert "Call 01234 567892 to ask where to send it." in reporter.get("/paper-form").words


def test_the_paper_form_warns_before_the_first_question_that_paper_brings_no_answer(reporter: Visitor) -> None:
    words = reporter.get("/paper-form").words
    assert 0 < words.index("Without a way to reach you we cannot answer.") < words.index("1. Which is you?")


@pytest.mark.usefixtures("at_once")
def test_the_number_to_call_stands_with_its_hours_where_the_trust_gives_them(
    reporter: Visitor, trust: DeskTrust
) -> None:
    assert "When" not in _text(reporter.get("/other-ways").all("main")[0], "dt")
    with trust.public() as work:
        change_setting(work, "other_way_hours", "Weekdays, 9am to 5pm")
    page = reporter.get("/other-ways")
    assert _text(page.all("main")[0], "dd") == ["01234 567892", "Weekdays, 9am to 5pm"]
    assert links(page)["01234 567892"] == "tel:01234567892"
    assert "Call 01234 567892 (Weekdays, 9am to 5pm), or ask for a paper form." in reporter.get("/").words


@pytest.mark.usefixtures("at_once")
def test_the_other_ways_lead_patients_and_families_to_somebody_outside_the_team(
    reporter: Visitor, trust: DeskTrust
) -> None:
    assert not [path for path in links(reporter.get("/other-ways")).values() if path.startswith("/support?")]
    with trust.public() as work:
        add_services(work, [new("Patient advocacy", "patients carers advocacy")])
        record_check(work, "Patient advocacy", "Ruth")
    outside = links(reporter.get("/other-ways"))
    assert (outside["Patients"], outside["Carers and families"]) == ("/support?for=patients", "/support?for=carers")
    assert "Patient advocacy" in reporter.get("/support?for=carers").words


def test_the_paper_form_says_where_to_send_it(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        change_setting(work, "paper_address", "Room 5, Coast House")
    assert "send it to: Room 5, Coast House" in reporter.get("/paper-form").words
