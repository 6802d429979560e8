"""A robots.txt that cannot be had, over weeks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest


def failing_for(crawl, days):
    """Have all robots.txt that fail have begun to fail so many days ago."""
    since = datetime.now(UTC) - timedelta(days=days)
    with closing(sqlite3.connect(crawl.archive)) as db, db:
        (changed,) = (
            db.execute(
                "UPDATE robots_files SET failing_since = ? WHERE failing_since IS NOT NULL",
                [since.strftime("%Y-%m-%dT%H:%M:%SZ")],
            ).rowcount,
        )
    assert changed == 1


def test_the_last_good_copy_holds_for_thirty_days(site, crawl, pages):
    site.portal(3)
    rules = pages.Reply("User-agent: *\nDisallow: /info/detail/4.html\nCrawl-delay: 0.1")
    site.pages["/robots.txt"] = rules
    assert crawl(site.url).portal["new"] == 3
    site.portal(4)
    site.pages["/robots.txt"] = pages.Reply("oops", 500)
    crawled = crawl(site.url).portal
    assert (crawled["outcome"], crawled["new"]) == ("quiet", 0)
    assert "detail/4.html: forbidden by robots.txt" in crawled["reason"]
    failing_for(crawl, 29)
    assert crawl(site.url).portal["outcome"] == "quiet"
    assert pages.notice_path(4) not in site.hits
    failing_for(crawl, 31)
    site.portal(5)
    site.pages["/robots.txt"] = pages.Reply(reset=True)
    crawled = crawl(site.url).portal
    assert crawled["outcome"] == "ok"
    assert "fails for 30 days" in crawled["reason"]
    assert "as if there were none" in crawled["reason"]
    assert pages.notice_path(5) in site.hits
    site.pages["/robots.txt"] = rules
    crawled = crawl(site.url).portal
    assert (crawled["outcome"], "fails for" in crawled["reason"]) == ("quiet", False)
    site.pages["/robots.txt"] = pages.Reply("oops", 500)
    assert "fails for" not in crawl(site.url).portal["reason"]


def test_without_a_copy_nothing_is_fetched_for_thirty_days(site, crawl, pages):
    site.portal(3)
    site.pages["/robots.txt"] = pages.Reply("oops", 500)
    crawled = crawl(site.url)
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "unreachable")
    assert "HTTP 500" in crawled.portal["reason"]
    assert site.hits == []
    failing_for(crawl, 29)
    assert crawl(site.url).portal["outcome"] == "unreachable"
    assert site.hits == []
    failing_for(crawl, 31)
    crawled = crawl(site.url).portal
    assert (crawled["outcome"], crawled["new"]) == ("ok", 3)
    assert "HTTP 500" in crawled["reason"]


def test_that_there_is_none_is_an_answer(site, crawl, pages):
    site.portal(3)
    assert crawl(site.url).portal["new"] == 3
    site.portal(4)
    site.pages["/robots.txt"] = pages.Reply("oops", 503)
    assert crawl(site.url).portal["new"] == 1


def test_no_more_is_read_than_a_file_may_have(site, crawl, pages):
    site.portal(1)
    site.pages["/robots.txt"] = pages.Reply("User-agent: *\n" + "# none\n" * 100_000)
    assert crawl(site.url).portal["new"] == 1
    with closing(sqlite3.connect(crawl.archive)) as db:
        assert db.execute("SELECT length(body) FROM robots_files").fetchall() == [(500 * 1024,)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gbk"])
def test_the_rules_hold_in_whatever_encoding_they_are(site, crawl, pages, encoding):
    site.portal(2)
    rules = "# 规则\nUser-agent: *\nDisallow: /info/detail/2.html\n"
    site.pages["/robots.txt"] = pages.Reply(rules.encode(encoding))
    assert crawl(site.url).portal["new"] == 1
    assert pages.notice_path(2) not in site.hits


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_group_may_name_us_with_a_version(site, crawl, pages, end):
    site.portal(2)
    rules = ("User-agent: cqcrawler/1.0 (+x)", f"Disallow: {pages.notice_path(2)}", "")
    site.pages["/robots.txt"] = pages.Reply(end.join((*rules, "User-agent: *", "Allow: /", "")))
    assert crawl(site.url).portal["new"] == 1
    assert pages.notice_path(2) not in site.hits


def test_a_redirect_to_no_address_is_no_file(site, crawl, pages):
    site.portal(2)
    site.pages["/robots.txt"] = pages.Reply(status=302, headers={"Location": "http://["})
    assert crawl(site.url).portal["new"] == 2
