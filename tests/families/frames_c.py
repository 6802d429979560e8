"""What the site pages around several families' lists have in common: head, menus, boxes, foot."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from tests.families.portal import Notice, Reply, Request

Links = tuple[tuple[str, str], ...]  # text and address

_FRIENDS: Links = (
    ("市人民政府", "http://www.gov.example/"),
    ("市商务委员会", "http://sww.gov.example/"),
    ("国际投资促进网", "http://invest.example/"),
)


@dataclass(frozen=True)
class Site:
    """An invented site. `code` is its 网站标识码; empty for one that is no government's."""

    name: str
    owner: str
    code: str
    menu: Links
    side: Links
    charset: str = "utf-8"
    generator: str = ""

    @property
    def content_type(self) -> str:
        return f"text/html; charset={self.charset}"

    def reply(self, html: str, status: int = 200) -> Reply:
        return Reply(html, status, self.content_type)


@dataclass(frozen=True)
class Column:
    """A column of a site: its notices in pages of `size`, and the numbers the system gives them."""

    name: str
    notices: tuple[Notice, ...]
    size: int
    first_id: int = 2400

    @property
    def pages(self) -> int:
        return -(-len(self.notices) // self.size)

    @property
    def total(self) -> int:
        return len(self.notices)

    def on(self, page: int) -> tuple[Notice, ...]:
        """The notices of a page from 1; none beyond the last."""
        return self.notices[(page - 1) * self.size : page * self.size] if page > 0 else ()

    def id_of(self, notice: Notice) -> int:
        return self.first_id - 3 * notice.number

    def notice(self, identity: str | None) -> Notice | None:
        for notice in self.notices:
            if str(self.id_of(notice)) == identity:
                return notice
        return None

    def beside(self, notice: Notice) -> tuple[Notice | None, Notice | None]:
        """The notice published before this one, and the one after it."""
        older = self.notices[notice.number] if notice.number < self.total else None
        newer = self.notices[notice.number - 2] if notice.number > 1 else None
        return older, newer


def moment(notice: Notice) -> str:
    """When a notice was published, to the second."""
    hour, minute, second = 9 + notice.number % 8, notice.number * 7 % 60, notice.number * 13 % 60
    return f"{notice.published} {hour:02}:{minute:02}:{second:02}"


def chinese(day: date) -> str:
    return f"{day.year}年{day.month:02}月{day.day:02}日"


def cut(title: str, length: int) -> str:
    return title if len(title) <= length else title[:length] + "..."


def intval(text: str | None) -> int:
    """A number as PHP's intval reads it: leading digits, 0 for anything else."""
    match = re.match(r"\s*([+-]?\d+)", text or "")
    return int(match[1]) if match else 0


def natural(text: str | None) -> int | None:
    """A number from 1 that is written in nothing but plain digits."""
    return int(text) if text and re.fullmatch(r"[1-9][0-9]*", text) else None


def host(request: Request) -> str:
    return request.headers.get("host", "127.0.0.1")


def links(items: Links, mark: str = "li") -> str:
    return "\n".join(
        f'<{mark}><a href="{escape(address)}">{text}</a></{mark}>' for text, address in items
    )


def metas(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in pairs)


def site_metas(site: Site, column: str) -> str:
    """The site's and the column's tags of 2017's guideline."""
    return metas(
        (
            ("SiteName", site.name),
            ("SiteDomain", "www.zs.example"),
            ("SiteIDCode", site.code),
            ("ColumnName", column),
            ("ColumnDescription", f"{site.name}{column}栏目"),
            ("ColumnKeywords", f"{column},招商引资"),
            ("ColumnType", "工作动态"),
        )
    )


def notice_metas(site: Site, column: str, notice: Notice, source: str, clock: str = "") -> str:
    """The tags of a notice's page, column's and content's."""
    return (
        site_metas(site, column)
        + "\n"
        + metas(
            (
                ("ArticleTitle", notice.title),
                ("PubDate", clock or moment(notice)[:16]),
                ("ContentSource", source),
                ("Keywords", "招商引资"),
                ("Description", ""),
            )
        )
    )


def trail(steps: Links, here: str) -> str:
    """The breadcrumb: where one stands."""
    path = " &gt; ".join(f'<a href="{escape(address)}">{text}</a>' for text, address in steps)
    return f'<div class="position">您当前的位置：{path} &gt; {here}</div>'


def side_box(site: Site, title: str = "热门专题") -> str:
    return f'<div class="side"><h3>{title}</h3>\n<ul>\n{links(site.side)}\n</ul>\n</div>'


def foot(site: Site) -> str:
    code = f"<p>网站标识码：{site.code}　渝ICP备26000{site.code[-3:]}号</p>" if site.code else ""
    return f"""<div class="friends">友情链接：
{links(_FRIENDS, "span")}
</div>
<div class="footer">
<p><a href="/about.html">关于我们</a> | <a href="/map.html">网站地图</a></p>
<p>主办单位：{site.owner}　版权所有</p>
{code}
<p>联系电话：023-6700{len(site.owner):04}　建议使用1024*768以上分辨率浏览</p>
</div>"""


def document(
    site: Site, title: str, content: str, head: str = "", search: str = "/search.html"
) -> str:
    """A whole page of the site around `content`; no search form where `search` is empty."""
    form = (
        f'<form class="search" action="{search}" method="get">'
        '<input type="text" name="keyword" value="" placeholder="请输入关键词">'
        '<input type="submit" value="搜索"></form>'
        if search
        else ""
    )
    generator = f'<meta name="generator" content="{site.generator}">' if site.generator else ""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={site.charset}">
<title>{title}</title>
{generator}
{head}
<link rel="stylesheet" type="text/css" href="/skin/css/style.css">
<script type="text/javascript" src="/skin/js/jquery.min.js"></script>
</head>
<body>
<div class="top"><span>欢迎访问{site.name}！</span> <a href="javascript:void(0)">设为首页</a></div>
<div class="header"><a class="logo" href="/"><img src="/skin/images/logo.png" alt="{site.name}"></a>
{form}</div>
<div class="nav"><ul>
{links(site.menu)}
</ul></div>
<div class="wrap">
{content}
</div>
{foot(site)}
</body>
</html>
"""
