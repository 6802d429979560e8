"""Dates in words of other languages (Jul 7, 2025; 7 juillet 2025), read by dateparser.

It takes hundreds of times as long as a pattern, and guesses what is not printed. So it is asked
last, for one language or a few, with all parts of a date before it, and imported only then.
"""

from __future__ import annotations

import re
import warnings
from datetime import date

# Day, month and year must all be printed, or dateparser fills them in.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[\s,]{1,2})"
_ENGLISH = re.compile(
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

# The languages in which Chinese sites have versions of their own, and those of their neighbours.
_LANGUAGES = (
    *(
        "en",
        "ja",
        "ko",
        "ru",
        "fr",
        "de",
        "es",
        "pt",
        "it",
        "nl",
        "pl",
        "tr",
        "vi",
        "th",
        "id",
        "ar",
    ),
)
# A day and a year in figures, and the month in letters of any alphabet, in less than so many
# characters.
_LONGEST = 60
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<![\d:.])[0-3]?\d(?![\d:])")
_FIGURES = re.compile(r"\d[./-]\d\d?[./-]\d")  # day or month first?
_LETTERS = re.compile(r"(?:(?![\u4e00-\u9fff])[^\W\d_])+")

_SETTINGS = {
    "TIMEZONE": "Asia/Shanghai",
    "TO_TIMEZONE": "Asia/Shanghai",
    "PARSERS": ["absolute-time"],
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
}


def read_english(value: str) -> tuple[date, re.Match[str]] | None:
    """Return the first complete date with an English month name, in Beijing time."""
    match = _ENGLISH.search(value)
    day = _dateparser(_NO_PART.sub("", match[0]), ("en",)) if match else None
    return (day, match) if match and day else None


def read_foreign(value: str) -> date | None:
    """Return the day that is all of a stated value, in one of a few other languages."""
    if len(value) > _LONGEST or not _LETTERS.search(value) or _FIGURES.search(value):
        return None
    year = _YEAR.search(value)
    if year is None or not _DAY.search(value.replace(year[0], " ")):
        return None
    day = _dateparser(value, _LANGUAGES)
    return day if day and str(day.year) == year[0] else None


def _dateparser(words: str, languages: tuple[str, ...]) -> date | None:
    import dateparser  # slow to import, and seldom needed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            moment = dateparser.parse(words, languages=[*languages], settings=_SETTINGS)
        except Exception:
            # Whatever the library stumbles over is no date, and must not cost us the page.
            return None
    return moment.date() if moment else None
