"""What stands around the lists and the notices of the portals trs, jpage, jpaas and vsb.

A `Site` is the invented authority; `page` puts a head with menus, the way to the column, a side
box of links and a foot around what the system itself writes. `old_page` does it with tables, as
pages of before 2015 do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from tests.families.portal import Notice, Reply, Request

Links = tuple[tuple[str, str], ...]

_MENU: Links = (
    ("首页", "/"),
    ("走近本区", "/zjbq/"),
    ("新闻中心", "/xwzx/"),
    ("政务公开", "/zwgk/"),
    ("投资服务", "/tzfw/"),
    ("互动交流", "/hdjl/"),
)
_BOX: Links = (
    ("优化营商环境在行动", "/ztzl/yshj/"),
    ("重点产业链图谱", "/ztzl/cyl/"),
    ("惠企政策直达快享", "/ztzl/hqzc/"),
    ("企业服务月专题", "/ztzl/qyfw/"),
)
_FRIENDS: Links = (
    ("中国政府网", "https://www.gov.cn/"),
    ("国家企业信用信息公示系统", "https://www.gsxt.gov.cn/"),
)


@dataclass(frozen=True)
class Site:
    name: str
    code: str  # the number of the site, 网站标识码
    office: str  # what its notices name as their source
    column: str
    column_path: str
    siblings: Links
    domain: str = "www.example.gov.cn"


def anchors(links: Iterable[tuple[str, str]], between: str = "\n", item: str = "{}") -> str:
    return between.join(
        item.format(f'<a href="{escape(url)}">{escape(label)}</a>') for label, url in links
    )


def site_metas(site: Site) -> str:
    return _metas(
        ("SiteName", site.name),
        ("SiteDomain", site.domain),
        ("SiteIDCode", site.code),
        ("ColumnName", site.column),
        ("ColumnDescription", f"{site.name}{site.column}栏目"),
        ("ColumnKeywords", site.column),
        ("ColumnType", "工作动态"),
    )


def notice_metas(site: Site, notice: Notice, published: str) -> str:
    """All metadata of a notice's page; `published` is `PubDate` as the system writes it."""
    return site_metas(site) + _metas(
        ("ArticleTitle", notice.title),
        ("PubDate", published),
        ("ContentSource", site.office),
        ("Keywords", "招商,项目"),
        ("Description", ""),
    )


def _metas(*pairs: tuple[str, str]) -> str:
    return "".join(f'<meta name="{name}" content="{escape(text)}">\n' for name, text in pairs)


def time_of(notice: Notice) -> str:
    return f"{9 + notice.number % 8:02}:{notice.number * 7 % 60:02}"


def cut(title: str, length: int = 16, mark: str = "...") -> str:
    return title if len(title) <= length else title[:length] + mark


def page(site: Site, title: str, metas: str, main: str, here: str = "") -> str:
    """A whole page; `here` ends the way to where the reader is, after the column."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
{metas}<link rel="stylesheet" href="/images/css/base.css">
<script src="/images/js/jquery-3.6.0.min.js"></script>
</head>
<body>
<div class="header">
<div class="top"><a href="/wza/">无障碍浏览</a> | <a href="/zzms/">长者模式</a></div>
<div class="logo"><a href="/"><img src="/images/logo.png" alt="{site.name}"></a></div>
<form class="search" action="/search/" method="get">
<input type="text" name="q" placeholder="请输入关键字"><button type="submit">搜索</button>
</form>
<ul class="nav">
{anchors(_MENU, item="<li>{}</li>")}
</ul>
</div>
<div class="main w1200">
<div class="position">您当前的位置：{_way(site)}{here}</div>
<div class="side">
<h2>{site.column}</h2>
<ul class="side-nav">
{anchors(site.siblings, item="<li>{}</li>")}
</ul>
<div class="hot"><h3>热点专题</h3>
<ul>
{anchors(_BOX, item="<li>{}</li>")}
</ul></div>
</div>
<div class="content">
{main}
</div>
</div>
{_foot(site)}
</body>
</html>
"""


def old_page(site: Site, title: str, metas: str, main: str) -> str:
    """A whole page in tables."""
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title)}</title>
{metas}<link href="/images/style.css" rel="stylesheet" type="text/css" />
</head>
<body>
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0">
<tr><td><img src="/images/banner.jpg" width="1000" height="150" /></td></tr>
<tr><td class="menu">{anchors(_MENU, " | ")}</td></tr>
</table>
<table width="1000" border="0" align="center" cellpadding="0" cellspacing="0">
<tr>
<td width="220" valign="top" class="left">
<table width="100%"><tr><td class="lefttitle">{site.column}</td></tr>
{anchors(site.siblings, item='<tr><td class="leftlink">{}</td></tr>')}
</table>
<table width="100%"><tr><td class="lefttitle">专题专栏</td></tr>
{anchors(_BOX, item='<tr><td class="leftlink">{}</td></tr>')}
</table>
</td>
<td width="780" valign="top">
<table width="100%"><tr><td class="place">当前位置：{_way(site)}</td></tr></table>
{main}
</td>
</tr>
</table>
{_foot(site)}
</body>
</html>
"""


def _way(site: Site) -> str:
    return anchors((("首页", "/"), ("投资服务", "/tzfw/"), (site.column, site.column_path)), " > ")


def _foot(site: Site) -> str:
    return f"""<div class="footer">
<div class="links">友情链接：{anchors(_FRIENDS, " ")}</div>
<p>{anchors((("网站地图", "/wzdt/"), ("关于我们", "/gywm/"), ("网站声明", "/wzsm/")), " | ")}</p>
<p>主办单位：{site.name} 承办单位：{site.office}</p>
<p>网站标识码：{site.code} 渝ICP备05003300号 渝公网安备50011202500001号</p>
</div>"""


def part(notices: Sequence[Notice], size: int, number: int) -> Sequence[Notice]:
    """The notices of page `number` (from 1) of `size` each."""
    return notices[size * (number - 1) : size * number]


def parts(notices: Sequence[Notice], size: int) -> int:
    return -(-len(notices) // size)


def by_address(notices: Iterable[Notice], path_of: Callable[[Notice], str]) -> dict[str, Notice]:
    return {path_of(notice): notice for notice in notices}


def host(request: Request) -> str:
    return request.headers.get("host", "127.0.0.1")


def not_allowed() -> Reply:
    """What a server of static files says to anything but GET."""
    return Reply("<html><title>405 Not Allowed</title><h1>405 Not Allowed</h1></html>", 405)
