"""Pagers that a library draws name their pages where the options say how many and how to turn."""

from __future__ import annotations

import pytest

from cqcrawler.models import Listing, Page
from cqcrawler.reading.listing.listing import extract_listing
from cqcrawler.reading.page.document import open_page

HOST = "http://tz.example.cn"
ROWS = "".join(
    f"<li><a href='/news/{number}.html'>高新区第{number}个先进制造项目投产</a>"
    f" 2025-06-{number:02}</li>"
    for number in range(1, 11)
)


def read(markup: str, here: str = "/news/list") -> Listing:
    page = Page(HOST + here, f"<html><body><ul>{ROWS}</ul>{markup}</body></html>")
    listing = extract_listing(open_page(page))
    assert len(listing.rows) == 10
    return listing


def next_urls(markup: str, here: str = "/news/list") -> list[str]:
    return [url.removeprefix(HOST) for url in read(markup, here).next_urls]


def script(code: str) -> str:
    return f"<div id='pager'></div><script>{code}</script>"


TURNED = {
    "laypage": (
        "layui.use(['laypage'], function () { var laypage = layui.laypage; laypage.render({"
        " elem: 'pager', count: 35, limit: 10, curr: 1, layout: ['count', 'page'], jump:"
        " function (obj, first) { if (!first) { location.href = '?page=' + obj.curr; } } }); });",
        "/news/list?page={}",
    ),
    "laypage with the size": (
        "laypage.render({elem: 'pager', count: '35', limit: 10, jump: function (o, first) {"
        " if (first) { return false; } window.location.href = 'list?p=' + o.curr + '&s=' + o.limit"
        " } })",
        "/news/list?p={}&s=10",
    ),
    "laypage of old": (
        "laypage({cont: $('#pager'), pages: 4, curr: function () { var page ="
        " location.search.match(/page=(\\d+)/); return page ? page[1] : 1 }(), jump:"
        " function (e, first) { if (!first) { location.href = '?page=' + e.curr } }})",
        "/news/list?page={}",
    ),
    "laypage with an arrow and a template": (
        "laypage.render({elem: 'pager', count: 35, limit: 10, jump(obj, first) {"
        " if (!first) location.assign(`/news/list/${obj.curr}.html`) }})",
        "/news/list/{}.html",
    ),
    "laypage with variables": (
        "var base = '/news/list?cid=3&page=', total = 35, size = 10;"
        " laypage.render({count: total, limit: size, jump: function (obj, first) {"
        " if (!first) { location.href = base + obj.curr } }})",
        "/news/list?cid=3&page={}",
    ),
    "laypage with a pattern": (
        "var url = '/news/list?p={page}&n={size}'; laypage.render({count: 35, limit: 10, jump:"
        " function (obj, first) { if (!first) { location.href ="
        " url.replace('{page}', obj.curr).replace('{size}', obj.limit) } }})",
        "/news/list?p={}&n=10",
    ),
    "laypage that adds to its own address": (
        "laypage.render({count: 35, limit: 10, jump: function (obj, first) { if (!first) {"
        " var to = location.href.split('?')[0]; location.href = to + '?page=' + obj.curr } }})",
        "/news/list?page={}",
    ),
    "jqPaginator": (
        "$.jqPaginator('#pager', {totalPages: 4, visiblePages: 5, currentPage: 1,"
        " onPageChange: function (num, type) { if (type == 'change') {"
        " window.location.href = 'list_' + num + '.html' } }})",
        "/news/list_{}.html",
    ),
    "jqPaginator with counts": (
        "$('#pager').jqPaginator({totalCounts: 35, pageSize: 10, currentPage: 1,"
        " onPageChange: function (num, type) { if (type === 'init') return; goto(num) }});"
        " function goto(n) { location.href = '/news/list?pn=' + n }",
        "/news/list?pn={}",
    ),
    "kkpager": (
        "kkpager.generPageHtml({pno: 1, total: 4, totalRecords: 35, hrefFormer: '/news/list',"
        " hrefLatter: '.html', getLink: function (n) {"
        " return this.hrefFormer + this.hrefLatter + '?pno=' + n }});",
        "/news/list.html?pno={}",
    ),
    "kkpager with its own addresses": (
        "kkpager.init({pno: 1, total: 4, totalRecords: 35, hrefFormer: 'list', hrefLatter:"
        " '.html'}); kkpager.generPageHtml();",
        "/news/list_{}.html",
    ),
    "kkpager with clicks": (
        "kkpager.generPageHtml({pno: 1, total: 4, mode: 'click', click: function (n) {"
        " this.selectPage(n); location = '/news/list?p=' + n; return false }})",
        "/news/list?p={}",
    ),
    "the paginator of Bootstrap": (
        "$('#pager').bootstrapPaginator({bootstrapMajorVersion: 3, currentPage: 1, totalPages: 4,"
        " pageUrl: function (type, page, current) { return '/news/list?page=' + page }})",
        "/news/list?page={}",
    ),
    "the paginator of Bootstrap with clicks": (
        "$('#pager').bootstrapPaginator({currentPage: 1, totalPages: 4, itemTexts: function (type,"
        " page) { return '第' + page + '页' }, onPageClicked: function (e, origin, type, page) {"
        " location.href = 'list?page=' + page }})",
        "/news/list?page={}",
    ),
    "twbsPagination with a pattern": (
        "$('#pager').twbsPagination({totalPages: 4, startPage: 1, href: '?page={{number}}'})",
        "/news/list?page={}",
    ),
    "twbsPagination": (
        "$('#pager').twbsPagination({totalPages: 4, initiateStartPageClick: false, onPageClick:"
        " function (event, page) { location.href = '?page=' + page }})",
        "/news/list?page={}",
    ),
    "simplePagination": (
        "$('#pager').pagination({items: 35, itemsOnPage: 10, currentPage: 1,"
        " hrefTextPrefix: 'list-', hrefTextSuffix: '.html'})",
        "/news/list-{}.html",
    ),
    "a pager of one's own": (
        "initPager({el: '#pager', pageCount: 4, callback: function (n) { location.href ="
        " 'list_' + n + '.html' }})",
        "/news/list_{}.html",
    ),
}


