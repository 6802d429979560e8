"""How many notices there are by month, place, industry, stage, and by whom they are from."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from cqcrawler.archive.search import facets
from cqcrawler.archive.search.facets import Facet, Value


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


def read(db: sqlite3.Connection, ids: Collection[int] | None) -> Tally:
    """Count the articles `ids` (None: all)."""
    listed = None if ids is None else sorted(ids)
    total = _rows(db, "count(*)", listed, "1")
    return Tally(
        notices=total[0][0],
        months={month.value: month.count for month in facets.count(db, Facet.MONTH, listed)},
        codes=dict(_rows(db, "region_code, count(*)", listed, "region_code > '' GROUP BY 1")),
        industries=dict(_industries(db, listed)),
        stages=_stages(db, listed),
        **{
            f"{facet}s": facets.count(db, facet, listed)
            for facet in (Facet.SECTION, Facet.SOURCE, Facet.PORTAL, Facet.TAG)
        },
    )


def stages(db: sqlite3.Connection, ids: Collection[int] | None) -> dict[str, dict[str, int]]:
    """Return by stage how many of the articles `ids` were published in which month."""
    return _stages(db, None if ids is None else sorted(ids))


def _stages(db: sqlite3.Connection, ids: Sequence[int] | None) -> dict[str, dict[str, int]]:
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    what = "stage, substr(published, 1, 7), count(*)"
    for stage, month, count in _rows(db, what, ids, "stage > '' AND published > '' GROUP BY 1, 2"):
        counts[stage][month] = count
    return dict(counts)


def _rows(db: sqlite3.Connection, what: str, ids: Sequence[int] | None, rest: str) -> list[Any]:
    source, parameters = "articles INDEXED BY articles_counted", list[str]()
    if ids is not None:
        source = f"json_each(?) AS found CROSS JOIN {source} ON articles.id = found.value"
        parameters = [json.dumps(ids)]
    return db.execute(f"SELECT {what} FROM {source} WHERE {rest}", parameters).fetchall()


def _industries(db: sqlite3.Connection, ids: Sequence[int] | None) -> list[Any]:
    source, parameters = "article_industries", list[str]()
    if ids is not None:
        source = f"json_each(?) AS found CROSS JOIN {source} ON article_id = found.value"
        parameters = [json.dumps(ids)]
    return db.execute(
        f"SELECT name, count(*) FROM {source} GROUP BY 1 ORDER BY 2 DESC, 1", parameters
    ).fetchall()
