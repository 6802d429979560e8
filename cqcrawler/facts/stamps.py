"""One end of a period as printed: 2024年3月5日, 去年底, 三季度, 上周五, 国庆期间, `“十四五”期间`.

A stamp keeps what is printed; which year a stamp without one means is for `periods.py` to say.
All patterns work on half-width text (`sentences.narrowed`).
"""

from __future__ import annotations

import re

from cqcrawler.facts.holiday_stamps import holiday_at, plan_at
from cqcrawler.facts.relative_stamps import relative_day_at, unit_at
from cqcrawler.facts.stamp import Known, Stamp
from cqcrawler.text.numerals import DIGITS, NUMERALS, to_int

# What joins the ends of a range.
JOIN = r"\s?(?:[-‐‑–—―~至到]{1,2})\s?"
_WEEKDAY = r"(?:\s?\(?(?:星期|周)[一二三四五六日天]\)?)?"
_CLOCK = r"(?:\s?(?:上午|下午|晚上?|中午)?\s?\d{1,2}(?::\d\d|[时点](?:\d\d分?|半)?))?"
JOINED = re.compile(_WEEKDAY + _CLOCK + r"(?:\s?起)?" + JOIN)

_NUMBER = rf"[{NUMERALS}]{{1,3}}"
_FIGURES = rf"(?:(?:19|20)\d\d|[一二][{DIGITS}]{{3}})"
_YEAR_WORDS = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "今年": 0,
    "本年": 0,
    "明年": 1,
    "来年": 1,
    "后年": 2,
}
# They count from what was named before.
_YEAR_WORDS_AFTER = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1, "第二年": 1}
_MONTH_WORDS = {
    "上上个月": -2,
    "上个月": -1,
    "上月": -1,
    "本月": 0,
    "这个月": 0,
    "下个月": 1,
    "下月": 1,
}
_MONTH_WORDS_AFTER = {"当月": 0, "同月": 0, "次月": 1}
# The days of a month by tens.
_THIRDS = {"上": (1, 1), "中": (2, 2), "下": (3, 3), "上中": (1, 2), "中下": (2, 3)}
_HALVES = {"上半年": (1, 6), "前半年": (1, 6), "下半年": (7, 12), "后半年": (7, 12)}


def _any(words: dict[str, int]) -> str:
    return "|".join(words)


# Words that only look like these: 此前年产 has no 前年, 以上年产值 no 上年, 目前天然气 no 前天.
_NOT_BEFORE = r"(?<![此以之目提过相])"
_NOT_YEARLY = r"(?![均产销营纳税收处加供用吞龄限检])"

_YEAR = re.compile(
    rf"""
    (?: (?P<figures>{_FIGURES}) \s?
      (?: 年度?(?!假) | (?= {JOIN}{_FIGURES}\s?年 ) )
    | (?<![熙正隆丰庆治绪统国历]) (?P<short>\d\d) 年 (?= [{NUMERALS}]{{1,2}}月 )
    | {_NOT_BEFORE} (?P<word>{_any(_YEAR_WORDS)}) {_NOT_YEARLY} 度?
    | {_NOT_BEFORE} (?<![一每]) (?P<after>{_any(_YEAR_WORDS_AFTER)}) {_NOT_YEARLY} )
    (?P<link> \s?的? )
    """,
    re.VERBOSE,
)
_WHOLE = re.compile(r"(?:全年)?(?:年?[初底末](?![一二三四五六七八九十级])|年终|年尾|岁末|伊始)?")
# 八月十五, 三月初三: days of the lunar calendar have no 日.
_LUNAR_DAY = re.compile("初?[一二三四五六七八九十]")
# Behind the words of a calendar or a year that are not read, a month or day tells nothing.
_UNREAD_BEFORE = ("年", "农历", "阴历", "夏历")

_IN_YEAR = re.compile(
    rf"""
    (?: (?P<month>{_NUMBER}) \s? (?: 月份? (?!龄)
                              | (?= {JOIN}{_NUMBER}\s?月 (?!\s?{_NUMBER}\s?[日号]) ) )
      | {_NOT_BEFORE} (?P<month_word>{_any(_MONTH_WORDS)})
      | {_NOT_BEFORE} (?P<month_after>{_any(_MONTH_WORDS_AFTER)})
      | (?P<new_month>元月) )
      (?: \s?的? (?P<third>上中|中下|[上中下]) 旬
        | \s? (?P<day>{_NUMBER}) \s?
          (?: 日 | 号(?![楼线馆院库厂地站机路井段标]) | (?= {JOIN}{_NUMBER}\s?[日号] ) )
        | (?P<edge>[初底末](?![一二三四五六七八九十])) )?
    | 第?(?P<quarter>[一二三四1-4]) (?: \s?季度 | (?= {JOIN}第?[二三四2-4]\s?季度 ) )
    | (?P<first_quarter>首季度?)
    | 前(?P<quarters>[一二两三1-3])个?季度?
    | (?<![提以此之目](?=前)) (?P<half>{"|".join(_HALVES)})
    | (?<![提以之此目]) [前头] (?P<months>[2-9]|1[01]|[两二三四五六七八九十]|十一) 个?月
    """,
    re.VERBOSE,
)
# The groups that end what has a month.
_OF_MONTH = {"month", "month_word", "month_after", "new_month", "third", "day", "edge"}
# The commonest form, which needs none of the rules above: 2025年8月5日, 8月5日.
_PLAIN_DAY = re.compile("(?:((?:19|20)[0-9]{2})年)?(1[0-2]|0?[1-9])月(3[01]|[12][0-9]|0?[1-9])日")
_NUMERAL = re.compile(f"[{NUMERALS}]")
# 5日 with neither month nor year.
_LONE_DAY = re.compile(rf"(?P<day>{_NUMBER})\s?(?:日|号(?=[,，上下晚])|(?={JOIN}{_NUMBER}\s?日))")


