from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.models import Article, Candidate, Listing, PageKind, PageState

START = "http://h/"


def listing(url: str) -> Candidate:
    return Candidate(url, PageKind.LISTING)


def notice(url: str, title: str = "", published: str | None = None) -> Candidate:
    return Candidate(url, PageKind.NOTICE, title, published)


def unknown(url: str) -> Candidate:
    return Candidate(url, PageKind.UNKNOWN)


def take(archive: Archive, limit: int = 100, portal: str = "cq") -> list[str]:
    return [page.url for page in archive.frontier.take(portal, limit)]


def take_all(archive: Archive) -> list[str]:
    return take(archive) + [page.url for page in archive.frontier.take_failed("cq", 100)]


def test_a_first_run_begins_with_its_start_pages(crawl: Any, archive: Archive) -> None:
    archive.frontier.begin("cq", [START, "http://h/news"], crawl.at)
    assert take(archive) == [START, "http://h/news"]
    assert take(archive) == []
    assert archive.frontier.pending_count("cq") == 2


def test_each_page_is_added_once(archive: Archive) -> None:
    add = archive.frontier.add
    assert add("cq", [notice("http://h/1"), notice("http://h/2")], START) == 2
    assert add("cq", [notice("http://h/2"), notice("http://h/3"), notice("http://h/3")], None) == 1
    assert take(archive) == ["http://h/1", "http://h/2", "http://h/3"]


def test_listings_come_first_and_each_page_once(archive: Archive) -> None:
    pages = [
        unknown("http://h/u"),
        notice("http://h/1"),
        listing("http://h/l"),
        notice("http://h/2"),
    ]
    archive.frontier.add("cq", pages, START)
    assert take(archive, 2) == ["http://h/l", "http://h/1"]
    archive.frontier.add("cq", [listing("http://h/l2"), listing("http://h/l")], START)
    assert take(archive, 2) == ["http://h/l2", "http://h/2"]
    assert take(archive, 2) == ["http://h/u"]
    assert take(archive, 2) == []


def test_what_failed_before_is_handed_out_apart_unless_it_is_a_start_page(
    crawl: Any, archive: Archive
) -> None:
    archive.frontier.begin("cq", [START], crawl.at)
    archive.frontier.add(
        "cq", [listing("http://h/l"), *map(notice, ("http://h/2", "http://h/3"))], START
    )
    for minutes, url in enumerate(("http://h/3", "http://h/2", START)):
        at = crawl.at + timedelta(minutes=minutes)
        crawl.save(url, state=PageState.FAILED, error="HTTP 500", fetched_at=at)
    archive.frontier.add("cq", [notice("http://h/4")], START)
    crawl.save("http://h/4", state=PageState.REJECTED, reason="not a notice")
    archive.frontier.begin("cq", [START], crawl.at + timedelta(days=1))
    handed_out = [page.url for page in archive.frontier.take("cq", 100, [START])]
    assert handed_out == ["http://h/l", START, "http://h/4"]
    assert [page.url for page in archive.frontier.take_failed("cq", 1)] == ["http://h/3"]
    assert [page.url for page in archive.frontier.take_failed("cq", 9)] == ["http://h/2"]


def test_portals_do_not_mix(archive: Archive) -> None:
    archive.frontier.add("cq", [notice("http://h/1")], None)
    archive.frontier.add("sc", [notice("http://s/1")], None)
    assert take(archive, portal="sc") == ["http://s/1"]
    assert archive.frontier.pending_count("cq") == 1


def test_a_listing_tells_more_of_a_page_that_is_known(archive: Archive) -> None:
    archive.frontier.add("cq", [unknown("http://h/1")], None)
    archive.frontier.add("cq", [notice("http://h/1", "标题", "2025-07-07")], None)
    archive.frontier.add("cq", [unknown("http://h/1")], None)
    archive.frontier.add("cq", [listing("http://h/1")], None)
    archive.frontier.add("cq", [notice("http://h/1", "别的", "2025-01-01")], None)
    (page,) = archive.frontier.take("cq", 10)
    assert (page.kind, page.title, page.published) == (PageKind.NOTICE, "标题", "2025-07-07")


def test_new_pages_are_saved_with_the_page_that_leads_to_them(crawl: Any, archive: Archive) -> None:
    crawl.save(START, kind=PageKind.LISTING, candidates=(notice("http://h/1"), notice(START)))
    assert take(archive) == ["http://h/1"]
    row = next(archive._db.database["pages"].rows_where("url = 'http://h/1'"))
    assert (row["found_on"], row["found_at"]) == (START, "2025-07-07T08:00:00Z")


