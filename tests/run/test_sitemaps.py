"""Which of the addresses that a sitemap names are asked for."""

from __future__ import annotations

from datetime import date

import pytest

from cqcrawler.models import Candidate, FeedKind, Link, Listing, PageKind
from cqcrawler.run.scope import Scope
from cqcrawler.run.sitemaps import Sitemaps, notice_shape

MAP = "http://h/map.xml"
BESIDE = f"{MAP}#beside:"
WHOLE = Scope()


@pytest.mark.parametrize(
    ("url", "other", "alike"),
    [
        ("http://h/zsdt/202609/t20260930_12.html", "http://h/zsdt/202501/t20250101_9.html", True),
        ("http://h/zsdt/202609/t20260930_12.html", "http://h/zwgk/202609/t20260930_12.html", False),
        ("http://h/art/2026/9/30/art_12_3.html", "http://h/art/2025/11/2/art_12_77.html", True),
        ("http://h/info/1021/33.htm", "http://h/info/1021/44.htm", True),
        ("http://h/info/1021/33.htm", "http://h/info/1022/44.htm", False),  # another section
        ("http://h/show.aspx?id=33", "http://h/show.aspx?id=4", True),
        ("http://h/show.aspx?id=33", "http://h/list.aspx?id=33", False),
        ("http://h/1.html", "http://other/1.html", False),
    ],
)
def test_notices_of_a_section_have_addresses_of_one_shape(url, other, alike):
    assert (notice_shape(url) == notice_shape(other)) is alike


class Notices:
    """What an archive knows of: the notices of listings, and those that were read."""

    def __init__(self, listed, read):
        self.listed, self.read = listed, read

    def listed_notices(self, portal, other_than):
        return self.listed

    def read_notices(self, portal):
        return self.read


@pytest.fixture
def selected(result):
    """The pages that are asked for of a sitemap with these rows, and what is said of the others."""

    def select(
        *rows, listed=(), read=(), elsewhere=(), scope=WHOLE, url=BESIDE, kind=FeedKind.SITEMAP
    ):
        listing = Listing(url, tuple(Link(row.url) for row in rows), feed=kind)
        page = result(url, PageKind.LISTING, listing=listing, candidates=rows, elsewhere=elsewhere)
        sitemaps = Sitemaps(Notices(listed, read), "p", scope)
        chosen = sitemaps.select(page)
        assert [row.url for row in chosen.listing.rows] == [
            page.url for page in chosen.candidates if page.kind is PageKind.NOTICE
        ]
        taken = [(page.url, page.kind.value) for page in chosen.candidates]
        return taken, list(sitemaps.notes())

    return select


def row(url: str, **fields) -> Candidate:
    return Candidate(url, PageKind.NOTICE, **fields)


def test_what_looks_like_notices_of_the_listings_is_taken(selected):
    rows = row("http://h/info/7.html"), row("http://h/about/7.html")
    taken, notes = selected(*rows, listed=["http://h/info/1.html"])
    assert taken == [("http://h/info/7.html", "notice")]
    assert notes == [f"1 of 2 addresses in {MAP} left out (not like notices of listings)"]


def test_what_has_a_title_or_date_is_news(selected):
    rows = (
        row("http://h/a", title="签约"),
        row("http://h/b", published="2026-09-30"),
        row("http://h/c"),
    )
    taken, _ = selected(*rows)
    assert [url for url, _ in taken] == ["http://h/a", "http://h/b"]


def test_a_sitemap_in_place_of_listings_is_taken_as_a_whole(selected):
    rows = row("http://h/info/7.html"), row("http://h/about/")
    taken, notes = selected(*rows, url=MAP)
    assert taken == [("http://h/info/7.html", "notice"), ("http://h/about/", "unknown")]
    assert not notes


def test_what_only_a_sitemap_names_is_taken_though_a_listing_names_others(selected):
    rows = row("http://h/news/8.html"), row("http://h/about/")
    known = {"listed": ["http://h/info/1.html"], "read": ["http://h/news/7.html"]}
    assert selected(*rows, url=MAP, **known)[0] == [("http://h/news/8.html", "notice")]
    assert selected(*rows, **known)[0] == []


def test_addresses_of_other_sites_are_told(selected):
    rows = row("http://h/info/7.html"), row("http://h/about/")
    other = {"elsewhere": ("http://www.h/1.html",)}
    _, notes = selected(*rows, listed=["http://h/info/1.html"], **other)
    assert notes == [
        f"1 of 3 addresses in {MAP} left out (not like notices of listings)",
        f"1 of 3 addresses in {MAP} left out (of other sites)",
    ]
    assert selected(**other)[1] == [f"1 of 1 addresses in {MAP} left out (of other sites)"]


def test_a_feed_is_taken_as_it_is(selected):
    taken, notes = selected(row("http://h/x/7.html"), kind=FeedKind.FEED)
    assert (taken, notes) == ([("http://h/x/7.html", "notice")], [])


def test_a_change_is_no_publication_but_what_has_not_changed_is_not_new(selected):
    rows = (
        row("http://h/info/1.html", changed="2026-09-30T00:00:00Z"),
        row("http://h/info/2.html", changed="2026-08-31"),
        row("http://h/info/3.html"),
        row("http://h/info/4.html", published="2026-08-31", changed="2026-09-30"),
    )
    scope = Scope(since=date(2026, 9, 1))
    taken, notes = selected(*rows, listed=["http://h/info/9.html"], scope=scope)
    assert taken == [("http://h/info/1.html", "notice")]
    assert notes == [f"3 of 4 addresses in {MAP} left out (no date since then)"]
