"""A crawl from end to end: what it asks for, what it archives, what it reports."""

from __future__ import annotations

import sqlite3

from cqcrawler.archive import Archive


def test_reads_all_listings_and_notices(site, crawl, pages):
    site.portal(25)
    crawled = crawl(site.url)
    assert crawled.exit == 0, crawled.stderr
    assert crawled.portal == {
        "portal": site.url.removeprefix("http://").replace(":", "-"),
        "run_id": 1,
        "outcome": "ok",
        "reason": "",
        "scope": "full",
        "listing_pages": 3,
        "detail_pages": 25,
        "new": 25,
        "changed": 0,
        "unchanged": 0,
        "withdrawn": 0,
        "failed": 0,
        "rejected": 0,
        "declared_total": None,
        "seen": 0,
        "pending": 0,
        "complete": True,
    }
    assert sorted(site.hits) == sorted(site.pages)
    with Archive(crawl.archive, must_exist=True) as archive:
        articles = {article.url: article for article in archive.articles()}
    for number in range(1, 26):
        article = articles[site.url + pages.notice_path(number)]
        assert article.title == pages.title(number)
        assert article.published == pages.published(number)
        assert article.district == "渝北区"
        assert article.body.count("\n") == 2
    with sqlite3.connect(crawl.archive) as db:
        unindexed = db.execute("SELECT count(*) FROM articles WHERE gram_version IS NULL")
        assert unindexed.fetchone() == (0,)
