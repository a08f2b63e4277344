from datetime import date, timedelta

import holidays
import pytest

from app.domain.deadline import (
    CLOCKS,
    NEVER_DUE,
    add_working_days,
    bank_holidays,
    due_on,
    first_clocks,
    first_update_on,
    is_working_day,
    next_due_on,
    working_days_between,
)

RULE_DAYS = {
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


@pytest.mark.parametrize("year", RULE_DAYS)
def test_days_of_the_process_document(year):
    assert bank_holidays(year) == {date.fromisoformat(f"{year}-{day}") for day in RULE_DAYS[year].split()}


@pytest.mark.parametrize("year", range(2024, 2041))
def test_working_days_agree_with_the_holidays_package(year):
    oracle = holidays.country_holidays("GB", subdiv="ENG", years=year)
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) == (day.weekday() < 5 and day not in oracle), day
        day += timedelta(days=1)


def test_a_data_file_adds_and_removes_single_days():
    tuesday, good_friday = date(2026, 11, 24), date(2026, 4, 3)
    assert not is_working_day(tuesday, added=frozenset({tuesday}))
    assert is_working_day(good_friday, removed=frozenset({good_friday}))
    assert add_working_days(date(2026, 11, 23), 1, added=frozenset({tuesday})) == date(2026, 11, 25)


def test_due_days():
    assert add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert working_days_between(date(2026, 12, 24), date(2026, 12, 29)) == 1
    assert due_on("check_in_30", date(2026, 12, 1)) == date(2026, 12, 31)
    assert due_on("triage", date(2026, 11, 23), days=1) == date(2026, 11, 24)
    assert next_due_on([]) == NEVER_DUE


def test_the_first_update_is_due_on_the_day_that_the_receipt_gave_whatever_day_the_report_came():
    for number in range(800):
        day = date(2026, 1, 1) + timedelta(days=number)
        assert first_update_on(due_on("acknowledge", day)) == due_on("update", day)


def test_first_clocks():
    day = date(2026, 11, 23)
    assert first_clocks(day, possible_danger=True)["screen"] == day
    calm = first_clocks(day, possible_danger=False)
    assert set(calm) == {"acknowledge", "triage", "close"}
    assert calm["acknowledge"] == date(2026, 11, 25)
    later = {"support", "plan", "update", "effect", "check_in_30", "check_in_90"}
    assert set(CLOCKS) == set(calm) | {"screen"} | later
