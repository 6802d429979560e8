"""Listings that cannot be read to their end, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.faults.cases import CASES, GOOD, Run, fault
from tests.crawl.conftest import Page, Reply, Site, listing, listing_path

SHELL = """<html><head><title>招商动态</title></head><body><div id="app"></div>
<script src="/static/js/app.3f2a.js"></script></body></html>"""
MAINTENANCE = """<html><head><title>系统维护</title></head><body><h1>系统维护中</h1>
<p>网站正在升级维护，暂停访问，给您带来不便敬请谅解。</p></body></html>"""
SOFT_404 = """<html><head><title>404</title></head><body><h1>页面不存在</h1>
<p>抱歉，您访问的页面不存在或已删除。</p></body></html>"""
EMPTY = "<html><head><title>招商动态</title></head><body><h2>招商动态</h2><ul></ul></body></html>"

# Each shows the first 15 of 45 notices. What the cause has to name of it stands beside it.
_PAGERS = {
    "__doPostBack": (
        """<form id="form1" method="post"><input type="hidden" name="__VIEWSTATE" value="x">
        <span>1</span> <a href="javascript:__doPostBack('Pager1','2')">2</a>
        <a href="javascript:__doPostBack('Pager1','3')">3</a>
        <a href="javascript:__doPostBack('Pager1','2')">下一页</a></form>""",
        "下一页|__doPostBack",
    ),
    "javascript:": (
        """<div class="page"><span>1</span> <a href="javascript:goPage(2)">2</a>
        <a href="javascript:goPage(3)">3</a> <a href="javascript:goPage(2)">下一页</a></div>""",
        "下一页|goPage",
    ),
    "buttons": (
        """<div class="page"><button disabled>上一页</button> <button class="on">1</button>
        <button onclick="go(2)">2</button> <button onclick="go(2)">下一页</button></div>""",
        r"下一页|go\(2",
    ),
    "laypage": (
        """<div id="pages"></div><script>layui.use('laypage', function () {
        layui.laypage.render({elem: 'pages', count: 45, limit: 15, curr: 1,
        jump: function (obj, first) { if (!first) { load(obj.curr); } }}); });</script>""",
        "laypage",
    ),
    "jqPaginator": (
        """<ul class="pagination" id="pagination1"></ul><script>
        $('#pagination1').jqPaginator({totalPages: 3, visiblePages: 5, currentPage: 1,
        onPageChange: function (num, type) { if (type != 'init') { load(num); } }});</script>""",
        "jqPaginator",
    ),
    "Epoint": (
        """<div class="ewb-page"><div id="page" class="m-pagination"></div></div><script>
        $("#page").pagination({pageIndex: 0, pageSize: 15, total: 45, showInfo: true,
        remote: {url: siteInfo.projectName + '/rest/lightfrontaction/getInfoList'}});</script>""",
        "agination",
    ),
    "jpaas": (
        """<div class="page-content" paging="1"></div><script id="paging"
        url="/api-gateway/jpaas-publish-server/front/page/build/unit"
        querydata="{'parseType':'bulidstatic','webId':'8','pageId':'zs','pageNo':1,'total':45}">
        </script><script src="/jpaas-publish-server/paging.js"></script>""",
        "jpaas|script",
    ),
    "加载更多": (
        """<div class="more" id="more"><a href="javascript:void(0)">加载更多</a></div>
        <script>$('#more').click(function () { load(++page); });</script>""",
        "加载更多",
    ),
}


def paged_by(site: Site, pager: str) -> None:
    site.portal(45, rows=15)
    page = listing(range(1, 16))
    site.pages = {path: reply for path, reply in site.pages.items() if "/list_" not in path}
    site.pages["/"] = Reply(page.replace("</ul><div></div>", f"</ul>{pager}"))


def _pager(site: Site, pager: str, named: str) -> Iterator[Run]:
    paged_by(site, pager)
    yield Run("incomplete", named, holds=range(1, 16))
    # The same when it is known: nobody may get used to it.
    yield Run("incomplete", named, holds=range(1, 16), options=("--full",))


for _name, (_html, _named) in _PAGERS.items():
    CASES[f"a pager of {_name}"] = partial(_pager, pager=_html, named=_named)


_FAULTY_PAGES: dict[str, Page] = {
    "an empty shell": Reply(SHELL),
    "without rows": Reply(EMPTY),
    "maintenance": Reply(MAINTENANCE),
    "404": Reply("<p>404 not found</p>", 404),
    "a soft 404": Reply(SOFT_404),
    "304 unasked": Reply(status=304),
    "page 1 again": Reply(listing(range(1, 16), 1, 3)),
}


def _page_of_listing(site: Site, reply: Page) -> Iterator[Run]:
    site.portal(45, rows=15)
    well = site.pages[listing_path(2)]
    site.pages[listing_path(2)] = reply
    yield Run("incomplete", "list_2", holds=[*range(1, 16), *range(31, 46)])
    site.pages[listing_path(2)] = well
    yield Run(GOOD, holds=range(1, 46))


def _page_of_known_listing(site: Site, reply: Page) -> Iterator[Run]:
    """Twenty new notices come on top, five of them on the page that fails."""
    site.portal(65, rows=15)
    later = dict(site.pages)
    for page in (1, 2, 3):
        shown = range(15 * page + 6, 15 * page + 21)
        site.pages[listing_path(page)] = Reply(listing(shown, page, 3))
    yield Run("ok", holds=range(21, 66))
    site.pages = later | {listing_path(2): reply}
    yield Run("incomplete", "list_2", holds=[*range(1, 16), *range(21, 66)])
    site.pages = later
    yield Run(GOOD, holds=range(1, 66))


for _name, _reply in _FAULTY_PAGES.items():
    CASES[f"the second page of a listing is {_name}"] = partial(_page_of_listing, reply=_reply)
    CASES[f"the second page of a known listing is {_name}"] = partial(
        _page_of_known_listing, reply=_reply
    )


@fault("a page at the very end is gone")
def _stale_end(site: Site) -> Iterator[Run]:
    site.portal(45, rows=15)
    for page in (1, 2, 3):
        shown = range(15 * page - 14, 15 * page + 1)
        site.pages[listing_path(page)] = Reply(listing(shown, page, 4))
    yield Run("ok", holds=range(1, 46))


_NO_ROWS = {
    "drawn into #app": (SHELL, "app"),
    "drawn by jpage": (
        """<html><head><title>招商动态</title><script src="/js/jpage.js"></script></head><body>
        <div class="main-txt"><div id="7422" class="jpage_content"></div></div><script>
        $('#7422').jpage({proxyUrl: '/module/web/jpage/dataproxy.jsp', perPage: 15, total: 45});
        </script></body></html>""",
        "jpage|script",
    ),
    "drawn by gkmlpt": (
        """<html><head><title>政府信息公开</title></head><body><div class="gkmlpt-main"></div>
        <script>var _CONFIG = {SITE_ID: 767, ROOT: "/gkmlpt"};</script>
        <script src="/gkmlpt/js/index.js"></script></body></html>""",
        "gkmlpt|script",
    ),
    "empty": (EMPTY, ""),
}


def _no_rows(site: Site, body: str, named: str) -> Iterator[Run]:
    site.pages["/"] = Reply(body)
    yield Run("incomplete", named)
    site.portal(5)
    yield Run(GOOD, holds=range(1, 6))


def _rows_no_more(site: Site, body: str) -> Iterator[Run]:
    site.portal(20, rows=20)
    yield Run("ok", holds=range(1, 21))
    site.pages["/"] = Reply(body)
    yield Run("redesigned", holds=range(1, 21))
    site.portal(20, rows=20)
    yield Run(GOOD, holds=range(1, 21))


for _name, (_body, _named) in _NO_ROWS.items():
    CASES[f"a first run whose listing is {_name}"] = partial(_no_rows, body=_body, named=_named)
    CASES[f"a listing that had rows is {_name}"] = partial(_rows_no_more, body=_body)
