"""JEECMS, whose `.jhtml` addresses are met on trading centres, bureaus and schools.

`jhtml`: the column's pager is a row of numbers with a box, and no total. Its links have `href="#"`
and go by `onclick`; while the current page is one of the first three it writes page 1 as
`index_1.jhtml`, afterwards as `index.jhtml`: page one has two addresses. `total`: the system's
older pager, 共N条记录 1/4页 with 首页, 上一页, 下一页, 尾页 and a select, which goes by `onclick`
too and writes page 1 as `index.jhtml` only.

Rests on: `index.jhtml`, `index_2.jhtml`, also `index_1.jhtml` (A); both pagers as the system's own
templates write them (A); a number past the last gives the last page, what is no number gives page
1 (B); notices are `/column/id.jhtml`, written as absolute addresses with the host's port (A);
titles are cut, with the whole one in `title` (A); no `Referer` is asked for (C).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.families.frames_c import (
    Column,
    Site,
    cut,
    document,
    host,
    metas,
    moment,
    notice_metas,
    side_box,
    site_metas,
    trail,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_NUMBERS_SITE = Site(
    "南川招商信息网",
    "南川区招商投资促进局",
    "5001190052",
    (
        ("首页", "/"),
        ("招商资讯", "/zszx/index.jhtml"),
        ("通知公告", "/tzgg/index.jhtml"),
        ("政策文件", "/zcwj/index.jhtml"),
        ("投资南川", "/tznc/index.jhtml"),
    ),
    (
        ("金佛山下的新材料产业园", "/tznc/701.jhtml"),
        ("铝产业链招商手册", "/tznc/688.jhtml"),
        ("企业服务专员名单公布", "/tzgg/640.jhtml"),
        ("工业用地弹性出让办法", "/zcwj/612.jhtml"),
    ),
)
_NUMBERS = Column("招商资讯", notices(57, start=500), 10, 1700)

_TOTAL_SITE = Site(
    "大足投资服务中心",
    "大足区投资服务中心",
    "",
    (
        ("首页", "/"),
        ("工作动态", "/gzdt/index.jhtml"),
        ("服务指南", "/fwzn/index.jhtml"),
        ("下载中心", "/xzzx/index.jhtml"),
    ),
    (
        ("投资服务事项清单", "/fwzn/411.jhtml"),
        ("项目备案表下载", "/xzzx/402.jhtml"),
        ("窗口办理时间", "/fwzn/388.jhtml"),
    ),
)
_TOTAL = Column("工作动态", notices(46, start=600), 12, 1900)
_SPAN = 5  # numbers written together
_EDGE = 3  # pages at either end that show the end's numbers


def _file(page: int) -> str:
    return f"index_{page}.jhtml"


def _number_link(number: int, page: int, name: str) -> str:
    kind = "currPageClass" if number == page else "norPageClass"
    return (
        f'<a class="{kind}" href="#" '
        f"onclick=\"location.href=encodeURI('{name}');\">{number}</a>&nbsp;"
    )


def _number_links(page: int, pages: int) -> str:
    def run(first: int, last: int) -> str:
        return "\n".join(_number_link(n, page, _file(n)) for n in range(first, last + 1))

    start = _number_link(1, page, "index.jhtml") + "\n...\n"
    end = "\n...\n" + _number_link(pages, page, _file(pages))
    if pages < _SPAN:
        return run(1, pages)
    if page <= _EDGE:
        return run(1, _SPAN) + end
    if page > pages - _EDGE:
        return start + run(pages - _SPAN + 1, pages)
    return start + run(page - 2, page + 2) + end


def _number_pager(page: int) -> str:
    return f"""<div class="pagesite">
<div>
{_number_links(page, _NUMBERS.pages)}
<script type="text/javascript">
function goPage(){{
  var page=$("#pageNo").val();
  if(page!=""){{ location.href=encodeURI('index_'+page+'.jhtml'); }}
}}
</script>
<input id="pageNo" size="2"/><input type="button" value="go" onclick="goPage()" />
</div>
</div>"""


def _step(text: str, name: str) -> str:
    return f'<a href="#" onclick="location.href=encodeURI(\'{name}\');">{text}</a>'


def _total_pager(page: int) -> str:
    def name(number: int) -> str:
        return "index.jhtml" if number == 1 else _file(number)

    off = '<a disabled="disabled">{}</a>'
    pages = _TOTAL.pages
    steps = (("首页", 1), ("上一页", page - 1), ("下一页", page + 1), ("尾页", pages))
    dead = {"首页", "上一页"} if page == 1 else {"下一页", "尾页"} if page == pages else set()
    shown = " ".join(
        off.format(text) if text in dead else _step(text, name(number)) for text, number in steps
    )
    options = "\n".join(
        f'<option value="{n}" {"selected=" + chr(34) + "selected" + chr(34) if n == page else ""}>'
        f"{n}</option>"
        for n in range(1, pages + 1)
    )
    return f"""<div class="pagesite">
