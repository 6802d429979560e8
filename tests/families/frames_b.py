"""The frame around the lists and notices of invented sites: head, menu, side boxes, foot."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

from tests.families.portal import Notice, Reply, Request

BEIJING = timezone(timedelta(hours=8))


def pages_of(count: int, size: int) -> int:
    return -(-count // size)


def slice_of(items: Sequence[Notice], number: int, size: int) -> Sequence[Notice]:
    """Return page `number` (from 1) of `items`; nothing if there is no such page."""
    return items[(number - 1) * size : number * size] if number > 0 and size > 0 else ()


def further(number: int | None, count: int, size: int) -> int | None:
    """Return `number` if it is a page after the first, else None."""
    return number if number is not None and 2 <= number <= pages_of(count, size) else None


def whole_number(text: object) -> int | None:
    """Read a number as a server does: an int, or digits; None for anything else."""
    if isinstance(text, int) and not isinstance(text, bool):
        return text
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else None


def moment(notice: Notice) -> datetime:
    """Return when a notice was put on the site; every third soon after midnight in Beijing."""
    clock = time(0, 30) if notice.number % 3 == 0 else time(9 + notice.number % 8, 18, 7)
    return datetime.combine(notice.published, clock, BEIJING)


def hex_id(*parts: object) -> str:
    """Return 32 hex digits that are always the same for `parts`."""
    return hashlib.md5("/".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()


def guid(*parts: object) -> str:
    text = hex_id(*parts)
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def host_of(request: Request) -> str:
    return request.headers.get("host", "127.0.0.1")


def json_reply(value: object, status: int = 200) -> Reply:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Reply(body, status, "application/json;charset=UTF-8")


def script_reply(body: str) -> Reply:
    return Reply(body, content_type="application/javascript; charset=utf-8")


def metas(values: Mapping[str, str]) -> str:
    return "\n".join(f'<meta name="{name}" content="{text}">' for name, text in values.items())


def links(items: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f'<li><a href="{href}">{text}</a></li>' for href, text in items)


@dataclass(frozen=True)
class Site:
    """An invented site; `prefix` begins the class names that its designer gave."""

    name: str
    code: str  # 网站标识码
    domain: str
    prefix: str
    column: str
    home: str  # address of the column
    menu: tuple[tuple[str, str], ...]
    side: tuple[tuple[str, str], ...]
    hot: tuple[tuple[str, str], ...] = ()
    charset: str = "utf-8"

    def column_metas(self) -> dict[str, str]:
        return {
            "SiteName": self.name,
            "SiteDomain": self.domain,
            "SiteIDCode": self.code,
            "ColumnName": self.column,
            "ColumnType": "招商动态",
        }

    def notice_metas(self, notice: Notice, pubdate: str) -> dict[str, str]:
        return {
            **self.column_metas(),
            "ArticleTitle": notice.title,
            "PubDate": pubdate,
            "ContentSource": self.name,
            "Keywords": "招商引资,项目",
        }

    def page(self, title: str, head: str, main: str, side: bool = True) -> str:
        """Return a page with `main` where the list or the notice stands."""
        return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={self.charset}">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<title>{title}</title>
{head}
<link rel="stylesheet" href="/css/{self.prefix}-base.css">
<style>.{self.prefix}-foot{{color:#666}} .fl{{float:left}}</style>
</head>
<body>
<div class="{self.prefix}-top"><div class="w1200">
<span>欢迎访问{self.name}</span>
<a href="/wza.html">无障碍</a><a href="/zzb.html">长者版</a>
<form action="/search.html" method="get"><input name="q" placeholder="请输入关键字">
<button type="submit">搜索</button></form>
</div></div>
<div class="{self.prefix}-head"><a href="/"><img src="/images/logo.png" alt="{self.name}"></a></div>
<div class="{self.prefix}-nav"><ul>
{links((("/", "首页"), *self.menu))}
</ul></div>
<div class="{self.prefix}-place">当前位置：<a href="/">首页</a> &gt; \
<a href="{self.home}">{self.column}</a></div>
<div class="{self.prefix}-wrap clearfix">
{self._side() if side else ""}
<div class="{self.prefix}-main">
{main}
</div>
</div>
{self._foot()}
</body>
</html>
"""

    def _side(self) -> str:
        hot = f'<h3>热点专题</h3>\n<ul class="hot">\n{links(self.hot)}\n</ul>' if self.hot else ""
        return f"""<div class="{self.prefix}-side">
<h3>栏目导航</h3>
<ul>
{links(self.side)}
</ul>
{hot}
</div>"""

    def _foot(self) -> str:
        return f"""<div class="{self.prefix}-foot">
<div class="friend">友情链接：<select onchange="window.open(this.value)">
<option value="">--请选择--</option>
<option value="http://www.example.com/">商务主管部门</option>
<option value="http://www.example.org/">自由贸易试验区</option>
</select></div>
<p><a href="/gywm.html">关于我们</a> | <a href="/wzdt.html">网站地图</a> | \
<a href="/lxwm.html">联系我们</a></p>
<p>主办单位：{self.name} 技术支持：信息中心</p>
<p>网站标识码：{self.code} 渝ICP备00000000号-1 渝公网安备 00000000000000号</p>
</div>"""
