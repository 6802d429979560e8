from __future__ import annotations

import pytest

from cqcrawler.archive import Change
from cqcrawler.models import Candidate, PageKind, PageState, Reject
from cqcrawler.run.tally import BLOCKED, Tally

NOTICE, LISTING, UNKNOWN = PageKind.NOTICE, PageKind.LISTING, PageKind.UNKNOWN


@pytest.fixture
def tally():
    return Tally(frozenset({"http://h/"}))


def counts(tally):
    return {name: count for name, count in tally.counts.items() if count}


def test_counts_what_pages_came_to(tally, result, listing):
    tally.add(
        result("http://h/", LISTING, listing=listing("http://h/1", "http://h/2")), Change.NONE
    )
    for number, change in enumerate((Change.NEW, Change.CHANGED, Change.UNCHANGED)):
        tally.add(result(f"http://h/{number}"), change)
    gone = result("http://h/4", state=PageState.GONE, status=404)
    tally.add(gone, Change.WITHDRAWN)
    assert counts(tally) == {
        "listing_pages": 1,
        "detail_pages": 4,
        "read": 4,
        "rows": 2,
        "new": 1,
        "changed": 1,
        "unchanged": 1,
        "withdrawn": 1,
        "gone": 1,
    }
    assert (tally.pages, tally.notices, tally.starts_answered) == (5, 3, 1)


def test_pages_without_an_answer_are_not_fetched_pages(tally, result):
    tally.add(result("http://h/1", state=PageState.FAILED, status=None, error="x"), Change.NONE)
    tally.add(result("http://h/2", state=PageState.EXCLUDED, status=None, error="y"), Change.NONE)
    assert counts(tally) == {"failed": 1, "excluded": 1}
    assert tally.failed == ["http://h/1: x"]


@pytest.mark.parametrize(("kind", "rejected"), [(NOTICE, 1), (UNKNOWN, 0)])
def test_only_rows_of_listings_count_as_rejected(tally, result, kind, rejected):
    reject = Reject("not a notice")
    tally.add(result("http://h/1", kind, state=PageState.REJECTED, reject=reject), Change.NONE)
    assert tally.counts["rejected"] == rejected
    assert tally.bad_starts == {}


def test_tells_start_pages_from_other_listings(tally, result):
    for url in ("http://h/", "http://h/list_2"):
        failed = result(url, LISTING, state=PageState.FAILED, status=500, error="HTTP 500")
        tally.add(failed, Change.NONE)
    assert tally.bad_starts == {"http://h/": "HTTP 500"}
    assert tally.bad_listings == {"http://h/list_2": "HTTP 500"}


def test_a_listing_page_that_is_no_more_is_no_failure(tally, result):
    gone = result("http://h/list_9", LISTING, state=PageState.GONE, status=404, error="HTTP 404")
    tally.add(gone, Change.NONE)
    assert tally.bad_listings == {}


def test_tells_blocked_from_failed(tally, result):
    error = f"{BLOCKED}captcha"
    tally.add(result("http://h/1", state=PageState.FAILED, error=error), Change.NONE)
    assert (tally.blocked, tally.failed) == ([f"http://h/1: {error}"], [])


def page_of(result, listing, url, rows, others, declared):
    return result(
        url,
        LISTING,
        listing=listing(*rows, declared_total=declared),
        candidates=tuple(Candidate(other, LISTING) for other in others),
    )


def test_rows_of_all_pages_of_a_listing_count_towards_its_total(tally, result, listing):
    pages = {
        "http://h/": ["http://h/a", "http://h/b"],
        "http://h/2": ["http://h/b", "http://h/c"],
    }
    for url, rows in pages.items():
        others = [other for other in pages if other != url]
        tally.add(page_of(result, listing, url, rows, others, 4), Change.NONE)
    assert tally.declared.total == 4
    assert tally.declared.shortfall() == "http://h/ declares 4 notices, 3 were listed"
    third = page_of(result, listing, "http://h/3", ["http://h/d"], ["http://h/"], 4)
    tally.declared.add(page_of(result, listing, "http://h/2", [], ["http://h/3"], 4))
    tally.add(third, Change.NONE)
    assert tally.declared.shortfall() is None


def test_listings_are_counted_apart(tally, result, listing):
    for url, rows, declared in (
        ("http://h/a/", ["http://h/1", "http://h/2"], 2),
        ("http://h/b/", ["http://h/1"], 3),
        ("http://h/c/", ["http://h/4"], None),
    ):
        tally.add(page_of(result, listing, url, rows, [], declared), Change.NONE)
    assert tally.declared.total == 5
    assert tally.declared.shortfall() == "http://h/b/ declares 3 notices, 1 were listed"


def test_no_total_where_none_is_declared(tally, result, listing):
    tally.add(page_of(result, listing, "http://h/", ["http://h/1"], [], None), Change.NONE)
    assert (tally.declared.total, tally.declared.shortfall()) == (None, None)
