"""PHPCMS v9, with which many district sites and commercial portals were built before 2018.

`dynamic`: `index.php?m=content&c=index&a=lists&catid=9&page=2`. Page one has four addresses: with
no `page`, with `page=0` (the 上一页 that the system writes on the first page), with `page=1`, and
with a `page` that is no number. `static`: files, `/zsdt/index.html` and then `/zsdt/2.html`, in a
GBK edition; the 上一页 of the first page is `index.html` itself, any other name is a 404.

Rests on: `<a class="a1">N条</a>` is the total (B); `page=0` is page 1 (B); 上一页 and 下一页 are
of class `a1` too, the current page is a bare `<span>` (B); the 下一页 of the last page leads to the
last page again (B); a page past the last is a list without rows, a missing or unknown `catid` is a
message page with status 200 (B); rule `{catdir}/index.html|{catdir}/{page}.html` for lists and
`{year}/{catdir}_{month}{day}/{id}.html` for notices (A), `a=show&catid=&id=` in the dynamic form,
written as an absolute address (A); a rule of dots after every fifth row (B).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.families.frames_c import (
    Column,
    Site,
    document,
    host,
    intval,
    metas,
    moment,
    notice_metas,
    side_box,
    site_metas,
    trail,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_CATEGORY = "9"
_LISTS = f"index.php?m=content&c=index&a=lists&catid={_CATEGORY}"
_DYNAMIC_SITE = Site(
    "嘉陵招商网",
    "嘉陵招商网信息中心",
    "",
    (
        ("首页", "/"),
        ("招商要闻", "/" + _LISTS),
        ("园区风采", "/index.php?m=content&c=index&a=lists&catid=10"),
        ("投资政策", "/index.php?m=content&c=index&a=lists&catid=11"),
        ("项目库", "/index.php?m=content&c=index&a=lists&catid=17"),
    ),
    (
        ("嘉陵江畔的千亿产业带", "/index.php?m=content&c=index&a=show&catid=10&id=311"),
        ("招商服务热线开通", "/index.php?m=content&c=index&a=show&catid=11&id=298"),
        ("园区标准厂房招租", "/index.php?m=content&c=index&a=show&catid=17&id=290"),
        ("总部经济扶持办法", "/index.php?m=content&c=index&a=show&catid=11&id=274"),
    ),
)
_DYNAMIC = Column("招商要闻", notices(47, start=300), 15, 1500)

_STATIC_SITE = Site(
    "合川投资促进网",
    "合川区招商投资促进局",
    "5001170038",
    (
        ("首 页", "/"),
        ("招商动态", "/zsdt/index.html"),
        ("通知公告", "/tzgg/index.html"),
        ("投资指南", "/tzzn/index.html"),
        ("重点项目", "/zdxm/index.html"),
    ),
    (
        ("合川区产业地图", "/2026/tzzn_0412/866.html"),
        ("投资成本参考", "/2026/tzzn_0311/832.html"),
        ("园区配套设施", "/2025/tzzn_1120/790.html"),
        ("企业开办一日办结", "/2025/tzzn_0908/751.html"),
    ),
    "gb2312",
)
_STATIC = Column("招商动态", notices(44, start=400), 14, 1800)

Address = Callable[[int], str]


def _pager(column: Column, page: int, address: Address) -> str:
    """The system's pager, which writes every page up to eleven."""
    parts = [
        f'<a class="a1">{column.total}条</a>',
        f'<a href="{address(page - 1)}" class="a1">上一页</a>',
    ]
    parts += [
        f"<span>{number}</span>" if number == page else f'<a href="{address(number)}">{number}</a>'
        for number in range(1, column.pages + 1)
    ]
    parts.append(f'<a href="{address(min(page + 1, column.pages))}" class="a1">下一页</a>')
    return f'<div id="pages" class="text-c">{" ".join(parts)}</div>'


def _rows(column: Column, page: int, address: Callable[[Notice], str], clock: bool) -> str:
    rows = []
    for place, notice in enumerate(column.on(page), 1):
        when = moment(notice) if clock else str(notice.published)
        rows.append(
            f'<li><span class="rt">{when}</span>·<a href="{address(notice)}" '
            f'target="_blank">{notice.title}</a></li>'
        )
        if place % 5 == 0:
            rows.append('<li class="bk20 hr"></li>')
    return '<ul class="list lh24 f14">\n' + "\n".join(rows) + "\n</ul>"


def _listing(site: Site, column: Column, rows: str, pager: str, head: str) -> str:
    content = f"""{trail((("首页", "/"),), f"{column.name} &gt; 列表")}
<div class="main"><div class="col-left">
{rows}
{pager}
</div>
<div class="col-auto">{side_box(site, "频道总排行")}</div></div>"""
    return document(site, f"{column.name} - {site.name}", content, head)


