"""What a response makes of a page of the frontier."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from cqcrawler.models import (
    UNMATCHED,
    Answer,
    ListingForm,
    PageKind,
    PageState,
    ReadListing,
    ReadNotice,
    Rejected,
    Unchanged,
)
from cqcrawler.platforms.list_api import ListApi
from cqcrawler.portals import Portal
from cqcrawler.portals.overrides import Overrides
from cqcrawler.reading.page.selectors import ListingSelectors
from cqcrawler.run.interpret import interpret

AT = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)
PORTAL = Portal("p", "门户", ("http://h/",), region="500000")
NOTICE = """<html><body><h1>渝北区智能制造项目集中签约</h1>
<p>所属地区:重庆-渝北区 发布日期:2025年07月07日</p>
<div><p>本次签约的项目涵盖智能网联汽车和集成电路，总投资超过三十亿元，由多家企业共同建设。</p>
<p>园区为企业提供从注册到投产的全程服务，并协调用地、用能和人才政策。</p></div>
<h3>相关项目</h3><ul>{related}</ul></body></html>"""
LISTING = """<html><body><ul>{rows}</ul>
<div><b>1</b> <a href="/list_2.html">2</a> <a href="/list_2.html">下一页</a></div></body></html>"""


def rows(*urls):
    return "".join(
        f'<li><a href="{url}">渝北区第{n}批智能制造项目集中签约落地</a>'
        f"<span>2025-07-0{n}</span></li>"
        for n, url in enumerate(urls, 1)
    )


def answer(body="", status=200, url="http://h/p", **headers):
    headers = {"content-type": "text/html; charset=utf-8", **headers}
    return Answer(url, status, headers, body.encode(), AT)


@pytest.fixture
def read(page):
    def read(answer, kind=PageKind.NOTICE, url="http://h/p", **known):
        return interpret(answer, page(url, kind, **known), PORTAL)

    return read


def test_a_notice(read):
    body = NOTICE.format(related="")
    result = read(answer(body, etag='"v1"', **{"last-modified": "Mon, 07 Jul 2025 00:00:00 GMT"}))
    assert (result.visit.kind, result.state, result.visit.status) == (
        PageKind.NOTICE,
        PageState.DONE,
        200,
    )
    assert (result.visit.etag, result.visit.last_modified) == (
        '"v1"',
        "Mon, 07 Jul 2025 00:00:00 GMT",
    )
    assert result.visit.digest == sha256(body.encode()).hexdigest()
    assert result.visit.fetched_at == AT
    assert result.article is not None
    assert (result.article.title, result.article.district) == (
        "渝北区智能制造项目集中签约",
        "渝北区",
    )
    assert isinstance(result, ReadNotice)


def test_a_redirected_notice_keeps_the_address_it_was_listed_under(read):
    related = rows("a1.html", "a2.html", "a3.html")
    result = read(answer(NOTICE.format(related=related), url="http://h/deep/er.html"))
    assert result.article is not None
    assert (result.visit.url, result.article.url) == ("http://h/p", "http://h/p")
    # What it links to is relative to where it was found.
    assert {c.url for c in result.candidates} == {f"http://h/deep/a{n}.html" for n in (1, 2, 3)}
    assert {c.kind for c in result.candidates} == {PageKind.NOTICE}


def test_a_listing_leads_to_its_rows_and_pages(read):
    body = LISTING.format(rows=rows("/info/1.html", "/info/2.html", "/info/3.html"))
    result = read(answer(body, url="http://h/"), PageKind.UNKNOWN, "http://h/")
    assert (result.visit.kind, result.state) == (PageKind.LISTING, PageState.DONE)
    found = {c.url: (c.kind, c.published) for c in result.candidates}
    assert found["http://h/info/2.html"] == (PageKind.NOTICE, "2025-07-02")
    assert found["http://h/list_2.html"] == (PageKind.LISTING, None)


@pytest.mark.parametrize(
    ("base", "further", "beyond"),
    [
        ("", ("http://h/list_1.html",), ""),
        ("http://api/", (), "it goes on at another site, http://api/list_1.html"),
    ],
)
def test_says_when_the_pages_of_a_listing_are_not_the_portals(read, base, further, beyond):
    script = "<script>createPageHTML(2, 0, 'list', 'html')</script>"
    body = f"<base href='{base}'><ul>{rows('http://h/i/1.html', 'http://h/i/2.html')}</ul>{script}"
    result = read(answer(body, url="http://h/"), PageKind.LISTING, "http://h/")
    assert (result.listing.next_urls, result.listing.beyond) == (further, beyond)


def test_an_answer_of_a_list_api_that_has_no_rows_is_rejected_as_that(read):
    for body, said in (
        ("<datastore></datastore>", "a list API's answer without rows"),
        ("<?xml version='1.0'?><rss/>", "data that no known system answers with"),
        ('{"list": []}', "data that no known system answers with"),
    ):
        result = read(answer(body, url="http://h/"), PageKind.LISTING, "http://h/")
        assert (result.state, result.detail) == (PageState.REJECTED, said)


def test_follows_only_pages_of_the_portal_each_once(read):
    urls = ("/i/1.html", "HTTP://H:80/i/1.html", "https://h/i/2.html", "http://h:8080/i/3.html")
    body = LISTING.format(rows=rows(*urls, "http://other/i/4.html", "/i/5.pdf", "/i/6.html#top"))
    result = read(answer(body, url="http://h/"), PageKind.LISTING, "http://h/")
    notices = [c.url for c in result.candidates if c.kind is PageKind.NOTICE]
    assert notices == ["http://h/i/1.html", "https://h/i/2.html", "http://h/i/6.html"]


CHANNEL = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
UCAP = f"http://h/common/search/{CHANNEL}?_isJson=true&page=1"
SHELL = "<title>招商动态</title><ul id='l'></ul><script>{}</script>"


def test_a_list_may_lie_in_a_file_of_data(read):
    body = SHELL.format("$.get('./LIEBIAO.json', (d) => add(d[0].TITLE))")
    result = read(answer(body, url="http://h/"), PageKind.UNKNOWN, "http://h/")
    assert (result.visit.kind, result.listing.form) == (PageKind.LISTING, ListingForm.SHELL)
    assert ("http://h/LIEBIAO.json", PageKind.LISTING) in [
        (c.url, c.kind) for c in result.candidates
    ]


def test_a_row_that_leads_to_a_file_of_data_is_no_notice(read):
    data = '{"data": {"total": 2, "results": [{"url": "/a.json"}, {"url": "/b.shtml"}]}}'
    result = read(answer(data, url=UCAP), PageKind.LISTING, UCAP)
    assert [c.url for c in result.candidates] == ["http://h/b.shtml"]
    assert result.elsewhere == ("http://h/a.json",)


def test_further_pages_of_another_site_are_told(read):
    body = SHELL.format(f"$.get('{UCAP.replace('//h/', '//api.h/')}')")
    result = read(answer(body, url="http://h/"), PageKind.UNKNOWN, "http://h/")
    assert (result.candidates, result.listing.next_urls) == ((), ())
    assert "http://api.h/common/search" in result.listing.beyond


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("<ul><li><a href='/1.html'>渝北区智能制造项目集中签约</a>2025-07-07</li></ul>", "data"),
        ('{"data": null}', "answer without rows"),
        ('{"error": "页面不存在"}', "answer without rows"),
    ],
)
def test_an_answer_without_rows_is_no_listing(read, body, detail):
    result = read(answer(body, url=UCAP), PageKind.LISTING, UCAP)
    assert isinstance(result, Rejected)
    assert detail in result.detail


def test_an_answer_may_say_that_there_are_no_notices(read):
    data = '{"data": {"total": 0, "results": []}}'
    result = read(answer(data, url=UCAP), PageKind.LISTING, UCAP)
    assert result.listing.declared_total == 0


def test_a_script_is_read_for_what_it_tells_of_a_list(read):
    url = f"http://h/js/a.js#clue:of=ucap&channel={CHANNEL}&size=5&left="
    code = "if (!d) { alert('404 页面不存在'); } $.get('/searchList/' + id + '?page=' + n);"
    result = read(answer(code, url="http://h/js/a.js"), PageKind.LISTING, url)
    assert [c.url for c in result.candidates] == [f"http://h/searchList/{CHANNEL}?page=1"]
    nothing = read(answer("var a = 1;", url="http://h/js/a.js"), PageKind.LISTING, url)
    assert "names the address" in nothing.detail


@pytest.mark.parametrize(
    ("given", "state", "error"),
    [
        (answer(status=404), PageState.GONE, "HTTP 404"),
        (answer(status=410), PageState.GONE, "HTTP 410"),
        (answer(status=500), PageState.FAILED, "HTTP 500"),
        (answer(status=301), PageState.FAILED, "HTTP 301"),
        (answer(status=403), PageState.FAILED, "blocked: refuses access (HTTP 403)"),
        (
            answer("<html><script>var arg1='0123456789ABCDEF01234567';</script></html>"),
            PageState.FAILED,
            "blocked: script challenge (acw_sc__v2)",
        ),
        (
            answer("<title>404</title><body><h1>页面不存在</h1></body>"),
            PageState.GONE,
            "soft 404: 页面不存在",
        ),
    ],
)
def test_answers_that_are_not_the_page(read, given, state, error):
    result = read(given)
    assert (result.state, result.error, result.visit.status) == (state, error, given.status)
    assert result.visit.kind is PageKind.NOTICE


def test_a_page_that_is_as_it_was(read):
    result = read(answer(status=304), etag='"1"')
    assert isinstance(result, Unchanged)
    assert result.visit.status == 304


@pytest.mark.parametrize("body", ["", "<html><body><h1>关于我们</h1><p>欢迎。</p></body></html>"])
def test_pages_that_are_neither_are_rejected(read, body):
    result = read(answer(body), PageKind.UNKNOWN)
    assert (result.state, result.visit.kind) == (PageState.REJECTED, PageKind.UNKNOWN)
    assert isinstance(result, Rejected)
    assert result.reason == "not a notice"


def test_a_reject_says_what_the_page_was(read):
    result = interpret_bytes(read, b"%PDF-1.7 binary")
    assert isinstance(result, Rejected)
    assert "PDF" in result.detail


def interpret_bytes(read, body):
    return read(Answer("http://h/p", 200, {}, body, AT))


def test_the_portals_region_stands_in(read):
    body = (
        NOTICE.format(related="").replace("所属地区:重庆-渝北区", "").replace("渝北区智能", "智能")
    )
    article = read(answer(body)).article
    assert article is not None
    assert (article.region, article.province) == (None, "重庆市")


@pytest.mark.parametrize("url", ["http://h/p", "http://h/202507/t20250701_1.html"])
def test_the_date_of_a_row_stands_in_for_a_notice_that_shows_none(page, url):
    undated = answer(NOTICE.format(related="").replace(" 发布日期:2025年07月07日", ""), url=url)
    article = interpret(undated, page(url, published="2025-07-05"), PORTAL).article
    assert article is not None
    assert (article.published, article.provenance["published"].origin) == (
        "2025-07-05",
        "listing row",
    )
    assert article.warnings == ()


def test_the_title_of_a_row_stands_in_for_the_name_of_the_site(read):
    body = NOTICE.format(related="").replace(
        "<body><h1>渝北区智能制造项目集中签约</h1>", "<head><title>渝北招商网</title></head><body>"
    )
    result = read(answer(body), title="渝北区智能制造项目集中签约")
    assert result.article.title == "渝北区智能制造项目集中签约"
    assert result.article.provenance["title"].origin == "listing row"
    assert result.titled_otherwise
    assert read(answer(body)).article.title == "渝北招商网"


SITE = "<html><head><title>{}</title></head><body><p><a href='/'>网站首页</a></p>{}</body></html>"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "系统提示",
            "<p>该信息已下线！</p><p><a href='javascript:history.go(-1)'>返回上一页</a></p>",
        ),
        ("错误信息", "<div>文章不存在或未通过审核</div>"),
        ("提示信息", "<h3>您访问的页面不存在或已删除！</h3><p>返回首页</p>"),
    ],
)
def test_a_page_says_that_it_is_gone_in_one_line(read, title, body):
    url = "http://h/202507/t20250707_12.html"
    result = read(answer(SITE.format(title, body), url=url), url=url, title="渝北区签约")
    assert result.state is PageState.GONE


def test_a_dated_page_of_images_is_not_gone_whatever_its_foot_says(read):
    body = "<h1>渝北区签约</h1><p>发布日期:2025-07-07</p><img src='1.jpg'><p>如页面不存在请来电</p>"
    assert read(answer(SITE.format("渝北区签约", body)), title="渝北区签约").article is not None


def test_a_listing_does_not_turn_into_a_notice(read):
    result = read(answer(NOTICE.format(related="")), PageKind.LISTING, fetched_at="2025-07-06")
    assert (result.state, result.reason) == (PageState.REJECTED, "no rows any more")


@pytest.mark.parametrize(
    ("title", "otherwise"), [("招商动态", False), ("渝北区企业座谈会召开", True)]
)
def test_a_listing_says_whether_it_has_the_title_of_its_row(read, title, otherwise):
    body = LISTING.format(rows=rows("1.html", "2.html", "3.html"))
    result = read(answer("<h2>招商动态</h2>" + body), title=title)
    assert result.titled_otherwise is otherwise


def test_the_date_on_the_page_outranks_its_row(page):
    dated = answer(NOTICE.format(related=""))
    article = interpret(dated, page("http://h/p", published="2025-07-05"), PORTAL).article
    assert article is not None
    assert article.published == "2025-07-07"


def test_a_notice_below_the_page_of_a_list_of_json_is_no_page_of_it(page):
    api = ListApi("/zsdt/", "/api?n={n}", "rows", "/zsdt/{id}.html", "title", total="total")
    portal = replace(PORTAL, overrides=Overrides(apis=(api,)))
    url = "http://h/zsdt/1.html"
    brief = answer("<h1>渝北区项目集中签约</h1><p>图片新闻</p>", url=url)
    assert not isinstance(interpret(brief, page(url, PageKind.NOTICE), portal), ReadListing)
    shell = interpret(
        answer(url="http://h/zsdt/"), page("http://h/zsdt/", PageKind.UNKNOWN), portal
    )
    assert shell.listing.next_urls == ("http://h/api?n=1",)


def test_rows_are_owed_by_start_pages_and_what_continues_them(page):
    selectors = ListingSelectors("p.toml", rows=".list > li")
    portal = replace(PORTAL, overrides=Overrides("p.toml", selectors))
    body = answer(LISTING.format(rows=rows("/1.html", "/2.html", "/3.html")))
    for url, known in (("http://h/", {}), ("http://h/list_2.html", {"listing": "http://h/"})):
        result = interpret(body, page(url, PageKind.LISTING, **known), portal)
        said = (result.reason, result.detail)
        assert said == (UNMATCHED, "p.toml: listing.rows matches nothing")
    section = interpret(body, page("http://h/zcfg/", PageKind.UNKNOWN), portal)
    assert len(section.listing.rows) == 3
