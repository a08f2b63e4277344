"""The steps of the full form: every field has its page, in the order of the form and of the template."""

import re
from pathlib import Path

from forms.attachment import FIELD
from forms.report import QUESTIONS
from forms.steps import NOT_ME, STEPS
from models.vocabulary.people import WHO
from models.vocabulary.word import codes

TEMPLATE = (Path(__file__).parents[2] / "templates/public/report.html").read_text(encoding="utf-8")


def test_every_question_stands_on_one_page_in_its_order() -> None:
    asked = [field for step in STEPS for field in step.fields]
    assert [field for field in asked if field != FIELD] == [question.name for question in QUESTIONS]
    assert asked.count(FIELD) == 1


def test_the_template_has_every_step_with_its_number_and_then_the_list_of_answers() -> None:
    shown = re.findall(r'data-step="(\w+)"', TEMPLATE)
    assert shown == [*(step.name for step in STEPS), "check"]
    assert re.findall(r"steps\.(\w+)\.number", TEMPLATE) == [step.name for step in STEPS]


def test_who_else_it_may_have_happened_to_is_asked_about_consent() -> None:
    assert set(NOT_ME) == codes(WHO) - {"me"}
    [step] = [step for step in STEPS if step.asked_after]
    assert (step.name, step.asked_after) == ("consent", NOT_ME)
