"""The full form: every branch, every sentence, and what is kept of it."""

from typing import Any

import pytest

from app.services.setting import change_setting
from models.report import Report
from tests.fixtures.pages import Visitor
from tests.service.desk import WARD, DeskTrust, id_of
from tests.web.conftest import code_of
from tests.web.report import FULL, fill

EMPTY = [
    "Select which is you", "Select who it happened to", "Select what happened", "Select who did this",
    "Select when it happened", "Select where it happened", "Select whether anyone is in danger",
    "Choose how you want us to treat your report",
]  # fmt: skip


def test_a_patient_gets_a_receipt(reporter: Visitor, trust: DeskTrust) -> None:
    assert code_of(fill(reporter))
    assert trust.count(Report) == 1


def test_an_empty_form_names_everything_that_is_missing_in_order(reporter: Visitor) -> None:
    token = reporter.get("/report").value("token")
    page = reporter.post("/report", {"token": token})
    assert page.status == 422
    assert page.errors() == EMPTY
    assert page.value("token") == token


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"who": "cared_for"}, "Select whether they know"),
        ({"who": "colleague"}, "Select who it happened to"),
        ({"what": "nothing"}, "Select what happened"),
        ({"words": "x" * 5001}, "Your words must be 5,000 characters or fewer"),
        ({"month": "13", "year": "2026"}, "Month must be a number from 1 to 12"),
        ({"month": "6"}, "Year must include 4 numbers"),
        ({"year": "26"}, "Year must include 4 numbers"),
        ({"year": "٢٠٢٦"}, "Year must include 4 numbers"),
        ({"month": "12", "year": "2026"}, "The date must not be in the future"),
        ({"year": "2027"}, "The date must not be in the future"),
        ({"place": "z" * 32}, "Select where it happened"),
        ({"before": "always"}, "Choose only from the answers shown"),
        ({"wants": ["stops", "money"]}, "Choose only from the answers shown"),
        ({"names": "x" * 201}, "Names must be 200 characters or fewer"),
        ({"help": "call_me"}, "Enter a number that we can call, or untick Call me"),
        ({"help": "call_me", "help_contact": "01632 960001"}, "You gave a number for a call. Choose Confidential or "
         "Named, or remove the number"),
        ({"privacy": "named", "contact": "a@b"}, "Enter your name, or choose Confidential"),
        ({"privacy": "confidential"}, "Enter a phone number or email, or choose Anonymous"),
        ({"what": "else", "what_else": "x" * 201}, "What it was must be 200 characters or fewer"),
        ({"reader": "nobody"}, "Choose only from the answers shown"),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_named_and_nothing_is_stored(
    reporter: Visitor, trust: DeskTrust, answers: dict[str, Any], sentence: str
) -> None:
    page = fill(reporter, **answers)
    assert page.status == 422
    assert page.errors() == [sentence]
    assert trust.count(Report) == 0


@pytest.mark.parametrize("name", ["role", "words", "month", "year", "help_contact", "what_else", "s", "w"])
def test_a_null_character_is_refused_in_every_kind_of_field(reporter: Visitor, trust: DeskTrust, name: str) -> None:
    assert fill(reporter, **{name: "a\x00b"}).status == 422
    assert trust.count(Report) == 0


def test_everything_that_was_typed_comes_back(reporter: Visitor) -> None:
    typed = {"words": "my <b>words</b>", "month": "13", "year": "2026", "names": "Bo", "help_lang": "Urdu",
             "help_contact": "01632 960001", "help_times": "noon", "what_else": "a sign", "name": "Sam",
             "contact": "sam@x.test", "safe_times": "never"}  # fmt: skip
    page = fill(reporter, **typed)
    assert page.status == 422
    assert {name: page.value(name).strip() for name in typed} == typed


def sealed_answers(trust: DeskTrust) -> dict[str, Any]:
    return dict(trust.opened_report("ana")["answers"])


def test_what_does_not_belong_to_the_choices_is_not_kept(reporter: Visitor, trust: DeskTrust) -> None:
    unasked = {"consent": "agree", "what_else": "x", "help_lang": "x", "help_contact": "x", "help_times": "x",
               "name": "x", "contact": "x", "safe_times": "x", "source": "phone", "partner": "x"}  # fmt: skip
    assert code_of(fill(reporter, **unasked))
    assert sealed_answers(trust) == FULL | {"what": ["care"]}


def test_a_full_report_keeps_every_answer(reporter: Visitor, trust: DeskTrust) -> None:
    given = {
        "role": "family_carer", "who": "cared_for", "consent": "agree", "words": "They laughed.", "what": ["care", "else"],
        "what_else": "Food", "by": "staff", "when": "earlier", "month": "6", "year": "2026", "before": "often",
        "wants": ["stops", "apology"], "danger": "not_sure", "names": "Bo", "help": ["interpreter", "call_me"],
        "help_lang": "Urdu", "help_contact": "01632 960001", "help_times": "noon", "privacy": "confidential",
        "name": "Sam",
    }  # fmt: skip
    assert code_of(fill(reporter, **given))
    kept = sealed_answers(trust)
    expected = FULL | given | {"month": 6, "year": 2026, "contact": "01632 960001", "safe_times": "noon"}
    assert kept == expected


