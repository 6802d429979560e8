"""博达 VSB: lists `x.htm` whose page k of n is `x/{n-k+1}.htm`, so that the oldest is `x/1.htm`.

Parts are counted in reading order: part 2 is the second newest page, `x/{n-1}.htm`. There is no
`x/n.htm`, the newest page is `x.htm` alone. All are files, so a query changes nothing.

- `simple`: `共N条&nbsp;1/n`, 首页 上页 下页 尾页 without numbers, `_simple_list_gotopage_fun(n,…)`,
  rows `tr[id^=line_u]`, notices `info/{tree}/{id}.htm`. Certainty A; the date as `2026/09/30` C.
- `p_pages`: `span.p_pages` with `.p_no`, `.p_next`, `.p_last`, written twice, for wide and for
  small screens, and `共n页` but no number of notices; rows `li[id^=line_u]`; notices
  `content.jsp?urltype=news.NewsContentUrl&wbtreeid=&wbnewsid=`. Certainty A; that there is no
  number of notices B.

Addresses are relative to the page, so those of `x.htm` and `x/3.htm` differ (A).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tests.families.frames_a import (
    Site,
    by_address,
    cut,
    not_allowed,
    notice_metas,
    old_page,
    page,
    part,
    parts,
    site_metas,
    time_of,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices


@dataclass(frozen=True)
class _List:
    site: Site
    name: str  # the list is /{name}.htm
    tree: int
    unit: str  # the component of the list, u and a number
    size: int
    newest: int  # about the number of the newest notice
    notices: tuple[Notice, ...]
    address: Callable[[_List, Notice], str]  # of a notice, from the root
    main: Callable[[_List, int], str]  # the list of page k
    notice_main: Callable[[_List, Notice], str]
    frame: Callable[[Site, str, str, str], str] = page

    @property
    def count(self) -> int:
        return parts(self.notices, self.size)

    def id_of(self, notice: Notice) -> int:
        return self.newest - 3 * notice.number

    def path_of(self, notice: Notice) -> str:
        return f"/{self.address(self, notice)}"

    def file(self, number: int) -> str:
        """Page `number` in reading order, from the root."""
        return f"{self.name}.htm" if number == 1 else f"{self.name}/{self.count - number + 1}.htm"

    def href(self, number: int, here: int) -> str:
        """The address of a page as page `here` writes it."""
        folder, _, last = self.name.rpartition("/")
        if here == 1:
            return self.file(number).removeprefix(f"{folder}/" if folder else "")
        return f"../{last}.htm" if number == 1 else self.file(number).rsplit("/", 1)[1]

    def root(self, here: int) -> str:
        """The way from page `here` to the root."""
        return "../" * self.file(here).count("/")

    def number(self, path: str) -> int | None:
        numbers = range(1, self.count + 1)
        return next((number for number in numbers if path == f"/{self.file(number)}"), None)

    def part_of(self, request: Request) -> int | None:
        number = self.number(request.target) if request.method == "GET" else None
        return number if number and number > 1 else None

    def answer(self, request: Request) -> Reply:
        if request.method != "GET":
            return not_allowed()
        number = self.number(request.path)
        if number:
            return Reply(self.page(number))
        notice = self.notice(request)
        return Reply(self.notice_page(notice)) if notice else NOT_FOUND

    def notice(self, request: Request) -> Notice | None:
        known = by_address(self.notices, self.path_of)
        if request.path != "/content.jsp":
            return known.get(request.path)
        asked = [request.query.get(name, "") for name in ("urltype", "wbtreeid", "wbnewsid")]
        pairs = zip(("urltype", "wbtreeid", "wbnewsid"), asked, strict=True)
        return known.get("/content.jsp?" + "&".join(f"{name}={value}" for name, value in pairs))

    def page(self, number: int) -> str:
        title = f"{self.site.column}-{self.site.name}"
        return self.frame(self.site, title, site_metas(self.site), self.main(self, number))

    def notice_page(self, notice: Notice) -> str:
        metas = notice_metas(self.site, notice, f"{notice.published} {time_of(notice)}")
        title = f"{notice.title}-{self.site.name}"
        return self.frame(self.site, title, metas, self.notice_main(self, notice))

    def portal(self, form: str, declares: bool) -> Portal:
        return Portal(
            "vsb",
            form,
            f"/{self.file(1)}",
            self.notices,
            self.path_of,
            self.answer,
            self.part_of,
            declares,
        )


def _file_address(of: _List, notice: Notice) -> str:
    return f"info/{of.tree}/{of.id_of(notice)}.htm"


def _query_address(of: _List, notice: Notice) -> str:
    return f"content.jsp?urltype=news.NewsContentUrl&wbtreeid={of.tree}&wbnewsid={of.id_of(notice)}"


# simple


def _simple(of: _List, number: int) -> str:
    root, unit = of.root(number), of.unit
    rows = "\n".join(
        f'<tr id="line_{unit}_{place}" height="20"><td width="1%">·</td>'
        f'<td><a class="c{unit}" href="{root}{of.address(of, notice)}" target="_blank" '
        f'title="{escape(notice.title)}">{escape(cut(notice.title, 18, "…"))}</a></td>'
        f'<td width="1%" nowrap><span class="timestyle{unit}">{notice.published:%Y/%m/%d}</span>'
        "&nbsp;</td></tr>"
        for place, notice in enumerate(part(of.notices, of.size, number))
    )
    return f"""<table class="winstyle{unit}" width="100%" cellspacing="0" cellpadding="0">
{rows}
<tr><td colspan="3" align="center">{_simple_pager(of, number)}</td></tr>
</table>"""


def _simple_pager(of: _List, number: int) -> str:
    name = f"a{of.unit.removeprefix('u')}"
    before = _marks(of, number, (("首页", 1), ("上页", number - 1)), "Prev", number > 1)
    after = (("下页", number + 1), ("尾页", of.count))
    behind = _marks(of, number, after, "Next", number < of.count)
    goto = f"_simple_list_gotopage_fun({of.count},'{name}GOPAGE',2)"
    return f"""<script language="javascript" src="/system/resource/js/gotopage.js"></script>
