"""Days, weeks and quarters that are counted from a known day: 昨日, 当天, 上周五, 年初, 上季度."""

from __future__ import annotations

import re
from datetime import date, timedelta

from cqcrawler.facts.stamp import Known, Stamp
from cqcrawler.text.numerals import NUMERALS

_DAY_WORDS = {
    "大前天": -3,
    "前天": -2,
    "前日": -2,
    "前晚": -2,
    "昨": -1,
    "今": 0,
    "明": 1,
    "大后天": 3,
    "后天": 2,
}
_DAY_WORDS_AFTER = {"当日": 0, "当天": 0, "同日": 0, "同一天": 0, "次日": 1, "翌日": 1, "第二天": 1}
_WEEK_WORDS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEKDAYS = {day: n for n, day in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
# Words that only look like these: 目前天然气 has no 前天.
_NOT_BEFORE = r"(?<![此以之目提过相])"
_DAY = re.compile(
    rf"""
    {_NOT_BEFORE} (?P<word> 大前天|前[天日晚]|大?后天 ) (?!均|产|然|津|气|线)
    | (?P<yesterday> 昨[日天晚晨夜](?!\(\d)|昨(?=[,，]) )
    | (?<![如至的]) (?P<today> 今
        (?: [天日](?!\(\d|的|头条|说|看|关注|视|要闻|重|中国|之) | [晨晚早夜](?!报) ) )
    | (?P<tomorrow> 明[天日](?!之|的|星|药) )
    | (?<![相适应]) (?P<after>{"|".join(_DAY_WORDS_AFTER)}) (?!均)
    | (?<!以) (?P<week> 上上|下下|[上本这下] ) 个?一? (?:周|星期|礼拜)
      (?: (?P<weekday>[一二三四五六日天末]) | (?![边围转期密全到岁年长折身知刊]) )
    """,
    re.VERBOSE,
)
_YEAR_START = re.compile("(?:开年|年初|开春|新年伊始)(?!步|[一二三四五六七八九十])")
_MONTH_START = re.compile(rf"(?<![{NUMERALS}])月初(?![一二三四五六七八九十])")
_QUARTER = re.compile("(?<!以)(?P<which>[上本这])一?个?季度")


def relative_day_at(plain: str, at: int, known: Known) -> Stamp | None:
    """Return the day or week at `at`."""
    match = _DAY.match(plain, at)
    if match is None:
        return None
    base = known.published
    if match["after"]:
        base, offset = known.day, _DAY_WORDS_AFTER[match["after"]]
    elif match["week"]:
        return _in_week(match, base) if base else None
    else:
        printed = match[0]
        offset = next(n for word, n in _DAY_WORDS.items() if printed.startswith(word))
    if base is None:
        return None
    day = base + timedelta(days=offset)
    return Stamp(at, match.end(), "day", day.year, fixed=(day, day))


def _in_week(match: re.Match[str], base: date) -> Stamp:
    monday = base - timedelta(days=base.weekday() - 7 * _WEEK_WORDS[match["week"]])
    weekday = match["weekday"]
    first = monday + timedelta(days=_WEEKDAYS[weekday] if weekday else 0)
    last = first + timedelta(days=1 if weekday == "末" else 0 if weekday else 6)
    precision = "day" if weekday and weekday != "末" else "week"
    return Stamp(match.start(), match.end(), precision, first.year, fixed=(first, last))


def unit_at(plain: str, at: int, known: Known) -> Stamp | None:
    """Return the quarter at `at`, or the year or month whose beginning stands there."""
    base = known.published
    if base is None:
        return None
    if match := _YEAR_START.match(plain, at):
        return Stamp(at, match.end(), "year", base.year)
    if match := _QUARTER.match(plain, at):
        count = base.year * 4 + (base.month - 1) // 3 - (match["which"] == "上")
        year, quarter = divmod(count, 4)
        return Stamp(at, match.end(), "quarter", year, (3 * quarter + 1, 3 * quarter + 3))
    if match := _MONTH_START.match(plain, at):
        return Stamp(at, match.end(), "month", base.year, (base.month, base.month))
    return None
