"""ASP.NET WebForms, whose pages are one form that posts itself back to the server.

`postback`: the AspNetPager control of Webdiyer with 首页, 上一页, 下一页, 尾页 and no numbers, in a
master page: `__doPostBack('ctl00$ContentPlaceHolder1$AspNetPager1','2')`. `gridview`: the pager of
a GridView with three numbers and dots, `__doPostBack('GridView1','Page$2')`, and links below it
that say `Page$First`, `Page$Prev`, `Page$Next` and `Page$Last`; apostrophes are `&#39;`.

Rests on: pages come by postback with the `__VIEWSTATE` and `__EVENTVALIDATION` of the page before
(A); a state that the server did not write, or one without its validation, is an error with status
500 (A); an argument that the page of that state did not offer is an error for the GridView (A) and
here for AspNetPager too (C); a target that the page does not have raises nothing: the page of the
state comes again (B); neither state nor target is no postback: page 1 (B); the value of a button
that is sent along presses it: here a search, which begins at page 1 (B); `page` in the query is
nothing to these controls (A). Dates are short ones, `2026/9/30` (B).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.families.frames_c import (
    Column,
    Site,
    cut,
    document,
    metas,
    moment,
    notice_metas,
    side_box,
    site_metas,
    trail,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_POSTBACK_SITE = Site(
    "万盛经开区招商服务网",
    "万盛经开区招商局",
    "5001100076",
    (
        ("首页", "/Default.aspx"),
        ("招商动态", "/Info/List.aspx?cid=12"),
        ("公告公示", "/Info/List.aspx?cid=15"),
        ("政策法规", "/Info/List.aspx?cid=18"),
        ("在线咨询", "/Ask/Index.aspx"),
    ),
    (
        ("万盛煤化产业转型巡礼", "/Info/Show.aspx?id=611"),
        ("羽毛球之乡招商项目", "/Info/Show.aspx?id=598"),
        ("平山园区入驻须知", "/Info/Show.aspx?id=571"),
    ),
)
_GRIDVIEW_SITE = Site(
    "长寿经济技术开发区",
    "长寿经济技术开发区管委会",
    "",
    (
        ("首页", "/index.aspx"),
        ("新闻资讯", "/news/NewsList.aspx"),
        ("园区概况", "/about/park.aspx"),
        ("招商项目", "/project/list.aspx"),
    ),
    (
        ("化工新材料产业链", "/about/chain.aspx"),
        ("港口物流优势", "/about/port.aspx"),
        ("入园企业名录", "/about/company.aspx"),
    ),
)


@dataclass(frozen=True)
class _Form:
    """A page that posts itself back: `target` is its pager, `button` what starts a search."""

    name: str
    target: str
    button: str
    column: Column
    offers: Callable[[int], dict[str, int]]  # what the pager of a page can be told, and its page

    def _sealed(self, kind: str, page: int) -> str:
        text = f"{self.name}|{kind}|{page}|{self.column.total}"
        seal = hashlib.sha256(f"{text}|machineKey".encode()).digest()
        return base64.b64encode(b"\xff\x01\x0f\x0f\x05" + text.encode() + seal * 3).decode()

    def state(self, page: int) -> str:
        return self._sealed("state", page)

    def validation(self, page: int) -> str:
        return self._sealed("validation", page)

    def page_of(self, form: dict[str, str]) -> int | None:
        """The page whose state and validation a form brings; None if it brings no true ones."""
        for page in range(1, self.column.pages + 1):
            if form.get("__VIEWSTATE") == self.state(page):
                return page if form.get("__EVENTVALIDATION") == self.validation(page) else None
        return None

    def asked(self, request: Request) -> int | None:
        """The page that a request gets, None if it gets an error."""
        form = request.form if request.method == "POST" else {}
        if "__VIEWSTATE" not in form and "__EVENTTARGET" not in form:
            return 1
        page = self.page_of(form)
        if page is None or self.button in form:
            return None if page is None else 1
        if form.get("__EVENTTARGET") != self.target:
            return page
        return self.offers(page).get(form.get("__EVENTARGUMENT", ""))

    def part(self, request: Request) -> int | None:
        """The further page that a request asks for by the pager."""
        if request.method != "POST" or request.form.get("__EVENTTARGET") != self.target:
            return None
        page = self.asked(request)
        return page if page is not None and page > 1 and self.button not in request.form else None

    def hidden(self, page: int) -> str:
        fields = {
            "__EVENTTARGET": "",
            "__EVENTARGUMENT": "",
            "__LASTFOCUS": "",
            "__VIEWSTATE": self.state(page),
            "__VIEWSTATEGENERATOR": "CA0B0334",
            "__EVENTVALIDATION": self.validation(page),
        }
        inputs = "\n".join(
            f'<input type="hidden" name="{name}" id="{name}" value="{value}" />'
            for name, value in fields.items()
        )
        return f"""<div class="aspNetHidden">
{inputs}
</div>
<script type="text/javascript">
//<![CDATA[
var theForm = document.forms['{self.name}'];
if (!theForm) {{
    theForm = document.{self.name};
}}
function __doPostBack(eventTarget, eventArgument) {{
    if (!theForm.onsubmit || (theForm.onsubmit() != false)) {{
        theForm.__EVENTTARGET.value = eventTarget;
        theForm.__EVENTARGUMENT.value = eventArgument;
        theForm.submit();
    }}
}}
//]]>
</script>"""


def _short(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _error(site: Site) -> Reply:
    content = """<h1>“/”应用程序中的服务器错误。</h1><hr>
