"""Reading through what a search finds, page by page, while others write.

A cursor says behind which article the next page begins, by day and id or by amount and id: what
comes in meanwhile shifts nothing. How well an article answers depends on all others, and may
change with each that comes in, so a cursor of relevance has the ids that are still to come; only
the best are weighed against each other, and no more are given.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.order import Order, Position, position_of
from cqcrawler.archive.search.query import parse
from cqcrawler.archive.search.search import WEIGHED, Found, find
from cqcrawler.exceptions import QueryError, TooSlow

# Characters of the longest cursor: of relevance, in an archive of more notices than there are.
LONGEST_CURSOR = 4000

_POSITION = re.compile(
    r"(?P<order>newest|amount)_(?P<amount>\d{1,30}(?:\.\d{1,20})?(?:e[+-]?\d{1,3})?)?"
    r"_(?P<published>\d{4}-\d\d-\d\d)?_(?P<id>\d{1,18})",
    re.ASCII,
)
_RANKED = re.compile(rf"relevance(?:_[0-9a-z]{{1,11}}){{1,{WEIGHED}}}", re.ASCII)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Page:
    """Ids of results in their order, and the cursor of what follows, None at the end."""

    ids: tuple[int, ...]
    cursor: str | None


def page(
    db: sqlite3.Connection, search: Search, cursor: str, *, limit: int, seconds: float
) -> Page:
    """Return the first results behind a cursor, or of all if it is empty.

    It has less than `limit` where `seconds` are over. Raises TooSlow if nothing was found in that
    time, and QueryError for a filter that names nothing or a cursor of another order.
    """
    order = _order(search)
    if order is Order.RELEVANCE:
        ids = _still_there(db, _to_come(cursor)) if cursor else _ranked(db, search, seconds)
        return Page(ids[:limit], _cursor_of_ids(ids[limit:]))
    after = _position(cursor, order) if cursor else None
    found = _find(db, search, order, limit, seconds, after)
    if found.complete:
        return Page(found.ids, None)
    return Page(found.ids, _cursor_of(position_of(db, order, found.ids[-1])))


def _find(
    db: sqlite3.Connection,
    search: Search,
    order: Order,
    most: int,
    seconds: float,
    after: Position | None = None,
) -> Found:
    found = find(
        db,
        search.terms,
        search.filters,
        order=order,
        substring=search.substring,
        most=most,
        seconds=seconds,
        after=after,
    )
    if not found.ids and not found.complete:
        raise TooSlow(f"nothing was found in {seconds:g} seconds: ask for less, or for words")
    return found


def _order(search: Search) -> Order:
    """Return the order of results, which without terms is not one of relevance."""
    if search.order is Order.RELEVANCE and not parse(search.terms).wanted:
        return Order.NEWEST
    return search.order


def _ranked(db: sqlite3.Connection, search: Search, seconds: float) -> tuple[int, ...]:
    return _find(db, search, Order.RELEVANCE, WEIGHED, seconds).ids


def _still_there(db: sqlite3.Connection, ids: list[int]) -> tuple[int, ...]:
    there = "SELECT 1 FROM articles WHERE id = ?"
    return tuple(number for number in ids if db.execute(there, [number]).fetchone())


def _cursor_of(position: Position) -> str:
    amount = "" if position.amount is None else repr(position.amount)
    return f"{position.order}_{amount}_{position.published or ''}_{position.id}"


def _position(cursor: str, order: Order) -> Position:
    match = _POSITION.fullmatch(cursor)
    if match is None or match["order"] != order:
        raise _no_cursor(cursor, order)
    amount = None if match["amount"] is None else float(match["amount"])
    return Position(order, amount, match["published"], int(match["id"]))


def _cursor_of_ids(ids: tuple[int, ...]) -> str | None:
    return "_".join([Order.RELEVANCE, *map(_short, ids)]) if ids else None


def _to_come(cursor: str) -> list[int]:
    if not _RANKED.fullmatch(cursor):
        raise _no_cursor(cursor, Order.RELEVANCE)
    ids = (int(short, 36) for short in cursor.split("_")[1:])
    return list(dict.fromkeys(ids))


def _short(number: int) -> str:
    """Return a number with the fewest letters and digits."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def _no_cursor(cursor: str, order: Order) -> QueryError:
    return QueryError(
        f"{cursor[:40]!r} is no cursor of results by {order}: take that of the page before, and "
        "change nothing else"
    )
