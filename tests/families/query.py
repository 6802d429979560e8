"""Lists of home-made sites whose pages are a number in the address.

`path_counter`: `/list/1`, `/list/2` and so on, plain links, with 共N条. `laypage`: the rows are in
the page, `/news/list?page=N`, and the pager is drawn by layui's laypage from `count`, `limit` and
`curr`; its jump function goes to `?page=` and the number, so no link of the pager is in the page.

Rests on: such counters are the commonest that no system's name was found for (A); laypage's
options and its `jump(obj, first)` (A); the count is shown because `layout` has `count`, and is in
the page as `count: N` only (A); what a server makes of a number past the last differs (C), here: a
404 for the counter in the path, a list without rows for the query; what is no number is a 404 and
page 1.
"""

from __future__ import annotations

import re

from tests.families.frames_c import (
    Column,
    Site,
    chinese,
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

_COUNTER_SITE = Site(
    "西南产业招商平台",
    "西南产业招商平台运营中心",
    "",
    (
        ("首页", "/"),
        ("招商资讯", "/list/1"),
        ("产业园区", "/parks"),
        ("土地厂房", "/lands"),
        ("政策汇编", "/policies"),
        ("企业入驻", "/join"),
    ),
    (
        ("成渝双城产业协同观察", "/topic/12"),
        ("厂房租赁价格月报", "/topic/11"),
        ("外资企业设立问答", "/topic/9"),
        ("园区招商联系方式", "/topic/7"),
    ),
)
_COUNTER = Column("招商资讯", notices(54, start=1100), 12, 9200)

_LAYPAGE_SITE = Site(
    "潼南区招商投资促进局",
    "潼南区招商投资促进局",
    "5001520017",
    (
        ("网站首页", "/"),
        ("工作动态", "/news/list"),
        ("政策法规", "/policy/list"),
        ("招商项目", "/project/list"),
        ("互动交流", "/ask"),
    ),
    (
        ("柠檬产业招商地图", "/topic/lemon"),
        ("环保装备产业园", "/topic/park"),
        ("营商环境投诉渠道", "/topic/complain"),
    ),
)
_LAYPAGE = Column("工作动态", notices(50, start=1200), 15, 3300)


def _counter_path(notice: Notice) -> str:
    return f"/detail/{_COUNTER.id_of(notice)}.html"


def _counter_pager(page: int) -> str:
    def link(number: int, text: str) -> str:
        return f'<a href="/list/{number}">{text}</a>'

    pages = _COUNTER.pages
    numbers = [
        f'<span class="current">{number}</span>' if number == page else link(number, str(number))
        for number in range(1, pages + 1)
    ]
    before = [link(1, "首页"), link(page - 1, "上一页")] if page > 1 else []
    after = [link(page + 1, "下一页"), link(pages, "末页")] if page < pages else []
    marks = "\n".join([f"<em>共{_COUNTER.total}条</em>", *before, *numbers, *after])
    return f'<div class="pager">\n{marks}\n</div>'


def _counter_list(page: int) -> str:
    rows = "\n".join(
        f"""<div class="item"><h4><a href="{_counter_path(notice)}">{notice.title}</a></h4>
<p class="desc">近日，{notice.title}。该项目由企业投资建设……</p>
<p class="meta"><span>招商资讯</span><time>{notice.published:%Y/%m/%d}</time></p></div>"""
        for notice in _COUNTER.on(page)
    )
    content = f"""{trail((("首页", "/"),), _COUNTER.name)}
<div class="left-main">
{rows}
{_counter_pager(page)}
</div>
{side_box(_COUNTER_SITE, "编辑推荐")}"""
    head = metas((("keywords", "招商资讯"), ("description", "西南地区招商资讯")))
    return document(_COUNTER_SITE, f"{_COUNTER.name}_{_COUNTER_SITE.name}", content, head)


def _counter_notice(notice: Notice) -> str:
    content = f"""{trail((("首页", "/"), (_COUNTER.name, "/list/1")), "详情")}
<article><h1>{notice.title}</h1>
<div class="meta">发布日期：{chinese(notice.published)}　来源：西南产业招商平台整理</div>
<div class="article-content">
{notice.html}
</div></article>"""
    head = metas((("keywords", "招商"), ("description", notice.title)))
    return document(_COUNTER_SITE, f"{notice.title}_{_COUNTER_SITE.name}", content, head)


def _counter_number(path: str) -> int | None:
    match = re.fullmatch(r"/list/([1-9]\d*)", path)
    page = int(match[1]) if match else 0
    return page if 1 <= page <= _COUNTER.pages else None


def _counter_answer(request: Request) -> Reply:
    page = _counter_number(request.path)
    if page is not None:
        return _COUNTER_SITE.reply(_counter_list(page))
    match = re.fullmatch(r"/detail/(\d+)\.html", request.path)
    notice = _COUNTER.notice(match[1]) if match else None
    return _COUNTER_SITE.reply(_counter_notice(notice)) if notice else NOT_FOUND


def _counter_part(request: Request) -> int | None:
    page = _counter_number(request.path)
    return page if page is not None and page > 1 else None


def _laypage_path(notice: Notice) -> str:
    return f"/news/detail?id={_LAYPAGE.id_of(notice)}"


def _laypage_script(page: int) -> str:
    return f"""<div id="page" class="page-box"></div>
<script src="/static/layui/layui.js"></script>
<script>
layui.use(['laypage'], function () {{
  var laypage = layui.laypage;
  laypage.render({{
    elem: 'page',
    count: {_LAYPAGE.total},
    limit: {_LAYPAGE.size},
    curr: {page},
    theme: '#1E9FFF',
    layout: ['count', 'prev', 'page', 'next', 'skip'],
    jump: function (obj, first) {{
      if (!first) {{
        location.href = '?page=' + obj.curr;
      }}
    }}
  }});
}});
</script>"""


def _laypage_list(page: int) -> str:
    rows = "\n".join(
        f'<li><a href="{_laypage_path(notice)}" title="{notice.title}">{notice.title}</a>'
        f"<span>{notice.published}</span></li>"
        for notice in _LAYPAGE.on(page)
    )
    content = f"""{trail((("首页", "/"),), _LAYPAGE.name)}
<div class="layui-row"><div class="layui-col-md9"><ul class="news-list">
{rows or '<li class="none">暂无数据</li>'}
</ul>
{_laypage_script(page)}
</div>
<div class="layui-col-md3">{side_box(_LAYPAGE_SITE, "专题")}</div></div>"""
    head = site_metas(_LAYPAGE_SITE, _LAYPAGE.name)
    return document(_LAYPAGE_SITE, f"{_LAYPAGE.name}-{_LAYPAGE_SITE.name}", content, head, "/so")


def _laypage_notice(notice: Notice) -> str:
    source = "潼南区融媒体中心"
    content = f"""{trail((("首页", "/"), (_LAYPAGE.name, "/news/list")), "正文")}
<div class="detail"><h2 class="detail-title">{notice.title}</h2>
<div class="detail-info"><span>发布时间：{moment(notice)}</span><span>来源：{source}</span></div>
<div class="detail-content" id="zoomcon">
{notice.html}
</div></div>"""
    head = notice_metas(_LAYPAGE_SITE, _LAYPAGE.name, notice, source, moment(notice))
    return document(_LAYPAGE_SITE, f"{notice.title}-{_LAYPAGE_SITE.name}", content, head, "/so")


def _laypage_answer(request: Request) -> Reply:
    if request.path == "/news/list":
        return _LAYPAGE_SITE.reply(_laypage_list(max(1, intval(request.query.get("page")))))
    if request.path == "/news/detail":
        notice = _LAYPAGE.notice(request.query.get("id"))
        return _LAYPAGE_SITE.reply(_laypage_notice(notice)) if notice else NOT_FOUND
    return NOT_FOUND


def _laypage_part(request: Request) -> int | None:
    page = intval(request.query.get("page")) if request.path == "/news/list" else 1
    return page if 2 <= page <= _LAYPAGE.pages else None


PORTALS: tuple[Portal, ...] = (
    Portal(
        "query",
        "path_counter",
        "/list/1",
        _COUNTER.notices,
        _counter_path,
        _counter_answer,
        _counter_part,
    ),
    Portal(
        "query",
        "laypage",
        "/news/list",
        _LAYPAGE.notices,
        _laypage_path,
        _laypage_answer,
        _laypage_part,
    ),
)
