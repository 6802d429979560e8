"""织梦 Dede: lists as files, and lists that a script of the server draws.

`static`: `list_5_N.html` in the column's folder; page 1 is `index.html`, `list_5_1.html` and the
folder (A); the site is one of the old GBK edition (B). `dynamic`: `/plus/list.php?tid=3` and
`&TotalResult=N&PageNo=K` (A). Both print `共 <strong>n</strong>页<strong>N</strong>条` (A), number
marks, 首页, 上一页, 下一页, 末页 and a choice of pages (A; the dynamic list has no choice, B).

The server believes the TotalResult that it is given, and prints it; without one it counts (B).
C: a page after the last has no rows but status 200; page 0 or no number is page 1; an unknown tid
is refused with the system's message page, status 200.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.families.frames_b import (
    Site,
    further,
    metas,
    moment,
    pages_of,
    slice_of,
    whole_number,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_AROUND = 3  # numbers on each side of the current one
_LIST = "/plus/list.php"
_VIEW = "/plus/view.php"


def _marks(number: int, last: int, link: Callable[[int], str], choice: bool) -> list[str]:
    """Return the items of the pager but for the last."""

    def mark(text: object, page: int) -> str:
        return f"<li><a href='{link(page)}'>{text}</a></li>"

    before = [mark("首页", 1), mark("上一页", number - 1)] if number > 1 else ["<li>首页</li>"]
    first, end = max(1, number - _AROUND), min(last, number + _AROUND)
    numbers = [
        f'<li class="thisclass">{page}</li>' if page == number else mark(page, page)
        for page in range(first, end + 1)
    ]
    after = [mark("下一页", number + 1), mark("末页", last)] if number < last else ["<li>末页</li>"]
    return [*before, *numbers, *after, *([_choice(number, last, link)] if choice else [])]


def _choice(number: int, last: int, link: Callable[[int], str]) -> str:
    options = "\n".join(
        f"<option value='{link(page)}'{' selected' if page == number else ''}>{page}</option>"
        for page in range(1, last + 1)
    )
    jump = "location.href=this.options[this.selectedIndex].value;"
    return f"<li><select name='sldd' style='width:36px' onchange='{jump}'>\n{options}</select></li>"


def _pager(number: int, total: int, size: int, link: Callable[[int], str], choice: bool) -> str:
    last = pages_of(total, size)
    info = f"共 <strong>{last}</strong>页<strong>{total}</strong>条"
    items = [
        *_marks(number, last, link, choice),
        f'<li><span class="pageinfo">{info}</span></li>',
    ]
    return '<div class="dede_pages"><ul class="pagelist">\n' + "\n".join(items) + "\n</ul></div>"


@dataclass(frozen=True)
class _Static:
    """The lists and notices of a site that is made of files."""

    site: Site
    folder: str  # ends with /
    tid: int
    size: int
    items: tuple[Notice, ...]

    def address(self, notice: Notice) -> str:
        return f"{self.folder}{notice.published:%Y/%m%d}/{2900 - notice.number * 3}.html"

    def answer(self, request: Request) -> Reply:
        number = self._number(request)
        if number is not None:
            return self._reply(self._list(number))
        for notice in self.items:
            if request.path == self.address(notice):
                return self._reply(_notice_page(self.site, notice, 2900 - notice.number * 3))
        return NOT_FOUND

    def part_of(self, request: Request) -> int | None:
        asked = self._number(request) if request.method == "GET" else None
        return further(asked, len(self.items), self.size)

    def _reply(self, body: str) -> Reply:
        return Reply(body, content_type="text/html; charset=gbk")

    def _number(self, request: Request) -> int | None:
        """Return which page a request asks for, None if there is no such file."""
        if request.path in (self.folder, f"{self.folder}index.html"):
            return 1
        name = request.path.removeprefix(self.folder)
        match = re.fullmatch(rf"list_{self.tid}_([1-9]\d*)\.html", name)
        number = int(match[1]) if match else 0
        return number if 1 <= number <= pages_of(len(self.items), self.size) else None

    def _list(self, number: int) -> str:
        rows = "\n".join(
            f'<li><span class="date">{notice.published}</span>'
            f'<a href="{self.address(notice)}" title="{notice.title}">{notice.title}</a></li>'
            for notice in slice_of(self.items, number, self.size)
        )
        pager = _pager(
            number,
            len(self.items),
            self.size,
            lambda page: f"list_{self.tid}_{page}.html",
            choice=True,
        )
        main = f"""<div class="listbox">
<ul class="d1">
{rows}
</ul>
</div>
{pager}"""
        return self.site.page(f"{self.site.column}_{self.site.name}", _head(self.site), main)


@dataclass(frozen=True)
class _Dynamic:
    """The lists and notices of a site that the server draws anew each time."""

    site: Site
    tid: int
    size: int
    items: tuple[Notice, ...]

    def address(self, notice: Notice) -> str:
        return f"{_VIEW}?aid={860 - notice.number}"

    def answer(self, request: Request) -> Reply:
        if request.path == _LIST:
            return Reply(self._list(request))
        for notice in self.items:
            number = 860 - notice.number
            if request.path == _VIEW and request.query.get("aid") == str(number):
                return Reply(_notice_page(self.site, notice, number))
        return Reply(_message("文档不存在或已被删除")) if request.path == _VIEW else NOT_FOUND

    def part_of(self, request: Request) -> int | None:
        ours = request.path == _LIST and request.query.get("tid") == str(self.tid)
        if not ours or request.method != "GET" or "TotalResult" not in request.query:
            return None
        return further(whole_number(request.query.get("PageNo")), len(self.items), self.size)

    def _list(self, request: Request) -> str:
        tid = whole_number(request.query.get("tid"))
        if not tid:
            return " Request Error! "
        if tid != self.tid:
            return self._empty() if tid < self.tid + 2 else _message("栏目不存在")
        number = max(whole_number(request.query.get("PageNo")) or 1, 1)
        total = whole_number(request.query.get("TotalResult")) or len(self.items)
        rows = "\n".join(self._row(notice) for notice in slice_of(self.items, number, self.size))
        fixed = f"{_LIST}?tid={self.tid}&TotalResult={total}&PageNo="
        pager = _pager(number, total, self.size, lambda page: f"{fixed}{page}", choice=False)
        main = f"""<div class="listbox">
