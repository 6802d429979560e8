"""Hanweb jpaas (集约化平台): a shell of a page, and rows that come as HTML within JSON.

The shell has `<script url="…/build/unit" queryData="{'parseType':…}">`; the answer is JSON with
`success`, `code "200"` and `data.html`, which has `div.page-content` and
`div.pagination[rows][count][pageNo][unitid][unitUrl][queryData]` (A). Page n is `unitUrl` with
queryData and `paramJson={"pageNo":n,"pageSize":rows}` (A); a bare `pageNo` is not looked at, so
page 1 comes (A). The tagId is Chinese. Notices are `art/YYYY/art_{32 hex}.html` (A).

- `mofcom`: `parseType=bulidstatic`, the first answer is asked for without `paramJson` (A), and
  without Referer there is a 403 (B). Body `div.art-con[ergodic=article]`; `MakeTime` is the moment
  the page was made, not that of publication (A).
- `miit`: `parseType=buildstatic` (A). The queryData has a `paramJson` of its own, with `"search"`
  as a string of JSON and `pageSize` as a string (A); how its quotes are escaped there is C. Without
  that search there is no row, whatever the page (C). Rows have absolute `http://` addresses (A).

A parameter of queryData that is missing or wrong, but `editType`, and a `paramJson` that is no
JSON give `success: false` with code 500 (C). Beyond the end there are no rows, but the count (C).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from tests.families.frames_a import (
    Site,
    by_address,
    cut,
    host,
    notice_metas,
    page,
    part,
    parts,
    site_metas,
    time_of,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_FREE = {"editType", "paramJson"}  # parameters of queryData that are not compared with it


@dataclass(frozen=True)
class _Column:
    site: Site
    query: dict[str, str]  # queryData
    size: int
    notices: tuple[Notice, ...]
    row: Callable[[str, Notice, str], str]  # of address, notice and host
    content: Callable[[Site, Notice], str]
    needs_referer: bool = False

    @property
    def path(self) -> str:
        return f"{self.site.column_path}index.html"

    @property
    def count(self) -> int:
        return parts(self.notices, self.size)

    @property
    def query_data(self) -> str:
        """queryData as an attribute: quotes are single, those within values are escaped."""
        pairs = ",".join(f"'{name}':'{_escaped(value)}'" for name, value in self.query.items())
        return escape(f"{{{pairs}}}", quote=False).replace('"', "&quot;")

    @property
    def search(self) -> object:
        return json.loads(self.query.get("paramJson", "{}")).get("search")

    def path_of(self, notice: Notice) -> str:
        name = hashlib.md5(notice.title.encode()).hexdigest()
        return f"{self.site.column_path}art/{notice.published.year}/art_{name}.html"

    def shell(self) -> str:
        tag = self.query["tagId"]
        main = f"""<div class="column-list" id="{tag}">
<script src="/cms_files/default/script/ajax/unit/unitbuild.js" url="{_UNIT}" \
queryData="{self.query_data}"></script>
</div>
<script src="/cms_files/default/script/ajax/page/page.js"></script>"""
        title = f"{self.site.column}_{self.site.name}"
        return page(self.site, title, site_metas(self.site), main)

    def notice_page(self, notice: Notice) -> str:
        metas = notice_metas(self.site, notice, f"{notice.published} {time_of(notice)}")
        made = '<meta name="MakeTime" content="2026-10-08 03:12:44">\n'
        return page(self.site, notice.title, metas + made, self.content(self.site, notice))

    def html(self, number: int, size: int, found: Sequence[Notice], host_name: str) -> str:
        rows = "\n".join(
            self.row(self.path_of(notice), notice, host_name)
            for notice in part(found, size, number)
        )
        return f"""<div class="page-content">
<ul>
{rows}
</ul>
</div>
<div class="pagination" rows="{size}" count="{len(found)}" pageNo="{number}" \
unitid="{self.query["tagId"]}" unitUrl="{_UNIT}" queryData="{self.query_data}"></div>"""

    def unit(self, request: Request) -> Reply:
        if self.needs_referer and not request.headers.get("referer"):
            return Reply("<html><title>403</title><h1>403 Forbidden</h1></html>", 403)
        asked = _asked(request)
        if asked is None or not self.is_ours(request):
            return _json({"success": False, "code": "500", "message": "系统异常", "data": None})
        number, size = _number(asked.get("pageNo")), _number(asked.get("pageSize"))
        found = self.notices if asked.get("search") == self.search else ()
        html = self.html(number or 1, size or self.size, found, host(request))
        return _json({"success": True, "code": "200", "message": "", "data": {"html": html}})

    def is_ours(self, request: Request) -> bool:
        needed = self.query.keys() - _FREE
        return all(request.query.get(name) == self.query[name] for name in needed)

    def answer(self, request: Request) -> Reply:
        if request.path == _UNIT:
            return self.unit(request)
        if request.path in (self.path, self.site.column_path):
            return Reply(self.shell())
        notice = by_address(self.notices, self.path_of).get(request.path)
        return Reply(self.notice_page(notice)) if notice else NOT_FOUND

    def part_of(self, request: Request) -> int | None:
        if request.method != "GET" or request.path != _UNIT or not self.is_ours(request):
            return None
        asked = _asked(request) or {}
        number = _number(asked.get("pageNo"))
        same = asked.get("search") == self.search and _number(asked.get("pageSize")) == self.size
        return number if same and number and 1 < number <= self.count else None

    def portal(self, form: str) -> Portal:
        return Portal(
            "jpaas", form, self.path, self.notices, self.path_of, self.answer, self.part_of
        )


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _asked(request: Request) -> dict[str, Any] | None:
    """What paramJson says; None if it is no JSON."""
    try:
        asked = json.loads(request.query.get("paramJson", "{}"))
    except ValueError:
        return None
    return asked if isinstance(asked, dict) else None


def _number(value: object) -> int | None:
    """A number, which may be a string."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() else None


