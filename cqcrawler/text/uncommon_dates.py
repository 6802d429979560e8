"""Dates in forms that are dates only where a value begins: 21-05-03, 民國110年5月3日, 5/13/2021."""

from __future__ import annotations

import re
from datetime import date

from cqcrawler.text.numerals import NUMERALS, to_int

# Not in numbers that go on.
_ENDS = r"(?! [-/.]? \d )"
# Two figures stand for a year of this century, behind a label.
_LABELLED = re.compile(r"[:：][\s\[(（【〔]*$")
_SHORT = re.compile(rf"(\d\d) ([-/.]) (0\d|1[0-2]) \2 ([0-3]\d) {_ENDS}", re.VERBOSE | re.ASCII)
_CENTURY = 2000
# Taiwan counts the years of the republic; figures alone must be three.
_REPUBLIC = re.compile(
    rf"""
    (?:中[華华])? 民[國国] \s? (\d{{1,3}}|(?!百)[{NUMERALS}百]{{1,6}}) \s? 年
    \s? ([{NUMERALS}]{{1,3}}) \s? 月 \s? ([{NUMERALS}]{{1,3}}) \s? 日
    """,
    re.VERBOSE,
)
_REPUBLICAN = re.compile(
    rf"(1[0-3]\d) (?: ([-/.]) (\d\d?) \2 (\d\d?) | 年(\d\d?)月(\d\d?)日 ) {_ENDS}",
    re.VERBOSE | re.ASCII,
)
_BEFORE_REPUBLIC = 1911
# Month, day, year: sure beside a clock time of the same country, or where the day is no month.
_AMERICAN = re.compile(
    r"(\d\d?)/(\d\d?)/(\d{4}) (?: (\s\d?\d:\d\d(?::\d\d)?\s?[AP]M\b) | (?=[\s\])】）〕]|$) )",
    re.VERBOSE | re.ASCII,
)
_MONTHS = 12
# What an English pattern makes of Chinese names of months: 四月 12, 2021 and 12 四月 2021.
_TRANSLATED = re.compile(
    rf"""
    (?: ([{NUMERALS}]{{1,3}}) \s? 月 \s? ([{NUMERALS}]{{1,3}}) 日? \s? [,，]
      | (\d\d?)日? \s? ([{NUMERALS}]{{1,3}}) \s? 月 [,，]? )
    \s? ((?:19|20)\d\d) {_ENDS}
    """,
    re.VERBOSE | re.ASCII,
)


def read_uncommon(value: str, start: int) -> tuple[date, re.Match[str]] | None:
    """Return the day that `value` names from `start` on."""
    for pattern, parts in _FORMS:
        match = pattern.match(value, start)
        if match and (pattern is not _SHORT or _LABELLED.search(value, 0, start)):
            try:
                return date(*parts(match)), match
            except ValueError:
                return None
    return None


def _short(match: re.Match[str]) -> tuple[int, int, int]:
    return _CENTURY + int(match[1]), int(match[3]), int(match[4])


def _republic(match: re.Match[str]) -> tuple[int, int, int]:
    return _BEFORE_REPUBLIC + to_int(match[1]), to_int(match[2]), to_int(match[3])


def _republican(match: re.Match[str]) -> tuple[int, int, int]:
    return _BEFORE_REPUBLIC + int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])


def _american(match: re.Match[str]) -> tuple[int, int, int]:
    month, day, year = (int(part) for part in match.groups()[:3])
    if not match[4] and day <= _MONTHS and day != month:
        raise ValueError("either may be the month")
    return year, month, day


def _translated(match: re.Match[str]) -> tuple[int, int, int]:
    month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
    return int(match[5]), to_int(month), to_int(day)


_FORMS = (
    (_TRANSLATED, _translated),
    (_SHORT, _short),
    (_REPUBLIC, _republic),
    (_REPUBLICAN, _republican),
    (_AMERICAN, _american),
)
