"""Hanweb jcms: a column whose rows and further groups of pages are fetched by the jpage script.

The column page always holds the first group only, whatever `uid` and `pageNum` ask for (A). Its
rows are `<record><![CDATA[…]]></record>` fragments in a `<datastore>` within a script (A), and a
group is `groupSize` pages of `perPage` rows (A). Answers have `totalrecord`, `totalpage` and a
`recordset` (A).

- `nextgroup`: GET the address of `<nextgroup>` with `page=N`; N counts groups, and the page's own
  nextgroup names group 1 (A). Every further group begins with the last row of the group before
  (A). `webname` and `permissiontype` may be missing (B), `columnid` and `unitid` may not (C).
- `post`: no `<nextgroup>`; POST with `startrecord`, `endrecord` and `perpage` in the query and the
  script's `ajaxParam` as a form (A). `columnid` and `unitid` are needed, and only the form is read
  for them (C). The date is in `<b>` (A).
- `encrypted`: the nextgroup address has encrypted parameters, which are to be sent as they are,
  with another `page` (B). Here it names group 2, and the parameters of `jpage({…})`, which are in
  the clear, get nothing (C).

With wrong or missing parameters, and beyond the end, the datastore that comes is empty (C).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote_plus

from tests.families.frames_a import (
    Site,
    by_address,
    cut,
    notice_metas,
    page,
    part,
    parts,
    site_metas,
    time_of,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_GROUP_SIZE = 3


@dataclass(frozen=True)
class _Column:
    site: Site
    proxy: str
    web: int
    column: int
    unit: int
    per_page: int
    first_article: int
    notices: tuple[Notice, ...]
    row: Callable[[_Column, Notice], str]
    answer_type: str = "text/xml; charset=utf-8"

    @property
    def path(self) -> str:
        return f"/col/col{self.column}/index.html"

    @property
    def group(self) -> int:
        """How many rows a group has."""
        return self.per_page * _GROUP_SIZE

    def path_of(self, notice: Notice) -> str:
        day = notice.published
        article = self.first_article - 7 * notice.number
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self.column}_{article}.html"

    def store(self, rows: Sequence[Notice], pages: int, next_group: str = "") -> str:
        """A datastore as the proxy answers it; `pages` 0 is one that knows of nothing."""
        total = len(self.notices) if pages else 0
        return (
            f"<datastore><totalrecord>{total}</totalrecord><totalpage>{pages}</totalpage>"
            f"{_next_group(next_group)}{self.records(rows)}</datastore>"
        )

    def records(self, rows: Sequence[Notice]) -> str:
        records = "\n".join(
            f"<record><![CDATA[{self.row(self, notice)}]]></record>" for notice in rows
        )
        return f"<recordset>\n{records}\n</recordset>"

    def page(self, next_group: str = "") -> str:
        """The column page with the first group."""
        rows = self.records(part(self.notices, self.group, 1))
        main = f"""<div class="list-con">
<div id="{self.unit}" class="default_pgContainer_box">
<script type="text/xml"><datastore>
{_next_group(next_group)}
{rows}
</datastore></script>
</div>
<link href="/script/page/css/lianlian/page.css" rel="stylesheet" type="text/css">
<script src="/module/jslib/jquery/jpage/jquery.jpage.js"></script>
<script>
{self.script}
</script>
</div>"""
        title = f"{self.site.name} {self.site.column}"
        return page(self.site, title, site_metas(self.site), main)

    @property
    def parameters(self) -> dict[str, str]:
        return {
            "col": "1",
            "appid": "1",
            "webid": str(self.web),
            "path": "/",
            "columnid": str(self.column),
            "sourceContentType": "1",
            "unitid": str(self.unit),
            "webname": self.site.name,
            "permissiontype": "0",
        }

    @property
    def script(self) -> str:
        quoted = ("appid", "path", "unitid", "webname")
        inner = ",".join(
            f"{name}:'{value}'" if name in quoted else f"{name}:{value}"
            for name, value in self.parameters.items()
        )
        return (
            f"var param_{self.unit}={{{inner}}};\n"
            f"$(function(){{$('#{self.unit}').jpage({{themeName:'default',"
            f"totalRecord:{len(self.notices)},perPage:{self.per_page},groupSize:{_GROUP_SIZE},"
            f"barPosition:'bottom',proxyUrl:'{self.proxy}',ajaxParam:{{{inner}}}}});}});"
        )

    def notice_page(self, notice: Notice) -> str:
        main = f"""<div class="art-main">
