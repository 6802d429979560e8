"""Lists whose pages are asked for by posting a form: home-made Java sites of bureaus and centres.

`submit`: the page holds `<form method="post">` with hidden fields; the pager calls `gotoPage(n)`,
which sets the hidden `pageNo` and submits. The server wants every hidden field back as it gave it.
`select`: the page number is a box that one can type into and the rows a page are a select, both
fields of the form; `toPage(n)` fills the box and submits to the page's own address, query and all.

Rests on: such forms were on 38 of 240 crawled hosts, mostly of 2018 (B); a page function sets one
field and submits (A); what servers make of wrong fields differs from site to site (C), here: the
number is read from the body alone, so a GET shows page 1 whatever its query; no number, or what
is none, is page 1; a number past the last is a list without rows; a missing hidden field is an
error page with status 500.
"""

from __future__ import annotations

from html import escape

from tests.families.frames_c import (
    Column,
    Site,
    chinese,
    document,
    metas,
    moment,
    natural,
    notice_metas,
    side_box,
    site_metas,
    trail,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_SUBMIT_SITE = Site(
    "綦江区招商投资局",
    "綦江区招商投资局",
    "5001100029",
    (
        ("首页", "/index.do"),
        ("招商动态", "/zsdt/list.do?channelId=7"),
        ("政务公开", "/zwgk/list.do?channelId=9"),
        ("投资指南", "/tzzn/list.do?channelId=11"),
        ("互动交流", "/hdjl/index.do"),
    ),
    (
        ("綦江工业园区简介", "/tzzn/view.do?id=533"),
        ("铝及铝合金产业规划", "/tzzn/view.do?id=521"),
        ("行政审批流程图", "/zwgk/view.do?id=498"),
        ("领导信箱办理情况", "/hdjl/view.do?id=477"),
    ),
)
_SUBMIT = Column("招商动态", notices(49, start=700), 12, 1400)
_HIDDEN = {
    "siteId": "1",
    "channelId": "7",
    "queryJson": '{"type":"zsdt","area":""}',
    "orderBy": "publish_time desc",
    "keyword": "",
}

_SELECT_SITE = Site(
    "荣昌投资促进中心",
    "荣昌区投资促进中心",
    "",
    (
        ("首页", "/index.jsp"),
        ("新闻中心", "/news/newsList.jsp?columnId=12"),
        ("招商项目", "/project/list.jsp"),
        ("人才招聘", "/job/list.jsp"),
    ),
    (
        ("荣昌猪产业招商项目", "/project/view.jsp?id=88"),
        ("陶瓷文化产业园项目", "/project/view.jsp?id=84"),
        ("高新区标准厂房项目", "/project/view.jsp?id=79"),
    ),
)
_SELECT = Column("新闻中心", notices(43, start=800), 10, 1300)
_SIZES = (10, 20, 50)


def _arrow(text: str, page: int, pages: int, link: str) -> str:
    """A mark of the pager, dead where it would lead nowhere; `link` has `{}` for the page."""
    number = {"首页": 1, "上一页": page - 1, "下一页": page + 1, "尾页": pages}[text]
    dead = page == 1 if text in ("首页", "上一页") else page >= pages
    return f"<span>{text}</span>" if dead else f"<a {link.format(number)}>{text}</a>"


def _arrows(page: int, pages: int, link: str) -> str:
    return "\n".join(
        _arrow(text, page, pages, link) for text in ("首页", "上一页", "下一页", "尾页")
    )


def _submit_path(notice: Notice) -> str:
    return f"/zsdt/view.do?id={_SUBMIT.id_of(notice)}"


def _submit_form(page: int) -> str:
    hidden = "\n".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}"/>'
        for name, value in _HIDDEN.items()
    )
    arrows = _arrows(page, _SUBMIT.pages, 'href="javascript:gotoPage({});"')
    return f"""<form id="pageForm" name="pageForm" action="/zsdt/list.do" method="post">
{hidden}
<input type="hidden" id="pageNo" name="pageNo" value="{page}"/>
<input type="hidden" name="pageSize" value="{_SUBMIT.size}"/>
</form>
<div class="fenye">共<b>{_SUBMIT.total}</b>条记录　当前第{page}/{_SUBMIT.pages}页
{arrows}
</div>
<script type="text/javascript">
function gotoPage(n) {{
  document.getElementById("pageNo").value = n;
  document.getElementById("pageForm").submit();
}}
</script>"""


