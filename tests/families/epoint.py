"""新点 Epoint: lists of its web builder, by an address that answers JSON, or as files.

`get` and `post`: a page without rows; its script asks
`/EpointWebBuilder/rest/frontAppCustomAction/getPageInfoListNew` for `?params={json}` by GET, or
`getPageInfoListNew2` with the same JSON as the form field `params` by POST (A). The JSON has
`siteGuid, categoryNum, kw, startDate, endDate, pageIndex, pageSize`; `pageIndex` counts from 0
(B). Answers: `custom.count`, `custom.infodata[]` of `title, infourl, infodate` (A), the other
fields and `status` B. Where a site keeps its `siteGuid` differs: here in the page (`get`) or at
the head of a script file (`post`, B). C: the other method is answered with 405, a field that is
missing or wrong with a status of code 0, an unknown site or category with count 0, an index after
the last with no rows.

`static`: pages are files `/{category}/N.html` (A) whose marks have no address, only
`ShowAjaxNewPage(window.location.pathname,'categorypagingcontent',N)` (A), which fetches `N.html`
beside the page (B). The first is also `subPage.html` and the folder (B). The pager prints
`page/pages` and no number of notices (A).
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.families.frames_b import (
    Site,
    further,
    guid,
    json_reply,
    metas,
    pages_of,
    script_reply,
    slice_of,
    whole_number,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_SITE_GUID = "7eb5f7f1-9041-43ad-8e13-8fcb82ea831a"
_PROJECT = "/EpointWebBuilder"
_BUILDER = "/js/webBuilderDS.js"
_SITE_INFO = (
    f'var siteInfo = {{"siteGuid":"{_SITE_GUID}","projectName":"{_PROJECT}",'
    '"webVersion":"5.0","vname":"/web"};'
)
_NOT_ALLOWED = Reply("<html><title>HTTP Status 405</title><h1>Method Not Allowed</h1></html>", 405)
_MENU = (("/zjyq/subpage.html", "走进园区"), ("/tzzc/subpage.html", "投资政策"))


@dataclass(frozen=True)
class _Column:
    """A list: its site, its category number, its folder."""

    site: Site
    category: str
    folder: str  # ends with /
    size: int
    items: tuple[Notice, ...]

    def address(self, notice: Notice) -> str:
        name = guid("epoint", self.category, notice.number)
        return f"{self.folder}{notice.published:%Y%m%d}/{name}.html"

    def notice_at(self, request: Request) -> Reply:
        for notice in self.items:
            if request.path == self.address(notice):
                return Reply(_notice(self, notice))
        return NOT_FOUND


@dataclass(frozen=True)
class _Api(_Column):
    """A list that is asked for as JSON."""

    method: str
    action: str

    @property
    def path(self) -> str:
        return f"{_PROJECT}/rest/frontAppCustomAction/{self.action}"

    def answer(self, request: Request) -> Reply:
        if request.path == self.site.home:
            return Reply(_shell(self))
        if request.path == _BUILDER:
            return script_reply(_SITE_INFO)
        if request.path == self.path:
            return self._rows(request) if request.method == self.method else _NOT_ALLOWED
        return self.notice_at(request)

    def part_of(self, request: Request) -> int | None:
        params = self._params(request)
        if request.path != self.path or request.method != self.method or params is None:
            return None
        index, size = _window(params)
        if index is None or size != self.size or not self._known(params):
            return None
        return further(index + 1, len(self.items), self.size)

    def _params(self, request: Request) -> dict[str, object] | None:
        """Return what the field `params` holds, None if it is none or no object."""
        if self.method == "POST":
            kind = request.headers.get("content-type", "")
            text = request.form.get("params", "") if "x-www-form-urlencoded" in kind else ""
        else:
            text = request.query.get("params", "")
        try:
            params = json.loads(text)
        except ValueError:
            return None
        return params if isinstance(params, dict) else None

    def _known(self, params: dict[str, object]) -> bool:
        return (params.get("siteGuid"), params.get("categoryNum")) == (_SITE_GUID, self.category)

    def _rows(self, request: Request) -> Reply:
        params = self._params(request)
        if params is None:
            return _failure("参数格式错误")
        index, size = _window(params)
        if index is None or not size:
            return _failure("分页参数错误")
        found = self._found(params) if self._known(params) else []
        rows = [self._row(notice) for notice in slice_of(found, index + 1, size)]
        custom = {"count": len(found), "infodata": rows}
        status = {"code": 1, "top": False, "text": "操作成功", "url": ""}
        return json_reply({"controls": [], "custom": custom, "status": status})

    def _found(self, params: dict[str, object]) -> list[Notice]:
        word = str(params.get("kw") or "")
        first, last = (str(params.get(name) or "") for name in ("startDate", "endDate"))
        return [
            notice
            for notice in self.items
            if word in notice.title
            and (not first or str(notice.published) >= first[:10])
            and (not last or str(notice.published) <= last[:10])
        ]

    def _row(self, notice: Notice) -> dict[str, object]:
        return {
            "categorynum": self.category,
            "infotype": "News",
            "strcomment": f"近日，{notice.title}。",
            "infoid": guid("epoint", self.category, notice.number),
            "recommend": 0,
            "title": notice.title,
            "titletype": "Text",
            "infourl": self.address(notice),
            "customtitle": None,
            "urlname": None,
            "infodate": str(notice.published),
        }


def _window(params: dict[str, object]) -> tuple[int | None, int | None]:
    return whole_number(params.get("pageIndex")), whole_number(params.get("pageSize"))


def _failure(text: str) -> Reply:
    status = {"code": 0, "top": False, "text": text, "url": ""}
    return json_reply({"controls": [], "custom": "", "status": status})


def _shell(api: _Api) -> str:
    site = api.site
    inside = api.method == "GET"  # whether the page itself has what siteInfo is
    info = f"<script>{_SITE_INFO}</script>" if inside else f'<script src="{_BUILDER}"></script>'
    head = f"""{metas(site.column_metas())}
