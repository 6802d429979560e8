"""UCAP (开普): a page without rows whose script asks a search address for the column's rows.

`json`: the page holds the column's id in `<meta name="channelid">` and the size of a page in a
hidden field; a script file of the same host (not the page) says which address is asked:
`/common/search/{id}?_isAgg=true&_isJson=true&_pageSize=18&...&page=N`. The answer has `data.total`
and `data.results` with `//host/` addresses, `publishedTimeStr`, `publishedTime` in ms (A); that
the address stands in a script file: B. `html`: the page's own script asks the same address with
`_isJson=false` and gets `ul#body > li` with an address and a `div.date` (B); links to pages end
in `page=N` (B); no total is printed (C).

`PubDate` of a notice's page is the moment at which the page was made; the date of the row and of
the line under the title are right (B). The size asked for is the size given (B). C: no page or
page 0 is page 1, a page after the last is empty, an unknown id has total 0, what is no number is
answered with 400; `/searchList/` does not exist on a host that has `/common/search/`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.families.frames_b import (
    Site,
    further,
    hex_id,
    host_of,
    json_reply,
    metas,
    moment,
    pages_of,
    script_reply,
    slice_of,
    whole_number,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_MADE = "2026-10-08 02:13:45"  # when all pages were made anew


@dataclass(frozen=True)
class _System:
    site: Site
    channel: str
    size: int
    as_json: bool
    items: tuple[Notice, ...]
    address: Callable[[Notice], str]
    script: str = ""  # address of the script file, if the script is not in the page

    @property
    def search(self) -> str:
        return f"/common/search/{self.channel}"

    def answer(self, request: Request) -> Reply:
        if request.path == self.site.home:
            return Reply(_shell(self))
        if self.script and request.path == self.script:
            return script_reply(_script(self))
        if request.path.startswith("/common/search/"):
            return _search(self, request)
        for notice in self.items:
            if request.path == self.address(notice):
                return Reply(_notice(self, notice))
        return NOT_FOUND

    def part_of(self, request: Request) -> int | None:
        wanted = {
            "_isAgg": "true" if self.as_json else "false",
            "_isJson": "true" if self.as_json else "false",
            "_pageSize": str(self.size),
            "_template": "index",
        }
        asked = request.path == self.search and request.method == "GET"
        if not asked or any(request.query.get(key) != value for key, value in wanted.items()):
            return None
        return further(whole_number(request.query.get("page")), len(self.items), self.size)


def _script(system: _System) -> str:
    flag = "true" if system.as_json else "false"
    meta = "channelid" if system.as_json else "channelId"
    draw = "drawRows(d.data.results); drawPager(d.data.total);"
    return f"""
function loadList(n) {{
  var id = $('meta[name="{meta}"]').attr('content');
  $.ajax({{
    url: '/common/search/' + id + '?_isAgg={flag}&_isJson={flag}&_pageSize='
      + parseInt($('#pageSize').val()) + '&_template=index&_rangeTimeGte=&_channelName=&page=' + n,
    type: 'get',
    success: function (d) {{ {draw if system.as_json else "$('#list').html($(d));"} }}
  }});
}}
$(function () {{ loadList(parseInt($('#page').val())); }});
"""


def _shell(system: _System) -> str:
    site = system.site
    name = "channelid" if system.as_json else "channelId"
    loads = f'<script src="{system.script}"></script>' if system.script else ""
    inline = "" if system.script else f"<script>{_script(system)}</script>"
    head = f"""{metas(site.column_metas())}
<meta name="{name}" content="{system.channel}">
<script src="/xhtml/js/jquery.min.js"></script>
{loads}"""
    main = f"""<h2 class="lm">{site.column}</h2>