<script type="text/javascript">function {name}_gopage_fun(){{{goto}}}</script>
<table cellspacing="0" class="headStyle{of.unit}" width="100%" cellpadding="1"><tr valign="middle">
<td nowrap align="left" width="1%" id="fanye{of.unit.removeprefix("u")}">\
共{len(of.notices)}条&nbsp;&nbsp;{number}/{of.count}&nbsp;</td>
<td nowrap align="left"><div>{before}{behind}</div></td>
<td nowrap align="right"><input type="button" value="转到" onclick="{name}_gopage_fun()">
<input size="2" name="{name}GOPAGE" id="{name}GOPAGE" value="">页</td>
</tr></table>"""


def _marks(
    of: _List, here: int, marks: tuple[tuple[str, int], ...], style: str, usable: bool
) -> str:
    if not usable:
        return "".join(f'<span class="{style}Disabled">{label}</span>' for label, _ in marks)
    return "".join(
        f'<a href="{of.href(number, here)}" class="{style}">{label}</a>' for label, number in marks
    )


def _simple_notice(of: _List, notice: Notice) -> str:
    return f"""<form name="_newscontent_fromname">
<table class="winstyle" width="100%">
<tr><td class="titlestyle" align="center">{escape(notice.title)}</td></tr>
<tr><td align="center"><span class="timestyle">发布时间：{notice.published:%Y年%m月%d日} \
{time_of(notice)}</span>&nbsp;&nbsp;<span class="authorstyle">来源：{of.site.office}</span>
&nbsp;&nbsp;点击：[<script>_showDynClicks("wbnews", 1371254, {of.id_of(notice)})</script>]</td></tr>
<tr><td class="contentstyle"><div id="vsb_content"><div class="v_news_content">
{notice.html}
</div></div></td></tr>
<tr><td align="right">【<a href="javascript:window.opener=null;window.close()">关闭</a>】</td></tr>
</table>
</form>"""


# p_pages


def _p_pages(of: _List, number: int) -> str:
    root, unit = of.root(number), of.unit
    rows = "\n".join(
        f'<li id="line_{unit}_{place}"><a href="{root}{escape(of.address(of, notice))}" '
        f'target="_blank">{escape(notice.title)}</a><span>{notice.published}</span></li>'
        for place, notice in enumerate(part(of.notices, of.size, number))
    )
    pages = f'<span class="p_pages">{_p_marks(of, number)}</span>'
    goto = f"_simple_list_gotopage_fun({of.count},&quot;{unit}_goto&quot;,2)"
    style = 'style="margin-top:10px;text-align:center;"'
    return f"""<div class="list_r">
