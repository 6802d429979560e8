"""Addresses that count, up or down: the pages of one listing, which differ in one number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar
from urllib.parse import urljoin

from cqcrawler.text.words import any_word

_DIGITS = re.compile(r"(\d{1,9})")
_NO_END = 10**9
_Any = TypeVar("_Any")

# Linked pages to compare, each with each other; more say nothing new.
_MOST_SAMPLES = 8
# What stands before a page number when nothing else tells that it is one.
_PAGE_NAME = re.compile(
    rf"{any_word('page_parameter')}[=/_-]?$|{any_word('page_file')}[_-]?$|[_-]$",
    re.IGNORECASE,
)
# A date or an identifier, rather than the number of a section.
_LONG_NUMBER = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Series:
    """Page `n` is at `prefix`, then `start + step * n` in at least `width` digits, `suffix`.

    A negative step counts the pages down: the newest one has the largest number.
    """

    prefix: str
    suffix: str
    start: int
    step: int = 1
    width: int = 1

    def url(self, page: int) -> str:
        return f"{self.prefix}{self.start + self.step * page:0{self.width}d}{self.suffix}"

    def end(self) -> int:
        """Return the last page that can be: where pages are counted down, that of the number 0."""
        return _NO_END if self.step > 0 else self.start

    def page(self, url: str) -> int | None:
        """Return the number of the page at `url`, or None if it is not of the series."""
        middle = url[len(self.prefix) : len(url) - len(self.suffix)]
        if not middle.isdecimal() or len(middle) > 9:
            return None
        page, rest = divmod(int(middle) - self.start, self.step)
        return page if rest == 0 and self.url(page) == url else None


def infer_series(
    numbered: Mapping[int, str], others: Sequence[str], here: str, current: int | None
) -> Series | None:
    """Return the series that the links of a pager belong to, or None if they tell of none.

    `numbered` are addresses by the page number printed on the link, `others` those of links
    such as next and last, `here` is the page itself and `current` its number if it says so.
    """
    if len(numbered) > 1 and (series := _from_numbers(numbered)):
        return series
    for page, url in _some(sorted(numbered.items(), reverse=True)):
        if series := _from_one_number(page, url, (*others, here)):
            return series
    return _from_steps(others, here, current)


def counted_down(onward: str, last: str, current: int | None) -> Series | None:
    """Return the series that leads from the `onward` page behind page `current`, which is the first
    if it is not said, to the `last` one, where that has the number 0 or 1 and the other a larger.
    """
    slot = _slot(onward, last)
    if slot is None or int(slot[2]) > 1 or int(slot[1]) <= int(slot[2]):
        return None
    prefix, value, end, suffix = slot
    return Series(prefix, suffix, int(value) + (current or 1) + 1, -1, _width(value, end))


def follows(url: str, here: str) -> bool:
    """Whether `url` is plainly that of the page behind `here`: its next number, or number 2 of
    pages that begin there."""
    if slot := _slot(here, url):
        prefix, value, later, _ = slot
        return int(later) == int(value) + 1 and bool(_PAGE_NAME.search(prefix))
    series = _from_one_number(2, url, ())
    if series is None or _LONG_NUMBER.search(series.prefix.rpartition("/")[2]):
        return False  # `t20250701_2.html` is a notice
    return series.prefix.startswith(urljoin(here, "."))


def _from_numbers(numbered: Mapping[int, str]) -> Series | None:
    samples = sorted(numbered.items())[-_MOST_SAMPLES:]
    found = [
        series
        for (page, url), (later, later_url) in combinations(samples, 2)
        if (series := _through(page, url, later, later_url))
    ]
    return max(found, key=lambda series: _support(series, samples), default=None)


def _some(found: Sequence[_Any]) -> Sequence[_Any]:
    """Return the first and the last ones of very many."""
    half = _MOST_SAMPLES // 2
    return found if len(found) <= _MOST_SAMPLES else [*found[:half], *found[-half:]]


def _support(series: Series, samples: Iterable[tuple[int, str]]) -> int:
    return sum(series.page(url) == page for page, url in samples)


def _through(page: int, url: str, later: int, later_url: str) -> Series | None:
    """Return the series through two numbered pages, if they differ in one number that grows, or
    falls by one from page to page."""
    slot = _slot(url, later_url)
    if slot is None:
        return None
    prefix, value, later_value, suffix = slot
    step, rest = divmod(int(later_value) - int(value), later - page)
    if rest or not step or step < -1:
        return None
    return Series(prefix, suffix, int(value) - step * page, step, _width(value, later_value))


def _slot(url: str, other: str) -> tuple[str, str, str, str] | None:
    """Return prefix, both numbers and suffix of two addresses that differ in one number."""
    ours, theirs = _DIGITS.split(url), _DIGITS.split(other)
    if len(ours) != len(theirs):
        return None
    differing = [i for i, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b]
    if len(differing) != 1 or differing[0] % 2 == 0:
        return None
    at = differing[0]
    return "".join(ours[:at]), ours[at], theirs[at], "".join(ours[at + 1 :])


def _width(*numbers: str) -> int:
    padded = any(number.startswith("0") and len(number) > 1 for number in numbers)
    return min(map(len, numbers)) if padded else 1


def _from_one_number(page: int, url: str, others: Sequence[str]) -> Series | None:
    """Find the number in `url` that stands for `page`: others count in it, or its name says so."""
    parts = _DIGITS.split(url)
    for at in range(len(parts) - 2, 0, -2):
        if int(parts[at]) in (page, page - 1):
            prefix, suffix = "".join(parts[:at]), "".join(parts[at + 1 :])
            series = Series(prefix, suffix, int(parts[at]) - page, 1, _width(parts[at]))
            shared = any(series.page(other) is not None for other in others if other != url)
            if shared or _PAGE_NAME.search(prefix):
                return series
    return None


def _from_steps(others: Sequence[str], here: str, current: int | None) -> Series | None:
    """Read the series off next and last. On its first page, next is page 2 and counts 1 or 2."""
    for url, other in combinations(_some([*dict.fromkeys((*others, here))]), 2):
        if slot := _slot(url, other):
            prefix, value, other_value, suffix = slot
            width = _width(value, other_value)
            by_value = Series(prefix, suffix, 0, 1, width)
            values = sorted(filter(None, map(by_value.page, others)))
            own = by_value.page(here)
            if own is not None and values:
                step = min((abs(each - own) for each in values if each != own), default=1)
                return Series(prefix, suffix, own - step * (current or own), step, width)
            if values and values[0] in (1, 2):
                return Series(prefix, suffix, values[0] - 2, 1, width)
    return None