<script src="/js/lib/jquery-1.12.4.min.js"></script>
{info}
<script src="/js/lib/mricode.pagination.js"></script>"""
    main = f"""<div class="ewb-right-bd">
<h3 class="ewb-tt">{site.column}</h3>
<input type="hidden" id="categorynum" value="{api.category}">
<ul class="wb-data-item" id="infolist"></ul>
<div class="pager" id="page"></div>
</div>
<script>
var pageSize = {api.size};
function getList(pageIndex) {{
  var params = {{
    siteGuid: siteInfo.siteGuid, categoryNum: $('#categorynum').val(), kw: '',
    startDate: '', endDate: '', pageIndex: pageIndex, pageSize: pageSize
  }};
  $.ajax({{
    url: siteInfo.projectName + '/rest/frontAppCustomAction/{api.action}',
    type: '{api.method.lower()}', dataType: 'json', data: {{ params: JSON.stringify(params) }},
    success: function (msg) {{ drawList(msg.custom.infodata); drawPage(msg.custom.count); }}
  }});
}}
function drawList(rows) {{
  $('#infolist').html($.map(rows, function (row) {{
    return '<li class="wb-data-list"><a href="' + row.infourl + '">' + row.title + '</a><span>'
      + row.infodate + '</span></li>';
  }}).join(''));
}}
function drawPage(total) {{
  $('#page').pagination({{ pageSize: pageSize, total: total, showFirstLastBtn: true }})
    .on('pageClicked', function (event, data) {{ getList(data.pageIndex); }});
}}
getList(0);
</script>"""
    return site.page(f"{site.column} - {site.name}", head, main)


@dataclass(frozen=True)
class _Files(_Column):
    """A list that is a folder of files."""

    def answer(self, request: Request) -> Reply:
        number = self._number(request)
        if number is None:
            return self.notice_at(request)
        return Reply(_file(self, number))

    def part_of(self, request: Request) -> int | None:
        asked = self._number(request) if request.method == "GET" else None
        return further(asked, len(self.items), self.size)

    def _number(self, request: Request) -> int | None:
        """Return which page a request asks for."""
        if request.path in (self.folder, self.site.home):
            return 1
        name = request.path.removeprefix(self.folder)
        number = whole_number(name.removesuffix(".html"))
        if number is None or request.path != f"{self.folder}{number}.html":
            return None
        return number if 1 <= number <= pages_of(len(self.items), self.size) else None


def _file(files: _Files, number: int) -> str:
    site = files.site
    rows = "\n".join(
        f'<li class="wb-data-list"><div class="wb-data-infor l"><a href="{files.address(notice)}" '
        f'title="{notice.title}" target="_blank">{_cut(notice.title)}</a></div>'
        f'<span class="wb-data-date r">{notice.published}</span></li>'
        for notice in slice_of(files.items, number, files.size)
    )
    head = f"""{metas(site.column_metas())}
<script src="/js/lib/jquery-1.12.4.min.js"></script>
<script src="/js/webBuilderCommon.js"></script>"""
    main = f"""<h3 class="ewb-tt">{site.column}</h3>