<ul class="e2">
{rows}
</ul>
</div>
{pager}"""
        return self.site.page(f"{self.site.column}_{self.site.name}", _head(self.site), main)

    def _empty(self) -> str:
        """Return a list of one of the other columns, which have nothing yet."""
        info = '<span class="pageinfo">共 <strong>0</strong>页<strong>0</strong>条记录</span>'
        main = f"""<div class="listbox"><ul class="e2"></ul></div>
<div class="dede_pages"><ul class="pagelist"><li>{info}</li></ul></div>"""
        return self.site.page(self.site.name, _head(self.site), main)

    def _row(self, notice: Notice) -> str:
        return f"""<li>
<b>[<a href='{self.site.home}'>{self.site.column}</a>]</b>
<a href="{self.address(notice)}" class="title">{notice.title}</a>
<span class="info"><small>日期：</small>{moment(notice):%Y-%m-%d %H:%M:%S}
<small>点击：</small>{notice.number * 3 + 40}<small>好评：</small>{notice.number % 4}</span>
<p class="intro">{notice.title}，总投资{notice.number * 3 + 1}亿元……</p>
</li>"""


def _head(site: Site) -> str:
    return metas({"keywords": "招商引资,园区,产业", "description": f"{site.name}{site.column}"})


def _message(text: str) -> str:
    return f"""<html><head><title>提示信息</title></head><body><center>
<div class="tips">DedeCMS 提示信息！</div><div>{text}</div>
<a href="javascript:history.go(-1);">如果你的浏览器没反应，请点击这里...</a>
</center></body></html>"""


def _notice_page(site: Site, notice: Notice, aid: int) -> str:
    head = metas({"keywords": "招商,项目", "description": f"近日，{notice.title}。"})
    main = f"""<div class="viewbox">
<div class="title"><h2>{notice.title}</h2></div>
<div class="info"><small>时间：</small>{moment(notice):%Y-%m-%d %H:%M}<small>来源：</small>\
{site.name}<small>作者：</small>admin<small>点击：</small>\
<script src="/plus/count.php?view=yes&aid={aid}" type="text/javascript"></script>次</div>
<div class="content"><table width="100%"><tr><td>
{notice.html}
</td></tr></table></div>
<div class="dede_pages"><ul class="pagelist"></ul></div>
<div class="boxoff"><strong>------分隔线----------------------------</strong></div>
<div class="handle"><a href="/member/stow.php?aid={aid}">收藏</a>
<a href="/plus/erraddsave.php?aid={aid}">挑错</a>
<a href="/plus/recommend.php?aid={aid}">推荐</a></div>
</div>"""
    return site.page(f"{notice.title}_{site.name}", head, main)


_STATIC = _Static(
    site=Site(
        name="中原招商服务平台",
        code="4101000088",
        domain="www.zyzs.example.com",
        prefix="zy",
        column="招商项目",
        home="/zsxm/",
        menu=(("/zsdt/", "招商动态"), ("/zszc/", "招商政策"), ("/cfcz/", "厂房出租")),
        side=(
            ("/zsxm/nyxm/", "农业项目"),
            ("/zsxm/gyxm/", "工业项目"),
            ("/zsxm/wlxm/", "物流项目"),
        ),
        hot=(
            ("/zszc/2026/0701/2011.html", "入园企业十条优惠"),
            ("/cfcz/2026/0622/1988.html", "标准厂房现房出租"),
        ),
        charset="gb2312",
    ),
    folder="/zsxm/",
    tid=5,
    size=15,
    items=notices(52, start=1600),
)

_DYNAMIC = _Dynamic(
    site=Site(
        name="滨江产业园招商网",
        code="3204000066",
        domain="www.bjcyy.example.com",
        prefix="bj",
        column="园区新闻",
        home="/plus/list.php?tid=3",
        menu=(("/plus/list.php?tid=1", "园区概况"), ("/plus/list.php?tid=2", "入驻企业")),
        side=(("/plus/list.php?tid=3", "园区新闻"), ("/plus/list.php?tid=4", "招聘信息")),
    ),
    tid=3,
    size=12,
    items=notices(47, start=1700),
)


def _portal(form: str, system: _Static | _Dynamic) -> Portal:
    return Portal(
        family="dede",
        form=form,
        start=system.site.home,
        notices=system.items,
        path_of=system.address,
        answer=system.answer,
        part_of=system.part_of,
    )


PORTALS: tuple[Portal, ...] = (_portal("static", _STATIC), _portal("dynamic", _DYNAMIC))
