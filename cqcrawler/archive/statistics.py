"""Numbers about what the archive holds, each from an index so that large archives answer soon."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from cqcrawler.archive.articles.articles import Change
from cqcrawler.archive.articles.novelty import CONDITIONS, Novelty
from cqcrawler.archive.articles.stored import ChangedArticle
from cqcrawler.archive.search.filters import Filters, where
from cqcrawler.models import Outcome

_EVERYTHING = Filters()
_TIMES = {
    Change.NEW: "first_seen",
    Change.CHANGED: "changed_at",
    Change.WITHDRAWN: "withdrawn_at",
}
# The code of a unit in GB/T 2260, by its digits that are not filled up with zeros.
_PROVINCE, _CITY, _DISTRICT = 2, 4, 6


@dataclass(frozen=True, slots=True)
class Totals:
    """What there is altogether; the dates are those of the oldest and the newest notice."""

    notices: int
    withdrawn: int
    changed: int
    portals: int
    regions: int
    oldest: str | None
    newest: str | None


@dataclass(frozen=True, slots=True)
class RegionCount:
    """How many notices speak of a region, parts included; `narrower` if it has parts."""

    code: str
    name: str
    notices: int
    narrower: bool


@dataclass(frozen=True, slots=True)
class Doubtful:
    """How many notices of a portal have a date, a title, a text that is doubtful.

    The fields are named as in the table `doubts`, which has the reasons.
    """

    published: int = 0
    title: int = 0
    body: int = 0


@dataclass(frozen=True, slots=True)
class MonthOfChanges:
    """What a month (`2025-07`, UTC) brought: notices first seen, edited, and found gone."""

    month: str
    new: int
    changed: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run among those of its portal; `outcome` is None while it runs."""

    id: int
    portal: str
    started_at: str
    outcome: Outcome | None
    reason: str


class Statistics:
    """Counts over one open archive; filters are those of search, and QueryError names a bad one."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def totals(self) -> Totals:
        """Return the counts of a first look."""
        row = self._db.execute(_TOTALS).fetchone()
        return Totals(*row)

    def since(self, at: str) -> dict[str, int]:
        """Return how many notices are new, changed and withdrawn since a time (ISO 8601, UTC).

        One that is several of these counts in each.
        """
        counts = {}
        for change, column in _TIMES.items():
            sql = f"SELECT count(*) FROM articles WHERE {column} >= ?"
            (counts[change.value],) = self._db.execute(sql, [at]).fetchone()
        return counts

    def latest(
        self,
        change: Change,
        since: str,
        limit: int,
        *,
        after: tuple[str, int] | None = None,
        only: Novelty | None = None,
    ) -> list[ChangedArticle]:
        """Return the articles that `since` counts as new, changed or withdrawn, latest first.

        They begin `after` the time and the id of one of them; `only` are new ones of a kind.
        """
        column = _TIMES[change]
        rest, parameters = (f"AND ({column}, id) < (?, ?)", [*after]) if after else ("", [])
        kind = f"AND {CONDITIONS[only]}" if only else ""
        rows = self._db.execute(
            f"""SELECT {column}, id, title, published, region, portal, url FROM articles
            WHERE {column} >= ? {rest} {kind} ORDER BY {column} DESC, id DESC LIMIT ?""",
            [since, *parameters, limit],
        )
        return [ChangedArticle(change, *row) for row in rows]

    def by_month(self, filters: Filters = _EVERYTHING) -> list[tuple[str, int]]:
        """Return how many notices were published in each month (`2025-07`), oldest first."""
        return self._counted("substr(published, 1, 7)", filters, "published > ''", "1")

    def by_region(self, filters: Filters = _EVERYTHING) -> list[RegionCount]:
        """Return the notices by province or, inside a region, by its parts, most first.

        What speaks of the region as a whole is counted under the region itself.
        """
        digits = _digits_below(filters.region)
        counts = self._counted(f"substr(region_code, 1, {digits})", filters, "region_code > ''")
        return [
            RegionCount(code := prefix.ljust(6, "0"), _region_name(code), count, digits < _DISTRICT)
            for prefix, count in counts
        ]

    def region_codes(self) -> list[tuple[str, int]]:
        """Return the codes of the regions that notices name, with their number, most first."""
        return self._counted("region_code", _EVERYTHING, "region_code > ''")

    def by_portal(self, filters: Filters = _EVERYTHING) -> list[tuple[str, int]]:
        """Return how many notices each portal has, most first."""
        return self._counted("portal", filters)

    def by_kind(self, filters: Filters = _EVERYTHING) -> list[tuple[str, int]]:
        """Return how many notices stand in sections of each kind, most first."""
        return self._counted("section_kind", filters, "section_kind IS NOT NULL")

    def by_section(self, limit: int = 400) -> list[tuple[str, int]]:
        """Return the sections in which notices stand, by name, most first."""
        return self._db.execute(
            """SELECT section, count(*) FROM articles WHERE section > ''
            GROUP BY section ORDER BY 2 DESC, 1 LIMIT ?""",
            [limit],
        ).fetchall()

    def by_source(self, filters: Filters = _EVERYTHING, limit: int = 20) -> list[tuple[str, int]]:
        """Return the sources that notices name, most first."""
        condition, parameters = where(self._db, filters)
        index = "INDEXED BY articles_by_source"
        if filters.region or filters.portal or filters.section:
            # That index has none of these: who is meant comes from one that has all.
            condition, index = f"id IN ({_MEANT} WHERE {condition})", ""
        return self._db.execute(
            f"""SELECT source, count(*) FROM articles {index}
            WHERE source > '' AND {condition} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?""",
            [*parameters, limit],
        ).fetchall()

    def by_tag(self, filters: Filters = _EVERYTHING, limit: int = 20) -> list[tuple[str, int]]:
        """Return the tags of notices, most first."""
        if filters == _EVERYTHING:
            sql, parameters = "FROM article_tags", list[str]()
        else:
            condition, parameters = where(self._db, filters)
            sql = f"""FROM article_tags
                WHERE article_id IN (SELECT id FROM articles WHERE {condition})"""
        rows = self._db.execute(
            f"SELECT tag, count(*) {sql} GROUP BY tag ORDER BY 2 DESC, 1 LIMIT ?",
            [*parameters, limit],
        )
        return rows.fetchall()

    def doubts(self) -> dict[str, Doubtful]:
        """Return of how many notices title, date and text are doubtful, by portal."""
        rows = self._db.execute(_DOUBTS)
        return {portal: Doubtful(*counts) for portal, *counts in rows}

    def changes_by_month(self) -> list[MonthOfChanges]:
        """Return what each month brought, oldest first, months without anything left out."""
        rows = self._db.execute(_CHANGES_BY_MONTH)
        return [MonthOfChanges(*row) for row in rows]

    def latest_runs(self, each: int = 30) -> list[PastRun]:
        """Return the latest runs of every portal, `each` of them at most, oldest first."""
        rows = self._db.execute(_LATEST_RUNS, [each])
        return [
            PastRun(run_id, portal, started_at, outcome and Outcome(outcome), reason)
            for run_id, portal, started_at, outcome, reason in rows
        ]

    def _counted(
        self, what: str, filters: Filters, known: str = "1", order: str = "2 DESC, 1"
    ) -> list[tuple[str, int]]:
        """Count articles by what is in the index that has the columns of most filters, too."""
        condition, parameters = where(self._db, filters)
        index = "" if filters == _EVERYTHING else _INDEX
        return self._db.execute(
            f"""SELECT {what}, count(*) FROM articles {index}
            WHERE {known} AND {condition} GROUP BY 1 ORDER BY {order}""",
            parameters,
        ).fetchall()


_INDEX = "INDEXED BY articles_newest"
_MEANT = f"SELECT id FROM articles {_INDEX}"

_TOTALS = """
SELECT
    (SELECT count(*) FROM articles),
    (SELECT count(*) FROM articles WHERE withdrawn_at IS NOT NULL),
    (SELECT count(*) FROM articles WHERE changed_at IS NOT NULL),
    (SELECT count(DISTINCT portal) FROM runs),
    (SELECT count(DISTINCT region_code) FROM articles),
    (SELECT min(published) FROM articles),
    (SELECT max(published) FROM articles)
