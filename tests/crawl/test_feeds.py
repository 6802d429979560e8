"""Feeds and sitemaps beside the listings, and in place of those that scripts draw."""

from __future__ import annotations

import gzip
import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from tests.crawl.conftest import (
    Reply,
    Site,
    listing,
    notice,
    notice_path,
    published,
    title,
)

_UTC = "%Y-%m-%dT%H:%M:%SZ"
XML = {"Content-Type": "application/xml"}
OFFER = '<link rel="alternate" type="application/rss+xml" title="招商动态" href="/rss.xml">'


def feed(*numbers: int) -> str:
    items = "".join(
        f"<item><title>{title(n)}</title><link>{notice_path(n)}</link>"
        f"<pubDate>{datetime.fromisoformat(published(n)):%d %b %Y} 08:00:00 +0800</pubDate></item>"
        for n in numbers
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{items}</channel></rss>'
    )


def sitemap(*locations: str, changed: str = "") -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    urls = "".join(f"<url><loc>{each}</loc>{lastmod}</url>" for each in locations)
    return f'<?xml version="1.0"?><urlset>{urls}</urlset>'


def index(*locations: str, changed: str = "") -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    maps = "".join(f"<sitemap><loc>{each}</loc>{lastmod}</sitemap>" for each in locations)
    return f'<?xml version="1.0"?><sitemapindex>{maps}</sitemapindex>'


def offering(page: str) -> Reply:
    return Reply(page.replace("<title>", f"{OFFER}<title>"))


def titles(crawl) -> list[str]:
    with sqlite3.connect(crawl.archive) as db:
        return [name for (name,) in db.execute("SELECT title FROM articles ORDER BY url")]


def counts(crawl) -> dict[str, int]:
    with sqlite3.connect(crawl.archive) as db:
        (text,) = db.execute("SELECT counts FROM runs ORDER BY id DESC").fetchone()
    return json.loads(text)


@pytest.fixture
def portal(site: Site) -> Site:
    """A list of two notices that offers a feed; the feed also names a third."""
    site.pages["/"] = offering(listing([1, 2]))
    site.pages["/rss.xml"] = Reply(feed(3, 1), headers=XML)
    for number in (1, 2, 3):
        site.pages[notice_path(number)] = Reply(notice(number))
    return site


def test_a_notice_that_only_the_feed_names_is_read(portal, crawl):
    first = crawl(portal.url).portal
    assert (first["outcome"], first["new"], first["complete"]) == ("ok", 3, True)
    assert portal.hits.count("/rss.xml") == 1
    assert portal.hits[-2:] == ["/rss.xml", notice_path(3)]
    assert counts(crawl)["feeds"] == 1


def test_what_a_feed_has_no_more_is_not_withdrawn(portal, crawl):
    crawl(portal.url)
    portal.pages["/rss.xml"] = Reply(feed(1), headers=XML)
    portal.pages[notice_path(3)] = Reply(notice(3))
    again = crawl(portal.url, "--full").portal
    assert (again["outcome"], again["withdrawn"]) == ("quiet", 0)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (Reply("<html><title>出错了</title><p>页面不存在</p></html>"), "no feed: a page: 出错了"),
        (Reply("", 404), "HTTP 404"),
        (Reply("", headers=XML), "no feed: the page is empty"),
        (Reply("<rss><channel></channel></rss>", headers=XML), "a feed without rows"),
    ],
)
def test_a_broken_feed_is_said_and_spoils_no_run(portal, crawl, broken, said):
    portal.pages["/rss.xml"] = broken
    report = crawl(portal.url).portal
    assert (report["outcome"], report["new"], report["failed"]) == ("ok", 2, 0)
    assert "1 of 1 feeds and sitemaps unread" in report["reason"]
    assert said in report["reason"]
    assert counts(crawl)["feeds_unread"] == 1


def test_a_cut_feed_gives_what_is_whole(portal, crawl):
    text = feed(3, 1)
    portal.pages["/rss.xml"] = Reply(text[: text.rindex("</link>") - 3], headers=XML)
    report = crawl(portal.url).portal
    assert (report["outcome"], report["new"]) == ("ok", 3)
    assert "the page breaks off in the middle" in report["reason"]


def test_a_sitemap_of_robots_txt_gives_what_looks_like_a_notice(portal, crawl):
    others = [f"/about/{name}.html" for name in ("us", "map", "5")]
    names = [notice_path(4), notice_path(5), *others, "/upload/1.pdf"]
    portal.pages["/robots.txt"] = Reply(
        f"User-agent: *\nDisallow:\nSitemap: {portal.url}/maps/index.xml\n",
        headers={"Content-Type": "text/plain"},
    )
    portal.pages["/maps/index.xml"] = Reply(index(f"{portal.url}/maps/1.xml.gz"), headers=XML)
    portal.pages["/maps/1.xml.gz"] = Reply(
        gzip.compress(sitemap(*(portal.url + name for name in names)).encode()),
        headers={"Content-Type": "application/x-gzip"},
    )
    portal.pages[notice_path(4)] = Reply(notice(4))
    report = crawl(portal.url).portal
    assert (report["outcome"], report["new"]) == ("ok", 4)
    assert title(4) in titles(crawl)
    assert not set(others) & set(portal.hits)
    assert "3 of 5 addresses in" in report["reason"]
    assert "1 pages that only a feed or sitemap names are gone" in report["reason"]
    assert counts(crawl)["left_out"] == 3


