"""English dates on Chinese sites (Jul 7, 2025), read by dateparser."""

from __future__ import annotations

import re
import warnings
from datetime import date

# Day, month and year must all be printed, or dateparser fills them in.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[\s,]{1,2})"
_DATE = re.compile(
    rf"""
    \b (?: \d{{1,2}}(?:st|nd|rd|th)? [\s.-] {_MONTH} [\s,.-]{{1,2}} \d{{4}}
         | \d{{4}} [\s,.-]{{1,2}} {_MONTH} [\s-] \d{{1,2}}
         | {_MONTH} (?: \s{{1,2}} | (?<=\.) ) \d{{1,2}}(?:st|nd|rd|th)? [\s,]{{1,2}}
           {_WEEKDAY}? (?: \d\d:\d\d:\d\d \s (?:[a-z]{{3,4}}\s)? )? \d{{4}} ) \b
    (?: [\s,]{{1,2}} \d{{1,2}}:\d\d(?::\d\d)? (?:\s?[ap]m\b)?
        (?: \s? (?:GMT|UTC|CST)? (?:[+-]\d\d:?\d\d)? \b )? )?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
# What dateparser takes for the Central Time of North America is China's on a Chinese site. A day
# of the week before the year confuses it.
_NO_PART = re.compile(rf"\bCST|{_WEEKDAY}", re.IGNORECASE)

_SETTINGS = {
    "TIMEZONE": "Asia/Shanghai",
    "TO_TIMEZONE": "Asia/Shanghai",
    "PARSERS": ["absolute-time"],
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
}


def read_english(value: str) -> tuple[date, re.Match[str]] | None:
    """Return the first complete date with an English month name, in Beijing time."""
    match = _DATE.search(value)
    day = _dateparser(_NO_PART.sub("", match[0])) if match else None
    return (day, match) if match and day else None


def _dateparser(words: str) -> date | None:
    import dateparser  # slow to import, and seldom needed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            moment = dateparser.parse(words, languages=["en"], settings=_SETTINGS)
        except Exception:
            # Whatever the library stumbles over is no date, and must not cost us the page.
            return None
    return moment.date() if moment else None
