"""Names and passwords in addresses: nobody gave them to us to keep."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

SECRET = "hunter2"


def with_userinfo(url):
    return url.replace("http://", f"http://user:{SECRET}@")


def dump(crawl):
    with closing(sqlite3.connect(crawl.archive)) as db:
        return "\n".join(db.iterdump())


def test_links_and_redirects_lose_them(site, crawl, pages):
    site.portal(4)
    listing = pages.listing(range(1, 5))
    for number in (1, 2):
        path = pages.notice_path(number)
        listing = listing.replace(path, with_userinfo(site.url) + path, 1)
    site.pages["/"] = pages.Reply(listing)
    target = with_userinfo(site.url) + "/moved"
    site.pages |= {f"/moved/{n}.html": pages.Reply(pages.notice(n)) for n in (2, 3)}
    site.pages[pages.notice_path(2)] = pages.Reply(
        f'<html><head><meta http-equiv="refresh" content="0;url={target}/2.html"></head></html>'
    )
    site.pages[pages.notice_path(3)] = pages.Reply(
        status=302, headers={"Location": f"{target}/3.html"}
    )
    away = "http://user:hunter2@localhost:9/x"
    site.pages[pages.notice_path(4)] = pages.Reply(status=302, headers={"Location": away})
    crawled = crawl(site.url, "--log-level", "debug")
    assert crawled.portal["new"] == 3, crawled.stderr
    assert f"{site.url}/moved/2.html" in crawled.stderr
    assert SECRET not in crawled.stdout + crawled.stderr
    assert SECRET not in dump(crawl)


@pytest.mark.parametrize(
    "address", [with_userinfo("http://127.0.0.1:9/"), "user:hunter2@h/", "http://u:hunter2@[::1/"]
)
def test_a_start_page_must_not_have_any(crawl, address):
    crawled = crawl.wait(crawl.start(f"--url={address}", "--archive", str(crawl.archive)))
    assert crawled.exit == 2
    assert crawled.stderr.count("\n") == 1
    assert SECRET not in crawled.stdout + crawled.stderr


def test_a_portal_file_must_not_have_any(crawl):
    (crawl.folder / "mine.toml").write_text(
        'name = "mine"\ntitle = "我的"\nplatform = "generic"\nregion = "500000"\n'
        f'start_urls = ["{with_userinfo("http://127.0.0.1:9/")}"]\n'
    )
    crawl.env["CQCRAWLER_PORTALS"] = str(crawl.folder)
    crawled = crawl.wait(crawl.start("mine", "--archive", str(crawl.archive)))
    assert crawled.exit == 2
    assert "start_urls: http://127.0.0.1:9/: a name and password" in crawled.stderr
    assert SECRET not in crawled.stderr