def _submit_list(page: int) -> str:
    rows = "\n".join(
        f'<li><span>[{notice.published}]</span><a href="{_submit_path(notice)}" target="_blank" '
        f'title="{notice.title}">{notice.title}</a></li>'
        for notice in _SUBMIT.on(page)
    )
    content = f"""{trail((("首页", "/index.do"),), _SUBMIT.name)}
{side_box(_SUBMIT_SITE, "投资参考")}
<div class="right_con"><h2>{_SUBMIT.name}</h2>
<ul class="newslist">
{rows or "<li>暂无信息</li>"}
</ul>
{_submit_form(page)}
</div>"""
    head = site_metas(_SUBMIT_SITE, _SUBMIT.name)
    title = f"{_SUBMIT.name}_{_SUBMIT_SITE.name}"
    return document(_SUBMIT_SITE, title, content, head, "/search.do")


def _submit_notice(notice: Notice) -> str:
    source = "綦江日报"
    home = "/zsdt/list.do?channelId=7"
    content = f"""{trail((("首页", "/index.do"), (_SUBMIT.name, home)), "正文")}
<div class="article"><h1>{notice.title}</h1>
<div class="explain">发布日期：{moment(notice)[:16]}　信息来源：{source}　【字号：大 中 小】</div>
<div id="zoom">
{notice.html}
</div>
<div class="close"><a href="javascript:window.print()">【打印本页】</a>\
<a href="javascript:window.close()">【关闭窗口】</a></div></div>"""
    head = notice_metas(_SUBMIT_SITE, _SUBMIT.name, notice, source)
    return document(
        _SUBMIT_SITE, f"{notice.title}_{_SUBMIT_SITE.name}", content, head, "/search.do"
    )


def _error(site: Site) -> Reply:
    content = '<div class="error"><h2>系统错误</h2><p>请求参数不正确，请返回重试。</p></div>'
    return site.reply(document(site, "系统错误", content), 500)


def _is_posted(request: Request) -> bool:
    """Whether a request brings the form's hidden fields as the page gave them."""
    return request.method == "POST" and _HIDDEN.items() <= request.form.items()


def _submit_answer(request: Request) -> Reply:
    if request.path == "/zsdt/list.do":
        if request.method == "GET" and request.query.get("channelId") == "7":
            return _SUBMIT_SITE.reply(_submit_list(1))
        if not _is_posted(request):
            return _error(_SUBMIT_SITE)
        return _SUBMIT_SITE.reply(_submit_list(natural(request.form.get("pageNo")) or 1))
    if request.path == "/zsdt/view.do":
        notice = _SUBMIT.notice(request.query.get("id"))
        return _SUBMIT_SITE.reply(_submit_notice(notice)) if notice else _error(_SUBMIT_SITE)
    return NOT_FOUND


def _submit_part(request: Request) -> int | None:
    if request.path != "/zsdt/list.do" or not _is_posted(request):
        return None
    page = natural(request.form.get("pageNo")) or 1
    return page if 2 <= page <= _SUBMIT.pages else None


def _select_path(notice: Notice) -> str:
    return f"/news/newsView.jsp?newsId={_SELECT.id_of(notice)}"


def _select_pager(column: Column, page: int) -> str:
    arrows = _arrows(page, column.pages, 'href="javascript:void(0);" onclick="toPage({})"')
    options = "".join(
        f'<option value="{size}"{" selected" if size == column.size else ""}>{size}</option>'
        for size in _SIZES
    )
    return f"""<div class="page">共 {column.total} 条　第 {page}/{column.pages} 页
{arrows}
转到第<input type="text" name="pageNum" value="{page}" size="3" maxlength="4">页
<input type="button" value="GO" onclick="toPage(document.listForm.pageNum.value)">
每页<select name="pageSize" onchange="toPage(1)">{options}</select>条
</div>"""


