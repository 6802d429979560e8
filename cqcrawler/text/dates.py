"""Dates as Chinese pages print them, to days in Beijing time.

Patterns of our own read the Chinese forms in microseconds; only months in words of other languages
go to dateparser, which takes hundreds of times as long and guesses what is not printed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from cqcrawler.text.clock import BEIJING
from cqcrawler.text.foreign_dates import read_english, read_foreign
from cqcrawler.text.numerals import DIGITS, NUMERALS, to_int
from cqcrawler.text.relative_dates import read_relative, read_yearless
from cqcrawler.text.uncommon_dates import read_uncommon

_YEARS = range(1949, 2101)

# A labelled value begins with its date. The window goes beyond the reach, so that the end of
# a date and what follows it are in sight.
_REACH = 200
_WINDOW = _REACH + 60

_DATE = re.compile(
    rf"""
    (?P<year> [12１２一二]                                  # so most positions fail at once
        (?<! \d . ) (?<! 农历. )
        (?: (?<! [\dA-Za-z][-./_] . )                       # not in 010-2025-07-07,
          | (?<= [-./]\d- . ) | (?<= [-./]\d\d- . ) )       # but in 2025.7.1-2025.8.1
        [{DIGITS}]{{3}} ) \s{{0,3}}
    (?: 年 \s{{0,3}} (?P<month> [{NUMERALS}]{{1,3}} ) \s{{0,3}}
        月 \s{{0,3}} (?P<day> [{NUMERALS}]{{1,3}} )
        (?: \s{{0,3}}日
          | (?= \s{{0,3}}星期 )
          | \s{{0,3}}号 (?! [楼线馆院库厂] )                # not in 2025年7月9号线开通
          | (?= \s{{0,3}}$ | [\])】）〕]                      # [2025年07月09]
              | \s{{1,3}}\d{{1,2}}[:：∶]\d ) )               # 2025年07月09 10:03
      | (?P<separator> [-－‐‑–—−/／.．·] ) \s{{0,2}} (?P<month2> \d{{1,2}} ) \s{{0,2}}
        (?P=separator) \s{{0,2}}
        (?P<day2> \d\d (?= \d\d[:：∶]\d\d )                 # 2025-07-0910:03
          | \d{{1,2}} (?! \d | 号                           # not in 2025-07-09-003
                        | (?P=separator)\d{{1,3}}(?![\d:：∶]) ) ) )
    """,
    re.VERBOSE,
)

# A time whose offset says which day it was in Beijing. In 10:23-11:30 there is no offset.
_ZONED = re.compile(
    r"""
    ( \d{4}-\d\d-\d\d (?: T\d\d:\d\d | [T\s]\d\d:\d\d:\d\d (?: [.,]\d{1,9} )? ) )
    \s? ( Z | UTC | GMT | [+-]\d\d:?\d\d ) (?! [\d:] )
    """,
    re.VERBOSE | re.ASCII,
)

# The forms below are dates only where a value begins, after its label and brackets.
_LEAD = re.compile(r"\s*(?:[^\d:：]{1,12}[:：于])?[\s\[(（【〔]*")
_ENDS = r"(?=[\s\])）】〕]|$)"
_COMPACT = re.compile(rf"(\d{{4}})(\d\d)(\d\d)(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?{_ENDS}")
_EPOCH = re.compile(rf"(1\d{{9}})(?:\d{{3}})?{_ENDS}")
# Pages set the day large above the rest of a date, or the year apart: in this order, the parts of
# 29 2025-07; 07-29 2025; 2025 07-29; 2025-07 29; 29 7月 2025; 2025 7 29.
_FOUR, _YEAR, _GAP = r"(\d{4})", r"(\d{4})年?", r"\s*[-/.]?\s+[-/.]?"
_BADGES = tuple(
    (re.compile(pattern + _ENDS), order)
    for pattern, order in (
        (rf"(\d\d?)日?{_GAP}{_FOUR}[-/.年](\d\d?)月?", "day year month"),
        (rf"(\d\d?)[-/.月](\d\d?)日?{_GAP}{_YEAR}", "month day year"),
        (rf"{_YEAR}{_GAP}(\d\d?)[-/.月](\d\d?)日?", "year month day"),
        (rf"{_FOUR}[-/.年](\d\d?)月?{_GAP}(\d\d?)日?", "year month day"),
        (rf"(\d\d?)日?{_GAP}(\d\d?)月?{_GAP}{_YEAR}", "day month year"),
        (rf"{_YEAR}{_GAP}(\d\d?)月?{_GAP}(\d\d?)日?", "year month day"),
    )
)
# Such a part on a line of its own.
_PART = re.compile(
    r"(?:(?:19|20)\d\d(?:年|[-/.年]\d\d?月?)?|\d\d?(?:[日月]|[-/.月]\d\d?日?)?|[A-Z][A-Za-z]{2,8}\.?)"
)
_LONGEST_PART, _MOST_PARTS = 9, 3


class DateReading(NamedTuple):
    """A day and the words that state it, which stood from `start` to `end`.

    `form` is `chinese` (2025年7月7日, 二〇二五年七月七日), `separated` (2025-07-07), `zoned`
    (with a time and its offset from UTC), `compact` (20250707), `epoch` (seconds or
    milliseconds), `badge` (07 2025-07), `uncommon` (25-07-07, 民國114年7月7日, 7/13/2025),
    `relative` (3天前), `yearless` (7月7日), `english` (Jul 7, 2025) or `foreign` (7 juillet 2025).
    """

    date: dt.date
    form: str
    text: str
    start: int
    end: int


def parse_date(text: str, base: dt.datetime | None = None) -> DateReading | None:
    """Read the value of a date label or meta tag, with or without the label, a time, brackets.

    The first complete date wins; the other forms are tried in the order of `DateReading.form`.
    `base` (aware, or naive in Beijing time) is when the page was fetched; without it relative
    and yearless dates are None. Only the start of a long text is looked at. No text raises an
    error. Dates in the future are returned: only the caller knows the time.
    """
    value = text[:_WINDOW]
    reading = first_date(value)
    if reading and reading.start < _REACH:
        return reading
    lead = _LEAD.match(value)
    start = lead.end() if lead else 0
    reading = _at_start(value, start)
    if reading is None and base is not None:
        reading = _counted_from(base, value, start)
    return reading or _english(value)


def parse_stated(text: str) -> DateReading | None:
    """Read what a label, a meta tag or an attribute gives for a complete date, in any language."""
    if reading := parse_date(text):
        return reading
    value = text.strip()
    day = read_foreign(value)
    if day is None or day.year not in _YEARS:
        return None
    start = text.index(value)
    return DateReading(day, "foreign", value, start, start + len(value))


def parse_parts(lines: Sequence[str]) -> DateReading | None:
    """Read a date of which each line holds a part, from the first of the lines on."""
    parts = list(takewhile(_is_part, lines[:_MOST_PARTS]))
    while len(parts) > 1:
        reading = parse_date(" ".join(parts))
        if reading:
            return reading
        parts.pop()
    return None


def _is_part(line: str) -> bool:
    return len(line) <= _LONGEST_PART and _PART.fullmatch(line.strip("/-. ")) is not None


def find_dates(text: str) -> list[DateReading]:
    """Return the complete dates of running text in their order; linear in its length."""
    return [reading for match in _DATE.finditer(text) if (reading := _complete(match))]


def first_date(text: str) -> DateReading | None:
    """Return the first of these dates, without a look at what stands behind it."""
    return next(filter(None, map(_complete, _DATE.finditer(text))), None)


def _complete(match: re.Match[str]) -> DateReading | None:
    year, month, day = match["year"], match["month"], match["day"]
    if month:
        return _reading("chinese", _day(year, month, day), match)
    date = _day(year, match["month2"], match["day2"])
    zoned = _ZONED.match(match.string, match.start()) if date else None
    if zoned and (moment := _moment(zoned)):
        return _reading("zoned", moment.date(), zoned)
    return _reading("separated", date, match)


def _at_start(value: str, start: int) -> DateReading | None:
    if match := _COMPACT.match(value, start):
        return _reading("compact", _day(*match.groups()), match)
    if match := _EPOCH.match(value, start):
        return _reading("epoch", dt.datetime.fromtimestamp(int(match[1]), BEIJING).date(), match)
    for badge, order in _BADGES:
        if match := badge.match(value, start):
            parts = dict(zip(order.split(), match.groups(), strict=True))
            return _reading("badge", _day(**parts), match)
    uncommon = read_uncommon(value, start)
    return _reading("uncommon", *uncommon) if uncommon else None


def _counted_from(base: dt.datetime, value: str, start: int) -> DateReading | None:
    local = base.astimezone(BEIJING) if base.tzinfo else base
    if found := read_relative(value, start, local):
        return _reading("relative", *found)
    if found := read_yearless(value, start, local):
        return _reading("yearless", *found)
    return None


def _english(value: str) -> DateReading | None:
    found = read_english(value)
    return _reading("english", *found) if found else None


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(to_int(year), to_int(month), to_int(day))
    except ValueError:
        return None


def _moment(zoned: re.Match[str]) -> dt.datetime | None:
    """Return the Beijing time of a time with an offset, or None when the clock is impossible."""
    local, zone = zoned.groups()
    try:
        moment = dt.datetime.fromisoformat(local + ("Z" if zone.isalpha() else zone))
    except ValueError:
        return None
    return moment.astimezone(BEIJING)


def _reading(form: str, date: dt.date | None, match: re.Match[str]) -> DateReading | None:
    if date is None or date.year not in _YEARS:
        return None
    return DateReading(date, form, match[0], *match.span())
