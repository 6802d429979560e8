"""Times as programs write them: in feeds, sitemaps and headers, to a moment or a day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from cqcrawler.text.clock import BEIJING
from cqcrawler.text.dates import parse_date
from cqcrawler.text.numerals import to_int

_YEARS = range(1949, 2101)
_LONGEST = 60
# RFC 822, which RSS has its dates from, and what systems set to Chinese make of it:
# `Wed, 30 Sep 2026 08:00:00 GMT`, `星期三, 30 九月 2026 08:00:00 +0800`, `周三, 30 9月 26 08:00`.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RFC_822 = re.compile(
    r"""
    (?: [^\d\s,，]{1,12} \s? [,，]? \s{0,3} )?
    (?P<day> \d{1,2} ) [\s-]{1,3}
    (?P<month> [a-z]{3,9} | [\d一二三四五六七八九十]{1,2}月 ) [\s-]{1,3}
    (?P<year> \d{4} | \d\d )
    (?: \s{1,3} (?P<hour> \d\d? ) : (?P<minute> \d\d ) (?: : (?P<second> \d\d ) )? )?
    \s{0,3} (?P<zone> [^\s\d] .{0,11} )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+-])(\d\d?):?(\d\d)?", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T\s]\d\d?:\d\d.*")


def read_moment(text: str) -> datetime | None:
    """Return the moment that a text states with a time of the day, None without one.

    What has no zone is in Beijing time, and so is CST, on Chinese sites.
    """
    value = text.strip()[:_LONGEST]
    if _ISO.fullmatch(value):
        return _iso(value)
    match = _RFC_822.fullmatch(value)
    if match is None or match["hour"] is None or (day := _day(match)) is None:
        return None
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    try:
        zone = _zone(match["zone"] or "")
        return datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=zone)
    except ValueError:
        return None


def read_day(text: str) -> str | None:
    """Return the day in Beijing (ISO) that a text states, with a time or without."""
    if moment := read_moment(text):
        try:
            return moment.astimezone(BEIJING).date().isoformat()
        except OverflowError:
            return None
    if (match := _RFC_822.fullmatch(text.strip()[:_LONGEST])) and (day := _day(match)):
        return day.isoformat()
    reading = parse_date(text) if text else None
    return reading.date.isoformat() if reading else None


def read_change(text: str) -> str | None:
    """Return a moment in UTC as the archive writes it, or a day where no time is stated."""
    if _DAY.fullmatch(text):
        return _valid(text)
    if moment := read_moment(text):
        try:
            return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        except (OverflowError, ValueError):
            return None
    return read_day(text)


def _valid(day: str) -> str | None:
    try:
        return day if date.fromisoformat(day).year in _YEARS else None
    except ValueError:
        return None


def _iso(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def _day(match: re.Match[str]) -> date | None:
    word, year = match["month"].lower(), int(match["year"])
    try:
        month = to_int(word[:-1]) if word.endswith("月") else 1 + _MONTHS.index(word[:3])
        day = date(year if year > 99 else 2000 + year, month, int(match["day"]))
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _zone(name: str) -> timezone:
    if match := _OFFSET.match(name):
        minutes = 60 * int(match[2]) + int(match[3] or 0)
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
    is_universal = name.upper().startswith(("GMT", "UTC", "Z", "UT"))
    return timezone(timedelta(hours=0 if is_universal else 8))
