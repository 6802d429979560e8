"""The days off around holidays as the State Council set them, and the first days of lunar years."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources

# The first day of the first lunar month.
_NEW_YEARS = {
    2016: (2, 8),
    2017: (1, 28),
    2018: (2, 16),
    2019: (2, 5),
    2020: (1, 25),
    2021: (2, 12),
    2022: (2, 1),
    2023: (1, 22),
    2024: (2, 10),
    2025: (1, 29),
    2026: (2, 17),
    2027: (2, 6),
    2028: (1, 26),
    2029: (2, 13),
    2030: (2, 3),
}


@cache
def _holidays() -> Mapping[tuple[int, str], tuple[date, date]]:
    source = resources.files("cqcrawler.facts").joinpath("data", "holidays.csv")
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    return {
        (int(row["year"]), row["name"]): (
            date.fromisoformat(row["first"]),
            date.fromisoformat(row["last"]),
        )
        for row in rows
    }


def holiday(name: str, year: int) -> tuple[date, date] | None:
    """Return the first and last day off of a holiday (国庆) that belongs to a year.

    None where the State Council's notice for the year is not in the data.
    """
    return _holidays().get((year, name))


def first_lunar_month(year: int, day: int) -> date | None:
    """Return a day of the first lunar month, 0 for the eve of the new year."""
    new_year = _NEW_YEARS.get(year)
    return date(year, *new_year) + timedelta(days=day - 1) if new_year else None
