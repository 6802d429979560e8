"""UCAP: search addresses as scripts put them together, and what comes from there."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from cqcrawler.models import Listing, ListingForm, Page
from cqcrawler.platforms import read_listing, recognise
from cqcrawler.platforms.canonical import clue_of
from cqcrawler.reading.page.document import Document, open_page

ID = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
SITE = "http://tz.example.cn"
COLUMN = f"{SITE}/xwdt/c100021/common_list.shtml"
SEARCH = f"{SITE}/common/search/{ID}?_isAgg=true&_isJson=true&_pageSize=3&_template=index&page=1"
HEAD = f"<meta name='channelid' content='{ID}'>"
WAITING = "<ul id='list'></ul>"
ROWS = "".join(
    f"<li><a href='/xwdt/c100021/c{n}/content.shtml'>渝东第{n}批招商项目集中签约落地</a>"
    f"<span>2026-09-0{n}</span></li>"
    for n in range(1, 7)
)


def document(markup: str, url: str = COLUMN) -> Document:
    return open_page(Page(url, f"<html><head>{HEAD}</head><body>{markup}</body></html>"))


def answer(data: Any, url: str = SEARCH) -> Listing:
    return read_listing(open_page(Page(url, json.dumps(data))))


def asked(listing: Listing) -> tuple[str, dict[str, list[str]]]:
    """Path and query of the only address that a shell leads to."""
    assert (listing.form, listing.rows, len(listing.next_urls)) == (ListingForm.SHELL, (), 1)
    parts = urlsplit(listing.next_urls[0])
    return parts.path, parse_qs(parts.query, keep_blank_values=True)


@pytest.mark.parametrize(
    ("script", "size"),
    [
        ("var id = $('meta[name=channelid]').attr('content');"
         "$.get('/searchList/' + id + '?_isJson=true&_pageSize=18&page=' + n, draw)", "18"),
        (f"$.getJSON(\"/searchList/{ID}?_isJson=true&_pageSize=20&page=1\", draw)", "20"),
        ("fetch(`/searchList/${channel}?_isJson=true&_pageSize=${rows}&page=${page}`)"
         ".then(draw); var rows = 12;", "12"),
        ("$.ajax({url: '/searchList/' + cid, type: 'get', data: {_isJson: true,"
         " _pageSize: 16, page: current}, success: draw})", "16"),
        ("var base = '/searchList/' + cid + '?_isJson=true'\n"
         "  + '&_pageSize=' + pageSize + '&page=' + p;", "25"),
    ],
    ids=["a sum", "an address", "a template", "an object", "lines"],
)  # fmt: skip
def test_the_script_of_a_page_tells_where_its_rows_are(script: str, size: str) -> None:
    field = "<input type='hidden' id='pageSize' value='25'>"
    page = document(f"{WAITING}{field}<script>{script}</script>")
    assert recognise(page).name == "ucap"
    path, query = asked(read_listing(page))
    assert path == f"/searchList/{ID}"
    assert (query["_isJson"], query["page"], query["_pageSize"]) == (["true"], ["1"], [size])


def test_a_search_of_the_site_is_no_list() -> None:
    script = (
        f"<script>function find() {{ open('/common/search/{ID}?_isAgg=true&q=' + w) }}</script>"
    )
    assert read_listing(document(f"<ul>{ROWS}</ul>{script}")).next_urls == ()


def test_a_commented_call_is_none() -> None:
    page = document(f"<p>无</p><script>\n// $.get('/searchList/{ID}?page=1')\n</script>")
    assert not read_listing(page).next_urls


def test_scripts_are_asked_one_after_the_other() -> None:
    markup = f"{WAITING}<script src='/js/a.js'></script><script src='/js/b.js'></script>"
    first = read_listing(document(markup))
    assert asked(first)[0] == "/js/a.js"
    second = read_listing(open_page(Page(first.next_urls[0], "var menu = 1;")))
    assert asked(second)[0] == "/js/b.js"
    code = "$.get('/common/search/' + c + '?_isJson=true&_pageSize=' + s + '&page=' + n)"
    path, query = asked(read_listing(open_page(Page(second.next_urls[0], code))))
    assert (path, query["page"]) == (f"/common/search/{ID}", ["1"])
    nothing = read_listing(open_page(Page(second.next_urls[0], "var foot = 1;")))
    assert (nothing.next_urls, nothing.rows) == ((), ())
    assert "names the address" in nothing.beyond


@pytest.mark.parametrize(
    "markup",
    [
        f"<ul>{ROWS}</ul><div id='share'></div>",
        "<p>临港新区位于长江上游，规划面积二百平方公里，已入驻企业三千余家，是西部的开放门户。</p>"
        "<div id='map'></div>",
        f"{WAITING}<UCAPCONTENT><p>正文</p></UCAPCONTENT>",
        f"{WAITING}<meta name='ArticleTitle' content='集中签约'>",
    ],
    ids=["rows", "a text", "a notice", "a titled article"],
)
def test_scripts_of_a_page_that_waits_for_no_rows_are_left_alone(markup: str) -> None:
    listing = read_listing(document(f"{markup}<script src='/js/a.js'></script>"))
    assert not any(map(clue_of, listing.next_urls))
    assert listing.form is ListingForm.PAGE


def test_a_static_list_of_the_system_keeps_its_pages() -> None:
    pager = "<script>createPageHTML('page_div',3,1,'common_list','shtml',45)</script>"
    listing = read_listing(
        document(f"<ul>{ROWS}</ul>{pager}{WAITING}<script src='/a.js'></script>")
    )
    assert listing.next_urls == tuple(f"{SITE}/xwdt/c100021/common_list_{n}.shtml" for n in (2, 3))


def test_a_box_with_rows_beside_the_list_hides_no_list() -> None:
    call = f"<script>$.get('/searchList/{ID}?_isJson=true&page=1')</script>"
    listing = read_listing(document(f"{WAITING}<h3>热点</h3><ul>{ROWS}</ul>{call}"))
    assert len(listing.rows) == 6
    assert urlsplit(listing.next_urls[0]).path == f"/searchList/{ID}"


def test_rows_of_an_answer() -> None:
    results = [
        {
            "title": "<em>渝东</em>签约",
            "url": "//tz.example.cn/xwdt/c1/content.shtml",
            "publishedTimeStr": "2026-09-30 00:18:07",
            "publishedTime": 1790640000000,
        },
        {"title": "开工", "url": "/xwdt/c2/content.shtml", "publishedTime": 1790699400000},
        {"title": "投产", "url": "https://www.other.cn/3.shtml", "publishedTimeStr": ""},
    ]
    listing = answer({"data": {"total": "7", "results": results}})
    assert [(row.url, row.title, row.published) for row in listing.rows] == [
        (f"{SITE}/xwdt/c1/content.shtml", "渝东签约", "2026-09-30"),
        (f"{SITE}/xwdt/c2/content.shtml", "开工", "2026-09-30"),
        ("https://www.other.cn/3.shtml", "投产", None),
    ]
    assert (listing.declared_total, listing.form) == (7, ListingForm.ANSWER)
    assert [parse_qs(urlsplit(url).query)["page"] for url in listing.next_urls] == [["2"], ["3"]]


def test_addresses_of_the_kind_of_trs_mislead_nobody() -> None:
    data = {"data": {"total": 1, "results": [{"title": "a", "url": "/202604/t20260430_11.html"}]}}
    assert len(answer(data).rows) == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        {"data": None},
        {"data": []},
        {"data": {"total": "many", "results": "none"}},
        {"data": {"total": -3, "results": [None, 1, "x", [], {}, {"url": 5}, {"url": None}]}},
        {"data": {"total": 10**60, "results": [{"url": "javascript:void(0)", "title": {}}]}},
        {"status": 400, "error": "Bad Request"},
    ],
)
def test_answers_that_make_no_sense_have_no_rows(data: Any) -> None:
    assert answer(data).rows == ()


@pytest.mark.parametrize("body", ["", "<html><a href='/1.shtml'>登录</a></html>", "[" * 90_000])
def test_a_page_in_place_of_data_is_told(body: str) -> None:
    listing = read_listing(open_page(Page(SEARCH, body)))
    assert (listing.rows, listing.next_urls) == ((), ())
    assert listing.beyond


def test_markup_that_is_asked_for_is_read_as_a_page() -> None:
    url = SEARCH.replace("_isJson=true", "_isJson=false")
    pager = f"<div><b>1</b> <a href='{url[:-1]}2'>下一页</a> <a href='{url[:-1]}4'>末页</a></div>"
    listing = read_listing(open_page(Page(url, f"<ul id='body'>{ROWS}</ul>{pager}")))
    assert (len(listing.rows), listing.form) == (6, ListingForm.ANSWER)
    assert [url[-1] for url in listing.next_urls] == ["2", "3", "4"]
