"""The order and the bounds in which a run fetches pages."""

from __future__ import annotations

from datetime import date

import pytest

from cqcrawler.models import Candidate, Link, PageKind, PageState
from cqcrawler.run.feed import Feed
from cqcrawler.run.repeats import Repeats
from cqcrawler.run.scope import Scope

NOTICE, LISTING, UNKNOWN = PageKind.NOTICE, PageKind.LISTING, PageKind.UNKNOWN


class Frontier:
    """A frontier that hands out what it was given, once, listings first like the real one."""

    def __init__(self, *pages):
        self.pages = list(pages)
        self.failed = []
        self.reopened = []
        self.left = []

    def take(self, portal, limit, starts):
        assert starts == {"http://h/"}
        self.pages.sort(key=lambda page: page.kind)
        taken, self.pages = self.pages[:limit], self.pages[limit:]
        return taken

    def take_failed(self, portal, limit):
        taken, self.failed = self.failed[:limit], self.failed[limit:]
        return taken

    def reopen(self, portal, url):
        self.reopened.append(url)

    def leave_read(self, url):
        self.left.append(url)

    def further_pages(self, listing):
        return []

    def unchanged_rows(self, listing, rows):
        return {row.url for row in rows}


@pytest.fixture
def feed():
    def make(*pages, scope=None, sections=100):
        return Feed(
            Frontier(*pages),
            "p",
            scope=scope or Scope(),
            start_urls=["http://h/"],
            max_sections=sections,
            repeats=Repeats(),
        )

    return make


def urls(feed):
    found = []
    while page := feed.next():
        found.append(page.url.removeprefix("http://h"))
    return found


def test_gives_every_page_once_the_start_page_first(feed, page):
    pages = [page(f"http://h/{n}") for n in range(120)]
    given = urls(feed(*pages, page("http://h/", UNKNOWN)))
    assert sorted(given) == sorted({f"/{n}" for n in range(120)} | {"/"})
    assert urls(feed(pages[0], page("http://h/", UNKNOWN)))[0] == "/"


def test_goes_on_when_new_pages_come_in(feed, page):
    feed = feed()
    assert feed.next() is None
    feed._frontier.pages.append(page("http://h/1"))
    assert not feed.has_next()  # It only says what is ready: asking changes nothing.
    assert feed.fill()
    assert feed.has_next()
    assert urls(feed) == ["/1"]


def test_a_budget_goes_to_new_notices_then_listings_then_revisits(feed, page):
    pages = [
        page("http://h/list", LISTING),
        page("http://h/old", fetched_at="2025-07-01T00:00:00Z"),
        *(page(f"http://h/{n}") for n in range(60)),
        page("http://h/section", UNKNOWN),
        page("http://h/", LISTING),
    ]
    given = urls(feed(*pages, scope=Scope(max_pages=100)))
    assert given[0] == "/"
    assert given[1:61] == [f"/{n}" for n in range(60)]
    assert given[61:] == ["/list", "/section", "/old"]


def test_what_failed_before_is_given_apart_within_the_same_bounds(feed, page):
    scope = Scope(max_pages=3, since=date(2025, 7, 7))
    feed = feed(page("http://h/1"), scope=scope)
    old = page("http://h/old", published="2025-07-06")
    feed._frontier.failed = [old, *(page(f"http://h/bad{n}") for n in range(60))]
    assert urls(feed) == ["/1"]
    assert [feed.next_failed().url for _ in range(2)] == ["http://h/bad0", "http://h/bad1"]
    assert feed.next_failed() is None


def test_a_budget_ends(feed, page):
    feed = feed(*(page(f"http://h/{n}") for n in range(5)), scope=Scope(max_pages=2))
    assert urls(feed) == ["/0", "/1"]
    assert not feed.has_next()


def test_what_was_not_fetched_costs_nothing(feed, page, result):
    feed = feed(*(page(f"http://h/{n}") for n in range(5)), scope=Scope(max_pages=2))
    urls(feed)
    feed.learn(result("http://h/1", state=PageState.EXCLUDED, status=None))
    assert urls(feed) == ["/2"]


def test_tries_a_bounded_number_of_unknown_pages_and_says_so_once(feed, page, caplog):
    pages = [page(f"http://h/{n}", UNKNOWN) for n in range(9)]
    assert urls(feed(*pages, sections=3)) == ["/0", "/1", "/2"]
    assert caplog.text.count("CQCRAWLER_MAX_SECTIONS") == 1


