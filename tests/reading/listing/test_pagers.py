"""A pager names the other pages of its listing, also those that follow from the ones it links."""

from __future__ import annotations

import pytest

from cqcrawler.models import Page
from cqcrawler.reading.listing.listing import extract_listing
from cqcrawler.reading.page.document import open_page
from tests.reading.listing.paged import HOST, ROWS, next_urls

JUMP = """<script>function goPage(n) { if (n < 1) { n = 1; }
window.location.href = "/list/?pn=" + n + "&k=1"; }</script>"""


def pages(template: str, numbers: range) -> list[str]:
    return [template.format(number) for number in numbers]


IMPLIED = {
    "numbers, next and last": (
        "/list/",
        "<div><a href='/list/'>首页</a> <b>1</b> <a href='i_2.html'>2</a> <a href='i_3.html'>3</a>"
        " <a href='i_2.html'>下一页</a> <a href='i_12.html'>尾页</a></div>",
        pages("/list/i_{}.html", range(2, 13)),
    ),
    "in the middle": (
        "/list/i_5.html",
        "<div><a href='i.html'>首页</a> <a href='i_4.html'>上一页</a> <a href='i_4.html'>4</a>"
        " <b>5</b> <a href='i_6.html'>6</a> <a href='i_12.html'>末页</a></div>",
        [*pages("/list/i_{}.html", (2, 3, 4, *range(6, 13))), "/list/i.html"],
    ),
    "addresses count from 0": (
        "/list/",
        "<div><b>1</b> <a href='i_1.html'>2</a> <a href='i_2.html'>3</a> … "
        "<a href='i_8.html'>9</a></div>",
        pages("/list/i_{}.html", range(1, 9)),
    ),
    "addresses count rows": (
        "/list/",
        "<div><b>1</b> <a href='?start=15'>2</a> <a href='?start=30'>3</a>"
        " <a href='?start=75'>6</a></div>",
        pages("/list/?start={}", range(15, 76, 15)),
    ),
    "rows are counted, and no last page is linked": (
        "/list/",
        "<p>共33条</p><div><b>1</b> <a href='i_2.html'>下一页</a></div>",
        pages("/list/i_{}.html", range(2, 8)),
    ),
    "rows are counted, and a few pages are linked": (
        "/list/i_2.html",
        "<p>共33条</p><div><a href='/list/'>上一页</a> <a href='/list/'>1</a> <b>2</b>"
        " <a href='i_3.html'>3</a> <a href='i_3.html'>下一页</a></div>",
        ["/list/", *pages("/list/i_{}.html", range(3, 8))],
    ),
    "the last page is linked, whatever is counted": (
        "/list/",
        "<p>共33条</p><div><a href='i_2.html'>下一页</a> <a href='i_5.html'>尾页</a></div>",
        pages("/list/i_{}.html", range(2, 6)),
    ),
    "padded": (
        "/list/",
        "<div><a href='p02.html'>2</a> <a href='p03.html'>3</a> <a href='p11.html'>尾页</a></div>",
        pages("/list/p{:02}.html", range(2, 12)),
    ),
    "next and last": (
        "/list/",
        "<p><a href='?page=2'>下一页</a> <a href='?page=9'>尾页</a></p>",
        pages("/list/?page={}", range(2, 10)),
    ),
    "next and a count of pages": (
        "/list/",
        "<p>第<font>1</font>页/共<font>7</font>页 <a href='?page=2'>下页</a></p>",
        pages("/list/?page={}", range(2, 8)),
    ),
    "next and a fraction": (
        "/list/",
        "<p>页次：1/7 共103条记录 <a href='p2.html'>下页</a></p>",
        pages("/list/p{}.html", range(2, 8)),
    ),
    "symbols": (
        "/list/",
        "<div><span>1</span><a href='?p=2'>2</a><a href='?p=3'>3</a><a href='?p=2'>›</a>"
        "<a href='?p=6'>»</a></div>",
        pages("/list/?p={}", range(2, 7)),
    ),
    "select of addresses": (
        "/list/",
        "<select onchange='location=this.value'>"
        + "".join(f"<option value='l_{n}.html'>第{n}页</option>" for n in range(1, 6))
        + "</select>",
        pages("/list/l_{}.html", range(1, 6)),
    ),
    "select of numbers": (
        "/list/",
        "<select onchange=\"location.href='l_'+this.value+'.html'\">"
        + "".join(f"<option value='{n}'>{n}</option>" for n in range(1, 6))
        + "</select>",
        pages("/list/l_{}.html", range(1, 6)),
    ),
    "function that is on the page": (
        "/list/",
        "<div><a href='javascript:goPage(2)'>2</a> <a onclick='goPage(3)'>3</a>"
        f" <a href='javascript:goPage(6)'>尾页</a></div>{JUMP}",
        pages("/list/?pn={}&k=1", range(2, 7)),
    ),
    "list items": (
        "/list/",
        "<ul><li><a>1</a></li><li><a href='/list/page/2'>2</a></li>"
        "<li><a href='/list/page/3'>3</a></li>"
        "<li><a href='/list/page/2' title='下一页'><i></i></a></li></ul>",
        pages("/list/page/{}", range(2, 4)),
    ),
    "second number alone": (
        "/list/",
        "<div><span>1</span> <a href='?page=2'>2</a></div>",
        ["/list/?page=2"],
    ),
    "page two of two": (
        "/list/i_2.html",
        "<div><a href='i_1.html'>1</a><b>2</b></div>",
        ["/list/i_1.html"],
    ),
    "an arrow to the page behind this one": (
        "/list/i_3.html",
        "<div><a href='i_4.html'>→</a></div>",
        ["/list/i_4.html"],
    ),
    "a place among the pages beside bare page numbers": (
        "/list/",
        "<div><b>页次1<span>/</span>4</b> &nbsp;<b>1</b>&nbsp;<a href='i_2.html'>2</a>&nbsp;"
        "<a href='i_3.html'>3</a>&nbsp;<a href='i_4.html'>4</a> <a href='i_2.html'>下一页</a>"
        " <a href='i_4.html'>尾页</a></div>",
        pages("/list/i_{}.html", range(2, 5)),
    ),
    "last page": (
        "/list/i_3.html",
        "<div>上一页 <a href='i.html'>1</a> <a href='i_2.html'>2</a> <b>3</b> 下一页</div>",
        ["/list/i.html", "/list/i_2.html"],
    ),
}


