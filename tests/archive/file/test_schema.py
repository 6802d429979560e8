from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from cqcrawler.archive import Archive


def test_every_table_is_strict_and_of_this_issue(archive: Archive) -> None:
    strict = {
        name: bool(strict)
        for _, name, kind, _, _, strict in archive._db.execute("PRAGMA main.table_list")
        if kind == "table" and not name.startswith("sqlite_")
    }
    assert strict == dict.fromkeys(
        (
            "_sqlite_migrations",
            "alarms",
            "article_actors",
            "article_industries",
            "article_places",
            "article_tags",
            "article_versions",
            "articles",
            "attachments",
            "data_dictionary",
            "dates_ahead",
            "doomed_files",
            "doubts",
            "fact_corrections",
            "facts",
            "listed",
            "other_numbers",
            "pages",
            "possible_same",
            "project_amounts",
            "project_keys",
            "project_notices",
            "projects",
            "industries",
            "regions",
            "rejects",
            "related_links",
            "removed_text",
            "retired_files",
            "robots_files",
            "runs",
            "snapshots",
            "stories",
            "story_bands",
            "story_corrections",
            "tombstones",
            "watch_told",
            "watches",
        ),
        True,
    )


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO article_tags VALUES (1, 0, '孤儿')",
        "INSERT INTO rejects VALUES ('http://h/1', 1, 'x', '')",
        "INSERT INTO removed_text VALUES (1, 1, 0, 'x', '')",
        "INSERT INTO article_places VALUES (1, 0, '渝北区', NULL, '渝北', 'body', 0, 2, 'lead')",
    ],
)
def test_foreign_keys_hold(archive: Archive, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        archive._db.execute(sql)


def test_the_newest_view(crawl: Any, archive: Archive) -> None:
    for number, day in enumerate((None, "2025-07-01", "2025-07-03", "2025-07-01")):
        crawl.notice(f"http://h/{number}", published=day)
    rows = archive._db.database.query("SELECT * FROM newest")
    assert [row["id"] for row in rows] == [3, 4, 2, 1]