<h1 class="title"><!--<$[标题名称(html)]>begin-->{escape(notice.title)}\
<!--<$[标题名称(html)]>end--></h1>
<div class="art-info"><span>发布时间：{notice.published} {time_of(notice)}</span>
<span>信息来源：<!--<$[信息来源]>begin-->{self.site.office}<!--<$[信息来源]>end--></span>
<span>浏览次数：<script src="/vc/vc/interface/artcount.jsp?columnid={self.column}"></script></span>
</div>
<div id="zoom" class="article-content"><!--<$[信息内容]>begin--><!--ZJEG_RSS.content.begin-->\
<meta name="ContentStart">
{notice.html}
<meta name="ContentEnd"><!--ZJEG_RSS.content.end--><!--<$[信息内容]>end--></div>
<div class="art-foot"><a href="javascript:window.print()">打印本页</a>
<a href="javascript:window.close()">关闭窗口</a></div>
</div>"""
        title = f"{self.site.name} {self.site.column} {notice.title}"
        metas = notice_metas(self.site, notice, f"{notice.published} {time_of(notice)}")
        return page(self.site, title, f"{metas}{self.article_metas(notice)}", main, " > 内容")

    def article_metas(self, notice: Notice) -> str:
        article = self.path_of(notice).rsplit("_", 1)[1].removesuffix(".html")
        made = f"{notice.published} {time_of(notice)}:30"
        return (
            f"<meta name='Maketime' content='{made}'>\n"
            f"<script>var i_columnid={self.column};var i_articleid={article};</script>\n"
        )

    def reply(self, store: str) -> Reply:
        return Reply(f"<?xml version='1.0' encoding='UTF-8'?>\n{store}", 200, self.answer_type)

    def answer(self, request: Request, proxy: Callable[[Request], str], next_group: str) -> Reply:
        if request.path == self.path:
            return Reply(self.page(next_group))
        if request.path == self.proxy:
            return self.reply(proxy(request))
        notice = by_address(self.notices, self.path_of).get(request.path)
        return Reply(self.notice_page(notice)) if notice else NOT_FOUND


def _next_group(address: str) -> str:
    return f'<nextgroup><![CDATA[<a href="{address}"></a>]]></nextgroup>' if address else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None


def _span_row(column: _Column, notice: Notice) -> str:
    return (
        f"<li><a href='{column.path_of(notice)}' title='{escape(notice.title)}' "
        f'target="_blank">{escape(cut(notice.title, 20))}</a><span>{notice.published}</span></li>'
    )


def _bold_row(column: _Column, notice: Notice) -> str:
    return (
        f'<li><a target="_blank" href="{column.path_of(notice)}">{escape(notice.title)}</a>'
        f"<b>{notice.published}</b></li>"
    )


# The groups that are fetched by GET.


@dataclass(frozen=True)
class _Groups:
    """A column whose proxy gives group N for `page=N` and these parameters."""

    column: _Column
    query: str  # what follows `page=N&`
    needed: dict[str, str]  # without which nothing comes
    named: int  # the group that the column page names
    overlap: int  # how many rows of the group before come again

    @property
    def count(self) -> int:
        return parts(self.column.notices, self.column.group)

    def address(self, number: int, proxy: str) -> str:
        return f"{proxy}?page={number}&{self.query}"

    def is_ours(self, request: Request) -> bool:
        return all(request.query.get(name) == value for name, value in self.needed.items())

    def store(self, request: Request) -> str:
        number = _number(request.query.get("page")) or 1
        if not self.is_ours(request):
            return self.column.store((), 0)
        if number > self.count:
            return self.column.store((), self.count)
        start = self.column.group * (number - 1)
        rows = self.column.notices[max(start - self.overlap, 0) : start + self.column.group]
        return self.column.store(rows, self.count, self.address(number + 1, "./dataproxy.jsp"))

    def answer(self, request: Request) -> Reply:
        named = self.address(self.named, self.column.proxy)
        return self.column.answer(request, self.store, named)

    def part_of(self, request: Request) -> int | None:
        if request.method != "GET" or request.path != self.column.proxy:
            return None
        number = _number(request.query.get("page"))
        asked = self.is_ours(request) and number and 1 < number <= self.count
        return number if asked else None

    def portal(self, form: str) -> Portal:
        column = self.column
        return Portal(
            "jpage", form, column.path, column.notices, column.path_of, self.answer, self.part_of
        )


# The groups that are fetched by POST.


@dataclass(frozen=True)
class _Records:
    """A column whose proxy gives the records from `startrecord` to `endrecord`."""

    column: _Column

    def span(self, request: Request) -> tuple[int, int] | None:
        """The first and the last record that are asked for, from 1; None if nothing is."""
        form, query = request.form, request.query
        named = {name: self.column.parameters[name] for name in ("columnid", "unitid")}
        sent = request.headers.get("content-type", "")
        if request.method != "POST" or "x-www-form-urlencoded" not in sent:
            return None
        start, end = _number(query.get("startrecord")), _number(query.get("endrecord"))
        if not start or not end or not _number(query.get("perpage")):
            return None
        return (start, end) if all(form.get(name) == named[name] for name in named) else None

    def store(self, request: Request) -> str:
        span = self.span(request)
        if not span:
            return self.column.store((), 0)
        start, end = span
        pages = parts(self.column.notices, int(request.query["perpage"]))
        return self.column.store(self.column.notices[start - 1 : end], pages)

    def answer(self, request: Request) -> Reply:
        return self.column.answer(request, self.store, "")

    def part_of(self, request: Request) -> int | None:
        span = self.span(request) if request.path == self.column.proxy else None
        if not span or request.query["perpage"] != str(self.column.per_page):
            return None
        group, total = self.column.group, len(self.column.notices)
        number = (span[0] - 1) // group + 1
        ends = (group * number, min(group * number, total))
        whole = span[0] == group * (number - 1) + 1 and span[1] in ends and span[0] <= total
        return number if whole and number > 1 else None


# The columns.


def _site(name: str, code: str, column: str, number: int, siblings: Sequence[str]) -> Site:
    links = tuple(
        (label, f"/col/col{number + place}/index.html") for place, label in enumerate(siblings)
    )
    return Site(name, code, "区投资促进中心", column, f"/col/col{number}/index.html", links)


_OPEN = _Column(
    _site("海陵区人民政府", "3212020021", "招商引资", 33718, ("招商引资", "园区建设", "政策文件")),
    proxy="/module/web/jpage/dataproxy.jsp",
    web=1,
    column=33718,
    unit=212860,
    per_page=5,
    first_article=11828204,
    notices=notices(53, start=600),
    row=_span_row,
)
_FORMS = _Column(
    _site(
        "之水市投资促进局", "3308000016", "招商动态", 1229061490, ("招商动态", "投资环境", "公示")
    ),
    proxy="/module/jpage/dataproxy.jsp",
    web=2839,
    column=1229061490,
    unit=7247686,
    per_page=5,
    first_article=58992310,
    notices=notices(46, start=700),
    row=_bold_row,
)
_SEALED = _Column(
    _site("临沭新区管理委员会", "3713290008", "项目建设", 40017, ("项目建设", "营商环境", "专题")),
    proxy="/module/web/jpage/dataproxy.jsp",
    web=23,
    column=40017,
    unit=103061,
    per_page=6,
    first_article=3406118,
    notices=notices(57, start=800),
    row=_span_row,
    answer_type="text/html;charset=UTF-8",
)
_SEALS = {
    "appid": "1",
    "webid": "kq8JxT0v+1c=",
    "path": "Hn5/6sWZp2A=",
    "columnid": "b3VrQ9dLw+f0aXcE/t7Ysg==",
    "unitid": "ZfN0+Rr5yUuD1m2oK8hGdQ==",
    "webname": "mT2w/7pVxk5oB+Yh3eLqS0c4NnRzUaJi",
    "permissiontype": "0",
}
_ENCRYPTED = _Groups(
    _SEALED,
    query="&".join(f"{name}={quote_plus(value)}" for name, value in _SEALS.items()),
    needed={name: _SEALS[name] for name in ("webid", "columnid", "unitid")},
    named=2,
    overlap=0,
)
_NEXT_GROUP = _Groups(
    _OPEN,
    query=(
        f"appid=1&webid={_OPEN.web}&path=/&columnid={_OPEN.column}&unitid={_OPEN.unit}"
        f"&webname={_OPEN.site.name}&permissiontype=0"
    ),
    needed={"columnid": str(_OPEN.column), "unitid": str(_OPEN.unit)},
    named=1,
    overlap=1,
)
_POST = _Records(_FORMS)

PORTALS: tuple[Portal, ...] = (
    _NEXT_GROUP.portal("nextgroup"),
    Portal(
        "jpage",
        "post",
        _FORMS.path,
        _FORMS.notices,
        _FORMS.path_of,
        _POST.answer,
        _POST.part_of,
    ),
    _ENCRYPTED.portal("encrypted"),
)
