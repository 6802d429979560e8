"""How many pages a run fetches, of which sites, and which of them twice."""

from __future__ import annotations

import pytest

from cqcrawler.models import PageKind, PageState
from cqcrawler.run.bounds import BoundedFeed
from cqcrawler.run.patience import Patience

ENDED = {"http://a/list/"}


class Pages:
    """A feed of the pages that it was given, and of those that failed before."""

    def __init__(self, pages):
        self.pages, self.beside, self.failed, self.learnt = list(pages), [], [], []

    def has_next(self):
        return bool(self.pages)

    fill = has_next

    def fill_beside(self):
        return bool(self.beside)

    def next_beside(self):
        return self.beside.pop(0) if self.beside else None

    def fill_failed(self):
        return bool(self.failed)

    def next_failed(self):
        return self.failed.pop(0) if self.failed else None

    def next(self):
        return self.pages.pop(0) if self.pages else None

    def learn(self, result):
        self.learnt.append(result)


@pytest.fixture
def bounded(page):
    def make(*urls, most=100):
        feed = Pages(page(f"http://{url}") for url in urls)
        return BoundedFeed(feed, Patience(5, 20, 1.0), max_pages=most, ended=ENDED.__contains__)

    return make


def urls(feed, result=None):
    """Fetch all pages, each with the result that `result` makes of its URL."""
    found = []
    while page := feed.next():
        found.append(page.url.removeprefix("http://"))
        if result:
            feed.settle(result(page.url))
    return found


def test_leaves_out_further_pages_of_a_listing_that_has_ended(page):
    ended = page("http://a/list/9", PageKind.LISTING, listing="http://a/list/")
    other = page("http://a/other/9", PageKind.LISTING, listing="http://a/other/")
    feed = BoundedFeed(
        Pages([ended, other]), Patience(5, 20, 1.0), max_pages=9, ended=ENDED.__contains__
    )
    assert urls(feed) == ["a/other/9"]


def test_feeds_come_after_the_listings_and_before_what_failed(page):
    pages = Pages([page("http://a/1")])
    pages.beside, pages.failed = [page("http://a/rss")], [page("http://a/failed")]
    feed = BoundedFeed(pages, Patience(5, 20, 1.0), max_pages=9, ended=ENDED.__contains__)
    assert feed.next().url == "http://a/1"
    assert feed.next() is None  # It may lead to others.
    feed.let_go("http://a/1")
    assert feed.next().url == "http://a/rss"
    feed.let_go("http://a/rss")
    assert feed.next().url == "http://a/failed"


@pytest.fixture
def failing(result):
    """Failures that may pass, for the URLs named."""

    def make(*bad, transient=True):
        def fetched(url):
            if url.removeprefix("http://") not in bad:
                return result(url)
            return result(url, state=PageState.FAILED, status=503, transient=transient)

        return fetched

    return make


def test_ends_at_the_most_pages_and_says_so(bounded):
    feed = bounded("h/1", "h/2", "h/3", most=2)
    assert urls(feed) == ["h/1", "h/2"]
    assert not feed.has_next()
    assert feed.exhausted


def test_as_many_as_allowed_is_not_too_many(bounded):
    feed = bounded("h/1", "h/2", most=2)
    assert urls(feed) == ["h/1", "h/2"]
    assert not feed.exhausted


def test_what_was_not_fetched_is_not_counted(bounded, result):
    feed = bounded("h/1", "h/2", most=1)
    assert urls(feed, lambda url: result(url, state=PageState.EXCLUDED)) == ["h/1", "h/2"]


def test_leaves_out_the_sites_that_were_given_up(bounded):
    feed = bounded("a/1", "b/1", "a/2", "b/2")
    for page in range(20):
        feed._patience.failed("a", f"/{page}", "a timeout")
    assert urls(feed) == ["b/1", "b/2"]


def test_a_page_that_failed_is_asked_for_again_when_all_others_were(bounded, failing):
    feed = bounded("h/1", "h/2", "h/3")
    assert urls(feed, failing("h/2")) == ["h/1", "h/2", "h/3", "h/2"]
    assert [result.visit.url for result in feed._feed.learnt] == [
        "http://h/1",
        "http://h/3",
        "http://h/2",
    ]
    assert feed.failures() == []


@pytest.mark.parametrize("transient", [True, False])
def test_only_a_failure_with_hope_waits_for_another_chance(bounded, failing, transient):
    feed = bounded("h/1", "h/2")
    for expected in (True, not transient):
        page = feed.next()
        assert feed.settle(failing("h/2", transient=transient)(page.url)) is expected
    assert [result.visit.url for result in feed.failures()] == ["http://h/2"] * transient


def test_what_failed_in_earlier_runs_comes_when_nothing_else_is_on_its_way(bounded, page, result):
    feed = bounded("h/", "h/1")
    feed._feed.failed = [page("http://h/bad")]
    start, other = feed.next(), feed.next()
    assert feed.next() is None
    feed.settle(result(start.url))
    feed._feed.pages.append(page("http://h/2"))
    assert urls(feed, result) == ["h/2"]
    feed.let_go(other.url)
    assert urls(feed, result) == ["h/bad"]


def test_a_page_that_never_comes_back_keeps_no_run_open(bounded, failing, result):
    feed = bounded("h/1", "h/2", "h/lost")
    feed.settle(result(feed.next().url))
    feed.settle(failing("h/2")(feed.next().url))
    lost = feed.next()
    assert feed.next() is None
    assert not feed.has_next()
    feed.let_go(lost.url)
    assert feed.has_next()
    assert urls(feed, result) == ["h/2"]


def test_failed_pages_that_are_left_are_more_than_the_run_may_fetch(bounded, page, result):
    feed = bounded("h/1", most=1)
    feed._feed.failed = [page("http://h/bad")]
    assert urls(feed, result) == ["h/1"]
    assert feed.exhausted


def test_nothing_else_read_is_no_reason_to_hope(bounded, failing):
    assert urls(bounded("h/1"), failing("h/1")) == ["h/1"]
