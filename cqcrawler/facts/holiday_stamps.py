"""Holidays as stamps (国庆期间, 正月初八, 元旦当天), and five-year plans (“十四五”期间)."""

from __future__ import annotations

import re
from datetime import date

from cqcrawler.facts.stamp import Stamp
from cqcrawler.text.numerals import to_int

# Names beside those of `data/holidays.csv`.
_OTHER_NAMES = {"劳动节": "五一", "十一": "国庆", "新春": "春节", "春节": "春节"}
# Holidays whose day is the same each year, as month and day.
_FIXED = {"元旦": (1, 1), "五一": (5, 1), "国庆": (10, 1)}
_HOLIDAY_NAME = r"五一|劳动节|国庆节?|十一|春节|元旦|中秋节?|端午节?|清明节?|新春"
_HOLIDAY = re.compile(
    rf"""
    [“"‘']? (?P<name>{_HOLIDAY_NAME}) [”"’']?
      (?: \s?[、和·暨]?\s? [“"‘']? (?P<other>{_HOLIDAY_NAME}) [”"’']? )?
      (?: (?P<off> (?: (?:节日|小长|长)?假期?(?:期间)? | 假日(?:期间)? | 黄金周(?:期间)? | 期间 ) )
        | (?P<itself>当[天日]) )
    | (?: 农历 )? (?: 正月 | 大年 ) (?: 初 (?P<lunar>[一二三四五六七八九十])
                          | (?P<lunar_tens>十[一二三四五六七八九]|二十[一二三四五六七八九]?) )
    | (?P<eve>除夕)(?!夜饭)
    """,
    re.VERBOSE,
)
_PLAN = re.compile(
    r"""[“"'‘]? (?P<ten>十)(?P<unit>[一二三四五六])五 [”"'’]? (?:期间|时期|(?=以来))""",
    re.VERBOSE,
)
_FIRST_PLAN = 1951  # 一五; every plan has five years


def holiday_at(plain: str, at: int, inner: int, year: int | None) -> Stamp | None:
    """Return the holiday at `inner`, in a year that is printed from `at` on, if any is."""
    match = _HOLIDAY.match(plain, inner)
    if match is None:
        return None
    if match["name"]:
        names = tuple(_named(name) for name in (match["name"], match["other"]) if name)
        if match["itself"]:
            return _itself(names, at, match.end(), year)
        return Stamp(at, match.end(), "week", year, holidays=names)
    day = 0 if match["eve"] else to_int(match["lunar"] or match["lunar_tens"])
    return Stamp(at, match.end(), "day", year, lunar=day)


def _named(printed: str) -> str:
    return _OTHER_NAMES.get(printed) or printed.removesuffix("节")


def _itself(names: tuple[str, ...], at: int, stop: int, year: int | None) -> Stamp | None:
    if names == ("春节",):
        return Stamp(at, stop, "day", year, lunar=1)
    if len(names) > 1 or names[0] not in _FIXED:
        return None
    month, day = _FIXED[names[0]]
    return Stamp(at, stop, "day", year, (month, month), day)


def plan_at(plain: str, at: int) -> Stamp | None:
    """Return the years of the five-year plan at `at`."""
    match = _PLAN.match(plain, at)
    if match is None:
        return None
    first = _FIRST_PLAN + 5 * (10 + to_int(match["unit"]))
    fixed = date(first, 1, 1), date(first + 4, 12, 31)
    return Stamp(at, match.end(), "span", first, fixed=fixed)
