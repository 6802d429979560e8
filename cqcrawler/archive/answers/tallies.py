"""How many notices there are by month, place, industry, stage, and by whom they are from."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cqcrawler.archive.search import facets
from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.facets import Facet, Value
from cqcrawler.archive.search.filters import where

_MANY = 20_000


@dataclass(frozen=True, slots=True)
class Tally:
    """Notices counted in every way that a dashboard shows; `stages` by month."""

    notices: int
    months: dict[str, int]
    codes: dict[str, int]
    industries: dict[str, int]
    stages: dict[str, dict[str, int]]
    sections: Sequence[Value]
    sources: Sequence[Value]
    portals: Sequence[Value]
    tags: Sequence[Value]

    def places(self, part: Callable[[str], str]) -> dict[str, int]:
        """Return the notices by parts of the codes of their regions, most first."""
        counts: Counter[str] = Counter()
        for code, count in self.codes.items():
            counts[part(code)] += count
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def read(db: sqlite3.Connection, search: Search, ids: Collection[int] | None) -> Tally:
    """Count the articles that a search means, which are `ids` (None: all)."""
    listed = None if ids is None else sorted(ids)
    stages: defaultdict[str, dict[str, int]] = defaultdict(dict)
    months: Counter[str] = Counter()
    source, condition, parameters = _meant(db, search, listed)
    for stage, month, number in db.execute(
        f"""SELECT stage, substr(published, 1, 7), count(*) FROM {source}
        WHERE published > '' AND {condition} GROUP BY 1, 2""",
        parameters,
    ):
        months[month] += number
        if stage:
            stages[stage][month] = number

    def count(column: str) -> dict[str, int]:
        sql = f"SELECT {column}, count(*) FROM {source} WHERE {column} > '' AND {condition}"
        return dict(db.execute(f"{sql} GROUP BY 1", parameters).fetchall())

    return Tally(
        notices=_count_all(db) if listed is None else len(listed),
        months=dict(months),
        codes=count("region_code"),
        industries=dict(_industries(db, listed)),
        stages=dict(stages),
        sections=_most(count("section_kind")),
        sources=facets.count(db, Facet.SOURCE, listed),
        portals=_most(count("portal")),
        tags=facets.count(db, Facet.TAG, listed),
    )


def _meant(
    db: sqlite3.Connection, search: Search, ids: Sequence[int] | None
) -> tuple[str, str, list[Any]]:
    """Return what to count from, an SQL condition and its parameters.

    Where filters alone mean many articles, the index is read that has what filters want: to
    look up each takes longer.
    """
    if ids is None or (not search.terms.strip() and len(ids) > _MANY):
        return "articles INDEXED BY articles_newest", *where(db, search.filters)
    found = "json_each(?) AS found CROSS JOIN articles INDEXED BY articles_counted"
    return f"{found} ON articles.id = found.value", "1", [json.dumps(ids)]


def _count_all(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])


def _most(counts: Mapping[str, int]) -> list[Value]:
    found = [Value(value, count) for value, count in counts.items()]
    return sorted(found, key=lambda value: (-value.count, value.value))


def _industries(db: sqlite3.Connection, ids: Sequence[int] | None) -> list[Any]:
    source, parameters = "article_industries", list[str]()
    if ids is not None:
        source = f"json_each(?) AS found CROSS JOIN {source} ON article_id = found.value"
        parameters = [json.dumps(ids)]
    return db.execute(
        f"SELECT name, count(*) FROM {source} GROUP BY 1 ORDER BY 2 DESC, 1", parameters
    ).fetchall()
