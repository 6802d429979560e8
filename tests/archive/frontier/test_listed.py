"""What listings show, and what follows from a row that is new, changed or no more there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.models import Candidate, PageKind, PageState

LIST, SECOND, OTHER = "http://h/list", "http://h/list2", "http://h/other"


def row(number: int, title: str = "标题", published: str | None = "2025-07-01") -> Candidate:
    return Candidate(f"http://h/{number}", PageKind.NOTICE, title, published)


def due(archive: Archive) -> list[str]:
    return [page.url for page in archive.frontier.take("cq", 100)]


@pytest.fixture
def later(crawl: Any, archive: Archive) -> Any:
    """A second run, after one that read a listing of two pages with three notices."""
    crawl.listing(LIST, row(1), row(2), Candidate(SECOND, PageKind.LISTING))
    crawl.listing(SECOND, row(3), first=LIST)
    for number in (1, 2, 3):
        crawl.notice(f"http://h/{number}")
    crawl.run_id = archive.runs.begin("cq", scope="full", version="1.0", at=crawl.at)
    crawl.at += timedelta(days=40)
    archive.frontier.begin("cq", [], crawl.at, revisits=0)
    archive.frontier.take("cq", 10)
    archive.frontier._changed_rows_left["cq"] = 10
    return crawl


@pytest.mark.parametrize(
    ("shown", "unchanged"),
    [
        (row(1), True),
        (row(1, title="标题(更正)"), False),
        (row(1, published="2025-07-02"), False),
        (row(1, published=None), False),
        (row(9), False),
    ],
    ids=["same", "title", "date", "no date", "new"],
)
def test_a_row_is_unchanged_if_the_listing_showed_it_so(
    later: Any, archive: Archive, shown: Candidate, unchanged: bool
) -> None:
    assert archive.frontier.unchanged_rows(LIST, [shown]) == ({shown.url} if unchanged else set())


def test_a_row_is_news_to_a_listing_that_did_not_show_it(later: Any, archive: Archive) -> None:
    assert archive.frontier.unchanged_rows(OTHER, [row(1)]) == set()
    later.listing(OTHER, row(1, title="标…"))
    assert archive.frontier.unchanged_rows(OTHER, [row(1, title="标…")]) == {"http://h/1"}
    assert archive.frontier.unchanged_rows(LIST, [row(1)]) == {"http://h/1"}


def test_a_notice_whose_row_changed_is_due(later: Any, archive: Archive) -> None:
    later.listing(OTHER, row(2, title="标…"))
    later.listing(LIST, row(1, title="标题(更正)"), row(2))
    later.listing(SECOND, row(3, published="2025-08-01"), first=LIST)
    assert due(archive) == ["http://h/1", "http://h/3"]
    later.listing(LIST, row(1, title="标题(更正)"))
    assert due(archive) == []


def test_a_row_that_a_listing_prints_twice_counts_as_it_stands_first(
    later: Any, archive: Archive
) -> None:
    later.listing(LIST, row(1), row(2))
    later.listing(SECOND, row(3), row(1, title="【置顶】标题", published=None), first=LIST)
    assert due(archive) == []
    assert archive.frontier.unchanged_rows(LIST, [row(1)]) == {"http://h/1"}


def test_changed_rows_make_no_more_due_than_the_budget(later: Any, archive: Archive) -> None:
    archive.frontier._changed_rows_left["cq"] = 1
    later.listing(LIST, row(1, title="改"), row(2, title="改"))
    later.listing(SECOND, row(3, title="改"), first=LIST)
    assert due(archive) == ["http://h/1"]
    assert archive.frontier.unchanged_rows(LIST, [row(2, title="改")]) == {"http://h/2"}


@pytest.mark.parametrize("state", [PageState.GONE, PageState.REJECTED])
def test_what_was_gone_is_due_when_it_is_listed_anew(
    crawl: Any, archive: Archive, state: PageState
) -> None:
    crawl.save("http://h/1", state=state)
    crawl.save("http://h/2", state=PageState.DONE)
    crawl.at += timedelta(days=90)
    archive.frontier.begin("cq", [], crawl.at, revisits=0)
    archive.frontier._changed_rows_left["cq"] = 10
    crawl.save("http://h/3", state=state)
    crawl.listing(LIST, row(1), row(2), row(3))
    assert due(archive) == ["http://h/1"]
    crawl.listing(LIST, row(1), row(2), row(3))
    assert due(archive) == []


def unlisted(later: Any, archive: Archive, most: int = 10) -> list[str]:
    archive.frontier.make_unlisted_due("cq", later.run_id, most)
    return due(archive)


def test_what_no_listing_shows_any_more_is_due_once(later: Any, archive: Archive) -> None:
    later.listing(LIST, row(1))
    later.listing(SECOND, first=LIST)
    assert unlisted(later, archive) == ["http://h/2", "http://h/3"]
    later.save("http://h/2", status=304)
    later.save("http://h/3", state=PageState.GONE)
    assert unlisted(later, archive) == []


def test_what_another_listing_shows_is_not_due(later: Any, archive: Archive) -> None:
    later.listing(LIST, row(1))
    later.listing(SECOND, first=LIST)
    later.listing(OTHER, row(2))
    assert unlisted(later, archive) == ["http://h/3"]


def test_what_was_looked_at_in_the_run_is_not_due(later: Any, archive: Archive) -> None:
    later.save("http://h/2", status=304)
    later.listing(LIST, row(1))
    later.listing(SECOND, row(3), first=LIST)
    assert unlisted(later, archive) == []


def test_a_listing_that_was_not_read_to_its_end_says_nothing(later: Any, archive: Archive) -> None:
    later.listing(LIST, row(1))
    later.save(SECOND, kind=PageKind.LISTING, state=PageState.FAILED)
    assert unlisted(later, archive) == []
    later.save(SECOND, kind=PageKind.LISTING, state=PageState.GONE)
    assert unlisted(later, archive) == ["http://h/2", "http://h/3"]


def test_the_rest_of_what_is_unlisted_waits_for_the_next_sweep(
    later: Any, archive: Archive
) -> None:
    later.listing(LIST)
    later.listing(SECOND, first=LIST)
    assert [unlisted(later, archive, most=2) for _ in range(3)] == [
        ["http://h/1", "http://h/2"],
        ["http://h/3"],
        [],
    ]
