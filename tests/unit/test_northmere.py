"""Northmere is the same every time, and nothing in it is real."""

import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from app.cli import northmere, northmere_replies, northmere_words
from app.cli.northmere import DemoReport, generate
from app.cli.northmere_days import TODAY, after, between
from app.cli.northmere_draw import poisson
from app.cli.northmere_names import GUARDIAN_ID, PEOPLE, READER_IDS
from app.cli.northmere_places import PLANS
from app.cli.northmere_sentences import patterns
from app.domain.deadline import add_working_days, due_on, working_days_between
from app.domain.direction import sent_direction
from app.domain.workflow import can_move
from forms.quick import QuickForm
from forms.readers import ReaderChoice
from models.vocabulary.incident import PRIMARY_ORDER

DIGEST = "bf05ba5cf9c506d808f10da71e606d07c315f5a2669370e63cb4ce258ee57bd5"


@pytest.fixture(scope="module")
def reports() -> list[DemoReport]:
    return list(generate().reports())


def words_of(report: DemoReport) -> str:
    return str(report.answers.get("words", ""))


def test_the_content_is_the_one_that_was_committed() -> None:
    assert generate().digest() == DIGEST


def test_another_hash_seed_time_zone_and_locale_change_nothing() -> None:
    environ = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    code = "from app.cli.northmere import generate; print(generate().digest())"
    answer = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == DIGEST


def test_the_size_of_the_trust(reports: list[DemoReport]) -> None:
    places = generate().places
    assert len(places) == len({place.code for place in places}) == len({place.name for place in places}) == 180
    assert sum(place.staff_count for place in places) == 9000
    assert all(24 <= place.staff_count <= 46 for place in places if place.setting == "ward")
    assert any(place.name == "Willow Ward" and place.site == "Coast House" for place in places)
    assert 440 <= len(reports) <= 530
    assert len({report.reference for report in reports}) == len(reports)
    assert [report.day for report in reports] == sorted(report.day for report in reports)
    assert all("2024-11-01" <= report.day <= "2026-10-31" for report in reports)


def test_staff_and_teams_grow_with_the_scale() -> None:
    teams = generate(3).places
    assert len({team.name for team in teams}) == 3 * 180
    assert {plan.setting: sum(t.staff_count for t in teams if t.setting == plan.setting) for plan in PLANS} == {
        plan.setting: 3 * plan.staff for plan in PLANS
    }


def test_a_large_mean_is_drawn_whole() -> None:
    assert 19_000 < poisson(Random(1), 20_000) < 21_000


def test_24_cases_are_open_3_of_them_late_and_nothing_happens_after_today(reports: list[DemoReport]) -> None:
    still_open = [report for report in reports if report.is_open]
    assert len(still_open) == northmere.STILL_OPEN
    assert all(due_on("close", date.fromisoformat(report.day)) >= TODAY for report in still_open)
    assert max(step.day for report in reports for step in report.steps) < TODAY.isoformat()


def test_every_case_moves_as_the_workflow_allows(reports: list[DemoReport]) -> None:
    for report in reports:
        assert [step.day for step in report.steps] == sorted(step.day for step in report.steps)
        assert report.steps[0].day >= report.day
        status = "received"
        for step in (step for step in report.steps if step.status):
            if step.act == "triage" and status == "received":
                status = "screened"
            assert can_move(status, step.status), (report.reference, status, step.status)
            status = step.status


def test_a_reporter_who_wrote_again_is_answered_within_three_working_days(reports: list[DemoReport]) -> None:
    for report in (report for report in reports if not report.is_open):
        for number, step in enumerate(report.steps):
            if step.act == "write":
                answered = next(later.day for later in report.steps[number:] if later.act in ("reply", "feedback"))
                assert step.day < answered <= after(date.fromisoformat(step.day), 3).isoformat()


