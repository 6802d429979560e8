"""Crawling again: what did not change is not fetched, what did is found."""

from __future__ import annotations

from cqcrawler.archive import Archive


def validated(pages, body, tag):
    def page(request):
        if request.headers.get("If-None-Match") == tag:
            return pages.Reply(status=304, headers={"ETag": tag})
        return pages.Reply(body, headers={"ETag": tag})

    return page


def test_an_unchanged_portal_is_quiet_and_sends_no_bodies(site, crawl, pages):
    site.portal(12)
    for path, page in site.pages.items():
        site.pages[path] = validated(pages, page.body, f'"v1{path}"')
    assert crawl(site.url).portal["outcome"] == "ok"
    site.requests.clear()
    again = crawl(site.url).portal
    assert (again["outcome"], again["new"], again["unchanged"]) == ("quiet", 0, 12)
    details = [request for request in site.requests if "detail" in request.path]
    assert all(request.headers["If-None-Match"] for request in details)
    listings = [request for request in site.requests if "detail" not in request.path]
    assert not any(request.headers["If-None-Match"] for request in listings)


def test_edits_and_new_notices_are_found(site, crawl, pages):
    site.portal(12)
    crawl(site.url)
    site.portal(14)
    site.pages[pages.notice_path(3)] = pages.Reply(
        pages.notice(3, text="经核实，第3批项目总投资调整为99亿元，其余内容不变，特此更正。")
    )
    again = crawl(site.url).portal
    assert (again["outcome"], again["new"], again["changed"]) == ("ok", 2, 1)
    with Archive(crawl.archive, must_exist=True) as archive:
        article = archive.article(site.url + pages.notice_path(3))
        assert article is not None
        assert article.version == 2


def test_related_notices_that_no_listing_names_are_found(site, crawl, pages):
    site.portal(3)
    block = "<h3>相关项目</h3><ul>" + "".join(
        f'<li><a href="{pages.notice_path(n)}">{pages.title(n)}</a>'
        f"<span>{pages.published(n)}</span></li>"
        for n in (2, 3, 21, 22, 23)
    )
    site.pages[pages.notice_path(1)] = pages.Reply(
        pages.notice(1).replace("</body>", f"{block}</ul></body>")
    )
    for number in (21, 22, 23):
        site.pages[pages.notice_path(number)] = pages.Reply(pages.notice(number))
    assert crawl(site.url).portal["new"] == 6


def test_a_home_page_leads_to_the_sections(site, crawl, pages):
    site.portal(12)
    site.pages["/section/"] = site.pages.pop("/")
    site.pages["/about.html"] = pages.Reply("<html><body><h1>关于我们</h1></body></html>")
    site.pages["/"] = pages.Reply(
        "<html><head><title>渝北招商网</title></head><body><div>"
        '<a href="/section/">招商动态</a> <a href="/about.html">关于我们</a></div>'
        f"<h2>最新</h2><ul>{''.join(_row(pages, n) for n in range(1, 6))}</ul></body></html>"
    )
    crawled = crawl(site.url)
    assert (crawled.exit, crawled.portal["outcome"], crawled.portal["new"]) == (0, "ok", 12)
    assert "/about.html" in site.hits
    assert crawled.portal["rejected"] == 0


def _row(pages, number):
    return (
        f'<li><a href="{pages.notice_path(number)}">{pages.title(number)}</a>'
        f"<span>{pages.published(number)}</span></li>"
    )


def test_a_single_notice_can_be_the_start(site, crawl, pages):
    site.portal(2)
    crawled = crawl(site.url + pages.notice_path(2))
    assert (crawled.exit, crawled.portal["new"]) == (0, 1)
