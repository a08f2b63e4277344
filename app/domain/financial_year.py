"""Financial years, April to March, and months, as figures name them."""

from datetime import date

FIRST_MONTH = 4


def month_of(day: date) -> str:
    """Return the month of a day: `2026-11`.

    >>> month_of(date(2026, 11, 16))
    '2026-11'
    """
    return f"{day.year:04}-{day.month:02}"


def month_before(month: str) -> str:
    """Return the month before `2026-11`: `2026-10`.

    >>> month_before("2027-01")
    '2026-12'
    """
    year, number = _parts(month)
    return f"{year - 1:04}-12" if number == 1 else f"{year:04}-{number - 1:02}"


def financial_year_of_month(month: str) -> str:
    """Return the financial year of a month: `FY2026` is April 2026 to March 2027.

    >>> financial_year_of_month("2027-03")
    'FY2026'
    """
    year, number = _parts(month)
    return f"FY{year if number >= FIRST_MONTH else year - 1:04}"


def financial_year_of(day: date) -> str:
    """Return the financial year of a day."""
    return financial_year_of_month(month_of(day))


def financial_years(first: date, last: date) -> tuple[str, ...]:
    """Return every financial year from that of `first` to that of `last`."""
    years = range(int(financial_year_of(first)[2:]), int(financial_year_of(last)[2:]) + 1)
    return tuple(f"FY{year:04}" for year in years)


def _parts(month: str) -> tuple[int, int]:
    year, number = month.split("-")
    return int(year), int(number)
