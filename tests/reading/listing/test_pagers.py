"""A pager names the other pages of its listing, also those that follow from the ones it links."""

from __future__ import annotations

import pytest

from cqcrawler.models import Page
from cqcrawler.reading.listing.listing import extract_listing
from cqcrawler.reading.page.document import open_page
from tests.reading.listing.paged import HOST, listing, next_urls

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
        ["/list/i.html", *pages("/list/i_{}.html", (2, 3, 4, *range(6, 13)))],
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
    "select of two numbers": (
        "/list/",
        "<select onchange=\"location.href='l_'+this.value+'.html'\">"
        "<option value='1'>1</option><option value='2'>2</option></select>",
        pages("/list/l_{}.html", range(1, 3)),
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
    "counted down, by numbers": (
        "/list.htm",
        "<p><b>1</b> <a href='/list/7.htm'>2</a> <a href='/list/6.htm'>3</a>"
        " <a href='/list/7.htm'>下一页</a> <a href='/list/1.htm'>尾页</a></p>",
        pages("/list/{}.htm", range(7, 0, -1)),
    ),
    "counted down, by a count of pages": (
        "/list/i.html",
        "<p>共7页 <b>1</b> <a href='i_6.html'>2</a> <a href='i_5.html'>3</a></p>",
        pages("/list/i_{}.html", range(6, 0, -1)),
    ),
    "counted down to 0, by next and last": (
        "/list/i.html",
        "<p><a href='i_7.html'>下一页</a> <a href='i_0.html'>尾页</a></p>",
        pages("/list/i_{}.html", range(7, -1, -1)),
    ),
    "counted down, in the middle": (
        "/list/i_5.html",
        "<p><a href='i.html'>首页</a> <a href='i_6.html'>上一页</a> <b>3</b>"
        " <a href='i_4.html'>下一页</a> <a href='i_1.html'>尾页</a></p>",
        ["/list/i.html", *pages("/list/i_{}.html", (6, 4, 3, 2, 1))],
    ),
    "counted down, on a page that says its place": (
        "/list/i_6.html",
        "<p>2/7页 <a href='i.html'>上一页</a> <a href='i_5.html'>下一页</a></p>",
        ["/list/i.html", *pages("/list/i_{}.html", range(5, 0, -1))],
    ),
    "counted down, with more pages than numbers": (
        "/list/",
        "<p>共99页 <a href='i_3.html'>2</a> <a href='i_2.html'>3</a></p>",
        pages("/list/i_{}.html", range(3, -1, -1)),
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
    "a picture of a notice": (
        "<p><a href='/list/t20250701_2.html'><img alt='招商大会' src='1.jpg'></a></p>",
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


NAMED = {
    "label": "<a href='{}' aria-label='{}'><svg></svg></a>",
    "tooltip": "<a href='{}' title='{}'><i></i></a>",
    "tooltip of an arrow": "<a href='{}' title='{}'>&gt;</a>",
    "text of an image": "<a href='{}'><img src='r.gif' alt='{}'></a>",
    "tooltip of an image": "<a href='{}'><img src='r.gif' title='{}'></a>",
    "label of an icon": "<a href='{}'><span><i aria-label='{}'></i></span></a>",
    "title of a drawing": "<a href='{}'><svg><title>{}</title><path/></svg></a>",
    "text of an area": "<map><area href='{}' alt='{}'></map>",
    "button": "<button onclick=\"location='{}'\" aria-label='{}'></button>",
    "value of a button": "<input type='button' onclick=\"location='{}'\" value='{}'>",
    "text of a button's image": "<input type='image' onclick=\"location='{}'\" alt='{}'>",
}
WORDS = [
    ("下一页", "末页"),
    ("Next page", "Last page"),
    ("第2页", "转到第3页"),
    ("Page 2", "Page 3"),
]


@pytest.mark.parametrize("words", WORDS, ids=[words[0] for words in WORDS])
@pytest.mark.parametrize("kind", NAMED)
def test_marks_without_a_text(kind: str, words: tuple[str, str]) -> None:
    marks = " ".join(NAMED[kind].format(f"i_{n}.html", word) for n, word in enumerate(words, 2))
    assert next_urls(f"<p>{marks}</p>") == pages("/list/i_{}.html", range(2, 4))


def test_names_within_a_title_make_it_no_mark() -> None:
    row = (
        "<li><a href='/info/detail/{0}.html'><b title='{0}'>渝北招商动态</b>第{0}则</a> 2025-07-02"
    )
    rows = "".join(map(row.format, range(20, 26)))
    assert len(extract_listing(open_page(Page(HOST + "/list/", f"<ul>{rows}</ul>"))).rows) == 6


ALIASES = {
    "a place": "第1页/共3页 <a href='i_1.html'>首页</a> <a href='i_1.html'>1</a>{}",
    "the next page": "<a class='on' href='i_1.html'>1</a>{}",
    "a style": "<a class='page-num active' href='i_1.html'>1</a> <a href='i_2.html'>2</a>"
    " <a href='i_3.html'>3</a>",
    "a style of the item": "<li class='on'><a href='i_1.html'>1</a></li>{}",
    "what it says to readers of the screen": "<a aria-current='page' href='i_1.html'>1</a>{}",
    "an index": "<a href='index.html'>首页</a> <b>1</b>{}",
    "a page before": "<a href='i_0.html'>上一页</a> <b>1</b>{}",
    "an address without the file": "<a href='/list/'>首页</a> <b>1</b>{}",
}


@pytest.mark.parametrize("kind", ALIASES)
def test_page_one_has_several_addresses(kind: str) -> None:
    rest = " <a href='i_2.html'>2</a> <a href='i_3.html'>3</a> <a href='i_2.html'>下一页</a>"
    here = "/list/index.shtml" if "without" in kind else "/list/"
    assert next_urls(f"<p>{ALIASES[kind].format(rest)}</p>", here) == pages(
        "/list/i_{}.html", range(2, 4)
    )


def test_a_page_counted_from_0_has_another_address() -> None:
    marks = "".join(f"<a href='?page={n - 1}'>{n}</a> " for n in (1, 2, 3))
    onward = "<a href='?page=1'>下一页</a>"
    assert next_urls(f"<p>{marks}{onward}</p>") == pages("/list/?page={}", range(1, 3))


@pytest.mark.parametrize(
    "place", ["页次：1/1 {first} {back} {onward} {last}", "{first} {one} {last}", "{one} {last}"]
)
def test_a_single_page_has_no_other(place: str) -> None:
    words = {"first": "首页", "back": "上一页", "onward": "下一页", "one": "1", "last": "尾页"}
    marks = {name: f"<a href='?p=1'>{word}</a>" for name, word in words.items()}
    found = listing(f"<p>{place.format(**marks)}</p>")
    assert (found.next_urls, found.earlier_urls, found.beyond) == ((), (), "")


def test_a_link_to_the_next_page_is_followed_whatever_page_this_claims_to_be() -> None:
    marks = "<p>第1页 <a href='i_1.html'>上一页</a> <a href='i_1.html'>下一页</a></p>"
    assert "/list/i_1.html" in next_urls(marks, "/list/i_7.html")


def test_the_first_page_is_an_earlier_one_under_each_of_its_addresses() -> None:
    pager = "<p><a href='i.html'>首页</a><b>1</b><a href='i_2.html'>下一页</a></p>"
    assert listing(pager).earlier_urls == (HOST + "/list/i.html",)


def test_relation_of_the_page() -> None:
    assert next_urls("", head="<link rel='next' href='/list/page/2/'>") == ["/list/page/2/"]


def test_endless_pagers_are_followed_in_parts() -> None:
    pager = "<p><a href='?page=2'>2</a> <a href='?page=3'>3</a> <a href='?page=99999'>尾页</a></p>"
    assert len(next_urls(pager)) == 1001
    later = pager.replace("page=2'>2", "page=800'>800").replace("page=3'>3", "page=801'>801")
    assert "/list/?page=1799" in next_urls(later, "/list/?page=800")
