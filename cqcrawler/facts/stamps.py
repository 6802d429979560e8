"""One end of a period as printed: 2024年3月5日, 去年底, 三季度, 上周五, 国庆期间, `“十四五”期间`.

A stamp keeps what is printed; which year a stamp without one means is for `periods.py` to say.
All patterns work on half-width text (`sentences.narrowed`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from cqcrawler.facts.holidays import first_lunar_month, holiday, solar_holiday
from cqcrawler.text.numerals import DIGITS, NUMERALS, to_int

Days = tuple[date, date]

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
# The days of a month by tens.
_THIRDS = {"上": (1, 1), "中": (2, 2), "下": (3, 3), "上中": (1, 2), "中下": (2, 3)}
_LAST_THIRD = 3
_HALVES = {"上半年": (1, 6), "前半年": (1, 6), "下半年": (7, 12), "后半年": (7, 12)}
_HOLIDAY_NAMES = {"劳动节": "五一", "十一": "国庆", "新春": "春节"}


def _any(words: dict[str, int]) -> str:
    return "|".join(words)


# Words that only look like these: 此前年产 has no 前年, 以上年产值 no 上年, 目前天然气 no 前天.
_NOT_BEFORE = r"(?<![此以之目提过相])"
_NOT_YEARLY = r"(?![均产销营纳税收处加供用吞龄限检])"

_YEAR = re.compile(
    rf"""
    (?P<figures>{_FIGURES}) \s?
      (?: 年度?(?!假) | (?= {JOIN}{_FIGURES}\s?年 ) )
    | (?<![熙正隆丰庆治绪统国历]) (?P<short>\d\d) 年 (?= [{NUMERALS}]{{1,2}}月 )
    | {_NOT_BEFORE} (?P<word>{_any(_YEAR_WORDS)}) {_NOT_YEARLY} 度?
    | {_NOT_BEFORE} (?<![一每]) (?P<after>{_any(_YEAR_WORDS_AFTER)}) {_NOT_YEARLY}
    """,
    re.VERBOSE,
)
_WHOLE = re.compile(r"(?:全年)?(?:年?[初底末](?![一二三四五六七八九十级])|年终|年尾|岁末|伊始)?")
# 八月十五, 三月初三: days of the lunar calendar have no 日.
_LUNAR_DAY = re.compile("初?[一二三四五六七八九十]")
# Behind the words of a calendar or a year that are not read, a month or day tells nothing.
_UNREAD_BEFORE = ("年", "农历", "阴历", "夏历")
_LINK = re.compile(r"\s?的?")

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
    | (?P<half>{"|".join(_HALVES)})
    | (?<![提以之此目]) [前头] (?P<months>[2-9]|1[01]|[两二三四五六七八九十]|十一) 个?月
    """,
    re.VERBOSE,
)
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
_DAY = re.compile(
    rf"""
    {_NOT_BEFORE} (?P<word> 大前天|前[天日晚]|大?后天 ) (?!均|产|然|津|气|线)
    | (?P<yesterday> 昨[日天晚晨夜](?!\(\d)|昨(?=[,，]) )
    | (?<![如至的]) (?P<today> 今
        (?: [天日](?!\(\d|的|头条|说|看|关注|视|要闻|重|中国|之) | [晨晚早夜](?!报) ) )
    | (?P<tomorrow> 明[天日](?!之|的|星|药) )
    | (?<![相适应]) (?P<after>{_any(_DAY_WORDS_AFTER)}) (?!均)
    | (?<!以) (?P<week> 上上|下下|[上本这下] ) 个?一? (?:周|星期|礼拜)
      (?: (?P<weekday>[一二三四五六日天末]) | (?![边围转期密全到岁年长折身知刊]) )
    """,
    re.VERBOSE,
)
_YEAR_START = re.compile("(?:开年|年初|开春|新年伊始)(?!步|[一二三四五六七八九十])")
_MONTH_START = re.compile(rf"(?<![{NUMERALS}])月初(?![一二三四五六七八九十])")
_QUARTER = re.compile("(?<!以)(?P<which>[上本这])一?个?季度")
# 5日 with neither month nor year.
_LONE_DAY = re.compile(rf"(?P<day>{_NUMBER})\s?(?:日|号(?=[,，上下晚])|(?={JOIN}{_NUMBER}\s?日))")


class Stamp(NamedTuple):
    """What is printed at `start:stop`.

    `year` is None where none is printed; `months` (first, last) is None for a day without its
    month. `fixed` holds the days of what counts from a known day. `partial` says that a quarter,
    half or span of months is meant, which is told of once most of it is over.
    """

    start: int
    stop: int
    precision: str
    year: int | None = None
    months: tuple[int, int] | None = (1, 12)
    day: int | None = None
    thirds: tuple[int, int] | None = None
    holidays: tuple[str, ...] = ()
    fixed: Days | None = None
    partial: bool = False

    def days(self, year: int) -> Days | None:
        """Return the first and last day in a year, None where there is no such day."""
        if self.fixed or not MINYEAR < year < MAXYEAR:
            return self.fixed
        if self.holidays:
            return _days_off(self, year)
        if self.months is None:
            return None
        first, last = self.months
        try:
            if self.day:
                day = date(year, first, self.day)
                return day, day
            if self.thirds:
                return _thirds(year, first, self.thirds)
            return date(year, first, 1), date(year, last, monthrange(year, last)[1])
        except ValueError:
            return None


