"""What can be wrong with SQLite here, or with an archive file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from cqcrawler.archive.file.connection import connect

SQLITE_VERSION = sqlite3.sqlite_version


def sqlite_problem() -> str | None:
    """Return what the SQLite of this Python lacks, None if nothing."""
    if sqlite3.sqlite_version_info < (3, 40):
        return "older than 3.40"
    with closing(sqlite3.connect(":memory:")) as conn:
        try:
            conn.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.OperationalError:
            return "built without full-text search (FTS5)"
    return None


def archive_problems(path: Path) -> list[str]:
    """Return what SQLite's quick check finds in the archive at `path`, a line each.

    Raises ArchiveError for a file that cannot be opened as an archive.
    """
    with closing(connect(path, must_exist=True)) as db:
        try:
            lines = [row[0] for row in db.execute("PRAGMA quick_check(5)")]
        except sqlite3.DatabaseError as error:
            return [str(error)]
    return [line for line in lines if line != "ok"]