def stamp_at(plain: str, at: int, known: Known) -> Stamp | None:
    """Return the stamp that begins at `at`, the longest; None where there is none."""
    if stamp := _dated(plain, at, known) or plan_at(plain, at):
        return stamp
    if _NUMERAL.match(plain, at):
        return _lone_day(plain, at)
    return relative_day_at(plain, at, known) or unit_at(plain, at, known)


def _dated(plain: str, at: int, known: Known) -> Stamp | None:
    if plain.endswith(_UNREAD_BEFORE, 0, at):
        return None
    if match := _PLAIN_DAY.match(plain, at):
        printed, month, day = match.groups()
        months = (int(month), int(month))
        return Stamp(at, match.end(), "day", int(printed) if printed else None, months, int(day))
    year = None
    inner = at
    if match := _YEAR.match(plain, at):
        year, inner = _year(match, known), match.end("link")
        if year is None:
            return None
    if stamp := _in_year(plain, at, inner, year, known) or holiday_at(plain, at, inner, year):
        return stamp
    if match is None:
        return None
    whole = _WHOLE.match(plain, match.start("link"))
    return Stamp(at, whole.end() if whole else match.start("link"), "year", year)


def _year(match: re.Match[str], known: Known) -> int | None:
    if figures := match["figures"]:
        return to_int(figures)
    if short := match["short"]:
        return 2000 + int(short)
    if word := match["word"]:
        return known.published.year + _YEAR_WORDS[word] if known.published else None
    return known.year + _YEAR_WORDS_AFTER[match["after"]] if known.year else None


def _in_year(plain: str, at: int, inner: int, year: int | None, known: Known) -> Stamp | None:
    match = _IN_YEAR.match(plain, inner)
    if match is None:
        return None
    stop = match.end()
    kind = match.lastgroup
    if kind in _OF_MONTH:
        return _in_month(match, kind, at, year, known)
    if quarter := match["quarter"]:
        last = 3 * to_int(quarter)
        return Stamp(at, stop, "quarter", year, (last - 2, last), partial=True)
    if match["first_quarter"]:
        return Stamp(at, stop, "quarter", year, (1, 3), partial=True)
    if quarters := match["quarters"]:
        return Stamp(at, stop, "span", year, (1, 3 * _count(quarters)), partial=True)
    if half := match["half"]:
        return Stamp(at, stop, "half", year, _HALVES[half], partial=True)
    return Stamp(at, stop, "span", year, (1, _count(match["months"])), partial=True)


def _count(numeral: str) -> int:
    return 2 if numeral == "两" else to_int(numeral)


def _in_month(
    match: re.Match[str], kind: str | None, at: int, year: int | None, known: Known
) -> Stamp | None:
    placed = _month(match, year, known)
    if placed is None:
        return None
    year, month = placed
    months = (month, month)
    if kind == "day":
        day = _number(match["day"])
        return Stamp(at, match.end(), "day", year, months, day) if day else None
    if kind == "third":
        return Stamp(at, match.end(), "week", year, months, thirds=_THIRDS[match["third"]])
    if _LUNAR_DAY.match(match.string, match.end()):
        return None
    return Stamp(at, match.end(), "month", year, months)


def _month(match: re.Match[str], year: int | None, known: Known) -> tuple[int | None, int] | None:
    if numeral := match["month"]:
        month = _number(numeral)
        return (year, month) if month and 1 <= month <= 12 else None
    if match["new_month"]:
        return year, 1
    word, base = match["month_word"], known.published
    offset = _MONTH_WORDS.get(word or "")
    if offset is None:
        base, offset = known.month, _MONTH_WORDS_AFTER[match["month_after"]]
    if base is None:
        return None
    counted, month = divmod(base.year * 12 + base.month - 1 + offset, 12)
    return (year or counted), month + 1


def _number(text: str) -> int | None:
    try:
        return to_int(text)
    except ValueError:
        return None


def _lone_day(plain: str, at: int) -> Stamp | None:
    match = _LONE_DAY.match(plain, at)
    day = _number(match["day"]) if match else None
    if match is None or day is None or not 1 <= day <= 31:
        return None
    return Stamp(at, match.end(), "day", months=None, day=day)