<div>
共{_TOTAL.total}条记录 {page}/{pages}页
&nbsp;{shown}
&nbsp;第<select onChange="if(this.value==1){{location.href=encodeURI('index.jhtml')}}else{{\
location.href=encodeURI('index_'+this.value+'.jhtml')}}this.disabled='disabled'">
{options}
</select>页
</div>
</div>"""


def _list(site: Site, column: Column, rows: str, pager: str, head: str, home: str) -> str:
    content = f"""<div class="w670">
<div class="website">当前位置: <a href="/">首页</a> &gt; <a href="{home}">{column.name}</a></div>
{rows}
<div style="clear:both;"></div>
{pager}
</div>
<div class="w300">{side_box(site, "今日关注")}</div>"""
    title = f"{column.name} - {site.name} - Powered by JEECMS"
    return document(site, title, content, head, "/search.jspx")


def _numbers_path(notice: Notice) -> str:
    return f"/zszx/{_NUMBERS.id_of(notice)}.jhtml"


def _numbers_list(request: Request, page: int) -> str:
    rows = "\n".join(
        f'<li><a href="http://{host(request)}{_numbers_path(notice)}" title="{notice.title}" '
        f'target="_blank">{cut(notice.title, 14)}</a><span>{notice.published}</span></li>'
        for notice in _NUMBERS.on(page)
    )
    head = site_metas(_NUMBERS_SITE, _NUMBERS.name)
    rows = f'<ul class="infolist">\n{rows}\n</ul>'
    return _list(_NUMBERS_SITE, _NUMBERS, rows, _number_pager(page), head, "/zszx/index.jhtml")


def _total_path(notice: Notice) -> str:
    return f"/gzdt/{_TOTAL.id_of(notice)}.jhtml"


def _total_list(request: Request, page: int) -> str:
    rows = "\n".join(
        f"""<div class="hdNews">
<a href="http://{host(request)}{_total_path(notice)}" title="{notice.title}" target="_blank">
<h2>{cut(notice.title, 22)}</h2></a>
<p>近日，{notice.title}。该项目达产后... <span style="color:#999">({notice.published})</span></p>
</div>"""
        for notice in _TOTAL.on(page)
    )
    head = metas((("keywords", "投资服务"), ("description", "工作动态")))
    return _list(_TOTAL_SITE, _TOTAL, rows, _total_pager(page), head, "/gzdt/index.jhtml")


def _notice(site: Site, column: Column, notice: Notice, home: str, gov: bool) -> str:
    source = site.owner
    content = f"""{trail((("首页", "/"), (column.name, home)), "正文")}
<section class="content_w850">
<h1>{notice.title}</h1>
<div class="content-inf">发布时间：{moment(notice)}&nbsp;&nbsp;作者：管理员&nbsp;&nbsp;\
来源：{source}&nbsp;&nbsp;浏览次数：<span id="views"></span></div>
<div class="content-txt">
{notice.html}
</div>
<div class="pagebar"></div>
</section>
<script type="text/javascript">
$(function(){{ Cms.viewCount("","{column.id_of(notice)}"); }});
</script>"""
    head = (
        notice_metas(site, column.name, notice, source)
        if gov
        else metas((("keywords", ""), ("description", notice.title)))
    )
    title = f"{notice.title} - {site.name} - Powered by JEECMS"
    return document(site, title, content, head, "/search.jspx")


def _page_asked(path: str, folder: str, pages: int) -> int | None:
    """The page that the system gives for a path of the column; None for what is no list."""
    match = re.fullmatch(rf"/{folder}/index(?:_([^_/]*))?\.jhtml", path)
    if not match:
        return None
    number = match[1] or ""
    page = int(number) if re.fullmatch(r"[0-9]+", number) else 1
    return min(max(1, page), pages)


def _answer(
    site: Site, column: Column, folder: str, listing: Callable[[Request, int], str]
) -> Callable[[Request], Reply]:
    def answer(request: Request) -> Reply:
        page = _page_asked(request.path, folder, column.pages)
        if page is not None:
            return site.reply(listing(request, page))
        match = re.fullmatch(rf"/{folder}/(\d+)\.jhtml", request.path)
        notice = column.notice(match[1]) if match else None
        if notice is None:
            return NOT_FOUND
        home = f"/{folder}/index.jhtml"
        return site.reply(_notice(site, column, notice, home, bool(site.code)))

    return answer


def _part(column: Column, folder: str) -> Callable[[Request], int | None]:
    def part(request: Request) -> int | None:
        match = re.fullmatch(rf"/{folder}/index_([1-9]\d*)\.jhtml", request.path)
        page = int(match[1]) if match else 1
        return page if 2 <= page <= column.pages else None

    return part


PORTALS: tuple[Portal, ...] = (
    Portal(
        "jeecms",
        "jhtml",
        "/zszx/index.jhtml",
        _NUMBERS.notices,
        _numbers_path,
        _answer(_NUMBERS_SITE, _NUMBERS, "zszx", _numbers_list),
        _part(_NUMBERS, "zszx"),
        declares=False,
    ),
    Portal(
        "jeecms",
        "total",
        "/gzdt/index.jhtml",
        _TOTAL.notices,
        _total_path,
        _answer(_TOTAL_SITE, _TOTAL, "gzdt", _total_list),
        _part(_TOTAL, "gzdt"),
    ),
)