@pytest.mark.parametrize("name", TURNED)
def test_the_options_say_how_to_turn(name: str) -> None:
    code, pattern = TURNED[name]
    listing = read(script(code))
    found = [url.removeprefix(HOST) for url in listing.next_urls]
    assert found == [pattern.format(n) for n in (2, 3, 4)]
    assert listing.beyond == ""


def test_pages_that_count_from_zero() -> None:
    code = (
        "$('#pager').pagination(35, {items_per_page: 10, current_page: 0, link_to: '#',"
        " callback: function (index) { location.href = 'list?index=' + index }})"
    )
    assert next_urls(script(code)) == [f"/news/list?index={n}" for n in (1, 2, 3)]
    pattern = "$('#pager').pagination(total, {items_per_page: 10, link_to: '?p=__id__'})"
    assert next_urls(script(f"var total = 35; {pattern}")) == [
        f"/news/list?p={n}" for n in (1, 2, 3)
    ]


def test_what_the_options_count_in_fields_and_attributes() -> None:
    code = (
        "laypage.render({elem: 'pager', count: $('#all').val(),"
        " limit: $('#pager').attr('data-size'), jump: function (obj, first) { if (!first) {"
        " location.href = '?page=' + obj.curr } }})"
    )
    place = "<input type=hidden id=all value=35><div id=pager data-size=10></div>"
    assert next_urls(f"{place}<script>{code}</script>") == [
        f"/news/list?page={n}" for n in (2, 3, 4)
    ]


def test_a_pager_that_fills_a_form_and_sends_it() -> None:
    form = "<form id=f method=post action=/news/list><input id=page name=page value=1></form>"
    code = (
        "laypage.render({count: 35, limit: 10, jump: function (obj, first) { if (!first) {"
        " $('#page').val(obj.curr); $('#f').submit() } }})"
    )
    assert next_urls(form + script(code)) == [f"/news/list#post:page={n}" for n in (2, 3, 4)]


def test_the_number_of_notices_is_what_the_options_say() -> None:
    assert read(script(TURNED["laypage"][0])).declared_total == 35
    assert read(script(TURNED["jqPaginator"][0])).declared_total is None


def test_pages_before_this_one_are_told() -> None:
    here = "/news/list?page=3"
    listing = read(script(TURNED["laypage"][0].replace("curr: 1", "curr: 3")), here)
    assert [url.removeprefix(HOST) for url in listing.next_urls] == [
        "/news/list?page=2",
        "/news/list?page=4",
    ]
    assert listing.earlier_urls == (HOST + "/news/list?page=2",)


def test_the_last_page_goes_no_further() -> None:
    code = TURNED["laypage"][0].replace("count: 35", "count: 17").replace("curr: 1", "curr: 2")
    listing = read(script(code), "/news/list?page=2")
    assert (listing.next_urls, listing.beyond) == ((), "")


BEYOND = {
    "a request of a script": "laypage.render({count: 35, limit: 10, jump: function (obj) {"
    " load(obj.curr) }})",
    "a count that comes later": "laypage.render({count: data.total, limit: 10,"
    " jump: function (o, f) { if (!f) location.href = '?p=' + o.curr }})",
    "a place in this page": "$('#pager').pagination({items: 35, itemsOnPage: 10,"
    " hrefTextPrefix: '#p-'})",
    "another site": "laypage.render({count: 35, jump: function (o) { location.href ="
    " 'http://other.example/?p=' + o.curr }})",
    "a text with the number": "$('#pager').jqPaginator({totalPages: 4, page: function (n) {"
    " return '<li>' + n + '</li>' }})",
    "an address that no number changes": "laypage.render({count: 35, jump: function (o) {"
    " location.href = '/news/more' }})",
}


@pytest.mark.parametrize("what", BEYOND)
def test_what_does_not_say_how_to_turn_is_beyond(what: str) -> None:
    listing = read(script(BEYOND[what]))
    assert listing.next_urls == ()
    assert "is drawn by a script" in listing.beyond


def test_links_go_before_what_a_script_would_draw() -> None:
    links = "<p><a href='list_2.html'>2</a><a href='list_3.html'>3</a></p>"
    assert next_urls(links + script(TURNED["laypage"][0])) == [
        "/news/list_2.html",
        "/news/list_3.html",
    ]