class Known(NamedTuple):
    """What the words of a stamp may count from: the day of publication and days named before."""

    published: date | None
    day: date | None = None
    month: date | None = None
    year: int | None = None


def stamp_at(plain: str, at: int, known: Known) -> Stamp | None:
    """Return the stamp that begins at `at`, the longest; None where there is none."""
    return (
        _dated(plain, at, known)
        or _plan(plain, at)
        or _relative_day(plain, at, known)
        or _start_of(plain, at, known)
        or _lone_day(plain, at)
    )


def _dated(plain: str, at: int, known: Known) -> Stamp | None:
    year, after = None, at
    if plain[max(0, at - 2) : at].endswith(_UNREAD_BEFORE):
        return None
    if match := _YEAR.match(plain, at):
        year = _year(match, known)
        if year is None:
            return None
        after = match.end()
    link = _LINK.match(plain, after).end() if match else at  # type: ignore[union-attr]
    if inner := _in_year(plain, at, link, year, known):
        return inner
    if inner := _holiday(plain, at, link, year):
        return inner
    if match is None:
        return None
    whole = _WHOLE.match(plain, after)
    return Stamp(at, whole.end() if whole else after, "year", year)


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
    if match["month"] or match["month_word"] or match["month_after"] or match["new_month"]:
        return _in_month(match, at, year, known)
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


def _in_month(match: re.Match[str], at: int, year: int | None, known: Known) -> Stamp | None:
    placed = _month(match, year, known)
    if placed is None:
        return None
    year, month = placed
    months = (month, month)
    if third := match["third"]:
        return Stamp(at, match.end(), "week", year, months, thirds=_THIRDS[third])
    if match["day"]:
        day = _number(match["day"])
        return Stamp(at, match.end(), "day", year, months, day=day) if day else None
    if _LUNAR_DAY.match(match.string, match.end()):
        return None
    return Stamp(at, match.end(), "month", year, months)


def _month(match: re.Match[str], year: int | None, known: Known) -> tuple[int | None, int] | None:
    if match["new_month"]:
        return year, 1
    if match["month"]:
        month = _number(match["month"])
        return (year, month) if month and 1 <= month <= 12 else None
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


def _holiday(plain: str, at: int, inner: int, year: int | None) -> Stamp | None:
    match = _HOLIDAY.match(plain, inner)
    if match is None:
        return None
    if match["name"]:
        names = tuple(
            _HOLIDAY_NAMES.get(name, name.removesuffix("节") if name != "春节" else name)
            for name in (match["name"], match["other"])
            if name
        )
        if match["itself"]:
            return Stamp(at, match.end(), "day", year, holidays=(*names, "当天"))
        return Stamp(at, match.end(), "week", year, holidays=names)
    if match["eve"]:
        return Stamp(at, match.end(), "day", year, holidays=("正月", "0"))
    number = to_int(match["lunar"] or match["lunar_tens"])
    return Stamp(at, match.end(), "day", year, holidays=("正月", str(number)))


def _days_off(stamp: Stamp, year: int) -> Days | None:
    names = stamp.holidays
    if names[0] == "正月":
        day = first_lunar_month(year, int(names[1]))
        return (day, day) if day else None
    if names[-1] == "当天":
        day = solar_holiday(names[0], year) or (
            first_lunar_month(year, 1) if names[0] == "春节" else None
        )
        return (day, day) if day else None
    spans = [span for name in names if (span := holiday(name, year))]
    if len(spans) < len(names):
        return None
    return min(span[0] for span in spans), max(span[1] for span in spans)


def _plan(plain: str, at: int) -> Stamp | None:
    match = _PLAN.match(plain, at)
    if match is None:
        return None
    first = _FIRST_PLAN + 5 * (10 + to_int(match["unit"]))
    fixed = date(first, 1, 1), date(first + 4, 12, 31)
    return Stamp(at, match.end(), "span", first, fixed=fixed)


def _relative_day(plain: str, at: int, known: Known) -> Stamp | None:
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


def _start_of(plain: str, at: int, known: Known) -> Stamp | None:
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


def _lone_day(plain: str, at: int) -> Stamp | None:
    match = _LONE_DAY.match(plain, at)
    day = _number(match["day"]) if match else None
    if match is None or day is None or not 1 <= day <= 31:
        return None
    return Stamp(at, match.end(), "day", months=None, day=day)


def _thirds(year: int, month: int, thirds: tuple[int, int]) -> Days:
    first, last = thirds
    end = monthrange(year, month)[1] if last == _LAST_THIRD else 10 * last
    return date(year, month, 10 * first - 9), date(year, month, end)