def test_both_patterned_wards_would_alert_and_the_repeat_ward_falls_quiet(reports: list[DemoReport]) -> None:
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    for report in reports:
        kind = next(code for code in PRIMARY_ORDER if code in report.answers["what"])
        days[str(report.answers["place"]), kind].append(date.fromisoformat(report.day))
    for pattern, count, anonymous in (("repeat", 9, None), ("hidden", 7, 5)):
        found = [report for report in reports if report.facts.get("pattern") == pattern]
        assert len(found) == count
        place = str(found[0].answers["place"])
        assert {str(report.answers["place"]) for report in found} == {place}
        assert any(
            third - first <= timedelta(days=90)
            for (where, _), when in days.items()
            if where == place
            for first, third in zip(when, when[2:], strict=False)
        )
        if anonymous:
            assert sum(report.answers["privacy"] == "anonymous" for report in found) == anonymous
        else:
            assert date.fromisoformat(found[-1].day) - date.fromisoformat(found[0].day) < timedelta(weeks=6)
            assert found[-1].facts["outcome"] == "exclusion_non_urgent"
            assert not [r for r in reports if r.answers["place"] == place and r.day > found[-1].day]


def test_the_cases_that_end_early_and_those_that_few_may_read(reports: list[DemoReport]) -> None:
    ends = Counter(step.reason for report in reports for step in report.steps if step.act == "end")
    assert ends == {"reporter_asked_to_stop": 2, "duplicate_of": 3, "test": 2}
    spam = [report for report in reports if report.spam_lane]
    assert len(spam) == 5
    assert sum(report.answers["what"] == ["else"] and report.answers["by"] == "unknown" for report in spam) == 2
    guarded = [report for report in reports if report.owner == GUARDIAN_ID]
    assert [len(report.answers["exclude"]) for report in guarded] == [len(READER_IDS) - 1] * 2
    assert not [report for report in reports if report.owner in report.answers.get("exclude", [])]
    assert len(READER_IDS) == 5
    assert len(PEOPLE) == 8


def test_every_quick_report_could_have_been_sent_by_the_form(reports: list[DemoReport]) -> None:
    places = frozenset(place.id for place in generate().places)
    for report in reports:
        role = str(report.answers.get("role", "staff"))
        assert sent_direction(role, str(report.answers["who"]), str(report.answers["by"]))
        if report.form == "quick":
            raw = {name: [value] if isinstance(value, str) else value for name, value in report.answers.items()}
            form = QuickForm(raw, report.answers, places=places, readers=ReaderChoice(frozenset(READER_IDS)))
            assert form.validate(), form.errors


def test_each_nhs_like_number_is_of_the_test_range(reports: list[DemoReport]) -> None:
    numbers = [number for report in reports for number in re.findall(r"\b\d{3} ?\d{3} ?\d{4}\b", words_of(report))]
    assert numbers
    assert all(number.startswith("999") for number in numbers)
    contacts = [str(report.answers["contact"]) for report in reports if "contact" in report.answers]
    assert all(re.fullmatch(r"01632 960\d{3}|07700 900\d{3}", contact) for contact in contacts)


def test_the_grammar_has_about_120_patterns_and_leaves_no_gap(reports: list[DemoReport]) -> None:
    assert 110 <= len(set(patterns())) <= 130
    assert not [words_of(report) for report in reports if re.search(r"[{}]|us's", words_of(report))]
    assert any("[racist slur]" in words_of(report) for report in reports)
    assert all(len(words_of(report)) <= 2000 for report in reports)


def test_every_end_has_its_words() -> None:
    assert set(northmere_replies.ENDS) == northmere.ENDS_EARLY
    assert set(northmere_words.ENDINGS) == set(northmere_words.PUBLIC_ENDINGS)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 20, 60])
def test_the_table_of_working_days_counts_as_the_domain_does(n: int) -> None:
    for offset in range(0, 730, 3):
        day = date(2024, 11, 1) + timedelta(days=offset)
        assert after(day, n) == add_working_days(day, n)
        assert between(day, day + timedelta(days=n)) == working_days_between(day, day + timedelta(days=n))
    assert between(after(TODAY, -n), TODAY) == n
