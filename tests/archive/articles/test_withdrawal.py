"""Which notices that are gone are withdrawn at once, and which when they stay gone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.articles.withdrawal import GoneNotices
from cqcrawler.models import Candidate, PageKind, PageState

LIST, FURTHER = "http://h/", "http://h/list_2.html"
NOTICES = [f"http://h/{number}" for number in range(1, 11)]


def row(url: str, published: str | None = None) -> Candidate:
    return Candidate(url, PageKind.NOTICE, "标题", published or f"2025-07-{20 - int(url[9:]):02}")


@pytest.fixture
def known(crawl: Any) -> Any:
    """A listing of ten notices on two pages, the newest first, and all its notices."""
    crawl.archive.frontier.begin("cq", [LIST], crawl.at)
    further = Candidate(FURTHER, PageKind.LISTING)
    crawl.listing(LIST, *map(row, NOTICES[:6]), further)
    crawl.listing(FURTHER, *map(row, NOTICES[6:]), first=LIST)
    for url in NOTICES:
        crawl.notice(url, body=url)
    return crawl


@pytest.fixture
def again(known: Any) -> Any:
    """The next run, a day later; its first page of the listing is still to be read."""
    later = type(known)(known.archive, at=known.at + timedelta(days=1))
    later.archive.frontier.begin("cq", [LIST], later.at)
    return later


def end(crawl: Any, *gone: str, looked_at: int = 100) -> GoneNotices:
    for url in gone:
        crawl.save(url, state=PageState.GONE)
    found: GoneNotices = crawl.archive.withdraw_gone(
        "cq", crawl.run_id, begun=crawl.at, looked_at=looked_at
    )
    return found


def test_one_that_no_listing_shows_is_withdrawn_at_once(again: Any, archive: Archive) -> None:
    again.listing(LIST, *map(row, NOTICES[1:7]), Candidate(FURTHER, PageKind.LISTING))
    assert end(again, NOTICES[0]) == GoneNotices(withdrawn=1)
    article = archive.article(NOTICES[0])
    assert article is not None
    assert article.withdrawn_at == "2025-07-08T08:00:00Z"


def test_one_that_a_listing_shows_waits_for_the_next_run(again: Any) -> None:
    again.listing(LIST, *map(row, NOTICES[:6]))
    assert end(again, NOTICES[0]) == GoneNotices(listed=1)
    third = type(again)(again.archive, at=again.at + timedelta(days=1))
    third.archive.frontier.begin("cq", [LIST], third.at)
    assert NOTICES[0] in {page.url for page in third.archive.frontier.take("cq", 50)}
    third.listing(LIST, *map(row, NOTICES[:6]))
    assert end(third, NOTICES[0]) == GoneNotices(withdrawn=1, listed=1)


def test_a_row_behind_the_pages_that_were_read_still_counts(again: Any) -> None:
    again.listing(LIST, *map(row, NOTICES[:6]))
    assert end(again, NOTICES[8]).withdrawn == 0


def test_a_pinned_row_says_nothing_of_the_rows_behind(again: Any) -> None:
    again.listing(LIST, row(NOTICES[9]), *map(row, NOTICES[:6]))
    assert end(again, NOTICES[7]).withdrawn == 0


def test_the_only_page_of_a_listing_says_all(crawl: Any, make_crawl: Any) -> None:
    crawl.archive.frontier.begin("cq", [LIST], crawl.at)
    crawl.listing(LIST, *map(row, NOTICES[:3]))
    crawl.notice(NOTICES[2])
    later = make_crawl(crawl.archive, at=crawl.at + timedelta(days=1))
    later.archive.frontier.begin("cq", [LIST], later.at)
    later.listing(LIST, *map(row, NOTICES[:2]))
    assert end(later, NOTICES[2]).withdrawn == 1


@pytest.mark.parametrize(("looked_at", "together"), [(19, 5), (20, 0)])
def test_many_that_go_together_wait(again: Any, looked_at: int, together: int) -> None:
    again.listing(LIST, *map(row, NOTICES[5:]))
    found = end(again, *NOTICES[:5], looked_at=looked_at)
    assert (found.together, found.withdrawn) == (together, 5 - together)


def test_one_that_was_there_in_between_begins_anew(again: Any) -> None:
    again.listing(LIST, *map(row, NOTICES[:6]))
    end(again, NOTICES[0])
    again.notice(NOTICES[0], body=NOTICES[0])
    third = type(again)(again.archive, at=again.at + timedelta(days=1))
    third.archive.frontier.begin("cq", [LIST], third.at)
    third.listing(LIST, *map(row, NOTICES[:6]))
    assert end(third, NOTICES[0]).withdrawn == 0