<input type="hidden" id="page" value="1">
<input type="hidden" id="pageSize" value="{system.size}">
<ul id="list" class="list-ul"></ul>
<div id="page_div"></div>
{inline}"""
    return site.page(f"{site.column}-{site.name}", head, main)


def _search(system: _System, request: Request) -> Reply:
    number = whole_number(request.query.get("page", "1"))
    size = whole_number(request.query.get("_pageSize", "10"))
    if number is None or not size:
        return json_reply({"status": 400, "error": "Bad Request", "path": request.path}, 400)
    items = system.items if request.path == system.search else ()
    number = max(number, 1)
    if request.query.get("_isJson") != "true":
        return Reply(_html_rows(system, request, items, number, size))
    rows = [_json_row(system, request, notice) for notice in slice_of(items, number, size)]
    channel = request.path.rsplit("/", 1)[-1]
    data = {"page": number, "rows": size, "channelId": channel, "total": len(items)}
    return json_reply({"data": {**data, "results": rows}})


def _json_row(system: _System, request: Request, notice: Notice) -> dict[str, object]:
    when = moment(notice)
    return {
        "title": notice.title,
        "subTitle": "",
        "url": f"//{host_of(request)}{system.address(notice)}",
        "publishedTimeStr": when.strftime("%Y-%m-%d %H:%M:%S"),
        "publishedTime": int(when.timestamp()) * 1000,
        "channelName": system.site.column,
        "manuscriptId": str(7600000 - notice.number * 13),
        "content": f"近日，{notice.title}。",
        "contentHtml": "",
        "memo": "",
        "resList": [],
        "domainMetaList": [],
    }


def _html_rows(
    system: _System, request: Request, items: tuple[Notice, ...], number: int, size: int
) -> str:
    rows = "\n".join(
        f'<li><div class="title"><a href="//{host_of(request)}{system.address(notice)}" '
        f'target="_blank">{notice.title}</a></div>'
        f'<div class="date">{notice.published}</div></li>'
        for notice in slice_of(items, number, size)
    )
    return f"""<ul id="body">
{rows}
</ul>
<div class="pages">{_html_pager(request, number, pages_of(len(items), size))}</div>
"""


def _html_pager(request: Request, number: int, last: int) -> str:
    fixed = "&".join(
        f"{key}={value}" for key, value in request.query.items() if key != "page" and key != "_"
    )

    def mark(text: str, page: int) -> str:
        return f'<a href="{request.path}?{fixed}&page={page}">{text}</a>'

    before = [mark("首页", 1), mark("上一页", number - 1)] if number > 1 else []
    after = [mark("下一页", number + 1), mark("末页", last)] if number < last else []
    return " ".join((*before, f"<span>{number}</span>", *after))


def _notice(system: _System, notice: Notice) -> str:
    site = system.site
    head = metas(site.notice_metas(notice, _MADE))
    date = moment(notice).strftime("%Y-%m-%d %H:%M" if system.as_json else "%Y年%m月%d日")
    body = (
        f'<div class="detail-news"><UCAPCONTENT>{notice.html}</UCAPCONTENT></div>'
        if system.as_json
        else f'<div class="notice_content" id="UCAP-CONTENT">{notice.html}</div>'
    )
    main = f"""<div class="content">
<h1><UCAPTITLE>{notice.title}</UCAPTITLE></h1>
<div class="info"><span>日期：{date}</span> <span>来源：{site.name}</span>
<span>字体：<a href="javascript:void(0)">大</a> <a href="javascript:void(0)">中</a></span></div>
{body}
<div class="share">分享到：<a href="javascript:void(0)" class="wx">微信</a></div>
<div class="print"><a href="javascript:window.print()">打印本页</a>
<a href="javascript:window.close()">关闭窗口</a></div>
</div>"""
    return site.page(f"{notice.title}_{site.name}", head, main, side=False)


def _portal(form: str, system: _System) -> Portal:
    return Portal(
        family="ucap",
        form=form,
        start=system.site.home,
        notices=system.items,
        path_of=system.address,
        answer=system.answer,
        part_of=system.part_of,
        declares=system.as_json,
    )


_JSON = _System(
    site=Site(
        name="江北临港新区投资促进局",
        code="5001050021",
        domain="tzcj.example.gov.cn",
        prefix="xy",
        column="招商动态",
        home="/tzcj/c100021/common_list.shtml",
        menu=(
            ("/tzcj/c100010/index.shtml", "走进新区"),
            ("/tzcj/c100020/index.shtml", "投资资讯"),
            ("/tzcj/c100030/index.shtml", "惠企政策"),
        ),
        side=(
            ("/tzcj/c100021/common_list.shtml", "招商动态"),
            ("/tzcj/c100022/common_list.shtml", "园区风采"),
            ("/tzcj/c100023/common_list.shtml", "通知公告"),
        ),
    ),
    channel=hex_id("ucap", "c100021"),
    size=18,
    as_json=True,
    items=notices(50, start=300),
    address=lambda notice: f"/tzcj/c100021/c{7600000 - notice.number * 13}/content.shtml",
    script="/tzcj/xhtml/js/listPage.js",
)

_HTML = _System(
    site=Site(
        name="河西市招商和经济合作局",
        code="6207000033",
        domain="zsj.example.gov.cn",
        prefix="gs",
        column="项目签约",
        home="/zsj/c109768/zfxxgkzd.shtml",
        menu=(
            ("/zsj/c109700/list.shtml", "工作动态"),
            ("/zsj/c109760/list.shtml", "重点领域公开"),
        ),
        side=(
            ("/zsj/c109768/zfxxgkzd.shtml", "项目签约"),
            ("/zsj/c109769/zfxxgkzd.shtml", "审批备案"),
            ("/zsj/c109770/zfxxgkzd.shtml", "中长期规划"),
        ),
    ),
    channel=hex_id("ucap", "c109768"),
    size=20,
    as_json=False,
    items=notices(55, start=400),
    address=lambda notice: (
        f"/zsj/c109768/{notice.published:%Y%m}/{hex_id('ucap', notice.number)}.shtml"
    ),
)

PORTALS: tuple[Portal, ...] = (_portal("json", _JSON), _portal("html", _HTML))
