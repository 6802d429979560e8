"""What was forgotten does not come back by a crawl, whatever leads to it."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing


def addresses(crawl):
    with closing(sqlite3.connect(crawl.archive)) as db:
        return {url for (url,) in db.execute("SELECT url FROM pages")}


def test_a_forgotten_notice_stays_away(site, crawl, pages):
    site.portal(5)
    crawl(site.url)
    gone = site.url + pages.notice_path(2)
    done = crawl.run("forget", gone, "--yes")
    assert done.returncode == 0, done.stderr
    asked = site.hits.count(pages.notice_path(2))
    for options in ((), ("--full",)):
        found = crawl(site.url, *options)
        assert (found.portal["outcome"], found.portal["new"]) == ("quiet", 0)
    assert site.hits.count(pages.notice_path(2)) == asked
    # Nor under another address that leads there, and not even in the raw pages.
    site.pages["/other.html"] = pages.Reply(status=301, headers={"Location": gone})
    crawl(f"{site.url}/other.html")
    crawl(gone)
    assert gone not in addresses(crawl)
    kept = b"".join(gzip.decompress(f.read_bytes()) for f in crawl.folder.rglob("*.warc.gz"))
    assert f"WARC-Target-URI: {gone}\r\n".encode() not in kept