def _json(answer: dict[str, Any]) -> Reply:
    return Reply(json.dumps(answer, ensure_ascii=False), 200, "application/json;charset=UTF-8")


def _commerce_row(address: str, notice: Notice, host_name: str) -> str:
    title = escape(notice.title)
    return (
        f'<li><a href="{address}" target="_blank" title="{title}">{title}</a>'
        f"<span>[{notice.published}]</span></li>"
    )


def _industry_row(address: str, notice: Notice, host_name: str) -> str:
    return (
        f'<li class="cf"><a class="fl" href="http://{host_name}{address}" target="_blank" '
        f'title="{escape(notice.title)}"><i></i>{escape(cut(notice.title, 17))}</a>'
        f'<span class="fr">{notice.published}</span></li>'
    )


def _commerce_notice(site: Site, notice: Notice) -> str:
    return f"""<div class="art-main">
<div class="art-title"><h1>{escape(notice.title)}</h1></div>
<div class="art-source"><span>来源：{site.office}</span>
<span>发布时间：{notice.published} {time_of(notice)}</span></div>
<div class="art-con art-con-bottonmLine" ergodic="article">
{notice.html}
</div>
<div class="art-tool"><a href="javascript:window.print()">打印</a></div>
</div>"""


def _industry_notice(site: Site, notice: Notice) -> str:
    return f"""<div class="cmain">
<h1 id="con_title">{escape(notice.title)}</h1>
<div class="cinfo center"><span id="con_time">发布时间：{notice.published} {time_of(notice)}</span>
<span>来源：{site.office}</span></div>
<div class="ccontent center" id="con_con">
{notice.html}
</div>
<div class="ctool">【<a href="javascript:window.print()">打印</a>】\
【<a href="javascript:window.close()">关闭</a>】</div>
</div>"""


_SEARCH = json.dumps(
    {
        "createdate": "",
        "xxgkId": "F001-E003",
        "xxgkType": "xxgk_theme",
        "nodeId": "11330500MB1911463X",
        "isFindChild": True,
    },
    separators=(",", ":"),
)
_COMMERCE = _Column(
    Site(
        "渝州市商务委员会",
        "5000000082",
        "外资管理处",
        "投资动态",
        "/swdt/tzdt/",
        (("投资动态", "/swdt/tzdt/index.html"), ("展会信息", "/swdt/zhxx/index.html")),
    ),
    query={
        "parseType": "bulidstatic",
        "webId": "4a1fd0c29b5e4c0e8c7d3a66e1f0b925",
        "tplSetId": "c3e1b7a94d1b4e0f9a27f5cc81d03ab6",
        "pageType": "column",
        "tagId": "分页列表",
        "editType": "null",
        "pageId": "9d07c5a1e83f4b6fb2d46e0f7c918a35",
    },
    size=15,
    notices=notices(54, start=1100),
    row=_commerce_row,
    content=_commerce_notice,
    needs_referer=True,
)
_INDUSTRY = _Column(
    Site(
        "湖湾市工业和信息化局",
        "3305000061",
        "投资规划处",
        "法定主动公开内容",
        "/zwgk/fdzdgknr/tzxm/",
        (("公开指南", "/zwgk/gkzn/index.html"), ("公开年报", "/zwgk/gknb/index.html")),
    ),
    query={
        "webId": "e52b8d0f47c94a6bb1790cd8f3a2e614",
        "pageId": "1229512852",
        "parseType": "buildstatic",
        "pageType": "column",
        "tagId": "右侧内容",
        "tplSetId": "AJrt7qHpO95lyAYqV3oZT",
        "paramJson": json.dumps(
            {"pageNo": 1, "pageSize": "15", "search": _SEARCH}, separators=(",", ":")
        ),
    },
    size=15,
    notices=notices(49, start=1200),
    row=_industry_row,
    content=_industry_notice,
)

PORTALS: tuple[Portal, ...] = (_COMMERCE.portal("mofcom"), _INDUSTRY.portal("miit"))
