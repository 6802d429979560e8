"""Addresses that are new on every visit, and archives from before they were understood."""

from __future__ import annotations

import sqlite3

import pytest

OLD_RULES = """
import cqcrawler.platforms.canonical as generic
generic.lasting_path = lambda path: path
"""


@pytest.fixture
def visits(site, pages):
    """A portal that puts a new session into every address that it prints."""
    site.portal(6, rows=3)
    plain = dict(site.pages)

    class Pages(dict):
        sessions = 0

        def get(self, path, default=None):
            path = path.partition(";")[0]
            if path not in (pages.listing_path(1), pages.listing_path(2)):
                return plain.get(path, default)
            self.sessions += 1
            session = f".html;jsessionid=9F86D081884C7D659A2FEAA0C55A{self.sessions:04}"
            return pages.Reply(plain[path].body.replace('.html"', f'{session}"'))

    site.pages = Pages()


def urls(archive):
    with sqlite3.connect(archive) as db:
        return [url for (url,) in db.execute("SELECT url FROM articles ORDER BY url")]


@pytest.mark.usefixtures("visits")
def test_a_session_makes_no_other_page(site, crawl, pages):
    assert crawl(site.url).portal["new"] == 6
    again = crawl(site.url, "--full").portal
    assert (again["new"], again["listing_pages"]) == (0, 2)
    assert urls(crawl.archive) == [site.url + pages.notice_path(n) for n in range(1, 7)]


@pytest.mark.usefixtures("visits")
def test_an_archive_with_sessions_in_it_gets_no_more_of_them(site, crawl, pages):
    crawl.prelude = OLD_RULES
    assert sum(crawl(site.url, "--full").portal["new"] for _ in range(2)) > 6
    crawl.prelude = ""
    before = set(urls(crawl.archive))
    with sqlite3.connect(crawl.archive) as db:
        db.execute("UPDATE runs SET version = 'of the old rules'")
    after = crawl(site.url, "--full").portal
    assert (after["new"], after["changed"], after["listing_pages"]) == (0, 0, 2)
    plain = {site.url + pages.notice_path(n) for n in range(1, 7)}
    assert plain < {*urls(crawl.archive)}
    assert len(urls(crawl.archive)) == len(before)
    assert crawl.run("verify").returncode == 0
