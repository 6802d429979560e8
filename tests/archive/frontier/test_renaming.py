"""Pages get the addresses that today's rules give them, and nothing is lost for it."""

from __future__ import annotations

from typing import Any

from cqcrawler.archive import Archive
from cqcrawler.models import Candidate, PageKind, PageState

LIST, SECOND = "http://h/list", "http://h/list2"


def plain(url: str) -> str:
    return url.partition(";")[0]


def rows(archive: Archive, columns: str, table: str = "pages") -> list[Any]:
    return archive._db.execute(f"SELECT {columns} FROM {table} ORDER BY id").fetchall()


def notice(url: str) -> Candidate:
    return Candidate(url, PageKind.NOTICE, "标题", "2025-07-01")


def test_a_page_keeps_all_that_is_known_of_it(crawl: Any, archive: Archive) -> None:
    crawl.listing(f"{LIST};s=1", notice("http://h/1;s=1"), Candidate(SECOND, PageKind.LISTING))
    crawl.notice("http://h/1;s=1")
    crawl.save("http://h/2;s=1", state=PageState.REJECTED, reason="not a notice")
    before = rows(archive, "id, state, checked_at")
    assert archive.frontier.rename("cq", plain) == 3
    assert rows(archive, "url") == [(LIST,), ("http://h/1",), (SECOND,), ("http://h/2",)]
    assert rows(archive, "id, state, checked_at") == before
    assert rows(archive, "url", "articles") == [("http://h/1",)]
    assert archive._db.execute("SELECT url FROM rejects").fetchall() == [("http://h/2",)]
    assert archive.frontier.further_pages(LIST) == [SECOND]
    assert archive.frontier.unchanged_rows(LIST, [notice("http://h/1")]) == {"http://h/1"}
    assert archive.frontier.rename("cq", plain) == 0


def test_of_several_articles_the_latest_gets_the_address(crawl: Any, archive: Archive) -> None:
    for minute in range(3):
        crawl.at = crawl.at.replace(minute=(minute * 2) % 3)
        crawl.notice(f"http://h/1;s={minute}")
    assert archive.frontier.rename("cq", plain) == 1
    assert rows(archive, "url", "articles") == [
        ("http://h/1;s=0",),
        ("http://h/1",),
        ("http://h/1;s=2",),
    ]


def test_what_is_known_by_its_right_address_is_not_read_again(crawl: Any, archive: Archive) -> None:
    crawl.notice("http://h/1")
    further = Candidate(f"{SECOND};s=1", PageKind.LISTING)
    crawl.listing(LIST, notice("http://h/1"), Candidate(SECOND, PageKind.LISTING))
    crawl.listing(f"{LIST};s=1", notice("http://h/1;s=1"), further)
    assert archive.frontier.rename("cq", plain) == 0
    archive.frontier.begin("cq", [], crawl.at, sweep=True)
    assert {page.url for page in archive.frontier.take("cq", 9)} == {LIST, SECOND, "http://h/1"}
    assert ("http://h/1;s=1",) not in rows(archive, "url")


def test_other_portals_are_left_alone(crawl: Any, archive: Archive) -> None:
    crawl.notice("http://h/1;s=1")
    assert archive.frontier.rename("sc", plain) == 0
