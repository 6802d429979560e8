"""Full-text search: candidates from the gram index or the date index, each verified in its text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from cqcrawler.archive.search import index
from cqcrawler.archive.search.conditions import AMOUNTS, Condition, naming, states_region
from cqcrawler.archive.search.filters import Filters, where
from cqcrawler.archive.search.order import ANYWHERE, Order, Position, behind, both
from cqcrawler.archive.search.passage import Passage, cut, mark
from cqcrawler.archive.search.patience import patience
from cqcrawler.archive.search.query import Query, parse
from cqcrawler.exceptions import TooSlow

__all__ = ["Found", "Hit", "Order", "count", "find", "hits", "matching", "search"]

# Up to so many matches of the index are looked up and sorted by date; then it is faster to walk
# down the date index and ask of each whether it is among them.
_SORTED_MATCHES = 1_000
# From this many matches on, listing them takes longer than reading the newest articles, where
# so common a word soon turns up; unless it is out of use and missing from this many of the newest.
_LISTED_MATCHES = 20_000
_READ_FIRST = 500
# So many are weighed against each other; of what matches more, those with the terms in the title
# are, and the newest.
WEIGHED = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `title` and `passage` carry the places of the terms in them.

    `amount` is the largest investment that it states, in yuan, a part of another left out. Where a
    place was asked for, `place` is how the notice has it, and `place_stands` where: as its region,
    in its title, or in its lead (the first sentence).
    """

    id: int
    title: Passage
    passage: Passage
    published: str | None
    region: str | None
    portal: str
    url: str
    withdrawn_at: str | None
    event_from: str | None
    event_to: str | None
    stage: str | None
    source: str | None
    amount: float | None
    place: str | None = None
    place_stands: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of what a search found, in its order; not `complete` if there may be more."""

    ids: tuple[int, ...]
    complete: bool


def search(
    db: sqlite3.Connection,
    typed: str,
    filters: Filters,
    *,
    limit: int = 20,
    order: Order = Order.NEWEST,
    substring: bool = False,
) -> list[Hit]:
    """Return the first `limit` articles that match, by default the newest.

    Raises QueryError for a filter that names nothing.
    """
    query = parse(typed, substring=substring)
    ids = _ordered(db, query, filters, order)
    return [_hit(db, article_id, query, filters.place) for article_id in islice(ids, limit)]


def count(
    db: sqlite3.Connection,
    typed: str,
    filters: Filters,
    *,
    substring: bool = False,
    most: int = 1000,
) -> int:
    """Return how many articles match, counting no further than `most`."""
    ids = _matching(db, parse(typed, substring=substring), filters)
    return sum(1 for _ in islice(ids, most))


def find(
    db: sqlite3.Connection,
    typed: str,
    filters: Filters,
    *,
    order: Order = Order.NEWEST,
    substring: bool = False,
    most: int | None,
    seconds: float,
    after: Position | None = None,
) -> Found:
    """Return the ids of what `search` finds, `most` of them at most, for paging through it.

    With `after`, those that stand behind a position of the newest or of amounts. What is found
    within `seconds` is returned: only a search that no index helps takes longer. Raises
    QueryError for a filter that names nothing.
    """
    query = parse(typed, substring=substring)
    ids = (
        _ordered(db, query, filters, order) if after is None else _after(db, query, filters, after)
    )
    found: list[int] = []
    try:
        with patience(db, seconds):
            for article_id in islice(ids, None if most is None else most + 1):
                found.append(article_id)
    except TooSlow:
        return Found(tuple(found), complete=False)
    return Found(tuple(found[:most]), complete=most is None or len(found) <= most)


def hits(
    db: sqlite3.Connection,
    ids: Iterable[int],
    typed: str,
    *,
    place: str | None = None,
    substring: bool = False,
) -> list[Hit]:
    """Return articles by their ids as results of a search for `typed` (at a `place`)."""
    query = parse(typed, substring=substring)
    return [_hit(db, article_id, query, place) for article_id in ids]


def matching(
    db: sqlite3.Connection, typed: str, filters: Filters, order: Order, *, substring: bool = False
) -> Iterator[int]:
    """Return the ids of all articles that match, in that order, found as they are asked for."""
    return _ordered(db, parse(typed, substring=substring), filters, order)


def _ordered(db: sqlite3.Connection, query: Query, filters: Filters, order: Order) -> Iterator[int]:
    if order is Order.RELEVANCE:
        return _ranked(db, query, filters)
    return (_by_amount if order is Order.AMOUNT else _matching)(db, query, filters)


def _ranked(db: sqlite3.Connection, query: Query, filters: Filters) -> Iterator[int]:
    """Ids of those that match, the most relevant first; past those weighed, the newest."""
    if not query.wanted:
        yield from _matching(db, query, filters)
        return
    from cqcrawler.archive.search.relevance import best_first, weigh  # Few searches ask for it.

    pool: dict[int, None] = {}
    for in_title in (True, False):
        for article_id in _matching(db, query, filters, in_title=in_title):
            if len(pool) == WEIGHED:
                break
            pool.setdefault(article_id)
    texts = [weigh(article_id, *_text(db, article_id), query) for article_id in pool]
    yield from best_first(texts, *_rarity(db, query))
    if len(pool) == WEIGHED:
        yield from (found for found in _matching(db, query, filters) if found not in pool)


def _rarity(db: sqlite3.Connection, query: Query) -> tuple[list[int], int]:
    """Return how many articles have each of what is wanted, as far as the index tells, and how
    many there are."""
    (total,) = db.execute("SELECT count(*) FROM articles").fetchone()
    expressions = [index.match_expression(Query((terms,))) for terms in query.wanted]
    known = [
        index.count_matches(db, expression, most=total) if expression else 0
        for expression in expressions
    ]
    return known, total


def _after(
    db: sqlite3.Connection, query: Query, filters: Filters, position: Position
) -> Iterator[int]:
    """Ids of those that match and stand behind a position, in its order."""
    amounts, newest = behind(position)
    for within in amounts:
        yield from _with_amount(db, query, filters, within)
    for within in newest:
        yield from _matching(db, query, filters, within=within)


def _by_amount(db: sqlite3.Connection, query: Query, filters: Filters) -> Iterator[int]:
    """Ids of those that match, by the largest amount that they state; then all others."""
    seen = set()
    for article_id in _with_amount(db, query, filters):
        seen.add(article_id)
        yield article_id
    yield from (found for found in _matching(db, query, filters) if found not in seen)


def _with_amount(
    db: sqlite3.Connection, query: Query, filters: Filters, within: Condition = ANYWHERE
) -> Iterator[int]:
    """Ids of those that match and state an amount, by the largest."""
    condition, parameters = both(where(db, filters), within)
    expression = index.match_expression(query) if index.is_current(db) else ""
    if expression:
        condition, parameters = f"{_INDEXED_OR_PENDING} AND {condition}", [expression, *parameters]
    seen = set()
    for article_id in _ids(db, _LARGEST.format(condition=condition), parameters):
        if article_id not in seen:
            seen.add(article_id)
            if query == Query() or _matches(db, article_id, query, in_title=False):
                yield article_id


def _matching(
    db: sqlite3.Connection,
    query: Query,
    filters: Filters,
    *,
    in_title: bool = False,
    within: Condition = ANYWHERE,
) -> Iterator[int]:
    for article_id, is_sure in _candidates(db, query, filters, in_title=in_title, within=within):
        if is_sure or _matches(db, article_id, query, in_title=in_title):
            yield article_id


def _matches(db: sqlite3.Connection, article_id: int, query: Query, *, in_title: bool) -> bool:
    title, body = _text(db, article_id)
    return query.matches(title, body) and (not in_title or query.matches_title(title))


def _candidates(
    db: sqlite3.Connection, query: Query, filters: Filters, *, in_title: bool, within: Condition
) -> Iterator[tuple[int, bool]]:
    """Ids of articles among which all matches are, newest first, and whether it is sure that each
    is one: then its text need not be read."""
    condition, parameters = both(where(db, filters), within)
    expression = index.match_expression(query, in_title=in_title)
    if not expression or not index.is_current(db):
        walk = _ids(db, f"{_WALK} WHERE {condition} {_NEWEST_FIRST}", parameters)
        yield from ((article_id, query == Query()) for article_id in walk)
        return
    matches = index.count_matches(db, expression, most=_LISTED_MATCHES + 1)
    seen: set[int] = set()
    if matches > _LISTED_MATCHES:
        first = f"{_WALK} WHERE {condition} {_NEWEST_FIRST} LIMIT {_READ_FIRST}"
        for article_id in _ids(db, first, parameters):
            seen.add(article_id)
            yield article_id, False
    source = _LOOKED_UP if matches <= _SORTED_MATCHES else _WALKED
    select = f"SELECT id, id NOT IN ({_PENDING}) FROM {source}"
    # What waits to be indexed may have any text; while a crawl writes something always does.
    is_exact = index.is_exact(query)
    listed = f"{select} WHERE {_INDEXED_OR_PENDING} AND {condition} {_NEWEST_FIRST}"
    for article_id, is_indexed in db.execute(listed, [expression, *parameters]):
        if article_id not in seen:
            yield article_id, is_exact and bool(is_indexed)


# The amounts in the order of their index, so that the first page needs no more than it shows.
_LARGEST = f"""SELECT articles.id
FROM (SELECT article_id, value FROM facts_current WHERE {AMOUNTS})
CROSS JOIN articles ON articles.id = article_id
WHERE {{condition}} ORDER BY value DESC, article_id"""
_WALKED = "articles INDEXED BY articles_newest"
_LOOKED_UP = "articles NOT INDEXED"
_WALK = f"SELECT id FROM {_WALKED}"
_NEWEST_FIRST = "ORDER BY published DESC, id DESC"
_PENDING = "SELECT id FROM articles INDEXED BY articles_unindexed WHERE gram_version IS NULL"
_INDEXED_OR_PENDING = f"""articles.id IN (
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? UNION ALL {_PENDING})"""


def _ids(db: sqlite3.Connection, sql: str, parameters: list[str]) -> Iterator[int]:
    return (row[0] for row in db.execute(sql, parameters))


def _text(db: sqlite3.Connection, article_id: int) -> tuple[str, str]:
    row: tuple[str, str] = db.execute(
        "SELECT title, body FROM articles WHERE id = ?", [article_id]
    ).fetchone()
    return row


def _hit(db: sqlite3.Connection, article_id: int, query: Query, place: str | None) -> Hit:
    title, body, *rest = db.execute(
        f"""SELECT title, body, published, region, portal, url, withdrawn_at, event_from, event_to,
            stage, source, (SELECT max(value) FROM facts_current
                WHERE article_id = articles.id AND {AMOUNTS})
        FROM articles WHERE id = ?""",
        [article_id],
    ).fetchone()
    patterns = [term.pattern for term in query.terms]
    hit = Hit(article_id, mark(title, patterns), cut(body, patterns), *rest)
    if place:
        as_named, stands = _named(db, article_id, place)
        hit = replace(hit, place=as_named, place_stands=stands)
    return hit


def _named(db: sqlite3.Connection, article_id: int, place: str) -> tuple[str | None, str | None]:
    """Return how an article has a place that was asked for, and where it stands."""
    if states_region(db, article_id, place):
        (region,) = db.execute("SELECT region FROM articles WHERE id = ?", [article_id]).fetchone()
        return region, "region"
    sql, parameters = naming(db, place, "name, stands, article_id, position")
    row = db.execute(
        f"""SELECT name, stands FROM ({sql}) WHERE article_id = ?
        ORDER BY stands = 'title' DESC, position LIMIT 1""",
        [*parameters, article_id],
    ).fetchone()
    return row or (None, None)