<h2><i>回发或回调参数无效。</i></h2><p>说明: 执行当前 Web 请求期间，出现未经处理的异常。</p>"""
    return site.reply(
        f"<html><head><title>运行时错误</title></head><body>{content}</body></html>", 500
    )


_ANP = "ctl00$ContentPlaceHolder1$AspNetPager1"
_POSTBACK_COLUMN = Column("招商动态", notices(48, start=900), 10, 1600)


def _postback_offers(page: int) -> dict[str, int]:
    pages = _POSTBACK_COLUMN.pages
    numbers = {1, page - 1} if page > 1 else set()
    numbers |= {page + 1, pages} if page < pages else set()
    return {str(number): number for number in numbers}


_POSTBACK = _Form("aspnetForm", _ANP, "ctl00$btnSearch", _POSTBACK_COLUMN, _postback_offers)


def _postback_pager(page: int) -> str:
    pages = _POSTBACK_COLUMN.pages
    steps = (("首页", 1), ("上一页", page - 1), ("下一页", page + 1), ("尾页", pages))
    dead = ("首页", "上一页") if page == 1 else ("下一页", "尾页") if page == pages else ()
    marks = "".join(
        f'<a disabled="disabled" style="margin-right:5px;">{text}</a>'
        if text in dead
        else f"<a href=\"javascript:__doPostBack('{_ANP}','{number}')\" "
        f'style="margin-right:5px;">{text}</a>'
        for text, number in steps
    )
    return f"""
<!-- AspNetPager 7.4.5 Copyright:2003-2013 Webdiyer (www.webdiyer.com) -->
<div id="ctl00_ContentPlaceHolder1_AspNetPager1" class="pagination">
<div style="width:40%;float:left;">共{_POSTBACK_COLUMN.total}条记录，第{page}/{pages}页</div>
<div style="width:60%;float:left;">
{marks}
</div>
</div>
<!-- AspNetPager 7.4.5 Copyright:2003-2013 Webdiyer (www.webdiyer.com) -->
"""


def _postback_path(notice: Notice) -> str:
    return f"/Info/Show.aspx?id={_POSTBACK_COLUMN.id_of(notice)}"


def _postback_list(page: int) -> str:
    rows = "\n".join(
        f'<li><span class="fr">{_short(notice.published)}</span><a href="Show.aspx?id='
        f'{_POSTBACK_COLUMN.id_of(notice)}" title="{notice.title}" target="_blank">'
        f"{cut(notice.title, 15)}</a></li>"
        for notice in _POSTBACK_COLUMN.on(page)
    )
    content = f"""<form name="aspnetForm" method="post" action="./List.aspx?cid=12" id="aspnetForm">
{_POSTBACK.hidden(page)}
<div class="search"><input name="ctl00$txtKey" type="text" id="ctl00_txtKey" />
<input type="submit" name="ctl00$btnSearch" value="搜索" id="ctl00_btnSearch" /></div>
{trail((("首页", "/Default.aspx"),), _POSTBACK_COLUMN.name)}
<div class="left">{side_box(_POSTBACK_SITE, "专题报道")}</div>
<div class="right"><ul class="list">
{rows}
</ul>
{_postback_pager(page)}
</div>
</form>"""
    head = site_metas(_POSTBACK_SITE, _POSTBACK_COLUMN.name)
    title = f"{_POSTBACK_COLUMN.name}-{_POSTBACK_SITE.name}"
    return document(_POSTBACK_SITE, title, content, head, "")


def _postback_notice(notice: Notice) -> str:
    source = "万盛经开区招商局"
    home = "/Info/List.aspx?cid=12"
    content = f"""<form name="aspnetForm" method="post" action="./Show.aspx" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUJNTYxMzQ3MjQ4ZGQ=" />
{trail((("首页", "/Default.aspx"), (_POSTBACK_COLUMN.name, home)), "正文")}
<div class="show"><h1><span id="ctl00_ContentPlaceHolder1_lblTitle">{notice.title}</span></h1>
<div class="info">发布时间：<span id="ctl00_ContentPlaceHolder1_lblTime">{_short(notice.published)}\
 {moment(notice)[11:]}</span>　来源：<span id="ctl00_ContentPlaceHolder1_lblFrom">{source}\
