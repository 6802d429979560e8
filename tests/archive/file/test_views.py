"""The views, on what a few saved pages come to, and on an archive of before they were there."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file import views
from cqcrawler.archive.file.version import SCHEMA_VERSION
from cqcrawler.models import (
    Candidate,
    Listing,
    Outcome,
    PageKind,
    PageState,
    Place,
    RemovedParagraph,
    SectionKind,
)

YUBEI = Place("500112", "重庆市", district="渝北区")
CHENGDU = Place("510100", "四川省", "成都市")


def rows(archive: Archive, view: str, *columns: str) -> list[tuple[Any, ...]]:
    return archive._db.execute(f"SELECT {', '.join(columns)} FROM {view}").fetchall()


def test_notices_by_month_and_by_region(crawl: Any, archive: Archive) -> None:
    crawl.notice("http://h/1", published="2025-07-01", place=YUBEI)
    crawl.notice("http://h/2", published="2025-07-31", place=YUBEI)
    crawl.notice("http://h/3", published="2025-07-02", place=CHENGDU)
    crawl.notice("http://h/4", published="2025-08-01", place=CHENGDU)
    crawl.notice("http://h/5")
    crawl.withdraw("http://h/2")
    by_month = rows(archive, "notices_by_month", "month", "province", "notices", "withdrawn")
    assert by_month == [
        ("2025-08", "四川省", 1, 0),
        ("2025-07", "重庆市", 2, 1),
        ("2025-07", "四川省", 1, 0),
        (None, None, 1, 0),
    ]
    by_region = rows(archive, "notices_by_region", "city", "district", "notices", "newest")
    assert by_region == [
        ("成都市", None, 2, "2025-08-01"),
        (None, "渝北区", 2, "2025-07-31"),
        (None, None, 1, None),
    ]


def test_notices_by_section(crawl: Any, archive: Archive) -> None:
    policy = {"section": "惠企政策", "section_kind": SectionKind.POLICY}
    crawl.notice("http://h/1", published="2025-07-01", **policy)
    crawl.notice("http://h/2", published="2025-07-31", **policy)
    crawl.notice("http://h/3", section="走进江城")
    crawl.notice("http://h/4", section_kind=SectionKind.PARK)
    crawl.notice("http://h/5")
    assert rows(archive, "notices_by_section", "*") == [
        ("policy", "惠企政策", 2, "2025-07-31"),
        (None, "走进江城", 1, None),
        ("park", None, 1, None),
    ]


def test_top_tags_and_sources(crawl: Any, archive: Archive) -> None:
    crawl.notice("http://h/1", tags=("签约", "制造业"), source="新华网", published="2025-07-01")
    crawl.notice("http://h/2", tags=("签约",), source="新华网", published="2025-06-01")
    crawl.notice("http://h/3", source="本站")
    crawl.notice("http://h/4")
    assert rows(archive, "top_tags", "*") == [("签约", 2), ("制造业", 1)]
    assert rows(archive, "top_sources", "*") == [("新华网", 2, "2025-07-01"), ("本站", 1, None)]


def test_changes_and_withdrawals(crawl: Any, archive: Archive) -> None:
    crawl.notice("http://h/1", "旧")
    crawl.notice("http://h/2", "撤下")
    crawl.at += timedelta(days=1)
    crawl.notice("http://h/1", "新")
    crawl.at += timedelta(days=1)
    crawl.withdraw("http://h/2")
    assert rows(archive, "changes", "change", "at", "article_id", "version", "title") == [
        ("withdrawn", "2025-07-09T08:00:00Z", 2, 1, "撤下"),
        ("changed", "2025-07-08T08:00:00Z", 1, 2, "新"),
    ]


def test_portal_health_is_that_of_the_last_run(make_crawl: Any, archive: Archive) -> None:
    for outcome, reason in ((Outcome.OK, ""), (Outcome.BLOCKED, "a challenge page")):
        crawl = make_crawl(archive)
        crawl.notice(published="2025-07-01")
        crawl.save("http://h/8", state=PageState.FAILED, error="HTTP 503")
        archive.runs.end(
            crawl.run_id,
            at=crawl.at + timedelta(hours=crawl.run_id),
            outcome=outcome,
            reason=reason,
            declared_total=9,
            counts={},
            stats={},
        )
    make_crawl(archive, "sc")
    columns = ("portal", "outcome", "reason", "last_good_at", "declared_total", "notices")
    assert rows(archive, "portal_health", *columns, "newest", "pending", "failed") == [
        ("cq", "blocked", "a challenge page", "2025-07-07T09:00:00Z", 9, 1, "2025-07-01", 0, 1),
        ("sc", None, "", None, None, 0, None, 0, 0),
    ]


def test_coverage_says_what_is_missing_and_why(crawl: Any, archive: Archive) -> None:
    listed = [
        Candidate(f"http://h/{number}", PageKind.NOTICE, published=day)
        for number, day in enumerate(
            ("2025-07-01", "2025-07-02", "2025-07-03", "2025-07-04", "2025-07-05", "2025-06-30")
        )
    ]
    undated = Candidate("http://h/undated", PageKind.NOTICE)
    page = {"listing": Listing("http://h/"), "candidates": (*listed, undated)}
    crawl.save("http://h/", kind=PageKind.LISTING, **page)
    # Its own page gives another month, and knows better.
    crawl.notice("http://h/0", published="2025-06-30")
    crawl.notice("http://h/1", published="2025-07-02")
    crawl.withdraw("http://h/1")
    crawl.save("http://h/2", state=PageState.FAILED, error="HTTP 503")
    crawl.withdraw("http://h/3")
    crawl.save("http://h/4", reason="not a notice")
    crawl.notice("http://h/found-elsewhere", published="2025-06-01")
    columns = ("month", "listed", "archived", "missing", "pending", "failed", "rejected", "gone")
    assert rows(archive, "coverage", *columns) == [
        ("2025-07", 4, 1, 3, 0, 1, 1, 1),
        ("2025-06", 3, 2, 1, 1, 0, 0, 0),
        (None, 1, 0, 1, 1, 0, 0, 0),
    ]


def test_removed_by_rule(crawl: Any, archive: Archive) -> None:
    removed = (RemovedParagraph(1, "repeat", "重复"), RemovedParagraph(3, "repeat", "又重复"))
    crawl.notice("http://h/1", removed=(*removed, RemovedParagraph(4, "contact line", "电话")))
    crawl.notice("http://h/2", removed=removed[:1])
    assert rows(archive, "removed_by_rule", "*") == [
        ("repeat", 3, 2, 7),
        ("contact line", 1, 1, 2),
    ]


@pytest.mark.parametrize("sql", views.VIEWS, ids=lambda sql: sql.split()[2])
def test_no_view_reads_the_texts(sql: str, archive: Archive) -> None:
    """What lies behind the body is read from an index: 100,000 bodies would take seconds."""
    name = sql.split()[2]
    plan = [row[3] for row in archive._db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {name}")]
    assert "SCAN articles" not in plan, plan


def test_an_archive_of_before_gets_the_views(path: Path, make_crawl: Any) -> None:
    with Archive(path) as archive:
        make_crawl(archive).notice(published="2025-07-01", tags=("签约",))
    _take_back(path, "first_questions")
    with Archive(path) as archive:
        assert rows(archive, "top_tags", "*") == [("签约", 1)]
        assert len(rows(archive, "coverage", "*")) == 1


def _take_back(path: Path, migration: str) -> None:
    """Make the archive one that has not seen this migration yet."""
    conn = sqlite3.connect(path)
    for kind, sql in (("INDEX", views.INDEXES), ("VIEW", views.VIEWS)):
        for statement in sql:
            conn.execute(f"DROP {kind} {statement.split()[2]}")
    conn.execute("DELETE FROM _sqlite_migrations WHERE name = ?", [migration])
    conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION - 1}")
    conn.commit()
    conn.close()
