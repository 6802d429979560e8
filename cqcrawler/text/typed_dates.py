"""Days and periods as a person types them: 2025, 2025-07, 2025H1, 20250701, 7d, 昨天, 上月."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """The first and the last day, both included."""

    first: date
    last: date


# What is typed, and what it means today.
_Reading = Callable[[re.Match[str], date], Period]
_DAYS_BACK = {"今天": 0, "昨天": 1, "前天": 2, "today": 0, "yesterday": 1}
_WEEKS_BACK = {"本周": 0, "上周": 1}
_MONTHS_BACK = {"本月": 0, "上月": 1, "上个月": 1}
_YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2}
_HALVES = {"上": 1, "下": 2}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_NARROW = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in "０１２３４５６７８９－／．"}


def parse_period(text: str, today: date) -> Period:
    """Return the days that are meant, of which relative ones (7d, 2w, 3m, 1y: the last so many;
    昨天, 上周, 本月, 去年) end or lie before `today`.

    Raises ValueError for what is no day or period.
    """
    typed = "".join(text.translate(_NARROW).split()).lower()
    for pattern, reading in _FORMS.items():
        if match := re.fullmatch(pattern, typed, re.ASCII):
            try:
                return reading(match, today)
            except (ValueError, OverflowError):
                break
    raise ValueError(
        f"{text!r} is no date: write it like 2025-07-07, 2025-07, 2025, 2025H1, 2025Q3, 7d or 昨天"
    )


def _day(match: re.Match[str], _: date) -> Period:
    day = date(*map(int, match.groups()))
    return Period(day, day)


def _month(match: re.Match[str], _: date) -> Period:
    return _months(int(match[1]), int(match[2]), 1)


def _quarter(match: re.Match[str], _: date) -> Period:
    number = _QUARTERS.get(match[2]) or int(match[2])
    return _months(int(match[1]), 3 * number - 2, 3)


def _half(match: re.Match[str], _: date) -> Period:
    number = _HALVES.get(match[2]) or int(match[2])
    return _months(int(match[1]), 6 * number - 5, 6)


def _year(match: re.Match[str], _: date) -> Period:
    return _months(int(match[1]), 1, 12)


def _months(year: int, month: int, count: int) -> Period:
    first = date(year, month, 1)
    last = month + count - 1
    return Period(first, date(year, last, monthrange(year, last)[1]))


def _last_so_many(match: re.Match[str], today: date) -> Period:
    count, unit = int(match[1]), match[2]
    if unit in ("d", "w", "天", "日", "周"):
        days = count * (7 if unit in ("w", "周") else 1)
        return Period(today - timedelta(days=days), today)
    return Period(_earlier(today, count * (12 if unit in ("y", "年") else 1)), today)


def _earlier(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _named_day(match: re.Match[str], today: date) -> Period:
    day = today - timedelta(days=_DAYS_BACK[match[0]])
    return Period(day, day)


def _named_week(match: re.Match[str], today: date) -> Period:
    monday = today - timedelta(days=today.weekday() + 7 * _WEEKS_BACK[match[0]])
    return Period(monday, monday + timedelta(days=6))


def _named_month(match: re.Match[str], today: date) -> Period:
    day = _earlier(today.replace(day=1), _MONTHS_BACK[match[0]])
    return _months(day.year, day.month, 1)


def _named_year(match: re.Match[str], today: date) -> Period:
    return _months(today.year - _YEARS_BACK[match[0]], 1, 12)


_FORMS: dict[str, _Reading] = {
    r"(\d{4})(\d{2})(\d{2})": _day,
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?": _day,
    r"(\d{4})[-/.年](\d{1,2})月?": _month,
    r"(\d{4})年?": _year,
    r"(\d{4})[-年]?h([12])": _half,
    r"(\d{4})年?([上下])半年": _half,
    r"(\d{4})[-年]?q([1-4])": _quarter,
    r"(\d{4})年?第?([一二三四1-4])季度": _quarter,
    r"(\d{1,4})(d|w|m|y|天|日|周|个月|年)": _last_so_many,
    "|".join(_DAYS_BACK): _named_day,
    "|".join(_WEEKS_BACK): _named_week,
    "|".join(_MONTHS_BACK): _named_month,
    "|".join(_YEARS_BACK): _named_year,
}
