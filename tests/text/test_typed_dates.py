from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler.text.typed_dates import parse_period

TODAY = date(2025, 7, 31)  # A Thursday.


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2025-07-07", "2025-07-07", "2025-07-07"),
        ("20250707", "2025-07-07", "2025-07-07"),
        ("2025/7/7", "2025-07-07", "2025-07-07"),
        ("2025年7月7日", "2025-07-07", "2025-07-07"),
        ("２０２５－０７－０７", "2025-07-07", "2025-07-07"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2025H1", "2025-01-01", "2025-06-30"),
        ("2025h2", "2025-07-01", "2025-12-31"),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("2025Q3", "2025-07-01", "2025-09-30"),
        ("2025年第四季度", "2025-10-01", "2025-12-31"),
        ("7d", "2025-07-24", "2025-07-31"),
        ("2w", "2025-07-17", "2025-07-31"),
        ("1m", "2025-06-30", "2025-07-31"),
        ("5个月", "2025-02-28", "2025-07-31"),
        ("1y", "2024-07-31", "2025-07-31"),
        ("30天", "2025-07-01", "2025-07-31"),
        ("今天", "2025-07-31", "2025-07-31"),
        ("昨天", "2025-07-30", "2025-07-30"),
        ("yesterday", "2025-07-30", "2025-07-30"),
        ("本周", "2025-07-28", "2025-08-03"),
        ("上周", "2025-07-21", "2025-07-27"),
        ("本月", "2025-07-01", "2025-07-31"),
        ("上个月", "2025-06-01", "2025-06-30"),
        ("去年", "2024-01-01", "2024-12-31"),
        (" 2025 - 07 ", "2025-07-01", "2025-07-31"),
    ],
)
def test_what_is_typed(typed: str, first: str, last: str) -> None:
    period = parse_period(typed, TODAY)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


def test_months_back_over_the_turn_of_a_year() -> None:
    assert parse_period("上月", date(2025, 1, 15)).first == date(2024, 12, 1)
    assert parse_period("13m", date(2025, 3, 31)).first == date(2024, 2, 29)


@pytest.mark.parametrize(
    "typed",
    ["", "渝北", "2025-13", "2025-02-30", "2025Q5", "2025H3", "0d1", "9999y", "0000", "25-07-07"],
)
def test_what_is_no_date_is_named(typed: str) -> None:
    with pytest.raises(ValueError, match=f"'{typed}' is no date: write it like 2025-07-07"):
        parse_period(typed, TODAY)


@given(st.text())
def test_nothing_typed_fails_otherwise(typed: str) -> None:
    try:
        period = parse_period(typed, TODAY)
    except ValueError:
        return
    assert period.first <= period.last
