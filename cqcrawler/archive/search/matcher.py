"""Telling of articles one by one whether a search finds them, in whatever order they come."""

from __future__ import annotations

import sqlite3

from cqcrawler.archive.search import index
from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.filters import where
from cqcrawler.archive.search.query import Query, parse

# An article that is not indexed yet may match, whatever the index says.
_INDEXED_OR_PENDING = """id IN (
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?
    UNION ALL SELECT id FROM articles INDEXED BY articles_unindexed WHERE gram_version IS NULL)"""


class Matcher:
    """What a search finds in an archive as it is now.

    `candidates` are the ids of articles among which all that it finds are. Raises QueryError for
    a filter that names nothing.
    """

    def __init__(self, db: sqlite3.Connection, asked: Search) -> None:
        self._db = db
        self._query = parse(asked.terms, substring=asked.substring)
        condition, parameters = where(db, asked.filters)
        expression = index.match_expression(self._query)
        if expression and index.is_current(db):
            condition = f"{_INDEXED_OR_PENDING} AND {condition}"
            parameters = [expression, *parameters]
        rows = db.execute(f"SELECT id FROM articles WHERE {condition}", parameters)
        self.candidates = {article_id for (article_id,) in rows}

    def finds(self, article_id: int) -> bool:
        """Whether the search finds an article."""
        if article_id not in self.candidates:
            return False
        if self._query == Query():
            return True
        row = self._db.execute(
            "SELECT title, body FROM articles WHERE id = ?", [article_id]
        ).fetchone()
        return row is not None and self._query.matches(*row)