<ul class="list-ul">
{rows}
</ul>
<link rel="stylesheet" content-type="text/css" href="/system/resource/css/pagedown/sys.css">
<div class="page_pc"><div class="pb_sys_common pb_sys_full pb_sys_style1" {style}>{pages}
<span class="p_t">共{of.count}页</span> <span class="p_t">到第</span><span class="p_goto">\
<script language="javascript" src="/system/resource/js/gotopage.js"></script>\
<input type="text" class="p_goto_input" maxlength="10" id="{unit}_goto"></span>\
<span class="p_t">页</span>
<span class="p_goto"><a href="javascript:;" onclick="{goto}">跳转</a></span></div></div>
<div class="page_mob"><div class="pb_sys_common pb_sys_short pb_sys_style1" {style}>{pages}</div>
</div>
</div>"""


def _p_marks(of: _List, here: int) -> str:
    numbers = "".join(
        f'<span class="p_no_d">{number}</span>'
        if number == here
        else f'<span class="p_no"><a href="{of.href(number, here)}">{number}</a></span>'
        for number in range(1, of.count + 1)
    )
    first = _p_mark(of, here, "first", "首页", 1) + _p_mark(of, here, "prev", "上页", here - 1)
    last = _p_mark(of, here, "next", "下页", here + 1) + _p_mark(of, here, "last", "尾页", of.count)
    return f"{first}{numbers}{last}"


def _p_mark(of: _List, here: int, style: str, label: str, number: int) -> str:
    if number == here or not 1 <= number <= of.count:
        return f'<span class="p_{style}_d p_fun_d">{label}</span>'
    return f'<span class="p_{style} p_fun"><a href="{of.href(number, here)}">{label}</a></span>'


def _p_pages_notice(of: _List, notice: Notice) -> str:
    return f"""<form name="_newscontent_fromname"><div class="article">
<h1>{escape(notice.title)}</h1>
<div class="info"><span>时间：{notice.published} {time_of(notice)}</span>
<span>来源：{of.site.office}</span>
<span>浏览：<script>_showDynClicks("wbnews", 1655460, {of.id_of(notice)})</script>次</span></div>
<div id="vsb_content_2"><div class="v_news_content">
{notice.html}
</div></div>
<p class="close">【<a href="javascript:window.print()">打印</a>】\
【<a href="javascript:window.close()">关闭</a>】</p>
</div></form>"""


def _site(name: str, code: str, column: str, path: str, siblings: tuple[str, ...]) -> Site:
    folder = path.rsplit("/", 1)[0]
    links = tuple((label, f"{folder}/lm{place}.htm") for place, label in enumerate(siblings))
    return Site(name, code, "州投资促进局", column, path, ((column, path), *links))


_SIMPLE = _List(
    _site("楚岭州投资促进局", "5323000019", "招商动态", "/zsdt.htm", ("政策法规", "投资指南")),
    name="zsdt",
    tree=1021,
    unit="u191370",
    size=14,
    newest=25_528,
    notices=notices(47, start=900),
    address=_file_address,
    main=_simple,
    notice_main=_simple_notice,
    frame=old_page,
)
_NUMBERED = _List(
    _site("天渭市商务局", "6205000037", "投资促进", "/zwgk/tzcj.htm", ("通知公告", "商务动态")),
    name="zwgk/tzcj",
    tree=1045,
    unit="u13",
    size=12,
    newest=40_017,
    notices=notices(58, start=1000),
    address=_query_address,
    main=_p_pages,
    notice_main=_p_pages_notice,
)

PORTALS: tuple[Portal, ...] = (
    _SIMPLE.portal("simple", declares=True),
    _NUMBERED.portal("p_pages", declares=False),
)
