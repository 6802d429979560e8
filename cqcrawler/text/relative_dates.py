"""Dates that need a base: 3天前, 昨天, and a month and day without a year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from cqcrawler.text.numerals import NUMERALS, to_int

_RELATIVE = re.compile(
    r"""
    (?P<count> \d{1,4} ) \s? (?P<unit> 秒钟? | 分钟? | 个?小时 | 天 | 周 | 个?星期 | 个月 )
      \s? [以之]? 前
    | (?P<word> 刚刚 | 刚才 | 今[天日] | 昨[天日] | 大?前[天日] )
      (?= [\W\d上下中凌早晚发更] | $ )    # not in 今日头条
    """,
    re.VERBOSE,
)
_UNITS = {
    "秒": timedelta(seconds=1),
    "分": timedelta(minutes=1),
    "小时": timedelta(hours=1),
    "天": timedelta(days=1),
    "周": timedelta(weeks=1),
    "星期": timedelta(weeks=1),
}
_DAYS_AGO = {"刚": 0, "今": 0, "昨": 1, "前": 2, "大": 3}

_YEARLESS = re.compile(
    rf"""
    (?P<month> [{NUMERALS}]{{1,3}} ) \s? 月 \s? (?P<day> [{NUMERALS}]{{1,3}} ) \s? [日号]
    | (?P<month2> \d\d ) [-－/／] (?P<day2> \d\d ) (?= [\s\])）】〕] | $ )
    """,
    re.VERBOSE,
)
# The same anywhere, and in figures without a zero, for who knows which days it may be.
_MONTH_DAY = re.compile(
    rf"""
    (?<! [{NUMERALS}年] ) (?P<month> [{NUMERALS}]{{1,3}} ) \s? 月
      \s? (?P<day> [{NUMERALS}]{{1,3}} ) \s? [日号]
    | (?<! [\d./－-] ) (?P<month2> \d\d? ) [-－/／.] (?P<day2> \d\d? ) (?! [\d%./－-] | 亿 )
    """,
    re.VERBOSE,
)
# From one 29 February to the next there are at most eight years.
_YEARS_BACK = 8


def read_relative(value: str, start: int, base: datetime) -> tuple[date, re.Match[str]] | None:
    """Return the day that `value` names from `start` on, counted back from `base`."""
    match = _RELATIVE.match(value, start)
    if match is None:
        return None
    try:
        return _count_back(match, base), match
    except OverflowError:
        return None


def read_yearless(value: str, start: int, base: datetime) -> tuple[date, re.Match[str]] | None:
    """Return the latest day, up to a day after `base`, of the month and day at `start`.

    The day's grace is for clocks and zones that differ from ours.
    """
    match = _YEARLESS.match(value, start)
    if match is None:
        return None
    for year in range(base.year + 1, base.year - _YEARS_BACK, -1):
        try:
            day = date(year, *(to_int(part) for part in match.groups() if part))
        except ValueError:
            continue
        if day.toordinal() <= base.toordinal() + 1:
            return day, match
    return None


def find_month_days(text: str) -> list[tuple[int, int, re.Match[str]]]:
    """Return what may be dates without their year, as month and day."""
    found = []
    for match in _MONTH_DAY.finditer(text):
        month, day = (part for part in match.groups() if part)
        try:
            found.append((to_int(month), to_int(day), match))
        except ValueError:
            continue
    return found


def _count_back(match: re.Match[str], base: datetime) -> date:
    if word := match["word"]:
        return base.date() - timedelta(days=_DAYS_AGO[word[0]])
    count, unit = int(match["count"]), match["unit"].removeprefix("个").removesuffix("钟")
    if unit == "月":
        return _months_before(base.date(), count)
    return (base - count * _UNITS[unit]).date()


def _months_before(day: date, count: int) -> date:
    """Return the same day of an earlier month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    if year < 1:
        raise OverflowError
    return day.replace(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