</span></div>
<div id="ctl00_ContentPlaceHolder1_divContent" class="content">
{notice.html}
</div></div>
</form>"""
    head = notice_metas(_POSTBACK_SITE, _POSTBACK_COLUMN.name, notice, source)
    return document(_POSTBACK_SITE, f"{notice.title}-{_POSTBACK_SITE.name}", content, head, "")


def _is_postback_list(request: Request) -> bool:
    return request.path == "/Info/List.aspx" and request.query.get("cid") == "12"


def _postback_answer(request: Request) -> Reply:
    if _is_postback_list(request):
        page = _POSTBACK.asked(request)
        return (
            _error(_POSTBACK_SITE) if page is None else _POSTBACK_SITE.reply(_postback_list(page))
        )
    if request.path == "/Info/Show.aspx":
        notice = _POSTBACK_COLUMN.notice(request.query.get("id"))
        return _POSTBACK_SITE.reply(_postback_notice(notice)) if notice else _error(_POSTBACK_SITE)
    return NOT_FOUND


def _postback_part(request: Request) -> int | None:
    return _POSTBACK.part(request) if _is_postback_list(request) else None


_GRID_COLUMN = Column("新闻资讯", notices(53, start=1000), 10, 1450)
_TOGETHER = 3  # numbers of the grid's pager that are shown at a time


def _numbers(page: int) -> list[tuple[str, int]]:
    """What stands in the grid's row of numbers, and the page that each leads to."""
    first = (page - 1) // _TOGETHER * _TOGETHER + 1
    last = min(first + _TOGETHER - 1, _GRID_COLUMN.pages)
    shown = [(str(number), number) for number in range(first, last + 1)]
    before = [("...", first - 1)] if first > 1 else []
    after = [("...", last + 1)] if last < _GRID_COLUMN.pages else []
    return before + shown + after


def _steps(page: int) -> list[tuple[str, str, int]]:
    """The links below the grid: their text, what they tell it, and the page they lead to."""
    pages = _GRID_COLUMN.pages
    back = [("首页", "Page$First", 1), ("上一页", "Page$Prev", page - 1)] if page > 1 else []
    on = [("下一页", "Page$Next", page + 1), ("末页", "Page$Last", pages)] if page < pages else []
    return back + on


def _grid_offers(page: int) -> dict[str, int]:
    numbers = {f"Page${number}": number for _, number in _numbers(page) if number != page}
    return numbers | {argument: number for _, argument, number in _steps(page)}


_GRID = _Form("form1", "GridView1", "btnSearch", _GRID_COLUMN, _grid_offers)


def _grid_link(argument: str, text: str) -> str:
    return f'<a href="javascript:__doPostBack(&#39;GridView1&#39;,&#39;{argument}&#39;)">{text}</a>'


def _grid_pager(page: int) -> str:
    cells = "".join(
        f"<td><span>{text}</span></td>"
        if number == page
        else f"<td>{_grid_link(f'Page${number}', text)}</td>"
        for text, number in _numbers(page)
    )
    return f"""<tr class="pager" align="center"><td colspan="2"><table border="0">
<tr>{cells}</tr>
</table></td></tr>"""


