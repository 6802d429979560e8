"""Dates and periods in running text: 11月1日—3日, 去年底, 前三季度, 上周五, 2021年以来.

What lacks a year is read as of the day of publication: a day or month as the latest that has
begun, a quarter, half or span of months as the latest that was more than half over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from cqcrawler.facts.stamp import Days, Known, Stamp
from cqcrawler.facts.stamps import JOINED, stamp_at
from cqcrawler.text.dates import find_dates
from cqcrawler.text.numerals import DIGITS

# Where a stamp may begin; `stamp_at` then reads what is there. Every way begins with one of few
# characters, so that most positions fail at once, and the kind of the character decides which
# ways are tried. Digits are those of ASCII: for them, the engine needs one look at a table.
_HAN_NUMERALS = DIGITS.removeprefix(r"\d") + "十廿卅"
_WORDS_FIRST = "第首前头上下去今昨本这大明来后当同次翌元"
_RARE = (
    "五一 劳动节 国庆 十一 春节 元旦 中秋 端午 清明 新春 十二五 十三五 十四五 十五五 十六五 "
    "正月 大年 农历 除夕 开年 年初 开春 新年伊始 月初"
).split()
_RARE_FIRST = "".join(sorted({word[0] for word in _RARE}))
_RARE_SECOND = "".join(sorted({word[1] for word in _RARE}))
_RARE_REST = "|".join(f"(?<={word[0]}){word[1:]}" for word in _RARE)
_QUOTES = "“\"‘'"
_UNITS = "月日季至到~‐‑–—―-"
# What may separate the figures of a date (2024-03-05), which `text.dates` reads.
_SEPARATORS = "[-－‐‑–—−/／.．·]"
_SEPARATED = rf"[{DIGITS}]{{3}}\s{{0,3}}{_SEPARATORS}\s{{0,2}}\d{{1,2}}\s{{0,2}}{_SEPARATORS}"
_START = re.compile(
    rf"""
    [0-9{_HAN_NUMERALS}{_WORDS_FIRST}{_RARE_FIRST}{_QUOTES}]
    (?: (?<=[0-9])
        (?: (?<![0-9.].) (?: [0-9]{{0,3}} \s? [号{_UNITS}] | [0-9] (?:[0-9]{{2}}\s?)? 年 )
          | (?<=[12]) {_SEPARATED} )
      | (?=[{_RARE_SECOND}]) (?<=[{_RARE_FIRST}]) (?<![{_QUOTES}].) (?<!正月|大年) (?:{_RARE_REST})
      | (?<=[{_HAN_NUMERALS}])
        (?: (?<![{_HAN_NUMERALS}].)
            (?: [{_HAN_NUMERALS}]{{0,3}} \s? [{_UNITS}] | [{_HAN_NUMERALS}]{{3}} \s? 年 )
          | (?<=[一二]) {_SEPARATED} )
      | (?<=[{_WORDS_FIRST}])
        (?: (?<=[去今前上下本当同次翌明来后大]) [半年个月季天日周星礼晚晨早夜前后上下]
          | (?<=[上下本]) 一 [年个季周星礼]
          | (?<=[首头前]) [季\d一两二三四五六七八九十]
          | (?<=第) [一二三四\d] \s? [年天季至到~‐‑–—―-]
          | (?<=昨) [日天晚晨夜,，]
          | (?<=同) 一天
          | (?<=这) [周个季]
          | (?<=元) 月 )
      | (?<=[{_QUOTES}]) (?:{"|".join(_RARE)}) )
    """,
    re.VERBOSE,
)
_FIGURES = re.compile(rf"[12一二][{DIGITS}]{{3}}\s{{0,3}}{_SEPARATORS}")
_SHORT_END = re.compile(r"(1[0-2]|0?[1-9])[-/.](3[01]|[12]\d|0?[1-9])(?![\d./-])")
_LONE_AFTER = re.compile(
    r"[,，]|上午|下午|晚|凌晨|清晨|中午|傍晚|在|从|举行|召开|开幕|获悉|闭幕|(?:消息|讯|电)(?![话子气])"
)
_LONE_BEFORE = re.compile(r"(?:^|[。！？；;!?,，、）)】\]”\"：:\s]|记者|于|者)\Z")
_NOT_LONE = re.compile(r"[第每近满期长过逾前后内用时需共历计达超限有约延\d月年]\Z")
_SINCE = re.compile(r"\s?起?(?:以来|至今|来(?=[,，]))")
_SINCE_EVENT = re.compile(r"[^,，;；。！？!?\n]{0,24}?(?:以来|至今)")
_FROM = ("自", "从")
# What may follow a stamp that is not all of a period: JOINED or _SINCE.
_GOES_ON = re.compile(r"[\s\d(星周上下晚中起以至来到~‐‑–—―-]")
_END = re.compile("[。！？!?\n]")
_YEARS_BACK = 8
# So that no word counts beyond the calendar.
_YEARS = range(1900, 2200)
# How long after a day a notice may still ask for it as a deadline.
_LATE = timedelta(days=60)
_SAME_SENTENCE = 60


class Period(NamedTuple):
    """First and last day of what `start:stop` names, and how exact the words are.

    `precision` is `day`, `week` (of ten days, too, and holidays), `month`, `quarter`, `half`,
    `year` or `span`. The last day may lie after publication, and so may the first; what goes on
    until now (以来) is `since`, and ends with publication. `joined` has both ends printed,
    `yearless` no year.
    """

    first: date
    last: date
    precision: str
    start: int
    stop: int
    since: bool = False
    joined: bool = False
    yearless: bool = False


def read_periods(plain: str, published: date | None, *, ahead: bool = False) -> list[Period]:
    """Return the dates and periods of a text in half width, in order, none inside another.

    Without `published`, or with one that no page has, only what prints its year is read.
    `ahead` reads a day without its year as the next one, for what a reader is asked to do.
    """
    return list(iter_periods(plain, published, ahead=ahead))


def iter_periods(plain: str, published: date | None, *, ahead: bool = False) -> Iterator[Period]:
    """Yield what `read_periods` returns; who needs the first only has no more read."""
    if published is not None and published.year not in _YEARS:
        published = None
    return _Reader(plain, published, ahead).periods()


class _Reader:
    """Reads a text from left to right, and knows what was named before."""

    def __init__(self, plain: str, published: date | None, ahead: bool) -> None:
        self.plain = plain
        self.published = published
        self.ahead = ahead
        self.known = Known(published)
        self.last: Stamp | None = None  # the last stamp with a month whose year is known

    def periods(self) -> Iterator[Period]:
        at = 0
        while start := _START.search(self.plain, at):
            at = start.start()
            stamp = self._stamp(at)
            if stamp is None:
                at += 1
                continue
            period = self._period(stamp)
            if period is None:
                at = stamp.stop
                continue
            at = period.stop
            self._remember(stamp, period)
            yield period

    def _stamp(self, at: int) -> Stamp | None:
        separated = self.separated.get(at) if _FIGURES.match(self.plain, at) else None
        return separated or stamp_at(self.plain, at, self.known)

    @cached_property
    def separated(self) -> dict[int, Stamp]:
        """The dates that figures and marks make up (2024-03-05, 2024.3.5), by their place."""
        return {
            reading.start: Stamp(
                reading.start,
                reading.end,
                "day",
                reading.date.year,
                (reading.date.month, reading.date.month),
                reading.date.day,
            )
            for reading in find_dates(self.plain)
            if reading.form != "chinese"
        }

    def _period(self, stamp: Stamp) -> Period | None:
        goes_on = _GOES_ON.match(self.plain, stamp.stop)
        joined = goes_on and JOINED.match(self.plain, stamp.stop)
        other = self._end(stamp, joined.end()) if joined else None
        if other and (period := self._range(stamp, other)):
            return period
        if stamp.months is None and stamp.fixed is None:
            return self._lone(stamp)
        if stop := self._until_now(stamp, goes_on is not None):
            return self._since(stamp, stop)
        days = self._resolved(stamp, stamp.days, stamp.partial)
        if days is None:
            return None
        first, last = days
        yearless = stamp.year is None
        return Period(first, last, stamp.precision, stamp.start, stamp.stop, False, False, yearless)

    def _end(self, stamp: Stamp, at: int) -> Stamp | None:
        """Return what a range ends with; 8.20 only behind 2025.8.15."""
        figures = _FIGURES.match(self.plain, stamp.start) and stamp.start in self.separated
        short = _SHORT_END.match(self.plain, at) if figures else None
        if short is None:
            return self._stamp(at)
        month, day = int(short[1]), int(short[2])
        return stamp._replace(start=at, stop=short.end(), year=None, months=(month, month), day=day)

    def _until_now(self, stamp: Stamp, goes_on: bool) -> int:
        """Return where what goes on until now ends (2021年以来, 自2017年启动建设以来), or 0."""
        match = _SINCE.match(self.plain, stamp.stop) if goes_on else None
        if match is None and self.plain.endswith(_FROM, 0, stamp.start):
            match = _SINCE_EVENT.match(self.plain, stamp.stop)
        return match.end() if match else 0

    def _since(self, stamp: Stamp, stop: int) -> Period | None:
        days = self._resolved(stamp, stamp.days, partial=False)
        if days is None or self.published is None or days[0] > self.published:
            return None
        precision = (
            "year" if stamp.precision == "year" and days[0].year == self.published.year else "span"
        )
        return Period(days[0], self.published, precision, stamp.start, stop, since=True)

    def _resolved(
        self, stamp: Stamp, days_in: Callable[[int], Days | None], partial: bool
    ) -> Days | None:
        if stamp.fixed:
            return stamp.fixed
        if stamp.year is not None:
            return days_in(stamp.year)
        if self.published is None:
            return None
        if named := self._same_year(stamp, days_in):
            return named
        if self.ahead:
            return _next(days_in, self.published)
        # The days off of 元旦 may begin in the year before.
        latest = self.published.year + bool(stamp.holidays)
        return _latest(days_in, self.published, latest, partial)

    def _same_year(self, stamp: Stamp, days_in: Callable[[int], Days | None]) -> Days | None:
        """2022年3月签约，8月开工: the second month is of the year of the first, or the next."""
        last = self.last
        if last is None or last.year is None or stamp.start - last.stop > _SAME_SENTENCE:
            return None
        if _END.search(self.plain, last.stop, stamp.start):
            return None
        before = last.days(last.year)
        for year in (last.year, last.year + 1):
            days = days_in(year)
            if before and days and days[0] >= before[0]:
                return days if self.published is None or days[0] <= self.published else None
        return None

    def _range(self, stamp: Stamp, other: Stamp) -> Period | None:
        both = _fitted(stamp, other)
        if both is None:
            return None
        first, last = both

        def days_in(year: int) -> Days | None:
            begins = first.days(first.year or year)
            ends = last.days(last.year or year)
            if begins and ends and ends[1] < begins[0] and last.year is None:
                ends = last.days(year + 1)
            return (begins[0], ends[1]) if begins and ends and begins[0] <= ends[1] else None

        if first.months is None and first.fixed is None:
            days = self._lone_days(first, last)
        elif first.fixed and last.fixed:
            days = first.fixed[0], last.fixed[1]
        else:
            of_days = first.precision == "day"
            days = self._resolved(first._replace(fixed=None), days_in, partial=not of_days)
        if days is None or days[0] > days[1]:
            return None
        precision = "day" if first.precision == last.precision == "day" else "span"
        yearless = first.year is None
        return Period(*days, precision, stamp.start, other.stop, joined=True, yearless=yearless)

    def _lone(self, stamp: Stamp) -> Period | None:
        before = self.plain[max(0, stamp.start - 2) : stamp.start]
        after = _LONE_AFTER.match(self.plain, stamp.stop)
        if after is None or _NOT_LONE.search(before):
            return None
        if after[0] in ",，" and not _LONE_BEFORE.search(before):
            return None
        days = self._lone_days(stamp, stamp)
        return Period(*days, "day", stamp.start, stamp.stop) if days else None

    def _lone_days(self, first: Stamp, last: Stamp) -> Days | None:
        """Return the days of a month that was named before, or of the latest that had them."""
        if self.published is None:
            return None
        named = self.known.day
        months = [(named.year, named.month)] if named else _months_back(self.published)
        for year, month in months:
            ends = [stamp._replace(months=(month, month)).days(year) for stamp in (first, last)]
            if ends[0] and ends[1] and (named or ends[0][0] <= self.published):
                return ends[0][0], ends[1][1]
        return None

    def _remember(self, stamp: Stamp, period: Period) -> None:
        known = self.known
        known.year = period.last.year
        if period.precision in ("day", "month", "week"):
            known.month = period.last
            if period.precision == "day":
                known.day = period.last
        if stamp.year is not None and stamp.months not in (None, (1, 12)):
            self.last = stamp


def _fitted(first: Stamp, last: Stamp) -> tuple[Stamp, Stamp] | None:
    """Give either end of a range what only the other prints; None where they make no range."""
    if last.months is None and last.fixed is None:
        if first.day is None:
            return None
        last = last._replace(months=first.months, year=first.year)
    if first.months is None and last.months is not None and last.day is None:
        return None
    if last.year is None and first.year is not None and first.fixed is None:
        earlier = _starts_before(first, last)
        last = last._replace(year=first.year if earlier else first.year + 1)
    elif first.year is None and last.year is not None and last.fixed is None:
        first = first._replace(year=last.year)
    return first, last


def _starts_before(first: Stamp, last: Stamp) -> bool:
    year = first.year or 0
    begins, ends = first.days(year), last.days(year)
    return not (begins and ends) or begins[0] <= ends[1]


def _latest(
    days_in: Callable[[int], Days | None], published: date, latest: int, partial: bool
) -> Days | None:
    for year in range(latest, published.year - _YEARS_BACK, -1):
        days = days_in(year)
        if days and days[0] <= published and (not partial or _mostly_over(days, published)):
            return days
    return None


def _mostly_over(days: Days, published: date) -> bool:
    return 2 * (published - days[0]).days > (days[1] - days[0]).days + 1


def _next(days_in: Callable[[int], Days | None], published: date) -> Days | None:
    for year in range(published.year - 1, published.year + _YEARS_BACK):
        days = days_in(year)
        if days and days[1] >= published - _LATE:
            return days
    return None


def _months_back(published: date) -> list[tuple[int, int]]:
    """Return the month of publication and those before it, as far as any 31st is away."""
    count = published.year * 12 + published.month - 1
    return [(each // 12, each % 12 + 1) for each in range(count, count - 4, -1)]