<div id="categorypagingcontent" class="categorypagingcontent">
<ul class="wb-data-item">
{rows}
</ul>
{_file_pager(number, pages_of(len(files.items), files.size))}
</div>"""
    return site.page(f"{site.column} - {site.name}", head, main)


def _cut(title: str) -> str:
    return title if len(title) <= 22 else f"{title[:20]}..."


def _file_pager(number: int, last: int) -> str:
    def mark(text: object, page: int, kind: str = "") -> str:
        call = f"ShowAjaxNewPage(window.location.pathname,'categorypagingcontent',{page})"
        return (
            f'<li class="ewb-page-li{kind}"><a href="javascript:void(0)" '
            f'onclick="{call}">{text}</a></li>'
        )

    marks = [mark("首页", 1), mark("上页", number - 1)] if number > 1 else []
    for page in range(1, last + 1):
        marks.append(mark(page, page, " current" if page == number else ""))
    marks += [mark("下页", number + 1), mark("末页", last)] if number < last else []
    count = f"<span>{number}/{last}</span>"
    marks.append(f'<li class="ewb-page-li ewb-page-noborder ewb-page-num">{count}</li>')
    marks.append(
        '<li class="ewb-page-li ewb-page-noborder"><input id="pagejump"><button type="button" '
        "onclick=\"ShowAjaxNewPage(window.location.pathname,'categorypagingcontent',"
        "$('#pagejump').val())\">转到</button></li>"
    )
    return '<div class="ewb-page"><ul>\n' + "\n".join(marks) + "\n</ul></div>"


def _notice(column: _Column, notice: Notice) -> str:
    site = column.site
    date = str(notice.published)
    view = guid("epoint", column.category, notice.number)
    main = f"""<div class="ewb-article">
<input type="hidden" id="viewGuid" value="{view}">
<h3 class="ewb-article-tt">{notice.title}</h3>
<div class="ewb-article-sources"><p>【信息时间：{date}　信息来源：{site.name}　\
阅读次数：<span id="infoViewCount"></span>】</p>
<p><a href="javascript:window.print()">【打印】</a>\
<a href="javascript:window.close()">【关闭】</a></p></div>
<div class="ewb-article-info">
{notice.html}
</div>
</div>"""
    head = metas(site.notice_metas(notice, f"{date} 10:20"))
    return site.page(f"{notice.title} - {site.name}", head, main, side=False)


def _side(folder: str, home: str, own: str) -> tuple[tuple[str, str], ...]:
    return (
        (home, own),
        (f"{folder}002/subPage.html", "园区快讯"),
        (f"{folder}003/subPage.html", "公告公示"),
    )


_GET = _Api(
    site=Site(
        name="北疆经济合作区招商服务网",
        code="2301000045",
        domain="zsfw.example.gov.cn",
        prefix="ewb",
        column="项目落地",
        home="/zsxx/004001/004001001/tradeList.html",
        menu=_MENU,
        side=_side("/zsxx/004001/004001", "/zsxx/004001/004001001/tradeList.html", "项目落地"),
    ),
    category="004001001",
    folder="/zsxx/004001/004001001/",
    size=15,
    items=notices(43, start=500),
    method="GET",
    action="getPageInfoListNew",
)

_POST = _Api(
    site=Site(
        name="东海湾招商投资网",
        code="3509000017",
        domain="zstz.example.gov.cn",
        prefix="ewbp",
        column="招商快讯",
        home="/zskx/002008/transInfo.html",
        menu=_MENU,
        side=_side("/zskx/002", "/zskx/002008/transInfo.html", "招商快讯"),
    ),
    category="002008",
    folder="/zskx/002008/",
    size=12,
    items=notices(46, start=600),
    method="POST",
    action="getPageInfoListNew2",
)

_STATIC = _Files(
    site=Site(
        name="湘中高新技术产业园区",
        code="4304000029",
        domain="gxyq.example.gov.cn",
        prefix="ewbs",
        column="园区动态",
        home="/yqdt/003001/003001001/subPage.html",
        menu=_MENU,
        side=_side("/yqdt/003001/003001", "/yqdt/003001/003001001/subPage.html", "园区动态"),
        hot=(
            ("/ztzl/005001/20260801/yshj.html", "优化营商环境专题"),
            ("/ztzl/005002/20260615/xmjs.html", "项目建设年专题"),
        ),
    ),
    category="003001001",
    folder="/yqdt/003001/003001001/",
    size=15,
    items=notices(57, start=700),
)


def _portal(form: str, column: _Api | _Files) -> Portal:
    return Portal(
        family="epoint",
        form=form,
        start=column.site.home,
        notices=column.items,
        path_of=column.address,
        answer=column.answer,
        part_of=column.part_of,
        declares=isinstance(column, _Api),
    )


PORTALS: tuple[Portal, ...] = (
    _portal("get", _GET),
    _portal("post", _POST),
    _portal("static", _STATIC),
)
