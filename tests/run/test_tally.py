from __future__ import annotations

import pytest

from cqcrawler.archive import Change
from cqcrawler.models import (
    EMPTIED,
    FROM_ROW,
    UNDATED,
    Article,
    Evidence,
    PageKind,
    PageState,
)
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
        "lists": 1,
        "rows": 2,
        "new": 1,
        "changed": 1,
        "unchanged": 1,
        "withdrawn": 1,
        "gone": 1,
    }
    assert (tally.pages, tally.notices, tally.starts_answered) == (5, 3, 1)


def test_a_page_of_an_undated_section_lacks_no_date(tally, result):
    for number, origin in enumerate((UNDATED, FROM_ROW, "near title", None)):
        evidence = {"published": Evidence(origin, "", 0.9)} if origin else {}
        published = "2025-07-07" if origin and origin != UNDATED else None
        article = Article(f"http://h/{number}", published=published, provenance=evidence)
        tally.add(result(article.url, article=article), Change.NEW)
    assert (tally.counts["undated"], tally.counts["no_date"]) == (1, 2)
    assert tally.samples["no_date"] == "http://h/1"


def test_pages_without_an_answer_are_not_fetched_pages(tally, result):
    tally.add(result("http://h/1", state=PageState.FAILED, status=None, error="x"), Change.NONE)
    tally.add(result("http://h/2", state=PageState.EXCLUDED, status=None, error="y"), Change.NONE)
    assert counts(tally) == {"failed": 1, "excluded": 1, "rows_excluded": 1}
    assert tally.failed == ["http://h/1: x"]


@pytest.mark.parametrize(("kind", "rejected"), [(NOTICE, 1), (UNKNOWN, 0)])
def test_only_rows_of_listings_count_as_rejected(tally, result, kind, rejected):
    tally.add(result("http://h/1", kind, reason="not a notice"), Change.NONE)
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


def article(url, **fields):
    known = {"region": "重庆", "published": "2025-07-07", "paragraphs": ("正文" * 50,)}
    return Article(url, title="标题", **(known | fields))


def test_counts_what_notices_lack(tally, result):
    row = {"published": Evidence("listing row", "07-07", 0.7)}
    lacking = {
        "http://h/1": {},
        "http://h/2": {"region": None, "published": None},
        "http://h/3": {"paragraphs": ()},
        "http://h/4": {"provenance": row, "paragraphs": ("短",)},
    }
    for url, fields in lacking.items():
        tally.add(result(url, article=article(url, **fields)), Change.NEW)
    signs = {name: tally.counts[name] for name in ("articles", "no_region", "no_date", "no_body")}
    assert signs == {"articles": 4, "no_region": 1, "no_date": 2, "no_body": 1}
    assert tally.samples == {
        "no_region": "http://h/2",
        "no_date": "http://h/2",
        "no_body": "http://h/3",
        "short_body": "http://h/4",
    }


@pytest.mark.parametrize(("usual", "short"), [(0, 1), (100, 1), (900, 3)])
def test_counts_texts_that_are_far_shorter_than_usual(tally, result, usual, short):
    for number, length in enumerate((0, 10, 100, 120, 5000)):
        fields = {"paragraphs": ("字" * length,)} if length else {"paragraphs": ()}
        tally.add(result("http://h/", article=article(f"http://h/{number}", **fields)), Change.NEW)
    tally.note_usual_body(usual)
    assert (tally.counts["body_median"], tally.counts["short_body"]) == (100, short)


def test_a_listing_that_lost_its_rows_is_no_empty_last_page(tally, result, listing):
    tally.add(page_of(result, listing, "http://h/", ["http://h/1"], None), Change.NONE)
    emptied = {"reason": EMPTIED}
    for url, first in (("http://h/list_2", "http://h/"), ("http://h/other/", None)):
        tally.add(result(url, LISTING, continues=first, **emptied), Change.NONE)
    assert tally.emptied == ["http://h/other/"]
    assert tally.counts["lists"] == 3


def page_of(result, listing, url, rows, declared, first=None):
    return result(url, LISTING, listing=listing(*rows, declared_total=declared), continues=first)