def test_sitemaps_that_have_not_changed_are_left_alone(portal, crawl):
    portal.pages["/robots.txt"] = Reply(f"Sitemap: {portal.url}/index.xml")
    portal.pages["/index.xml"] = Reply(index(f"{portal.url}/1.xml", changed="2025-01-01"))
    portal.pages["/1.xml"] = Reply(sitemap(portal.url + notice_path(2)))
    crawl(portal.url)
    crawl(portal.url)
    assert (portal.hits.count("/index.xml"), portal.hits.count("/1.xml")) == (2, 1)
    portal.pages["/index.xml"] = Reply(index(f"{portal.url}/1.xml"))
    crawl(portal.url)
    assert (portal.hits.count("/index.xml"), portal.hits.count("/1.xml")) == (3, 2)


def test_a_sitemap_in_place_of_lists_that_scripts_draw(site, crawl):
    names = [site.url + notice_path(number) for number in (1, 2, 3)]
    site.pages["/index.xml"] = Reply(index(f"{site.url}/1.xml", f"{site.url}/2.xml"))
    site.pages["/1.xml"] = Reply(sitemap(*names[:2], f"{site.url}/"))
    site.pages["/2.xml"] = Reply(sitemap(*names[2:]))
    site.pages["/"] = Reply("<html><title>招商网</title><script>draw()</script></html>")
    for number in (1, 2, 3):
        site.pages[notice_path(number)] = Reply(notice(number))
    report = crawl(f"{site.url}/index.xml").portal
    # A sitemap says what its system knows of: nobody can tell whether that is all.
    assert (report["outcome"], report["new"], report["complete"]) == ("ok", 3, None)
    again = crawl(f"{site.url}/index.xml").portal
    assert (again["outcome"], again["new"]) == ("quiet", 0)


def test_a_sitemap_of_another_site_is_no_success(site, crawl):
    site.pages["/map.xml"] = Reply(sitemap("http://www.else.example/info/1.html"))
    report = crawl(f"{site.url}/map.xml").portal
    assert report["outcome"] == "incomplete"
    assert "1 of 1 addresses" in report["reason"]
    assert "left out (of other sites)" in report["reason"]


def test_what_only_a_sitemap_names_is_read_in_later_runs_too(site, crawl):
    """Though one of its pages turned out to be a list of notices with other addresses."""
    for number in (1, 2):
        site.pages[notice_path(number)] = Reply(notice(number))
    for number in (7, 8):
        site.pages[f"/news/{number}.html"] = Reply(notice(number))
    site.pages["/about.html"] = Reply(listing([1, 2]))
    site.pages["/map.xml"] = Reply(sitemap("/about.html", "/news/7.html"))
    assert crawl(f"{site.url}/map.xml").portal["new"] == 3
    site.pages["/map.xml"] = Reply(sitemap("/about.html", "/news/7.html", "/news/8.html"))
    assert crawl(f"{site.url}/map.xml").portal["new"] == 1


def test_indexes_that_name_each_other_are_asked_for_once(portal, crawl):
    portal.pages["/robots.txt"] = Reply(f"Sitemap: {portal.url}/a.xml")
    portal.pages["/a.xml"] = Reply(index(f"{portal.url}/a.xml", f"{portal.url}/b.xml"))
    portal.pages["/b.xml"] = Reply(index(f"{portal.url}/a.xml", f"{portal.url}/1.xml"))
    portal.pages["/1.xml"] = Reply(sitemap(portal.url + notice_path(2)))
    for _ in range(2):
        portal.requests.clear()
        crawl(portal.url)
        assert sorted(path for path in portal.hits if path.endswith("xml")) == [
            "/1.xml",
            "/a.xml",
            "/b.xml",
            "/rss.xml",
        ]


def test_a_feed_may_be_all_that_a_portal_names(portal, crawl):
    report = crawl(f"{portal.url}/rss.xml").portal
    assert (report["outcome"], report["new"], report["complete"]) == ("ok", 2, None)


def test_since_goes_by_dates_of_publication_and_leaves_out_what_has_not_changed(site, crawl):
    site.pages["/"] = Reply(sitemap(site.url + notice_path(1), changed=published(1)))
    site.pages["/old.xml"] = Reply(sitemap(site.url + notice_path(9), changed=published(9)))
    for number in (1, 9):
        site.pages[notice_path(number)] = Reply(notice(number))
    report = crawl(f"{site.url}/", f"{site.url}/old.xml", "--since", published(5)).portals
    (report,) = report.values()
    assert report["new"] == 1
    assert "1 of 1 addresses" in report["reason"]


def test_a_change_that_a_sitemap_tells_is_looked_at(portal, crawl):
    portal.pages["/robots.txt"] = Reply(f"Sitemap: {portal.url}/map.xml")
    portal.pages["/map.xml"] = Reply(sitemap(portal.url + notice_path(2)))
    crawl(portal.url)
    with sqlite3.connect(crawl.archive) as db:  # as if it had been quiet for years
        old, then = "2020-01-01T00:00:00Z", f"{datetime.now(UTC) - timedelta(hours=2):{_UTC}}"
        db.execute("UPDATE pages SET found_at = ?, checked_at = ?", [old, then])
        db.execute("UPDATE articles SET first_seen = ?, published = '2019-12-31'", [old])
    before = portal.hits.count(notice_path(2))
    crawl(portal.url)
    assert portal.hits.count(notice_path(2)) == before
    portal.pages["/map.xml"] = Reply(
        sitemap(portal.url + notice_path(2), changed=f"{datetime.now(UTC):{_UTC}}")
    )
    crawl(portal.url)
    assert portal.hits.count(notice_path(2)) == before + 1