def test_start_pages_are_no_sections(feed, page):
    assert urls(feed(page("http://h/", UNKNOWN), sections=0)) == ["/"]


SINCE = Scope(since=date(2025, 7, 7))


def test_since_leaves_out_old_notices_and_keeps_undated_ones(feed, page):
    pages = [
        page("http://h/old", published="2025-07-06"),
        page("http://h/new", published="2025-07-07"),
        page("http://h/undated"),
    ]
    assert urls(feed(*pages, scope=SINCE)) == ["/new", "/undated"]


@pytest.fixture
def paged(feed, page, result, listing):
    """A feed with a listing of four pages, and what page `n` came to."""

    def read(number, *dates):
        url = "http://h/" if number == 1 else f"http://h/{number}"
        rows = [Link(f"http://h/n{number}-{n}", published=day) for n, day in enumerate(dates)]
        candidates = tuple(Candidate(f"http://h/{n}", LISTING) for n in (2, 3, 4) if n != number)
        first = None if number == 1 else "http://h/"
        return result(url, LISTING, listing=listing(*rows), candidates=candidates, continues=first)

    pages = [page(f"http://h/{n}", LISTING, listing="http://h/") for n in (2, 3, 4)]
    return feed(page("http://h/", LISTING), *pages, scope=SINCE), read


def test_since_pages_on_one_page_at_a_time(paged):
    feed, read = paged
    assert urls(feed) == ["/"]
    feed.learn(read(1, "2025-07-09", "2025-07-08"))
    assert urls(feed) == ["/2"]
    feed.learn(read(2, "2025-07-07", "2025-07-06"))
    assert urls(feed) == ["/3"]
    feed.learn(read(3, "2025-07-06", "2025-07-05"))
    assert urls(feed) == []
    assert feed._frontier.reopened == []


@pytest.mark.parametrize(
    "dates",
    [("2019-01-01", "2025-07-08"), ("2025-07-08", "2019-01-01"), ("2019-01-01", None), ()],
    ids=["pinned", "out of order", "undated", "no rows"],
)
def test_since_is_not_stopped_by(paged, dates):
    feed, read = paged
    urls(feed)
    feed.learn(read(1, *dates))
    assert urls(feed) == ["/2"]


def test_since_reads_the_first_page_of_every_listing(feed, page):
    pages = [page("http://h/", LISTING), page("http://h/other", LISTING)]
    assert urls(feed(*pages, scope=SINCE)) == ["/", "/other"]


def test_a_page_read_in_an_earlier_run_is_reopened_when_its_turn_comes(feed, page, result):
    feed = feed(page("http://h/", LISTING))
    further = tuple(Candidate(f"http://h/{n}", LISTING) for n in (2, 3))
    feed.learn(result("http://h/", LISTING, candidates=further))
    assert feed._frontier.reopened == ["http://h/2"]
    assert feed.unread == {"http://h/"}


def test_a_listing_that_only_repeats_itself_is_not_read_on(feed, page, result):
    first, at = "http://h/", "2025-07-01T00:00:00Z"
    pages = [page(f"http://h/{n}", LISTING, listing=first, fetched_at=at) for n in (5, 6)]
    feed = feed(*pages, page("http://h/7", LISTING, listing=first))
    feed._repeats.ended.add(first)
    assert urls(feed) == ["/7"]
    assert feed._frontier.left == ["http://h/5", "http://h/6"]
    feed._paging.learn(result(first, LISTING, candidates=(Candidate("http://h/7", LISTING),)))
    feed.learn(
        result(
            "http://h/7", LISTING, candidates=(Candidate("http://h/8", LISTING),), continues=first
        )
    )
    assert feed._frontier.reopened == []


def test_a_full_run_reads_whatever_is_pending(feed, page, result):
    pages = [page(f"http://h/{n}", LISTING, listing="http://h/") for n in (2, 3)]
    feed = feed(page("http://h/", LISTING), *pages, scope=Scope(full=True))
    assert urls(feed) == ["/", "/2", "/3"]
    feed.learn(result("http://h/", LISTING, candidates=(Candidate("http://h/2", LISTING),)))
    assert (feed._frontier.reopened, feed.unread) == ([], frozenset())
