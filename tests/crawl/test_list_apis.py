"""Lists that scripts ask an address for: whatever goes wrong with that is told."""

from __future__ import annotations

import json

import pytest

from tests.crawl.conftest import Crawler, Reply, Site, notice, notice_path, published, title

CHANNEL = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
API = f"/common/search/{CHANNEL}?_isJson=true&_pageSize=2&page="
JSON, SCRIPT = "application/json", "application/javascript"
HEAD = f"<title>招商动态</title><meta name='channelid' content='{CHANNEL}'>"
SHELL = f"<html><head>{HEAD}</head><body><h2>招商动态</h2><ul id='list'></ul>{{}}</body></html>"
CALL = f"<script>$.get('{API}' + n)</script>"


def rows(*numbers: int, total: int | None = None, prefix: str = "") -> Reply:
    results = [
        {
            "title": title(number),
            "url": prefix + notice_path(number),
            "publishedTimeStr": published(number),
        }
        for number in numbers
    ]
    data = {"data": {"total": len(numbers) if total is None else total, "results": results}}
    return Reply(json.dumps(data), headers={"Content-Type": JSON})


@pytest.fixture
def column(site: Site) -> Site:
    """A column of five notices, two a page."""
    for number in range(1, 6):
        site.pages[notice_path(number)] = Reply(notice(number))
    site.pages["/a/"] = Reply(SHELL.format(CALL))
    for page, numbers in enumerate(((1, 2), (3, 4), (5,)), start=1):
        site.pages[API + str(page)] = rows(*numbers, total=5)
    return site


def test_all_is_well(column: Site, crawl: Crawler) -> None:
    report = crawl(f"{column.url}/a/").portal
    assert (report["outcome"], report["new"], report["declared_total"]) == ("ok", 5, 5)
    assert report["complete"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("<title>系统维护</title><p>正在升级</p>"), "a page came where data was asked for"),
        (Reply('{"code": 500}', headers={"Content-Type": JSON}), "answer without rows"),
        (rows(total=0), "/b/ lists no notices"),
        (Reply("<p>404</p>", 404), "cannot be had"),
        (rows(1, 2, total=9), "shows only rows of other pages"),
    ],
    ids=["a page", "an error", "none", "gone", "the same again"],
)
def test_what_is_no_list_is_told(column: Site, crawl: Crawler, reply: Reply, reason: str) -> None:
    column.pages["/b/"] = Reply(SHELL.format(CALL.replace(CHANNEL, CHANNEL[::-1])))
    for page in "12345":
        column.pages[API.replace(CHANNEL, CHANNEL[::-1]) + page] = reply
    # The other list is whole.
    report = crawl(f"{column.url}/a/", f"{column.url}/b/").portal
    assert (report["outcome"], report["complete"]) == ("incomplete", False), report
    assert reason in report["reason"]


def test_scripts_are_followed_until_one_tells(column: Site, crawl: Crawler) -> None:
    scripts = "".join(f"<script src='/js/{name}.js'></script>" for name in ("menu", "list", "foot"))
    column.pages["/a/"] = Reply(SHELL.format(scripts))
    sends = {"Content-Type": SCRIPT}
    column.pages["/js/menu.js"] = Reply("// 登录 404 页面不存在\nvar menu = 1;", headers=sends)
    column.pages["/js/list.js"] = Reply(
        "$.get('/common/search/' + id + '?_isJson=true&_pageSize=2&page=' + n)", headers=sends
    )
    report = crawl(f"{column.url}/a/").portal
    assert (report["outcome"], report["new"]) == ("ok", 5), report
    assert "/js/foot.js" not in column.hits
    column.requests.clear()
    report = crawl(f"{column.url}/a/").portal
    assert (report["outcome"], report["new"]) == ("quiet", 0), report
    lists = [path for path in column.hits if not path.startswith("/info/")]
    assert lists == ["/a/", "/js/menu.js", "/js/list.js", f"{API}1", f"{API}2"]


def test_scripts_that_tell_nothing_are_told(column: Site, crawl: Crawler) -> None:
    column.pages["/a/"] = Reply(SHELL.format("<script src='/js/menu.js'></script>"))
    column.pages["/js/menu.js"] = Reply("var menu = 1;", headers={"Content-Type": SCRIPT})
    report = crawl(f"{column.url}/a/").portal
    assert (report["outcome"], report["complete"]) == ("incomplete", False), report
    assert "no script of the page names the address" in report["reason"]


def test_a_list_that_another_site_gives_is_told(
    column: Site, other_site: Site, crawl: Crawler
) -> None:
    column.pages["/a/"] = Reply(SHELL.format(CALL.replace(API, other_site.url + API)))
    report = crawl(f"{column.url}/a/").portal
    assert report["outcome"] == "incomplete"
    assert f"{other_site.url}/common/search" in report["reason"]
    assert not other_site.hits


def test_rows_of_another_site_are_counted(column: Site, other_site: Site, crawl: Crawler) -> None:
    column.pages[f"{API}3"] = rows(7, prefix=other_site.url, total=5)
    report = crawl(f"{column.url}/a/").portal
    assert (report["outcome"], report["new"]) == ("ok", 4), report
    assert "1 rows lead to another site" in report["reason"]


def test_two_pages_may_show_one_list(column: Site, crawl: Crawler) -> None:
    column.pages["/b/"] = column.pages["/a/"]
    report = crawl(f"{column.url}/a/", f"{column.url}/b/").portal
    assert (report["outcome"], report["new"]) == ("ok", 5), report