def test_a_safe_number_to_call_is_kept_beside_another_contact(reporter: Visitor, trust: DeskTrust) -> None:
    given = {"help": "call_me", "help_contact": "01632 960001", "help_times": "After 6pm only", "privacy": "confidential",
             "contact": "sam@x.test", "safe_times": "Any time"}  # fmt: skip
    assert code_of(fill(reporter, **given))
    kept = sealed_answers(trust)
    assert {name: kept[name] for name in given} == given | {"help": ["call_me"]}


def test_the_place_of_a_poster_is_filled_in_and_can_be_changed(reporter: Visitor, trust: DeskTrust) -> None:
    answers = dict(FULL) | {"place": ""}
    page = reporter.get("/report?w=7KQ4")
    assert "Willow Ward, Coast House" in page.words
    receipt = reporter.post("/report", answers | {"token": page.value("token"), "w": page.value("w")})
    assert "Nobody who works on that ward or manages it sees it." in receipt.words
    assert sealed_answers(trust)["place"] == WARD.hex()


@pytest.mark.parametrize("answer", ["yes", "not_sure", "no"])
def test_fear_and_danger_come_first_at_the_desk(reporter: Visitor, trust: DeskTrust, answer: str) -> None:
    assert code_of(fill(reporter, danger=answer))
    row = trust.only_case()
    assert row.possible_danger is (answer != "no")
    assert row.priority == ("p3" if answer == "no" else "p1")


def test_only_the_guardians_get_a_key_where_the_reporter_asks_for_them(reporter: Visitor, trust: DeskTrust) -> None:
    page = fill(reporter, reader="guardian_only")
    assert code_of(page)
    assert "The Freedom to Speak Up Guardian or their deputy reads your report by 18 November" in page.words
    assert "race equality team" not in page.words
    assert trust.granted() == {"gus"}


def test_a_report_for_guardians_only_that_leaves_no_guardian_is_refused(reporter: Visitor, trust: DeskTrust) -> None:
    page = fill(reporter, reader="guardian_only", exclude=id_of("gus").hex())
    assert any(sentence.startswith("Leave at least one person") for sentence in page.errors())
    assert trust.granted() == set()


@pytest.mark.parametrize("source", ["phone", "paper", "champion", "advocate"])
def test_what_somebody_wrote_down_says_how_it_came_and_whether_the_person_agrees(
    reporter: Visitor, trust: DeskTrust, source: str
) -> None:
    assert reporter.get("/for-someone").text.count(f"/report?s={source}") == 1
    path = f"/report?s={source}"
    assert fill(reporter, path).errors() == ["Select whether they know"]
    page = fill(reporter, path, consent="agree")
    assert code_of(page)
    said = "Read this code to the person" if source == "phone" else "Give this code to the person who told you"
    assert said in page.words
    assert sealed_answers(trust) == FULL | {"what": ["care"], "consent": "agree", "source": source}


def test_a_partner_has_a_link_of_their_own(reporter: Visitor, trust: DeskTrust) -> None:
    with trust.public() as work:
        change_setting(work, "partners", {"mosaic": "Mosaic Centre"})
    page = reporter.get("/report?s=mosaic")
    assert "It comes through Mosaic Centre" in page.words
    assert code_of(fill(reporter, "/report?s=mosaic", consent="know"))
    assert sealed_answers(trust)["source"] == "partner_code"
    assert sealed_answers(trust)["partner"] == "mosaic"


@pytest.mark.parametrize("source", ["", "partner_code", "nobody", "<b>"])
def test_an_unknown_way_is_a_report_of_ones_own(reporter: Visitor, trust: DeskTrust, source: str) -> None:
    assert "You are writing down" not in reporter.get(f"/report?s={source}").words
    assert code_of(fill(reporter, f"/report?s={source}"))
    assert "source" not in sealed_answers(trust)


@pytest.mark.parametrize("path", ["/report", "/report?w=7KQ4", "/report?s=phone", "/report?w=7KQ4&s=phone"])
def test_the_blank_form_one_goes_back_to_is_the_one_that_was_filled_in(reporter: Visitor, path: str) -> None:
    page = reporter.get(path)
    [form] = page.all("form")
    assert form.get("data-blank") == path
    assert page.all("body")[0].get("data-idle-to") == path
    sent = reporter.post("/report", {"w": page.value("w"), "s": page.value("s"), "token": page.value("token")})
    assert sent.all("form")[0].get("data-blank") == path
