"""Sections as a crawl meets them: lists that say what they hold, and pages that nobody dates."""

from __future__ import annotations

import sqlite3

import pytest

NEWS, UNDATED = range(101, 121), (1, 2, 3)


def kept(pages, body):
    """A page that says when it has not changed, so that only what is new is read."""

    def page(request):
        known = request.headers.get("If-None-Match") == '"1"'
        return pages.Reply("" if known else body, 304 if known else 200, {"ETag": '"1"'})

    return page


def lay_out(site, pages, heading, numbers):
    """A home page with a list of news, and below the heading one whose rows have no dates."""
    rows = "".join(f"<li><a href={pages.notice_path(n)}>{pages.title(n)}</a></li>" for n in numbers)
    block = f"<h2>{heading}</h2><ul>{rows}</ul>" if numbers else ""
    home = pages.listing(NEWS).replace("</body>", f"{block}</body>")
    site.pages["/"] = pages.Reply(home.replace("<title>招商动态", "<title>江城投资网"))
    for number in (*NEWS, *numbers):
        page = pages.notice(number)
        if number in numbers:
            page = page.replace(f"发布日期:{pages.published(number)}", "")
        site.pages[pages.notice_path(number)] = kept(pages, page)


def held(crawl, columns):
    with sqlite3.connect(crawl.archive) as db:
        return db.execute(f"SELECT {columns} FROM articles ORDER BY url").fetchall()


@pytest.mark.parametrize(
    ("heading", "outcome", "reason"),
    [
        ("产业园区", "ok", ""),
        ("厂房租赁", "ok", ""),
        ("招商政策", "redesigned", "3 of 3 notices show no date"),
        ("最新发布", "redesigned", "3 of 3 notices show no date"),
    ],
)
def test_pages_without_dates_are_odd_unless_their_section_has_none(
    site, crawl, pages, heading, outcome, reason
):
    lay_out(site, pages, heading, ())
    assert crawl(site.url).portal["outcome"] == "ok"
    lay_out(site, pages, heading, UNDATED)
    report = crawl(site.url).portal
    assert (report["new"], report["outcome"]) == (3, outcome), report
    assert reason in report["reason"]


def test_a_home_page_names_the_sections_of_its_lists(site, crawl, pages):
    lay_out(site, pages, "产业园区", UNDATED)
    crawl(site.url)
    found = held(crawl, "section, section_kind, published IS NULL, warnings")
    assert sorted(set(found)) == [
        ("产业园区", "park", 1, "[]"),
        ("招商动态", "news", 0, "[]"),
    ]
    with sqlite3.connect(crawl.archive) as db:
        doubts = db.execute("SELECT count(*) FROM doubts WHERE field = 'published'").fetchone()
    assert doubts == (0,)


def test_what_a_later_listing_tells_is_the_section_of_notices_read_before(site, crawl, pages):
    site.portal(notices=12)
    for number, page in ((1, "/"), (2, "/list_2.html")):
        reply = site.pages[page]
        anonymous = reply.body.replace("招商动态", "江城")
        link = "<p><a href='/zc/'>省级</a></p></body>" if number == 1 else "</body>"
        site.pages[page] = pages.Reply(anonymous.replace("</body>", link))
    crumbs = "<body><p>当前位置：首页 &gt; 惠企政策 &gt; 省级</p>"
    policies = pages.listing(range(1, 6)).replace("招商动态", "省级").replace("<body>", crumbs)
    site.pages["/zc/"] = pages.Reply(policies)
    crawl(site.url)
    found = held(crawl, "section, section_kind")
    assert found.count(("惠企政策", "policy")) == 5
    assert found.count(("江城", None)) == 7