def test_what_was_read_keeps_its_validators(crawl: Any, archive: Archive) -> None:
    answer = {"etag": '"1"', "last_modified": "Mon", "digest": "d", "status": 200}
    crawl.notice(page=answer)
    crawl.save(status=304)
    crawl.save(state=PageState.FAILED, error="timeout")
    crawl.save(reason="challenge", etag='"challenge"')
    row = next(archive._db.database["pages"].rows)
    assert (row["etag"], row["last_modified"], row["digest"]) == ('"1"', "Mon", "d")
    archive.frontier.begin("cq", [], crawl.at)
    (page,) = archive.frontier.take("cq", 1)
    assert (page.etag, page.last_modified) == ('"1"', "Mon")
    crawl.notice()
    row = next(archive._db.database["pages"].rows)
    assert (row["etag"], row["last_modified"], row["digest"]) == (None, None, None)


def test_failures_are_counted_until_an_answer(crawl: Any, archive: Archive) -> None:
    def attempts() -> tuple[int, str | None]:
        row = next(archive._db.database["pages"].rows)
        return row["attempts"], row["error"]

    crawl.save(state=PageState.FAILED, error="timeout")
    crawl.save(state=PageState.FAILED, error="refused")
    assert attempts() == (2, "refused")
    crawl.notice()
    assert attempts() == (0, None)


def test_a_page_that_fails_in_run_after_run_is_tried_ever_more_rarely(
    crawl: Any, archive: Archive
) -> None:
    crawl.save(state=PageState.FAILED, error="timeout")
    tried = []
    for day in range(1, 121):
        at = crawl.at + timedelta(days=day)
        archive.frontier.begin("cq", [], at)
        if take_all(archive):
            tried.append(day)
            crawl.save(state=PageState.FAILED, error="timeout", fetched_at=at)
    assert tried == [1, 2, 3, 4, 6, 10, 18, 34, 66, 98]


def test_a_clock_that_was_ahead_keeps_no_page_waiting(crawl: Any, archive: Archive) -> None:
    for _ in range(9):
        ahead = crawl.at + timedelta(days=400)
        crawl.save(state=PageState.FAILED, error="timeout", fetched_at=ahead)
    archive.frontier.begin("cq", [], crawl.at)
    assert len(take_all(archive)) == 1


@pytest.mark.parametrize("state", [PageState.FAILED, PageState.EXCLUDED])
def test_a_page_is_tried_again_in_the_next_run(
    crawl: Any, archive: Archive, state: PageState
) -> None:
    crawl.save(state=state)
    assert take(archive) == []
    archive.frontier.begin("cq", [], crawl.at)
    assert take_all(archive) == ["http://h/1"]


@pytest.mark.parametrize("state", [PageState.DONE, PageState.FAILED, PageState.GONE])
def test_start_pages_and_first_pages_are_read_in_every_run(
    crawl: Any, archive: Archive, state: PageState
) -> None:
    crawl.at -= timedelta(days=400)
    crawl.save(START, kind=PageKind.UNKNOWN, state=state)
    crawl.save("http://h/list", kind=PageKind.LISTING, state=state)
    archive.frontier.begin("cq", [START], crawl.at + timedelta(days=400))
    assert sorted(take_all(archive)) == [START, "http://h/list"]


@pytest.fixture
def listings(crawl: Any, archive: Archive) -> Any:
    """A start page with a section of three pages, all of them read; one is gone, one unknown."""
    archive.frontier.begin("cq", [START], crawl.at)
    crawl.listing(START, unknown("http://h/l"), unknown("http://h/about"))
    crawl.listing("http://h/l", listing("http://h/l2"), listing("http://h/l3"))
    crawl.listing("http://h/l2", listing("http://h/l"), listing("http://h/l4"))
    crawl.listing("http://h/l3")
    crawl.save("http://h/l4", kind=PageKind.LISTING, state=PageState.GONE)
    crawl.save("http://h/about", kind=PageKind.UNKNOWN, state=PageState.REJECTED)
    return crawl


def test_pages_that_continue_a_listing_know_its_first_page(listings: Any, archive: Archive) -> None:
    rows = archive._db.database.query("SELECT url, listing FROM pages WHERE listing IS NOT NULL")
    assert {row["url"]: row["listing"] for row in rows} == dict.fromkeys(
        ("http://h/l2", "http://h/l3", "http://h/l4"), "http://h/l"
    )
    assert archive.frontier.further_pages("http://h/l") == [
        "http://h/l2",
        "http://h/l3",
        "http://h/l4",
    ]
    archive.frontier.reopen("cq", "http://h/l2")
    assert archive.frontier.take("cq", 1)[0].listing == "http://h/l"


