"""帝国 CMS (EmpireCMS), which older and smaller investment portals run on.

`static`: the column is written out as files, `index.html`, `index_2.html` and so on; nothing else
exists, so any other name is a 404. `dynamic`: `/e/action/ListInfo/?classid=12`, whose pager calls
`index.php` beside it and counts `page` from 0 (`page=1` is the second page).

Rests on: the total is `<a title="总数">` with the number in `<b>` (A); `page` counts from 0, is
read as PHP reads numbers, and a page past the last is a list without rows (A, B, B); pager links
of the dynamic form carry `totalnum` beside `classid` (A); the current page is a bare `<b>`, there
is no 首页 and 上一页 on the first page, no 下一页 and 尾页 on the last (A); the numbers begin two
before the current page (A); an unknown column is a message page with status 200 (B); notices lie
in `/column/YYYY-MM-DD/id.html` or `/e/action/ShowInfo.php?classid=&id=` (A); the click counter is
a script of `/e/public/onclick/` or `/e/public/ViewClick/` (A).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.families.frames_c import (
    Column,
    Site,
    document,
    intval,
    metas,
    moment,
    notice_metas,
    side_box,
    site_metas,
    trail,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_STATIC_SITE = Site(
    "巴南招商网",
    "巴南区招商投资局",
    "5001130041",
    (
        ("网站首页", "/"),
        ("招商动态", "/zsdt/"),
        ("投资环境", "/tzhj/"),
        ("政策法规", "/zcfg/"),
        ("招商项目", "/zsxm/"),
        ("联系我们", "/lxwm/"),
    ),
    (
        ("开放型经济园区巡礼", "/zt/2026/yqxl.html"),
        ("优化营商环境在行动", "/zt/2026/yshj.html"),
        ("重点产业链招商图谱", "/zt/2026/cyl.html"),
        ("一图读懂招商新政", "/zcfg/2026-05-06/1188.html"),
        ("企业落户办事指南", "/zcfg/2026-03-11/1102.html"),
    ),
    generator="EmpireCMS",
)
_STATIC = Column("招商动态", notices(45, start=100), 12)

_DYNAMIC_SITE = Site(
    "西部投资促进网",
    "西部投资促进网编辑部",
    "",
    (
        ("首页", "/"),
        ("招商快讯", "/e/action/ListInfo/?classid=12"),
        ("产业园区", "/e/action/ListInfo/?classid=15"),
        ("优惠政策", "/e/action/ListInfo/?classid=16"),
        ("厂房土地", "/e/action/ListInfo/?classid=21"),
    ),
    (
        ("两江新区厂房出租信息汇总", "/e/action/ShowInfo.php?classid=21&id=804"),
        ("沿江工业用地挂牌情况", "/e/action/ShowInfo.php?classid=21&id=797"),
        ("外商投资企业注册流程", "/e/action/ShowInfo.php?classid=16&id=655"),
        ("园区税收优惠政策解读", "/e/action/ShowInfo.php?classid=16&id=641"),
    ),
)
_DYNAMIC = Column("招商快讯", notices(52, start=200), 15)
_CLASS = "12"
_SHOWN = 10  # numbers in a pager

Address = Callable[[int], str]


def _numbers(page: int, pages: int, address: Address) -> str:
    first = max(1, page - 2)
    return "&nbsp;".join(
        f"<b>{number}</b>" if number == page else f'<a href="{address(number)}">{number}</a>'
        for number in range(first, min(pages, first + _SHOWN - 1) + 1)
    )


def _pager(column: Column, page: int, address: Address) -> str:
    """The system's pager in list form; `page` counts from 1."""
    before = after = ""
    if page != 1:
        before = (
            f'<a href="{address(1)}">首页</a>&nbsp;<a href="{address(page - 1)}">上一页</a>&nbsp;'
        )
    if page != column.pages:
        after = (
            f'&nbsp;<a href="{address(page + 1)}">下一页</a>'
            f'&nbsp;<a href="{address(column.pages)}">尾页</a>'
        )
    return (
        f'<a title="总数">&nbsp;<b>{column.total}</b> </a>&nbsp;&nbsp;'
        f"{before}{_numbers(page, column.pages, address)}{after}"
    )


def _static_path(notice: Notice) -> str:
    return f"/zsdt/{notice.published}/{_STATIC.id_of(notice)}.html"


def _static_page(page: int) -> str:
    return "/zsdt/index.html" if page == 1 else f"/zsdt/index_{page}.html"


def _static_row(notice: Notice) -> str:
    address = _static_path(notice)
    return f"""<li><a href="{address}" target="_blank">{notice.title}</a>
<p>近日，{notice.title}...<a href="{address}" class="xq">[<font color="#FF0000">详情</font>]</a></p>
<span id="time">{notice.published}</span></li>"""


def _static_list(page: int) -> str:
    rows = "\n".join(map(_static_row, _STATIC.on(page)))
    content = f"""{trail((("首页", "/"),), '<a href="/zsdt/">招商动态</a>')}
<div class="main-body"><div class="news-box"><ul>
{rows}
</ul></div>
<div class="lbfy">{_pager(_STATIC, page, _static_page)}</div>
{side_box(_STATIC_SITE)}</div>"""
    head = site_metas(_STATIC_SITE, _STATIC.name)
    return document(_STATIC_SITE, f"{_STATIC.name}-{_STATIC_SITE.name}", content, head)


def _neighbours(column: Column, notice: Notice, path_of: Callable[[Notice], str], up: str) -> str:
    older, newer = column.beside(notice)
    before = f"<a href='{path_of(older)}'>{older.title}</a>" if older else "没有了"
    after = (
        f"<a href='{path_of(newer)}'>{newer.title}</a>" if newer else f"<a href='{up}'>返回列表</a>"
    )
    return f"<p>上一篇：{before}</p>\n<p>下一篇：{after}</p>"


