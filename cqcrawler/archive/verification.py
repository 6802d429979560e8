"""Whether an archive is what it should be: SQLite's file, the full-text index, raw records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from cqcrawler.archive.search import index

# More lines of SQLite's would not tell us more.
_MOST_LINES = 20
_INDEX_PARTS = ("data", "idx", "docsize", "config")


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a row names. `digest` is what its body should have, None if none is kept.

    `page_id` is the row's number, None where it is none of `pages`.
    """

    file: str
    offset: int
    url: str
    digest: str | None
    row: str
    page_id: int | None


class Verification:
    """The checks of one archive, which they leave as it is."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def damage(self) -> list[str]:
        """Return what SQLite finds wrong with its file, a line each."""
        try:
            lines = self._db.execute(f"PRAGMA integrity_check({_MOST_LINES})").fetchall()
        except sqlite3.DatabaseError as error:
            return [str(error)]
        return [line for (line,) in lines if line != "ok"]

    def missing(self) -> list[str]:
        """Return the tables, indexes and views that an archive has and this one lacks."""
        from cqcrawler.archive.file.schema import expected

        held = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master")}
        return [
            f"the {kind} {name} is missing"
            for name, (kind, _) in expected().items()
            if name not in held
        ]

    def unreadable(self) -> list[str]:
        """Return the tables with a text that is none any more, which SQLite does not see."""
        from cqcrawler.archive.file.schema import expected

        found = []
        for name, (kind, _) in expected().items():
            if kind == "table" and name != "articles_fts":
                try:
                    with closing(self._db.execute(f"SELECT * FROM {name}")) as rows:
                        for _ in rows:
                            pass
                except sqlite3.DatabaseError:
                    found.append(f"the table {name} has a text that is no UTF-8 any more")
        return found

    def orphans(self) -> list[str]:
        """Return the rows whose parent row is missing, a line each."""
        orphans = self._db.execute("PRAGMA foreign_key_check").fetchmany(_MOST_LINES)
        return [
            f"row {rowid} of {table} belongs to a row of {parent} that is missing"
            for table, rowid, parent, _ in orphans
        ]

    def index_is_right(self, tick: Callable[[], None]) -> bool:
        """Whether the full-text index has the grams of every indexed article, and no others.

        SQLite's own check cannot tell, for our table has no text to compare with: a wrong
        delete passes it. So the index is copied into a table that takes its text from here,
        with the grams computed again. `tick` is called for every article. An index by an older
        rule is not looked at: the next writer rebuilds it.
        """
        if not index.is_current(self._db):
            return True

        def document(title: str, body: str) -> str:
            tick()
            return index.document(title, body)

        conn = self._db
        conn.create_function("document", 2, document)
        conn.execute("BEGIN")
        try:
            conn.execute(_EXPECTED)
            conn.execute(_PROBE)
            for part in _INDEX_PARTS:
                copy, original = f"temp.probe_{part}", f"main.articles_fts_{part}"
                conn.execute(f"DELETE FROM {copy}")
                conn.execute(f"INSERT INTO {copy} SELECT * FROM {original}")
            conn.execute("INSERT INTO temp.probe (probe, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CORRUPT_VTAB):
                raise
            return False
        finally:
            conn.rollback()
        return True

    def named_records(self) -> Iterator[Named]:
        """Yield every record that a row names, by file and offset."""
        return (Named(*row) for row in self._db.execute(_NAMED))

    def versions_without_record(self) -> int:
        """Return how many versions name no record: those that came before raw pages were kept."""
        row = self._db.execute(
            "SELECT count(*) FROM article_versions WHERE warc_file IS NULL"
        ).fetchone()
        return int(row[0])

    def notices_without_facts(self) -> int:
        """Return how many notices have had no facts read: those of an archive of before, and
        those on which our rules failed."""
        row = self._db.execute(
            "SELECT count(*) FROM articles WHERE facts_version IS NULL"
        ).fetchone()
        return int(row[0])


_EXPECTED = """
CREATE TEMP VIEW expected AS SELECT id, document(title, body) AS grams
FROM main.articles WHERE gram_version IS NOT NULL
"""

_PROBE = """
CREATE VIRTUAL TABLE temp.probe USING
fts5(grams, content = 'expected', content_rowid = 'id', detail = none)
"""

# Only of a page that was read the digest is kept.
_NAMED = """
SELECT warc_file AS file, warc_offset AS at, url, digest, 'page ' || id, id FROM pages
WHERE warc_file IS NOT NULL
UNION ALL
SELECT v.warc_file, v.warc_offset, url, NULL, 'article ' || id || ' version ' || v.version, NULL
FROM article_versions AS v JOIN articles ON articles.id = article_id
WHERE v.warc_file IS NOT NULL
ORDER BY file, at
"""