@pytest.mark.parametrize("pager", IMPLIED)
def test_pages_linked_and_implied(pager: str) -> None:
    here, markup, expected = IMPLIED[pager]
    assert next_urls(markup, here) == expected


LINKED = {
    "an arrow to page two": ("<p><a href='?page=2'>&gt;</a></p>", ["/list/?page=2"]),
    "a picture to page two": (
        "<p><a href='i_2.html'><img src='r.gif'></a></p>",
        ["/list/i_2.html"],
    ),
    "an icon to page two": ("<p><a href='i_2.html'><i class='r'></i></a></p>", ["/list/i_2.html"]),
    "a picture to another section": ("<p><a href='/zt/'><img src='zt.gif'></a></p>", []),
    "an arrow to another section": ("<p><a href='/zcfg/'>&gt;</a></p>", []),
    "next only": ("<p><a href='?page=2'>下一页 &gt;</a></p>", ["/list/?page=2"]),
    "step unknown": (
        "<p><a href='?start=15'>下一页</a> <a href='?start=150'>尾页</a></p>",
        ["/list/?start=15", "/list/?start=150"],
    ),
    "script that opens an address": (
        "<p><a href='#' onclick=\"location.href='/list/2.html'\">下一页</a></p>",
        ["/list/2.html"],
    ),
    "script of which nothing is known": (
        "<p><a href='javascript:getList(2)'>2</a> <a href='javascript:getList(9)'>尾页</a></p>",
        [],
    ),
    "other host": ("<p><a href='http://other.example/2.html'>下一页</a></p>", []),
    "this page": ("<p><a href='/list/#top'>下一页</a></p>", []),
    "path to this page": (
        "<p>位置：<a href='/'>首页</a><a href='/a/'>&gt;</a><a href='/list/'>动态</a></p>",
        [],
    ),
    "more": (
        "<h3>动态</h3><a href='/dt/'>&gt;&gt;</a><h3>政策</h3><a href='/zc/'>&gt;&gt;</a>",
        [],
    ),
    "years": (
        "<select>"
        + "".join(f"<option value='/y/{n}.html'>{n}</option>" for n in range(2020, 2026))
        + "</select>",
        [],
    ),
    "calendar": (
        "<table><tr>"
        + "".join(f"<td><a href='/day/2025-07-{n:02}.html'>{n}</a></td>" for n in range(1, 29))
        + "</tr></table>",
        [],
    ),
}


@pytest.mark.parametrize("pager", LINKED)
def test_pages_are_not_guessed(pager: str) -> None:
    markup, expected = LINKED[pager]
    assert next_urls(markup) == expected


def test_the_first_page_is_an_earlier_one_under_each_of_its_addresses() -> None:
    pager = "<p><a href='i.html'>首页</a><b>1</b><a href='i_2.html'>下一页</a></p>"
    listing = extract_listing(open_page(Page(HOST + "/list/", f"<ul>{ROWS}</ul>{pager}")))
    assert listing.earlier_urls == (HOST + "/list/i.html",)


def test_relation_of_the_page() -> None:
    assert next_urls("", head="<link rel='next' href='/list/page/2/'>") == ["/list/page/2/"]


def test_endless_pagers_are_followed_in_parts() -> None:
    pager = "<p><a href='?page=2'>2</a> <a href='?page=3'>3</a> <a href='?page=99999'>尾页</a></p>"
    assert len(next_urls(pager)) == 1001
    later = pager.replace("page=2'>2", "page=800'>800").replace("page=3'>3", "page=801'>801")
    assert "/list/?page=1799" in next_urls(later, "/list/?page=800")
