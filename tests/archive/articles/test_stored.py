from __future__ import annotations

from datetime import timedelta
from typing import Any

from cqcrawler.archive import Archive, Filters, Search
from cqcrawler.archive.articles.stored import PLAIN_COLUMNS


def test_an_unknown_article_is_none(archive: Archive) -> None:
    assert archive.article(1) is None
    assert archive.article("http://h/1") is None
    assert archive.versions(1) == []
    assert archive.removed(1) == []


def test_an_archive_is_its_articles_newest_first(crawl: Any, archive: Archive) -> None:
    for number, day in enumerate((None, "2025-07-01", "2025-07-03", "2025-07-01")):
        crawl.notice(f"http://h/{number}", published=day)
    assert [article.id for article in archive] == [3, 4, 2, 1]


def test_articles_are_not_sorted_in_memory(archive: Archive) -> None:
    statements: list[str] = []
    archive._db.set_trace_callback(statements.append)
    list(archive)
    (statement,) = statements
    plan = archive._db.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
    assert "articles_newest" in str(plan)
    assert "TEMP" not in str(plan)


def test_changes_since(crawl: Any, archive: Archive) -> None:
    start = crawl.at
    for name in ("still", "edited", "gone", "old edit"):
        crawl.notice(name)
    crawl.notice("old edit", body="改过")
    since = crawl.at = start + timedelta(days=1)
    for name in ("fresh", "fresh and edited", "fresh and gone"):
        crawl.notice(name)
    crawl.at = start + timedelta(days=2)
    for name in ("edited", "fresh and edited"):
        crawl.notice(name, body="改过")
    crawl.withdraw("gone")
    crawl.at = start + timedelta(days=3)
    crawl.withdraw("fresh and gone")
    found = [(c.url, c.change.value, c.at[:10]) for c in archive.changes(since)]
    assert found == [
        ("fresh and gone", "withdrawn", "2025-07-10"),
        ("gone", "withdrawn", "2025-07-09"),
        ("edited", "changed", "2025-07-09"),
        ("fresh and edited", "new", "2025-07-08"),
        ("fresh", "new", "2025-07-08"),
    ]


def test_columns_read_are_those_of_the_table(archive: Archive) -> None:
    table = {column.name for column in archive._db.database["articles"].columns}
    assert table - set(PLAIN_COLUMNS) == {
        "body_hash",
        "event_field",
        "event_precision",
        "event_start",
        "event_stop",
        "gram_version",
        "provenance",
        "warnings",
    }


def test_every_version_of_the_articles_meant(crawl: Any, archive: Archive) -> None:
    crawl.notice("http://h/2", "标题", published="2025-07-02")
    crawl.notice("http://h/1", "旧", tags=("甲",), published="2025-07-01")
    crawl.notice("http://h/1", "新", tags=("甲",), published="2025-07-03")
    rows = [(row.url, row.version, row.title) for row in archive.all_versions(archive.found())]
    assert rows == [("http://h/1", 1, "旧"), ("http://h/1", 2, "新"), ("http://h/2", 1, "标题")]
    meant = Search(filters=Filters(tag="甲", since="2025-07-02"))
    rows = list(archive.all_versions(archive.found(meant)))
    assert [(row.version, row.published) for row in rows] == [(1, "2025-07-01"), (2, "2025-07-03")]