def test_a_section_with_pages_of_its_own_continues_no_other(
    listings: Any, archive: Archive
) -> None:
    listings.listing(START, listing("http://h/l"), listing("http://h/late"))
    archive.frontier.begin("cq", [START], listings.at)
    assert take(archive) == [START, "http://h/l", "http://h/late"]


def test_a_start_page_continues_none(listings: Any, archive: Archive) -> None:
    archive.frontier.begin("cq", [START, "http://h/l3"], listings.at)
    assert take(archive) == [START, "http://h/l", "http://h/l3"]


def test_an_incremental_run_begins_with_the_first_pages(listings: Any, archive: Archive) -> None:
    archive.frontier.begin("cq", [START], listings.at)
    assert take(archive) == [START, "http://h/l"]


def test_a_sweep_has_all_pages_that_are_not_gone(listings: Any, archive: Archive) -> None:
    archive.frontier.begin("cq", [START], listings.at, sweep=True)
    assert take(archive) == [START, *(f"http://h/l{n}" for n in ("", "2", "3")), "http://h/about"]


def test_a_further_page_that_was_gone_is_read_when_it_is_named_again(
    listings: Any, archive: Archive
) -> None:
    listings.at += timedelta(days=1)
    archive.frontier.begin("cq", [START], listings.at)
    take(archive)
    listings.listing("http://h/l", listing("http://h/l4"))
    assert take(archive) == ["http://h/l4"]


def test_a_sweep_that_did_not_get_through_is_gone_on_with(listings: Any, archive: Archive) -> None:
    began = listings.at + timedelta(days=1)
    listings.at = began + timedelta(minutes=5)
    listings.listing("http://h/l2")
    listings.save("http://h/l3", kind=PageKind.LISTING, state=PageState.REJECTED)
    since = began.strftime("%Y-%m-%dT%H:%M:%SZ")
    archive.frontier.begin("cq", [START], listings.at, sweep=True, swept_since=since)
    assert take(archive) == [START, "http://h/l", "http://h/l3", "http://h/about"]


def test_reopening_leaves_what_is_pending_alone(listings: Any, archive: Archive) -> None:
    archive.frontier.reopen("cq", "http://h/l2")
    archive.frontier.reopen("sc", "http://h/l3")
    assert take(archive) == ["http://h/l2"]
    archive.frontier.reopen("cq", "http://h/l2")
    assert take(archive) == []


def test_a_new_run_goes_on_where_a_dead_one_stopped(crawl: Any, archive: Archive) -> None:
    archive.frontier.add("cq", [notice("http://h/1"), notice("http://h/2")], START)
    assert take(archive, 1) == ["http://h/1"]
    archive.frontier.begin("cq", [], crawl.at)
    assert take(archive) == ["http://h/1", "http://h/2"]


def test_a_portal_takes_over_what_an_ad_hoc_crawl_has_met(crawl: Any, archive: Archive) -> None:
    crawl.portal = "ad-hoc"
    crawl.save(START, kind=PageKind.LISTING)
    crawl.save("http://h/list", kind=PageKind.LISTING)
    crawl.notice("http://h/read")
    archive.frontier.add("ad-hoc", [notice("http://h/pending")], START, crawl.at)
    later = crawl.at + timedelta(days=1)
    archive.frontier.begin("cq", [START], later)
    pages = [listing("http://h/list"), notice("http://h/read"), notice("http://h/pending")]
    assert archive.frontier.add("cq", pages, START, later) == 0
    assert take(archive) == [START, "http://h/list", "http://h/pending"]
    assert archive.runs.portal_state("cq").pages == {"done": 1, "pending": 3}


def test_portals_that_run_together_do_not_take_from_each_other(
    crawl: Any, archive: Archive
) -> None:
    archive.frontier.begin("cq", [], crawl.at)
    archive.frontier.begin("sc", [], crawl.at)
    now = crawl.at + timedelta(seconds=1)
    archive.frontier.add("cq", [notice("http://h/1")], None, now)
    archive.frontier.add("sc", [notice("http://h/1")], None, now)
    assert take(archive, portal="sc") == []
    crawl.save("http://h/l", portal="cq", kind=PageKind.LISTING, listing=Listing("http://h/l"))
    archive.frontier.add("sc", [listing("http://h/l")], None, now)
    assert take(archive, portal="sc") == []


def test_the_kind_of_a_page_is_what_it_turned_out_to_be(crawl: Any, archive: Archive) -> None:
    archive.frontier.add("cq", [unknown("http://h/1"), notice("http://h/2")], None)
    crawl.save("http://h/1", article=Article("http://h/1"))
    crawl.save("http://h/2", kind=PageKind.UNKNOWN, state=PageState.REJECTED)
    rows = archive._db.database.query("SELECT kind FROM pages ORDER BY url")
    assert [row["kind"] for row in rows] == ["notice", "notice"]
