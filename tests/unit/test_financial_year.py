"""Months and financial years: April begins one, and no day falls between two."""

from datetime import date, timedelta

import pytest

from app.domain.financial_year import (
    financial_year_of,
    financial_year_of_month,
    financial_years,
    month_before,
    month_of,
)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 4, 1), "FY2026"),
        (date(2026, 3, 31), "FY2025"),
        (date(2026, 11, 16), "FY2026"),
        (date(2027, 3, 31), "FY2026"),
        (date(2027, 4, 1), "FY2027"),
        (date(2027, 1, 1), "FY2026"),
    ],
)
def test_a_financial_year_runs_from_april_to_march(day: date, year: str) -> None:
    assert financial_year_of(day) == year == financial_year_of_month(month_of(day))


def test_the_month_before_is_that_of_the_day_before_the_first() -> None:
    day = date(2024, 1, 1)
    while day < date(2028, 1, 1):
        assert month_before(month_of(day)) == month_of(day.replace(day=1) - timedelta(days=1))
        day += timedelta(days=13)


def test_the_years_between_two_days_are_whole_and_in_order() -> None:
    assert financial_years(date(2024, 10, 1), date(2026, 11, 16)) == ("FY2024", "FY2025", "FY2026")
    assert financial_years(date(2026, 4, 1), date(2027, 3, 31)) == ("FY2026",)
    assert financial_years(date(2026, 3, 31), date(2026, 4, 1)) == ("FY2025", "FY2026")