def _static_notice(notice: Notice) -> str:
    source = "巴南区招商投资局"
    content = f"""{trail((("首页", "/"), ("招商动态", "/zsdt/")), "正文")}
<div class="news-detail"><h1>{notice.title}</h1>
<p class="info">发布时间：{moment(notice)[:16]}　来源：{source}　点击：
<script src="/e/public/ViewClick/?classid=3&id={_STATIC.id_of(notice)}&addclick=1"></script>次</p>
<div id="text">
{notice.html}
<p align="center" class="pageLink"></p>
</div>
{_neighbours(_STATIC, notice, _static_path, "/zsdt/")}
</div>"""
    head = notice_metas(_STATIC_SITE, _STATIC.name, notice, source)
    return document(_STATIC_SITE, f"{notice.title}-{_STATIC_SITE.name}", content, head)


def _static_number(path: str) -> int | None:
    """The page whose file a path names."""
    if path in ("/zsdt/", "/zsdt/index.html"):
        return 1
    match = re.fullmatch(r"/zsdt/index_([1-9]\d*)\.html", path)
    page = int(match[1]) if match else 0
    return page if 2 <= page <= _STATIC.pages else None


def _static_answer(request: Request) -> Reply:
    page = _static_number(request.path)
    if page is not None:
        return _STATIC_SITE.reply(_static_list(page))
    for notice in _STATIC.notices:
        if request.path == _static_path(notice):
            return _STATIC_SITE.reply(_static_notice(notice))
    return NOT_FOUND


def _static_part(request: Request) -> int | None:
    page = _static_number(request.path)
    return page if page is not None and page > 1 else None


def _dynamic_path(notice: Notice) -> str:
    return f"/e/action/ShowInfo.php?classid={_CLASS}&id={_DYNAMIC.id_of(notice)}"


def _dynamic_page(page: int) -> str:
    return (
        f"/e/action/ListInfo/index.php?page={page - 1}&classid={_CLASS}&totalnum={_DYNAMIC.total}"
    )


def _dynamic_list(page: int) -> str:
    rows = "\n".join(
        f'<tr><td><a href="{_dynamic_path(notice)}" title="{notice.title}">{notice.title}</a></td>'
        f'<td align="right">{notice.published}</td></tr>'
        for notice in _DYNAMIC.on(page)
    )
    content = f"""{trail((("首页", "/"),), _DYNAMIC.name)}
<table width="100%" border="0" class="list_box">
{rows}
</table>
<div class="epages">{_pager(_DYNAMIC, page, _dynamic_page)}</div>
{side_box(_DYNAMIC_SITE, "推荐信息")}"""
    head = metas((("keywords", "招商快讯"), ("description", "各地招商引资快讯")))
    return document(
        _DYNAMIC_SITE, f"{_DYNAMIC.name} - {_DYNAMIC_SITE.name}", content, head, "/e/search/"
    )


def _dynamic_notice(notice: Notice) -> str:
    identity = _DYNAMIC.id_of(notice)
    up = f"/e/action/ListInfo/?classid={_CLASS}"
    content = f"""{trail((("首页", "/"), (_DYNAMIC.name, up)), "正文")}
<div class="news-con"><h2 class="title">{notice.title}</h2>
<div class="info_text">时间：{notice.published}　来源：西部投资促进网　作者：编辑
点击：<script src="/e/public/ViewClick/?classid={_CLASS}&id={identity}&addclick=1"></script></div>
<div id="news-text" class="text">
{notice.html}
</div>
{_neighbours(_DYNAMIC, notice, _dynamic_path, up)}
</div>
<script src="/e/public/onclick/?enews=donews&classid={_CLASS}&id={identity}"></script>"""
    head = metas((("keywords", notice.title), ("description", "")))
    return document(
        _DYNAMIC_SITE, f"{notice.title} - {_DYNAMIC_SITE.name}", content, head, "/e/search/"
    )


def _message(text: str) -> Reply:
    content = f'<div class="msg"><b>信息提示</b><p>{text}</p><a href="/">点击这里返回</a></div>'
    return _DYNAMIC_SITE.reply(document(_DYNAMIC_SITE, "信息提示", content))


def _is_dynamic_list(request: Request) -> bool:
    return request.path in ("/e/action/ListInfo/", "/e/action/ListInfo/index.php")


def _dynamic_answer(request: Request) -> Reply:
    query = request.query
    if _is_dynamic_list(request):
        if query.get("classid") != _CLASS:
            return _message("您来自的链接不存在")
        return _DYNAMIC_SITE.reply(_dynamic_list(max(0, intval(query.get("page"))) + 1))
    if request.path == "/e/action/ShowInfo.php":
        notice = _DYNAMIC.notice(query.get("id"))
        if notice and query.get("classid") == _CLASS:
            return _DYNAMIC_SITE.reply(_dynamic_notice(notice))
        return _message("此信息不存在")
    return NOT_FOUND


def _dynamic_part(request: Request) -> int | None:
    if not _is_dynamic_list(request) or request.query.get("classid") != _CLASS:
        return None
    page = intval(request.query.get("page")) + 1
    return page if 2 <= page <= _DYNAMIC.pages else None


PORTALS: tuple[Portal, ...] = (
    Portal(
        "empire",
        "static",
        "/zsdt/index.html",
        _STATIC.notices,
        _static_path,
        _static_answer,
        _static_part,
    ),
    Portal(
        "empire",
        "dynamic",
        f"/e/action/ListInfo/?classid={_CLASS}",
        _DYNAMIC.notices,
        _dynamic_path,
        _dynamic_answer,
        _dynamic_part,
    ),
)
