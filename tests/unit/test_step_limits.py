"""The script checks a step with the limits and the dependencies of the server, and no others."""

import re
from pathlib import Path

from app.services.attachment_intake import MOST_BYTES
from forms.attachment import MOST_IN_REPORT
from forms.report import FIRST_YEAR, QUESTIONS
from forms.steps import ASKED_AFTER

FRONTEND = Path(__file__).parents[2] / "frontend"
CHECKS = (FRONTEND / "js/step_checks.js").read_text(encoding="utf-8")
STYLE = (FRONTEND / "scss/_steps.scss").read_text(encoding="utf-8")


def test_the_script_has_the_limits_of_the_server() -> None:
    stated = dict(re.findall(r"^const (\w+) = ([\d *]+);$", CHECKS, re.MULTILINE))
    assert stated == {
        "FIRST_YEAR": str(FIRST_YEAR),
        "MOST_FILES": str(MOST_IN_REPORT),
        "MOST_BYTES": "25 * 1024 * 1024",
    }
    assert MOST_BYTES == 25 * 1024 * 1024


def test_the_style_shows_what_an_answer_asks_for_after_that_answer() -> None:
    for name in ("what_else", "help_lang", "help_contact"):
        for code in ASKED_AFTER[name][1]:
            assert f'[value="{code}"]:checked' in STYLE, (name, code)


def test_what_is_asked_after_an_answer_is_a_question_with_that_answer() -> None:
    questions = {question.name: question for question in QUESTIONS}
    for name, (asked, codes) in ASKED_AFTER.items():
        assert name in questions
        assert set(codes) <= {word.code for word in questions[asked].options}