def _article(column: Column, notice: Notice, source: str, address: Callable[[Notice], str]) -> str:
    older, newer = column.beside(notice)
    before = f'<a href="{address(older)}">{older.title}</a>' if older else "已经没有了"
    after = f'<a href="{address(newer)}">{newer.title}</a>' if newer else "已经没有了"
    return f"""<div id="Article">
<h1>{notice.title}<br />
<span>{moment(notice)}&nbsp;&nbsp;&nbsp;来源：{source}&nbsp;&nbsp;&nbsp;\
点击：<em id="hits"></em></span></h1>
<div class="content">
{notice.html}
</div>
<p class="f14"><strong>上一篇：</strong>{before}<br /><strong>下一篇：</strong>{after}</p>
</div>
<script src="/api.php?op=count&id={column.id_of(notice)}&modelid=1"></script>"""


def _dynamic_path(notice: Notice) -> str:
    show = f"/index.php?m=content&c=index&a=show&catid={_CATEGORY}"
    return f"{show}&id={_DYNAMIC.id_of(notice)}"


def _dynamic_page(page: int) -> str:
    return f"{_LISTS}&page={page}"


def _dynamic_list(request: Request, page: int) -> str:
    rows = _rows(
        _DYNAMIC, page, lambda notice: f"http://{host(request)}{_dynamic_path(notice)}", True
    )
    head = metas((("keywords", "招商要闻"), ("description", "嘉陵招商网招商要闻")))
    return _listing(_DYNAMIC_SITE, _DYNAMIC, rows, _pager(_DYNAMIC, page, _dynamic_page), head)


def _dynamic_notice(request: Request, notice: Notice) -> str:
    article = _article(
        _DYNAMIC, notice, "本站原创", lambda other: f"http://{host(request)}{_dynamic_path(other)}"
    )
    content = trail((("首页", "/"), (_DYNAMIC.name, "/" + _LISTS)), "正文") + "\n" + article
    head = metas((("keywords", "招商"), ("description", notice.title)))
    return document(
        _DYNAMIC_SITE, f"{notice.title} - {_DYNAMIC.name} - {_DYNAMIC_SITE.name}", content, head
    )


def _message(text: str) -> Reply:
    content = f'<div class="showMsg"><h5>提示信息</h5><div class="content guery">{text}</div></div>'
    return _DYNAMIC_SITE.reply(document(_DYNAMIC_SITE, "提示信息", content))


def _asks(request: Request, action: str) -> bool:
    wanted = {"m": "content", "c": "index", "a": action}
    return request.path == "/index.php" and wanted.items() <= request.query.items()


def _dynamic_answer(request: Request) -> Reply:
    query = request.query
    if _asks(request, "lists"):
        if query.get("catid") != _CATEGORY:
            return _message("栏目不存在！")
        page = max(1, intval(query.get("page")))
        return _DYNAMIC_SITE.reply(_dynamic_list(request, page))
    if _asks(request, "show"):
        notice = _DYNAMIC.notice(query.get("id"))
        if notice and query.get("catid") == _CATEGORY:
            return _DYNAMIC_SITE.reply(_dynamic_notice(request, notice))
        return _message("信息不存在！")
    return NOT_FOUND


def _dynamic_part(request: Request) -> int | None:
    if not _asks(request, "lists") or request.query.get("catid") != _CATEGORY:
        return None
    page = intval(request.query.get("page"))
    return page if 2 <= page <= _DYNAMIC.pages else None


def _static_path(notice: Notice) -> str:
    day = f"{notice.published:%Y/zsdt_%m%d}"
    return f"/{day}/{_STATIC.id_of(notice)}.html"


def _static_page(page: int) -> str:
    return "/zsdt/index.html" if page < 2 else f"/zsdt/{page}.html"


def _static_list(page: int) -> str:
    rows = _rows(_STATIC, page, _static_path, False)
    head = site_metas(_STATIC_SITE, _STATIC.name)
    return _listing(_STATIC_SITE, _STATIC, rows, _pager(_STATIC, page, _static_page), head)


def _static_notice(notice: Notice) -> str:
    source = "合川区招商投资促进局"
    article = _article(_STATIC, notice, source, _static_path)
    content = trail((("首页", "/"), (_STATIC.name, "/zsdt/index.html")), "正文") + "\n" + article
    head = notice_metas(_STATIC_SITE, _STATIC.name, notice, source)
    return document(_STATIC_SITE, f"{notice.title} - {_STATIC_SITE.name}", content, head)


def _static_number(path: str) -> int | None:
    if path in ("/zsdt/", "/zsdt/index.html"):
        return 1
    match = re.fullmatch(r"/zsdt/([1-9]\d*)\.html", path)
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


PORTALS: tuple[Portal, ...] = (
    Portal(
        "phpcms",
        "dynamic",
        "/" + _LISTS,
        _DYNAMIC.notices,
        _dynamic_path,
        _dynamic_answer,
        _dynamic_part,
    ),
    Portal(
        "phpcms",
        "static",
        "/zsdt/index.html",
        _STATIC.notices,
        _static_path,
        _static_answer,
        _static_part,
    ),
)
