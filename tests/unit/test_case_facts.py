"""The facts of a case: every answer that a report can hold has its line."""

import re

from app.cli.northmere_names import PARTNERS
from app.domain.sealed_content import ANSWERS, CONTENTS
from app.public.report import PARTNER
from app.triage.case_facts import FACTS, NOT_SHOWN, case_facts
from models.vocabulary.people import CAME, INTAKE
from models.vocabulary.word import codes


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
        ("Written down for them", "Says it came by phone (not checked)"),
    ]


def test_a_year_alone_is_a_date() -> None:
    assert ("Month and year", "2025") in case_facts({"year": 2025}, "")


def test_how_a_report_came_is_told_as_a_claim_and_a_partner_by_name() -> None:
    assert codes(CAME) == codes(INTAKE) | {PARTNER}
    assert all(word.label.endswith(("(not checked)", "(by its link)")) for word in CAME)
    answers = {"source": "champion"}
    assert case_facts(answers, "")[0] == ("Written down for them", "Says it came through a champion (not checked)")
    through = {"source": "partner_code", "partner": "k7wq2d"}
    assert case_facts(through, "", partners={"k7wq2d": "Mosaic"})[1] == ("Partner", "Mosaic (by its link)")
    assert "k7wq2d" not in str(case_facts(through, ""))


def test_the_links_of_partners_cannot_be_guessed_from_their_names() -> None:
    for code, name in PARTNERS.items():
        assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{6}", code) and re.search("[0-9]", code)
        assert not any(word.casefold() in code.casefold() for word in name.split())
