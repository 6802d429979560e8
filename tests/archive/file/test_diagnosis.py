from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file.diagnosis import archive_problems, sqlite_problem
from cqcrawler.exceptions import ArchiveError


class Bare(sqlite3.Connection):
    """An SQLite without FTS5."""

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        raise sqlite3.OperationalError("no such module: fts5")


def test_this_sqlite_will_do() -> None:
    assert sqlite_problem() is None


def test_an_sqlite_without_full_text_search(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path: connect(path, factory=Bare))
    assert sqlite_problem() == "built without full-text search (FTS5)"


def test_an_old_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 39, 4))
    assert sqlite_problem() == "older than 3.40"


def test_a_sound_archive(crawl: Any, path: Path) -> None:
    crawl.notice()
    assert archive_problems(path) == []


def test_an_index_that_is_not_of_its_table(crawl: Any, archive: Archive, path: Path) -> None:
    crawl.notice()
    archive.close()
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'articles_newest'")
    conn.close()
    assert archive_problems(path)


def test_what_is_no_archive(path: Path) -> None:
    path.write_bytes(b"no database")
    with pytest.raises(ArchiveError):
        archive_problems(path)
