"""At scale 20 the shares of Northmere are within 2 points of its distributions."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

import pytest

from app.cli.northmere import STILL_LATE, STILL_OPEN, DemoReport, generate
from app.cli.northmere_days import SHOCK_DAYS, between
from app.cli.northmere_words import OTHER_LANGUAGES
from app.domain.deadline import due_on
from app.domain.direction import report_class
from models.vocabulary.ethnicity import NOT_SAID

SCALE = 20
POINTS = 2.0


@pytest.fixture(scope="module")
def reports() -> list[DemoReport]:
    return list(generate(SCALE).reports())


def fact(name: str) -> Callable[[DemoReport], Iterable[str]]:
    return lambda report: [report.facts.get(name, "")]


def answer(name: str) -> Callable[[DemoReport], Iterable[str]]:
    return lambda report: [found] if isinstance(found := report.answers[name], str) else found


def is_third(report: DemoReport) -> bool:
    return report.facts["direction"] == "third_party_to_staff" and report.answers["by"] != "unknown"


TABLE = {
    "reporter": (fact("reporter"), {"affected": 62, "witness": 14, "behalf": 6, "patient": 10, "carer": 6, "other": 2}),
    "privacy": (answer("privacy"), {"anonymous": 42, "confidential": 33, "named": 25}),
    "what": (answer("what"), {"words": 58, "refused": 19, "unfair": 17, "threat": 13, "physical": 9, "else": 6}),
    "detail": (fact("detail"), {"mimicry": 14, "online": 4, "graffiti": 2}),
    "delay": (fact("delay"), {"shift": 45, "day": 20, "week": 20, "month": 10, "later": 5}),
    "psychological": (fact("harm_psychological"), {"none": 14, "low": 52, "moderate": 29, "severe": 5}),
    "physical": (fact("harm_physical"), {"none": 91, "low": 7, "moderate": 2}),
    "priority": (fact("priority"), {"p1": 2, "p2": 17, "p3": 66, "p4": 15}),
    "setting": (fact("setting"), {"inpatient": 41, "ed": 21, "mental_health": 14, "community": 9, "phone": 7,
                                  "outpatient": 6, "grounds": 2}),
}  # fmt: skip
OUTCOMES = {
    "letter": 34, "care_plan_change": 18, "no_action_insufficient_information": 17, "police_report": 11,
    "written_warning": 9, "hr_informal": 6, "hr_investigation": 3, "exclusion_non_urgent": 2,
}  # fmt: skip
LETTERS = dict.fromkeys(("behaviour_letter", "verbal_warning", "colleague_conversation"), "letter")
FINDINGS = {"substantiated": 46, "unable_to_determine": 21, "information_only": 18, "partly": 12, "not_upheld": 3}


def shares(values: Iterable[str], whole: int) -> dict[str, float]:
    return {value: 100 * count / whole for value, count in Counter(values).items()}


def assert_near(found: dict[str, float], wanted: dict[str, int]) -> None:
    far = {code: found.get(code) for code, share in wanted.items() if abs(found.get(code, 0) - share) > POINTS}
    assert not far


@pytest.mark.parametrize("name", TABLE)
def test_a_distribution_is_met(reports: list[DemoReport], name: str) -> None:
    read, wanted = TABLE[name]
    assert_near(shares((value for report in reports for value in read(report)), len(reports)), wanted)


def test_who_does_it_to_staff_and_who_had_capacity(reports: list[DemoReport]) -> None:
    third = [report for report in reports if is_third(report)]
    by = shares((report.facts["perpetrator"] for report in third), len(third))
    assert_near(by, {"patient": 74, "relative": 16, "visitor": 5, "public": 5})
    patients = [report.facts["capacity"] for report in reports if report.answers["by"] == "patient"]
    assert_near(shares(patients, len(patients)), {"had": 40, "not_assessed": 25, "lacked": 22, "fluctuating": 13})


def test_findings_and_outcomes(reports: list[DemoReport]) -> None:
    closed = [report for report in reports if "outcome" in report.facts]
    assert_near(shares((report.facts["finding"] for report in closed), len(closed)), FINDINGS)
    outcomes = (LETTERS.get(report.facts["outcome"], report.facts["outcome"]) for report in closed)
    assert_near(shares(outcomes, len(closed)), OUTCOMES)


def test_mailboxes_and_feedback(reports: list[DemoReport]) -> None:
    closed = [report for report in reports if "outcome" in report.facts]
    anonymous = [report.facts["mailbox"] for report in closed if report.answers["privacy"] == "anonymous"]
    found = shares(anonymous, len(anonymous))
    assert abs(found["opened"] + found["wrote"] - 58) < POINTS
    assert abs(found["wrote"] - 37) < POINTS
    wrote = [report for report in closed if any(step.act == "write" for step in report.steps)]
    assert len(wrote) == sum(report.facts["mailbox"] == "wrote" for report in closed)
    reachable = [report for report in closed if report.facts["mailbox"] != "never_opened"]
    sent = sum(any(step.act == "feedback" for step in report.steps) for report in reachable)
    assert abs(100 * sent / len(reachable) - 91) < POINTS


def met(reports: Iterable[DemoReport], clock: str, is_met: Callable[[DemoReport], str]) -> float:
    days = [(due_on(clock, date.fromisoformat(report.day)).isoformat(), is_met(report)) for report in reports]
    return 100 * sum(day <= due for due, day in days) / len(days)


@pytest.mark.parametrize(
    ("clock", "act"), [("acknowledge", ("reply", "")), ("triage", ("triage", "triaged")), ("close", ("move", "closed"))]
)
def test_clocks_are_met_more_often_as_time_goes_on(reports: list[DemoReport], clock: str, act: tuple[str, str]) -> None:
    def day(report: DemoReport) -> str:
        return next(step.day for step in report.steps if (step.act, step.status) == act)

    handled = [report for report in reports if "outcome" in report.facts]
    early = [report for report in handled if report.day < "2025-05-01"]
    late = [report for report in handled if report.day >= "2026-02-01"]
    assert abs(met(early, clock, day) - 88.9) < 3
    assert abs(met(late, clock, day) - 94) < POINTS


def test_acknowledgement_is_mostly_the_next_working_day_and_triage_the_one_after(reports: list[DemoReport]) -> None:
    handled = [report for report in reports if "outcome" in report.facts]

    def within(act: str, days: int) -> float:
        found = [
            between(date.fromisoformat(report.day), date.fromisoformat(step.day)) <= days
            for report in handled
            for step in [next(step for step in report.steps if step.act == act)]
        ]
        return sum(found) / len(found)

    assert within("reply", 0) < 0.5 < 0.7 < within("reply", 1)
    assert within("triage", 0) < 0.2 < 0.5 < within("triage", 1) < 0.7


def test_words_in_other_languages_and_with_names(reports: list[DemoReport]) -> None:
    texts = [str(report.answers["words"]) for report in reports if "words" in report.answers]
    others = {text for group in OTHER_LANGUAGES.values() for text in group}
    assert abs(100 * sum(text in others for text in texts) / len(texts) - 6) < 1
    named = [text for text in texts if re.search(r"999 \d{3} \d{4}|M(r|rs|s) [A-Z]\. [A-Z]", text)]
    assert abs(100 * len(named) / len(texts) - 4) < 1


def test_of_those_who_report_for_themselves_without_a_name_two_in_three_say_their_group(
    reports: list[DemoReport],
) -> None:
    own = [
        r
        for r in reports
        if report_class(str(r.answers["privacy"]), str(r.answers["who"])) == "own" and not r.spam_lane
    ]
    given = [r.ethnic_2021 for r in own if r.ethnic_2021 not in ("", NOT_SAID.code)]
    assert abs(100 * len(given) / len(own) - 69) < POINTS
    wanted = {"black": 41, "asian": 38, "mixed": 6, "other": 7, "white": 8}
    assert_near(shares((code.partition("_")[0] for code in given), len(given)), wanted)
    assert not [r for r in reports if r.ethnic_2021 and (r.spam_lane or "source" in r.answers)]


def test_the_hard_weeks_bring_three_times_as_many(reports: list[DemoReport]) -> None:
    hard = [report for report in reports if is_third(report) and date.fromisoformat(report.day) in SHOCK_DAYS]
    assert 300 < len(hard) < 560
    away = sum(report.facts["setting"] in ("phone", "grounds") for report in hard)
    assert abs(100 * away / len(hard) - 70) < 6


def test_everything_grows_with_the_scale(reports: list[DemoReport]) -> None:
    directions = Counter(report.facts["direction"] for report in reports)
    assert 276 * SCALE <= directions["third_party_to_staff"] <= 360 * SCALE
    assert abs(directions["staff_to_staff"] - 70 * SCALE) < 50
    assert sum(report.is_open for report in reports) == STILL_OPEN * SCALE
    assert sum(report.facts.get("pattern") == "repeat" for report in reports) == 9 * SCALE
    late = [r for r in reports if r.is_open and (r.steps[-1].act == "reply" and r.steps[-1].day < "2026-10-19")]
    assert len(late) <= STILL_LATE * SCALE