"""

# An edit found is a version after the first; `changed_at` knows only the last of them.
_CHANGES_BY_MONTH = """
SELECT month, sum(new), sum(changed), sum(withdrawn) FROM (
    SELECT substr(first_seen, 1, 7) AS month, count(*) AS new, 0 AS changed, 0 AS withdrawn
    FROM articles GROUP BY 1
    UNION ALL
    SELECT substr(captured_at, 1, 7), 0, count(*), 0
    FROM article_versions WHERE version > 1 GROUP BY 1
    UNION ALL
    SELECT substr(withdrawn_at, 1, 7), 0, 0, count(*)
    FROM articles WHERE withdrawn_at IS NOT NULL GROUP BY 1)
GROUP BY month ORDER BY month
"""

_DOUBTS = """
SELECT portal, count(DISTINCT iif(field = 'published', article_id, NULL)),
    count(DISTINCT iif(field = 'title', article_id, NULL)),
    count(DISTINCT iif(field = 'body', article_id, NULL))
FROM doubts JOIN articles ON articles.id = article_id
GROUP BY portal
"""

_LATEST_RUNS = """
SELECT id, portal, started_at, outcome, reason FROM (
    SELECT *, row_number() OVER (PARTITION BY portal ORDER BY id DESC) AS back FROM runs
    WHERE imported = '')
WHERE back <= ? ORDER BY portal, id
"""


def _digits_below(region: str | None) -> int:
    from cqcrawler.text import regions  # A large table, which few counts need.

    place = regions.find(region) if region else None
    if place is None:
        return _PROVINCE
    if place.city is None and place.district is None and not _is_municipality(place.code):
        return _CITY
    return _DISTRICT


def _is_municipality(code: str) -> bool:
    return code[:2] in ("11", "12", "31", "50")


def _region_name(code: str) -> str:
    from cqcrawler.text import regions

    place = regions.find(code)
    return (place.district or place.city or place.province) if place else code
