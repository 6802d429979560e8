"""A listing says why it goes on where nobody can follow, and only then."""

from __future__ import annotations

import pytest

from cqcrawler import read_listing

HERE = "http://cq.example.cn/zsdt/"
ROWS = "<ul>{}</ul>".format(
    "".join(
        f"<li><a href='/info/{number}.html'>渝北区第{number}批智能制造项目集中签约</a>"
        f"<span>2025-07-{number:02}</span></li>"
        for number in range(1, 16)
    )
)


def beyond(markup: str, rows: str = ROWS, url: str = HERE) -> str:
    end = "" if markup.endswith(".ht") else "</body></html>"
    page = f"<html><head><meta charset='utf-8'></head><body>{rows}{markup}{end}"
    return read_listing(page, url).beyond


GOES_ON = {
    "postback": (
        "<div><span>1</span><a href=\"javascript:__doPostBack('pager','2')\">2</a>"
        "<a href=\"javascript:__doPostBack('pager','2')\">下一页</a></div>",
        "2 is a script, javascript:__doPostBack('pager','2')",
    ),
    "a call": ("<a onclick='turn(2)'>下一页</a>", "下一页 is a script, turn(2)"),
    "idle links with numbers": (
        "<p><a class='on'>1</a><a href='javascript:;'>2</a><a href='javascript:;'>下一页</a></p>",
        "2 is a script",
    ),
    "idle links alone": ("<a href='javascript:void(0)'>下一页</a>", "下一页 is a script"),
    "a button": ("<button type='button'>下一页</button>", "下一页 is a script"),
    "a button named by its value": (
        "<input type='submit' value='下一页'>",
        "next page is a script",
    ),
    "a select": (
        "<select onchange='go()'><option>1</option><option>2</option></select>",
        "2 is a script",
    ),
    "another host": (
        "<a href='http://other.example/list_2.html'>下一页</a>",
        "下一页 leads to another site, http://other.example/list_2.html",
    ),
    "laypage with its options": (
        "<div id='p'></div><script>laypage.render({elem: 'p', count: 45, limit: 15,"
        " jump: function (o) { load(o.curr) }})</script>",
        "its pager is drawn by a script (laypage.render)",
    ),
    "laypage whose count comes later": (
        "<script>laypage.render({elem: 'p', count: data.total, jump: go})</script>",
        "drawn by a script (laypage.render)",
    ),
    "jqPaginator": (
        "<script>$('#p').jqPaginator({totalPages: 3, visiblePages: 5, currentPage: 1})</script>",
        "drawn by a script (jqPaginator)",
    ),
    "a pager of one's own": (
        "<script>initPaging({el: '#x', totalCount: '45', size: 15});</script>",
        "drawn by a script (initPaging)",
    ),
    "numbers in a call": (
        "<script>showPages(3, 1, 'turn');</script>",
        "drawn by a script (showPages)",
    ),
    "behind comments": (
        "<script>/* 分页\n */\n// showPages(1)\nshowPages(3, 1, 'turn'); // 3页</script>",
        "drawn by a script (showPages)",
    ),
    "behind very many empty lines": (
        f"<script>{chr(10) * 200_000}showPages(3, 1, 'turn')</script>",
        "drawn by a script (showPages)",
    ),
    "beside types": (
        "<script>$.ajax({accepts: {all: '*/*', text: 'text/*'}}); showPages(3, 1, 'turn')</script>",
        "drawn by a script (showPages)",
    ),
    "Epoint": (
        "<script>ShowAjaxNewPage('/zsdt', 'categorypagingcontent', 3)</script>",
        "fetched by a script (ShowAjaxNewPage)",
    ),
    "attributes of its place": (
        "<div class='pagination' rows='15' count='45' pageno='1' uniturl='/u.do'>…</div>",
        "drawn by a script (div pagination)",
    ),
    "an empty place for a pager": (
        "<div class='page-box'><ul id='pager'></ul></div><script src='/js/list.js'></script>",
        "drawn by a script",
    ),
    "rows that come as one scrolls": (
        "<script>var page = 1; $(window).scroll(function () { if (atEnd()) { page++;"
        " $.get('/api/list?page=' + page, append); } });</script>",
        "fetched by a script as one scrolls",
    ),
    "a call that names its place first": (
        "<script>$.jqPaginator('#p', {totalPages: 3, currentPage: 1})</script>",
        "drawn by a script (jqPaginator)",
    ),
    "a call below comments": (
        "<script>// 分页\nvar type = 'image/*';\nlaypage.render({elem: 'p', count: 45})\n</script>",
        "drawn by a script (laypage.render)",
    ),
    "numbers that are no links": (
        "<ul class='el-pager'><li class='active'>1</li><li>2</li><li>3</li></ul>",
        "drawn by a script (ul el-pager)",
    ),
    "load more": ("<div class='more'>加载更多</div>", "加载更多 is a script"),
    "see more by a click": ("<p id='more'>点击查看更多</p>", "点击查看更多 is a script"),
    "load more in a link": ("<a href='javascript:;'>点击加载更多</a>", "点击加载更多 is a script"),
    "the page ends inside its pager": (
        "<div><b>1</b><a href='list_2.ht",
        "the page breaks off in the middle",
    ),
    "more declared than shown": ("<p>共45条</p>", "declares 45 notices, shows 15"),
}


