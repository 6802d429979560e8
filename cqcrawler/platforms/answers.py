"""What the answers of list APIs have in common: fields of JSON as text, numbers, days and rows.

Nothing in an answer can be relied on, so whatever is not as it should be reads as nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from math import isfinite
from typing import Any, NamedTuple

from cqcrawler.models import Link
from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.page.document import Document
from cqcrawler.text.dates import parse_date
from cqcrawler.text.markup import without_markup

NO_DATA = "a page came where data was asked for"

_DECODER = json.JSONDecoder()
MOST_PAGES = 5000
_BEIJING = timezone(timedelta(hours=8))
_EARLIEST, _LATEST = 631_152_000, 4_102_444_800  # the years 1990 to 2099, in seconds
_DIGITS = re.compile(r"\d{1,15}", re.ASCII)
_MOST = 10**15  # of anything that is counted; milliseconds since 1970 are fewer


class Fields(NamedTuple):
    """The fields of a row as they come; of the `dates`, the first that tells a day counts."""

    url: Any
    title: Any
    dates: tuple[Any, ...]


def inner(data: Any, *keys: str) -> Any:
    """Return what lies behind a path of keys, None if there is no such path."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def records(data: Any) -> list[dict[str, Any]]:
    """Return the objects of an array."""
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []


def text(value: Any) -> str:
    """Return a field as a reader would see it: markup in it shows as text."""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
    return without_markup(value)


def number(value: Any) -> int | None:
    """Return a field that counts something."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        value = int(value) if isfinite(value) and value.is_integer() else None
    if isinstance(value, str):
        value = int(value) if _DIGITS.fullmatch(value.strip()) else None
    return value if isinstance(value, int) and 0 <= value < _MOST else None


def day(*values: Any) -> str | None:
    """Return the day in Beijing (ISO) that the first field which tells one means.

    Seconds and milliseconds since 1970 are told by their size.
    """
    return next(filter(None, map(_day, values)), None)


def _day(value: Any) -> str | None:
    moment = number(value)
    for seconds in (moment, moment and moment // 1000):
        if seconds is not None and _EARLIEST <= seconds < _LATEST:
            return datetime.fromtimestamp(seconds, UTC).astimezone(_BEIJING).date().isoformat()
    reading = parse_date(text(value))
    return reading.date.isoformat() if reading else None


def rows(
    document: Document, items: Iterable[dict[str, Any]], row: Callable[[dict[str, Any]], Fields]
) -> tuple[Link, ...]:
    """Return the rows of an answer; `row` picks the fields of one."""
    return tuple(_links(document.page.url, map(row, items)))


def _links(base: str, found: Iterable[Fields]) -> Iterator[Link]:
    for fields in found:
        if url := resolve(fields.url if isinstance(fields.url, str) else "", base):
            yield Link(url, text(fields.title), day(*fields.dates))


def further(total: int | None, size: int | None, page: int) -> range:
    """Return the numbers of the pages that page `page` (from 1) of a list names, `size` on each.

    The first one names all; any other the next, as there may be more by then.
    """
    last = -(-total // size) if total and size else 1
    return range(page + 1, min(last, MOST_PAGES if page == 1 else page + 1) + 1)


def parsed(code: str, start: int = 0) -> Any:
    """Return the JSON that begins at `start`; None if none does."""
    try:
        return _DECODER.raw_decode(code, start)[0]
    except (ValueError, RecursionError):
        return None
