"""Pagers that a library draws: its options say how many pages there are, and how it turns to one.

laypage, jqPaginator, kkpager, the paginators of Bootstrap and their like are called with an object
that has the number of pages, or of notices and of those on a page; and with a function that opens
a page, or the pattern of an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from cqcrawler.reading.listing.clicks import Clicks, Turn, Way, turns
from cqcrawler.reading.listing.script_pagers import DRAWS_COUNTED, DRAWS_PAGER
from cqcrawler.reading.scripts.comments import without_comments
from cqcrawler.reading.scripts.run import Function, call, options
from cqcrawler.reading.scripts.syntax import LONGEST
from cqcrawler.reading.scripts.values import UNKNOWN, Value, to_number

# Names of options, without `_` and `-`, in lower case.
_PAGES = ("pages", "totalpages", "totalpage", "pagecount", "pagecounts", "pagetotal", "numpages")
_NOTICES = (
    *("count", "counts", "totalcount", "totalcounts", "totalrecords", "totalrecord", "totalrows"),
    *("totalnum", "totalitems", "items", "rowcount", "total"),
)
_ON_A_PAGE = (
    *("limit", "pagesize", "size", "perpage", "pernum", "pagelimit", "rows", "itemsperpage"),
    *("itemsonpage", "numperpage"),
)
_CURRENT = (
    *("curr", "current", "currentpage", "currpage", "curpage", "pageindex", "pno", "startpage"),
    *("pagenumber", "pagenum", "pageno", "nowpage", "currentindex"),
)
# What a function is told of a page if that is no mere number: laypage's `obj.curr`, `obj.limit`.
_TOLD_PAGE = ("curr", "current", "currentPage", "page", "pageNum", "pageIndex", "pageNo", "num")
_TOLD_SIZE = ("limit", "pageSize", "size")
# A page has a pager or two, and perhaps some calls that are none.
_MOST_CALLS = 5
# Options that hold addresses, or return them.
_ADDRESS = re.compile(r"link|href|url", re.IGNORECASE)
_PLACE_OF_NUMBER = re.compile(r"\{\{?\s{0,3}\w{1,20}\s{0,3}\}?\}|__\w{1,10}?__")
# What stands before and behind the number, and what the library puts before it.
_AROUND = (("hrefTextPrefix", "hrefTextSuffix", ""), ("hrefFormer", "hrefLatter", "_"))

Options = Mapping[str, Value]


class Drawn(NamedTuple):
    """A pager that a script draws: the way to each page, how many there are, which is shown and how
    many notices all have (None if it does not say)."""

    turn: Turn
    pages: int
    current: int | None = None
    notices: int | None = None


class _Call(NamedTuple):
    """A call of a library: its options, the number before them, and what the first page is."""

    options: Options
    count: Value
    first: int


def drawn_pager(clicks: Clicks, scripts: Sequence[str], rows: int) -> Drawn | None:
    """Return the pager that a script draws below so many `rows`, if it says how it turns pages."""
    for found in islice(_calls(clicks, scripts), _MOST_CALLS):
        pages = _pages(found, rows)
        if pages > 1 and (turn := _turn(clicks, found, rows)):
            current = _number(found.options, _CURRENT)
            number = None if current is None else current + 1 - found.first
            return Drawn(turn, pages, number, _notices(found))
    return None


def _calls(clicks: Clicks, scripts: Sequence[str]) -> Iterator[_Call]:
    for script in scripts:
        code = without_comments(script)
        for pattern, first in ((DRAWS_PAGER, 1), (DRAWS_COUNTED, 0)):
            for found in pattern.finditer(code):
                start = found.end() - 1
                given = options(clicks.browser, code[start : start + LONGEST])
                if "kkpager" in found[1].lower():
                    given = {"pages": given.pop("total", UNKNOWN), **given}
                yield _Call(given, UNKNOWN if first else _counted(clicks, found[2]), first)


def _counted(clicks: Clicks, word: str) -> Value:
    return options(clicks.browser, f"{{count: {word}}}").get("count", UNKNOWN)


def _pages(found: _Call, rows: int) -> int:
    """Return the number of pages, 0 if it is not said."""
    if pages := _number(found.options, _PAGES):
        return pages
    notices, on_a_page = _notices(found), _number(found.options, _ON_A_PAGE) or rows
    return -(-notices // on_a_page) if notices and on_a_page else 0


def _notices(found: _Call) -> int | None:
    return _whole(found.count) or _number(found.options, _NOTICES)


def _number(given: Options, names: Sequence[str]) -> int | None:
    """Return the number of the first option of some names, as the names are in order."""
    known = {name.replace("_", "").replace("-", "").lower(): value for name, value in given.items()}
    numbers = (_whole(known[name]) for name in names if name in known)
    return next((number for number in numbers if number is not None), None)


def _whole(value: Value) -> int | None:
    number = to_number(value)
    return number if type(number) is int and number >= 0 else None


def _turn(clicks: Clicks, found: _Call, rows: int) -> Turn | None:
    by_number: Iterator[Turn] = map(
        partial(_counting_from, found.first), _turns(clicks, found, rows)
    )
    return next(filter(turns, by_number), None)


def _counting_from(first: int, turn: Turn) -> Turn:
    return lambda page: turn(page + first - 1)


def _turns(clicks: Clicks, found: _Call, rows: int) -> Iterator[Turn]:
    """Yield what may turn to a page: functions with the page for each of their parameters, whatever
    the others are, then patterns of addresses."""
    size = _number(found.options, _ON_A_PAGE) or rows
    for name, value in found.options.items():
        if isinstance(value, Function):
            for told in (lambda page: page, partial(_told, size)):
                for place in range(len(value.parameters)):
                    yield partial(_called, clicks, found.options, name, place, told)
        elif isinstance(value, str) and _ADDRESS.search(name) and _PLACE_OF_NUMBER.search(value):
            yield partial(_filled, clicks, value)
    for before, behind, mark in _AROUND:
        if isinstance(prefix := found.options.get(before), str):
            suffix = str(found.options.get(behind) or "")
            yield partial(_filled, clicks, f"{prefix}{mark}{{page}}{suffix}")


def _told(size: int, page: int) -> Value:
    return {**dict.fromkeys(_TOLD_PAGE, page), **dict.fromkeys(_TOLD_SIZE, size)}


def _called(
    clicks: Clicks, given: Options, name: str, place: int, told: Callable[[int], Value], page: int
) -> Way:
    function = given[name]
    arguments = [told(page) if at == place else UNKNOWN for at in range(len(function.parameters))]
    returns = bool(_ADDRESS.search(name))
    return clicks.way(call(clicks.browser, function, arguments, {**given}, returns=returns))


def _filled(clicks: Clicks, pattern: str, page: int) -> Way:
    return clicks.way(_PLACE_OF_NUMBER.sub(str(page), pattern))
