"""The script checks a step with the limits and the dependencies of the server, and no others."""

import re
from pathlib import Path

from app.services.attachment_intake import MOST_BYTES
from forms.attachment import MOST_IN_REPORT
from forms.report import FIRST_YEAR, QUESTIONS
from forms.steps import ASKED_AFTER

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
CHECKS = (FRONTEND / "js/step_checks.js").read_text(encoding="utf-8")
STYLE = (FRONTEND / "scss/_steps.scss").read_text(encoding="utf-8")
PAGE = (ROOT / "templates/public/report.html").read_text(encoding="utf-8")
OPENS = re.compile(r'\[value="(\w+)"\]:checked\) \.app-reveal--(\w+)')
BOX = r'<(\w+) class="app-reveal app-reveal--(\w+)[^>]*>(.*?)</\1>'
"""A box of the page that an answer opens, and what is asked in it."""


def test_the_script_has_the_limits_of_the_server() -> None:
    stated = dict(re.findall(r"^const (\w+) = ([\d *]+);$", CHECKS, re.MULTILINE))
    assert stated == {
        "FIRST_YEAR": str(FIRST_YEAR),
        "MOST_FILES": str(MOST_IN_REPORT),
        "MOST_BYTES": "25 * 1024 * 1024",
    }
    assert MOST_BYTES == 25 * 1024 * 1024


def test_the_style_shows_what_an_answer_asks_for_after_that_answer_and_no_other() -> None:
    """What stands in one box of the page is asked after the answers that open this box."""
    opened_by: dict[str, set[str]] = {}
    for code, box in re.findall(OPENS, STYLE):
        opened_by.setdefault(box, set()).add(code)
    boxes = {box: re.findall(r"fields\['(\w+)'\]", inside) for _, box, inside in re.findall(BOX, PAGE, re.DOTALL)}
    assert boxes.keys() == opened_by.keys()
    for box, names in boxes.items():
        for name in names:
            assert opened_by[box] == set(ASKED_AFTER[name][1]), (box, name)
    assert {name for names in boxes.values() for name in names} == ASKED_AFTER.keys() - {"consent"}
    assert opened_by["staff"] == {"staff"} and opened_by["danger"] == {"yes"}


def test_the_style_leaves_out_the_step_that_only_somebody_else_is_asked() -> None:
    hidden = set(re.findall(r'\[name="who"\]\[value="(\w+)"\]:checked\) \.app-step\[data-asked-after\]', STYLE))
    question, codes = ASKED_AFTER["consent"]
    asked = next(one for one in QUESTIONS if one.name == question)
    assert hidden == {word.code for word in asked.options} - set(codes)


def test_what_is_asked_after_an_answer_is_a_question_with_that_answer() -> None:
    questions = {question.name: question for question in QUESTIONS}
    for name, (asked, codes) in ASKED_AFTER.items():
        assert name in questions
        assert set(codes) <= {word.code for word in questions[asked].options}