def _select_list(column: Column, page: int) -> str:
    rows = "\n".join(
        f'<tr><td class="dot">·</td><td><a href="newsView.jsp?newsId={column.id_of(notice)}" '
        f'target="_blank">{notice.title}</a></td>'
        f'<td class="date">{chinese(notice.published)}</td></tr>'
        for notice in column.on(page)
    )
    content = f"""{trail((("首页", "/index.jsp"),), column.name)}
<form name="listForm" method="post">
<input type="hidden" name="act" value="query">
<table class="list" width="100%" cellpadding="0" cellspacing="0">
{rows or '<tr><td colspan="3">没有符合条件的记录</td></tr>'}
</table>
{_select_pager(column, page)}
</form>
<script language="javascript">
function toPage(n) {{
  var f = document.listForm;
  f.pageNum.value = n;
  f.submit();
}}
</script>
{side_box(_SELECT_SITE, "推荐项目")}"""
    head = metas((("keywords", "荣昌招商"), ("description", "")))
    return document(
        _SELECT_SITE, f"{column.name}--{_SELECT_SITE.name}", content, head, "/search.jsp"
    )


def _select_notice(notice: Notice) -> str:
    home = "/news/newsList.jsp?columnId=12"
    content = f"""{trail((("首页", "/index.jsp"), (_SELECT.name, home)), "浏览文章")}
<table class="news" width="100%"><tr><td align="center"><h3>{notice.title}</h3></td></tr>
<tr><td align="center">添加时间：{chinese(notice.published)}　\
文章来源：荣昌区投资促进中心</td></tr>
<tr><td><div class="newsContent">
{notice.html}
</div></td></tr></table>"""
    head = metas((("keywords", "荣昌招商"), ("description", notice.title)))
    return document(
        _SELECT_SITE, f"{notice.title}--{_SELECT_SITE.name}", content, head, "/search.jsp"
    )


def _select_column(size: str | None) -> Column:
    """The column in pages of the size that was chosen; the usual one for any other size."""
    rows = natural(size) or _SELECT.size
    return Column(
        _SELECT.name,
        _SELECT.notices,
        rows if rows in _SIZES else _SELECT.size,
        _SELECT.first_id,
    )


def _is_select_list(request: Request) -> bool:
    return request.path == "/news/newsList.jsp" and request.query.get("columnId") == "12"


def _select_answer(request: Request) -> Reply:
    if _is_select_list(request):
        posted = request.form if request.method == "POST" else {}
        if posted and posted.get("act") != "query":
            return _error(_SELECT_SITE)
        column = _select_column(posted.get("pageSize"))
        return _SELECT_SITE.reply(_select_list(column, natural(posted.get("pageNum")) or 1))
    if request.path == "/news/newsView.jsp":
        notice = _SELECT.notice(request.query.get("newsId"))
        return _SELECT_SITE.reply(_select_notice(notice)) if notice else _error(_SELECT_SITE)
    if request.path == "/news/newsList.jsp":
        return _error(_SELECT_SITE)
    return NOT_FOUND


def _select_part(request: Request) -> int | None:
    wanted = {"act": "query", "pageSize": str(_SELECT.size)}
    if request.method != "POST" or not _is_select_list(request):
        return None
    if not wanted.items() <= request.form.items():
        return None
    page = natural(request.form.get("pageNum")) or 1
    return page if 2 <= page <= _SELECT.pages else None


PORTALS: tuple[Portal, ...] = (
    Portal(
        "post_form",
        "submit",
        "/zsdt/list.do?channelId=7",
        _SUBMIT.notices,
        _submit_path,
        _submit_answer,
        _submit_part,
    ),
    Portal(
        "post_form",
        "select",
        "/news/newsList.jsp?columnId=12",
        _SELECT.notices,
        _select_path,
        _select_answer,
        _select_part,
    ),
)
