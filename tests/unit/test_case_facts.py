"""The facts of a case: every answer that a report can hold has its line."""

from app.domain.sealed_content import ANSWERS, CONTENTS
from app.triage.case_facts import FACTS, NOT_SHOWN, case_facts


def test_every_answer_of_a_report_has_a_line_or_is_left_out_on_purpose() -> None:
    assert "answers" in CONTENTS["report"]
    names = {name.removesuffix("?") for name in ANSWERS}
    lines = {name for name, *_ in FACTS}
    assert lines | NOT_SHOWN == names
    assert not lines & NOT_SHOWN


def test_codes_are_read_in_words_and_empty_lines_are_left_out() -> None:
    answers = {"who": "me", "what": ["care", "else"], "what_else": "Food", "month": 6, "year": 2026, "source": "phone"}
    assert case_facts(answers, "Willow Ward") == [
        ("What happened", "Worse care, no interpreter, or needs not respected; Something else"),
        ("In other words", "Food"),
        ("Happened to", "The person who told us"),
        ("Where", "Willow Ward"),
        ("Month and year", "6/2026"),
        ("Written down for them", "By phone"),
    ]


def test_a_year_alone_is_a_date() -> None:
    assert ("Month and year", "2025") in case_facts({"year": 2025}, "")
