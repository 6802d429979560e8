"""Links that change how many rows a page of a listing shows: numbers beside a pager, no pages."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from cqcrawler.text.words import any_word

_NUMBER = re.compile(r"\d{1,9}")
# `pageSize=20`, `/limit/20`, `setPageSize(20)`, `__doPostBack('lnkSize','20')`.
_SIZE = re.compile(rf"{any_word('page_size')}[^a-z0-9]{{0,6}}(\d{{1,9}})(?!\d)", re.IGNORECASE)
# Numbers between `每页` and `条`, with what keeps them apart.
_SEVERAL = r"([\d\s|/、,·]*)"
_BEFORE = re.compile(rf"{any_word('on_a_page')}\s*[:：]?{_SEVERAL}$")
_BEHIND = re.compile(rf"{_SEVERAL}({any_word('total_unit')}|$)?")
_FEWEST = 5
_MOST_BESIDE, _LONGEST = 8, 40


def is_page_size(element: etree._Element, number: int, url: str | None) -> bool:
    """Whether a link that says a `number` shows so many rows on a page.

    `url` is where it leads, if that is known; else what it runs may say so, or what stands around.
    """
    said = (element.get("onclick"), element.get("href"), url)
    return any(_names_size(text, number) for text in said if text) or _counts_rows(element, number)


def _names_size(action: str, number: int) -> bool:
    """Whether an address or a call gives a number as that of rows.

    With the page in it, it is one of a pager that keeps the size: `?page=20&size=20`, or counted
    in rows, `?offset=380&limit=20`.
    """
    found = _SIZE.finditer(action)
    named = next((each for each in found if int(each[1]) == number), None)
    if named is None:
        return False
    others = set(map(int, _NUMBER.findall(action[: named.start()] + action[named.end() :])))
    return others.isdisjoint({number, number - 1, (number - 1) * number})


def _counts_rows(element: etree._Element, number: int) -> bool:
    """Whether a link stands where a page says how many rows it can show."""
    for each in (element, *islice(element.iterancestors(), 1)):
        before = _BEFORE.search(_text_before(each))
        behind = _BEHIND.match(_text_behind(each)) if before else None
        if before and behind and behind[2] is not None:
            numbers = [number, *map(int, _NUMBER.findall(f"{before[1]} {behind[1]}"))]
            # Without a unit they may be numbers of pages: `每页10 2 3`.
            return min(numbers) >= _FEWEST and (bool(behind[2]) or not any(n % 5 for n in numbers))
    return False


def _text_before(element: etree._Element) -> str:
    parent = element.getparent()
    if parent is None:
        return ""
    siblings = list(islice(element.itersiblings(preceding=True), _MOST_BESIDE))
    parts = [part for each in reversed(siblings) for part in (_text(each), each.tail or "")]
    begins = (parent.text or "") if len(siblings) < _MOST_BESIDE else ""
    return "".join((begins, *parts)).rstrip()[-_LONGEST:]


def _text_behind(element: etree._Element) -> str:
    siblings = islice(element.itersiblings(), _MOST_BESIDE)
    parts = (part for each in siblings for part in (_text(each), each.tail or ""))
    return "".join((element.tail or "", *parts)).lstrip()[:_LONGEST]


def _text(element: etree._Element) -> str:
    return "".join(map(str, islice(element.itertext(), _MOST_BESIDE)))