@pytest.mark.parametrize("name", GOES_ON)
def test_goes_on(name):
    markup, reason = GOES_ON[name]
    assert reason in beyond(markup)


ALL_THERE_IS = {
    "no pager": "",
    "all that is declared": "<p>共15条</p><a href='javascript:;'>下一页</a>",
    "one page of one": "<p>第1页/共1页</p><a href='javascript:turn(2)'>下一页</a>",
    "addresses": "<div><b>1</b><a href='list_2.html'>2</a><a href='list_2.html'>下一页</a></div>",
    "addresses beside a script": (
        "<div><b>1</b><a href='list_2.html'>2</a><a href='javascript:;'>下一页</a></div>"
    ),
    "the last page": (
        "<div><a href='list_1.html'>上一页</a><a href='list_1.html'>1</a><b>2</b>"
        "<a href='javascript:;'>下一页</a></div>"
    ),
    "a disabled link": "<a class='disabled' onclick='turn(2)'>下一页</a>",
    "a link in a disabled item": "<li class='page disabled'><a href='#'>下一页</a></li>",
    "a disabled button": "<button disabled>下一页</button>",
    "words without a link": "<span>上一页</span><span>下一页</span>",
    "a link back": "<a href='javascript:turn(1)'>下一页</a>",
    "laypage with all of it": (
        "<script>laypage.render({elem: 'p', count: 15, limit: 15})</script>"
    ),
    "one page in the options": "<script>$('#p').jqPaginator({totalPages: 1})</script>",
    "a call that is a comment": "<script>// laypage.render({elem: 'p', count: 45})\n</script>",
    "one page in a call": "<script>createPage(1, 0, 'index', 'html');</script>",
    "TRS": "<script>createPageHTML(3, 0, 'index', 'html');</script>",
    "a place that shows its pager": "<div class='pagination'><b>1</b></div>",
    "one page of idle links": (
        "<p><a href='javascript:;'>首页</a><a href='javascript:;'>上一页</a>"
        "<a href='javascript:;'>1</a><a href='javascript:;'>下一页</a></p>"
    ),
    "page two of two": "<div class='pages'><a href='/zsdt/'>1</a><span>2</span></div>",
    "page two of two, with an idle link for itself": (
        "<div><a href='/'>1</a><a class='on' href='javascript:;'>2</a></div>"
    ),
    "an empty place, and no script to fill it": "<div class='pagination'></div>",
    "one page in the options, and an empty place": (
        "<div class='pages'></div><script>laypage.render({elem: 'p', count: 15})</script>"
    ),
    "a place named first, and one page": (
        "<ul class='pagination' id='p'></ul><script>$.jqPaginator('#p', {totalPages: 1})</script>"
    ),
    "arrows of a carousel": (
        "<div class='slider'><ul><li><img src='1.jpg'></li></ul>"
        "<a class='prev' href='javascript:;'>上一页</a><a href='javascript:;'>下一页</a></div>"
    ),
    "dots of a carousel": (
        "<div class='swiper-container'><div class='swiper-pagination'></div></div>"
        "<script>new Swiper('.swiper-container', {loop: true})</script>"
    ),
    "a pager that is switched off": "<script>/* showPages(3, 1, 'turn'); */</script>",
    "a line of it": "<script>\n  // showPages(3, 1, 'turn');\n</script>",
    "a page that scrolls": (
        "<script>$(window).scroll(function () { $('.top').toggle(); });"
        " $.get('/count.do');</script>"
    ),
    "a hidden place": "<div class='pagination' style='display:none'></div>",
    "more by a click that has an address": "<a href='/zcfg/'>点击查看更多</a>",
    "more of another section": "<a href='/zcfg/'>更多</a><a href='/zcfg/'>查看更多</a>",
}


@pytest.mark.parametrize("name", ALL_THERE_IS)
def test_is_all_there_is(name):
    assert beyond(ALL_THERE_IS[name]) == ""


def test_a_few_rows_are_hardly_a_full_page():
    few = (
        "<ul>"
        + "<li><a href='/info/1.html'>渝北区智能制造项目签约</a> 2025-07-01</li>" * 2
        + "</ul>"
    )
    assert beyond("<a href='javascript:;'>下一页</a><div class='pager'></div>", few) == ""


SHELLS = {
    "an application": ("<div id='app'></div><script src='/a.js'></script>", "by script (#app)"),
    "beside a notice for old browsers": (
        "<noscript>请启用JavaScript</noscript><div id='root'></div><script src='/a.js'></script>",
        "by script (#root)",
    ),
    "nothing but scripts": ("<script src='/a.js'></script>", "draws itself by script"),
    "jpage": (
        "<h2>招商动态</h2><script type='text/xml'><datastore><nextgroup/></datastore></script>",
        "(大汉 jpage)",
    ),
    "gkmlpt": ("<script src='/gkmlpt/js/app.js'></script>", "(gkmlpt)"),
    "a request": (
        "<h2>招商动态</h2><ul></ul><script>$.ajax({url: '/list.do'})</script>",
        "may fetch its list ($.ajax)",
    ),
}


@pytest.mark.parametrize("name", SHELLS)
def test_names_what_draws_a_page_without_rows(name):
    markup, reason = SHELLS[name]
    assert reason in beyond(markup, rows="")


def test_a_page_that_is_merely_empty_has_no_such_reason():
    assert beyond("<h2>招商动态</h2><p>暂无数据</p>", rows="") == ""
