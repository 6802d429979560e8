"""Redirects stay on the portal, and what they lead to counts as the page that was listed."""

from __future__ import annotations

from cqcrawler.archive import Archive


def test_a_redirect_is_recorded_under_the_listed_address(site, crawl, pages):
    site.portal(2)
    site.pages[pages.notice_path(2)] = pages.Reply(status=302, headers={"Location": "/moved.html"})
    site.pages["/moved.html"] = pages.Reply(pages.notice(2))
    assert crawl(site.url).portal["new"] == 2
    with Archive(crawl.archive, must_exist=True) as archive:
        assert archive.article(site.url + pages.notice_path(2)) is not None
        assert archive.article(site.url + "/moved.html") is None


def test_redirects_to_other_sites_are_not_followed(site, other_site, crawl, pages):
    site.portal(3)
    other_site.portal(1)
    site.pages[pages.notice_path(2)] = pages.Reply(
        status=301, headers={"Location": other_site.url + pages.notice_path(1)}
    )
    crawled = crawl(site.url)
    assert (crawled.exit, crawled.portal["new"]) == (0, 2)
    assert other_site.requests == []


def test_a_start_page_that_redirects_away_says_where_to(site, other_site, crawl, pages):
    site.pages["/"] = pages.Reply(status=302, headers={"Location": f"{other_site.url}/new/"})
    crawled = crawl(site.url)
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "unreachable")
    assert f"redirects to {other_site.url}/new/" in crawled.portal["reason"]
    assert other_site.requests == []


def test_links_to_other_sites_are_not_followed(site, other_site, crawl, pages):
    other_site.portal(1)
    site.portal(3)
    away = f'<a href="{other_site.url}{pages.notice_path(1)}">{pages.title(9)}</a>'
    site.pages["/"] = pages.Reply(
        pages.listing(range(1, 4)).replace("</ul>", f"<li>{away}</li></ul>")
    )
    assert crawl(site.url).portal["new"] == 3
    assert other_site.requests == []


def test_a_redirect_to_no_address_leaves_the_page(site, crawl, pages):
    site.portal(3)
    nowhere = '<meta http-equiv="refresh" content="0; url=http://["></head>'
    site.pages[pages.notice_path(1)] = pages.Reply(pages.notice(1).replace("</head>", nowhere))
    site.pages[pages.notice_path(2)] = pages.Reply(status=302, headers={"Location": "http://["})
    crawled = crawl(site.url)
    assert crawled.portal["new"] == 2
    assert f"{pages.notice_path(2)}: HTTP 302" in crawled.portal["reason"]