def _grid_path(notice: Notice) -> str:
    return f"/news/NewsView.aspx?NewsID={_GRID_COLUMN.id_of(notice)}"


def _grid_rows(page: int) -> str:
    return "\n".join(
        f'<tr class="{"row" if place % 2 else "alt"}"><td>'
        f'<a id="GridView1_ctl{place + 1:02}_HyperLink1" target="_blank" '
        f'href="NewsView.aspx?NewsID={_GRID_COLUMN.id_of(notice)}">{notice.title}</a>'
        f"</td><td>{_short(notice.published)}</td></tr>"
        for place, notice in enumerate(_GRID_COLUMN.on(page), 1)
    )


def _grid_list(page: int) -> str:
    steps = " ".join(_grid_link(argument, text) for text, argument, _ in _steps(page))
    content = f"""<form name="form1" method="post" action="NewsList.aspx" id="form1">
{_GRID.hidden(page)}
{trail((("首页", "/index.aspx"),), _GRID_COLUMN.name)}
<div class="searchbox">关键字：<input name="txtKey" type="text" id="txtKey" />
<select name="ddlType" id="ddlType"><option selected="selected" value="0">全部</option>
<option value="1">图片新闻</option></select>
<input type="submit" name="btnSearch" value="查询" id="btnSearch" /></div>
<div>
<table cellspacing="0" rules="all" border="1" id="GridView1" style="width:100%;">
<tr><th scope="col">标题</th><th scope="col">发布日期</th></tr>
{_grid_rows(page)}
{_grid_pager(page)}
</table>
</div>
<div class="pageinfo">共<span id="lblCount">{_GRID_COLUMN.total}</span>条　\
第<span id="lblPage">{page}</span>页/共<span id="lblPages">{_GRID_COLUMN.pages}</span>页　\
{steps}</div>
{side_box(_GRIDVIEW_SITE, "园区推介")}
</form>"""
    head = metas((("keywords", "长寿经开区"), ("description", "新闻资讯")))
    return document(_GRIDVIEW_SITE, f"{_GRID_COLUMN.name} {_GRIDVIEW_SITE.name}", content, head, "")


def _grid_notice(notice: Notice) -> str:
    content = f"""<form name="form1" method="post" action="NewsView.aspx" id="form1">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1MmRk" />
{trail((("首页", "/index.aspx"), (_GRID_COLUMN.name, "/news/NewsList.aspx")), "内容")}
<div class="newsview"><span id="lblTitle" class="title">{notice.title}</span>
<p class="line">发布日期：<span id="lblDate">{_short(notice.published)}</span>　信息来源：\
<span id="lblSource">长寿经济技术开发区</span>　\
浏览：<span id="lblHits">{notice.number * 9}</span></p>
<div id="divContent"><span id="lblContent">
{notice.html}
</span></div></div>
</form>"""
    head = metas((("keywords", "长寿经开区"), ("description", notice.title)))
    return document(_GRIDVIEW_SITE, f"{notice.title} {_GRIDVIEW_SITE.name}", content, head, "")


def _grid_answer(request: Request) -> Reply:
    if request.path == "/news/NewsList.aspx":
        page = _GRID.asked(request)
        return _error(_GRIDVIEW_SITE) if page is None else _GRIDVIEW_SITE.reply(_grid_list(page))
    if request.path == "/news/NewsView.aspx":
        notice = _GRID_COLUMN.notice(request.query.get("NewsID"))
        return _GRIDVIEW_SITE.reply(_grid_notice(notice)) if notice else _error(_GRIDVIEW_SITE)
    return NOT_FOUND


def _grid_part(request: Request) -> int | None:
    return _GRID.part(request) if request.path == "/news/NewsList.aspx" else None


PORTALS: tuple[Portal, ...] = (
    Portal(
        "aspnet",
        "postback",
        "/Info/List.aspx?cid=12",
        _POSTBACK_COLUMN.notices,
        _postback_path,
        _postback_answer,
        _postback_part,
    ),
    Portal(
        "aspnet",
        "gridview",
        "/news/NewsList.aspx",
        _GRID_COLUMN.notices,
        _grid_path,
        _grid_answer,
        _grid_part,
    ),
)
