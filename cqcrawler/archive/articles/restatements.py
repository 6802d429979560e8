"""What articles state, compared with another reading of their stored text and replaced by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cqcrawler.archive.articles import statements
from cqcrawler.archive.articles.readings import BATCH, Difference
from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.archive.search.filters import Filters, where
from cqcrawler.facts.model import Facts

# What the tables and columns are called in a list of differences.
_NAMES = {"article_industries": "industries", "article_places": "places"}


@dataclass(frozen=True, slots=True)
class Due:
    """An article whose facts other rules read; `columns` are those that decide its facts."""

    article_id: int
    version: int
    portal: str
    url: str
    columns: Mapping[str, Any]


class Restatements:
    """What the articles of an archive state, to be read again."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def count(self, filters: Filters) -> int:
        """Return how many of the articles meant by `filters` have facts that other rules read."""
        condition, parameters = where(self._db, filters)
        row = self._db.execute(
            f"""SELECT count(*) FROM articles WHERE {condition} AND articles.id IN
            (SELECT id FROM articles WHERE facts_version IS NOT ?)""",
            [*parameters, statements.today()],
        ).fetchone()
        return int(row[0])

    def batches(self, filters: Filters) -> Iterator[list[Due]]:
        """Yield these articles in batches, between which others may write."""
        condition, parameters = where(self._db, filters)
        # By one old version after the other, so that what is done already is never looked at.
        versions = self._db.execute("SELECT DISTINCT facts_version FROM articles").fetchall()
        for (version,) in versions:
            if version != statements.today():
                yield from self._of_version(version, condition, parameters)

    def _of_version(
        self, version: str | None, condition: str, parameters: Sequence[Any]
    ) -> Iterator[list[Due]]:
        last = 0
        while batch := self._db.execute(
            _DUE.format(condition=condition), [version, last, *parameters, BATCH]
        ).fetchall():
            yield [_due(*row) for row in batch]
            last = batch[-1][0]

    def differences(self, due: Due, facts: Facts) -> list[Difference]:
        """Return what `facts`, read again, differ in from what the archive holds.

        Of numbers and names, the rows that only one of them has.
        """
        title, body = due.columns["title"], due.columns["body"]
        held = statements.rows_held(self._db, due.article_id)
        read = statements.rows_of(facts, title, body)
        tables = [
            Difference(
                _NAMES.get(table, table.removeprefix("article_")),
                [row for row in held[table] if row not in read[table]],
                [row for row in read[table] if row not in held[table]],
            )
            for table in statements.TABLES
            if held[table] != read[table]
        ]
        return [*self._columns_that_differ(due.article_id, facts), *tables]

    def replace(self, readings: Sequence[tuple[Due, Facts]]) -> list[list[Difference]]:
        """Put new readings in the place of old ones, in one transaction.

        Return what differed, for each.
        """
        with transaction(self._db):
            return [self._replace(due, facts) for due, facts in readings]

    def _replace(self, due: Due, facts: Facts) -> list[Difference]:
        differences = self.differences(due, facts)
        statements.set_columns(self._db, due.article_id, facts)
        if differences:
            title, body = due.columns["title"], due.columns["body"]
            statements.write(self._db, due.article_id, facts, title, body)
        statements.relate(self._db, due.article_id, facts, due.columns)
        return differences

    def _columns_that_differ(self, article_id: int, facts: Facts) -> Iterator[Difference]:
        read = statements.columns_of(facts)
        del read["facts_version"]
        row = self._db.execute(
            f"SELECT {', '.join(read)} FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        for (name, value), held in zip(read.items(), row, strict=True):
            if value != held:
                yield Difference(name, held, value)


def _due(article_id: int, version: int, portal: str, url: str, *columns: Any) -> Due:
    named = dict(zip(statements.INPUTS, columns, strict=True))
    return Due(article_id, version, portal, url, named)


_DUE = f"""
SELECT id, version, portal, url, {", ".join(statements.INPUTS)}
FROM articles INDEXED BY articles_by_facts
WHERE facts_version IS ? AND id > ? AND {{condition}} ORDER BY id LIMIT ?
"""
