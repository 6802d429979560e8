"""TRS WCM and its kin: static lists whose further pages are named `name_N.ext` by a script.

All pages are files, so a query changes nothing, and a name that the list has not is a 404.

- `createPageHTML`: `createPageHTML(4, 0, "common_list", "html")` with pages, page from 0, name and
  extension; page k is `common_list_{k-1}`. The page also holds the function itself. Certainty A.
- `createPage`: the call is `createPage(4, 0, "index", "html")`; `createPageHTML` stands beside it
  as a function that nothing calls. The call and its addresses A; which of the two a page has, and
  that it has both, C.
- `total_last`: `createPageHTML(4, 0, "index", "shtml", "black2", 52)`, the last number is the total
  of notices. Certainty B.
- `box`: `createPageHTML('page_div',4, 1,'common_list','shtml',58)` with the box that is filled,
  pages, page from 1, name, extension and total; page k is `common_list_k`, and there is no
  `common_list_1`. Certainty A. The notices are `/{YYYYMM}/{32 hex}.shtml` in `<UCAPCONTENT>` (B).
- `variables`: an older page whose script writes the pager from `currentPage` (from 0) and
  `countPage`, whose lines end without `;`. Certainty A.
- `record_count`: `m_nRecordCount` (a string), `m_nPageSize`, `m_sPageName`, `m_sPageExt` of the
  public directory; the number of pages is nowhere. The name itself ends in a number
  (`index_1148`), so that page 2 is `index_1148_1`. Certainty C; two public crawlers agree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urljoin

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

_Href = Callable[[Notice], str]


@dataclass(frozen=True)
class _List:
    """A list of files: where it is, how its pages are named and what is on them."""

    site: Site
    name: str
    ext: str
    size: int
    notices: tuple[Notice, ...]
    href: _Href  # a notice's address as the rows write it
    rows: Callable[[Sequence[Notice], _Href], str]
    pager: Callable[[_List, int], str]  # of the page with this number, from 1
    notice_page: Callable[[Site, Notice], str]
    second: int = 1  # the number in the name of the second page
    frame: Callable[[Site, str, str, str], str] = page

    def path_of(self, notice: Notice) -> str:
        return urljoin(self.folder, self.href(notice))

    @property
    def folder(self) -> str:
        return self.site.column_path

    @property
    def count(self) -> int:
        return parts(self.notices, self.size)

    def address(self, number: int) -> str:
        mark = "" if number == 1 else f"_{number - 2 + self.second}"
        return f"{self.folder}{self.name}{mark}.{self.ext}"

    def number(self, path: str) -> int | None:
        if path == self.folder and self.name == "index":
            return 1
        numbers = range(1, self.count + 1)
        return next((number for number in numbers if path == self.address(number)), None)

    def part_of(self, request: Request) -> int | None:
        number = self.number(request.target) if request.method == "GET" else None
        return number if number and number > 1 else None

    def answer(self, request: Request) -> Reply:
        if request.method != "GET":
            return not_allowed()
        number = self.number(request.path)
        if number:
            return Reply(self.page(number))
        notice = by_address(self.notices, self.path_of).get(request.path)
        return Reply(self.notice_page(self.site, notice)) if notice else NOT_FOUND

    def page(self, number: int) -> str:
        rows = self.rows(part(self.notices, self.size, number), self.href)
        main = f"{rows}\n{self.pager(self, number)}"
        title = f"{self.site.column}_{self.site.name}"
        return self.frame(self.site, title, site_metas(self.site), main)

    def portal(self, form: str, start: str, declares: bool) -> Portal:
        return Portal(
            "trs", form, start, self.notices, self.path_of, self.answer, self.part_of, declares
        )


def _site(name: str, code: str, column: str, path: str) -> Site:
    above = path.rsplit("/", 2)[0]
    siblings = (
        ("通知公告", f"{above}/tzgg/"),
        (column, path),
        ("投资指南", f"{above}/tzzn/"),
        ("载体资源", f"{above}/ztzy/"),
    )
    return Site(name, code, "招商投资促进局", column, path, siblings)


def _dated(ext: str, first: int) -> _Href:
    """Addresses beside the list, with month, day and a number that grows with time."""
    return lambda notice: (
        f"./{notice.published:%Y%m}/t{notice.published:%Y%m%d}_{first - 13 * notice.number}.{ext}"
    )


# Rows.


def _plain_rows(page_notices: Sequence[Notice], href: _Href) -> str:
    """Rows with titles that are cut and stand in full in `title`."""
    items = "\n".join(
        f'<li><a href="{href(notice)}" target="_blank" '
        f'title="{escape(notice.title)}">{escape(cut(notice.title, 14, "…"))}</a>'
        f"<span>{notice.published}</span></li>"
        for notice in page_notices
    )
    return f'<div class="list-box">\n<ul class="list">\n{items}\n</ul>\n</div>'


def _bracket_rows(page_notices: Sequence[Notice], href: _Href) -> str:
    items = "\n".join(
        f'<li><span class="date">[{notice.published}]</span>'
        f'<a href="{href(notice)}">{escape(notice.title)}</a></li>'
        for notice in page_notices
    )
    return f'<div class="news_list">\n<ul>\n{items}\n</ul>\n</div>'


def _box_rows(page_notices: Sequence[Notice], href: _Href) -> str:
    items = "\n".join(
        f'<li class="texto"><a href="{href(notice)}" title="{escape(notice.title)}" '
        f'target="_blank">{escape(cut(notice.title, 18))}</a>'
        f'<span class="time">{notice.published}</span></li>'
        for notice in page_notices
    )
    return f'<ul class="infolist">\n{items}\n</ul>'


def _table_rows(page_notices: Sequence[Notice], href: _Href) -> str:
    items = "\n".join(
        f'<tr valign="top"><td width="25"><img src="../../images/ico2.jpg" /></td>'
        f'<td width="560"><a href="{href(notice)}" target="_blank">'
        f"{escape(notice.title)}</a></td><td>({notice.published})\n</td></tr>"
        for notice in page_notices
    )
    return f'<table width="100%" border="0" class="newslist">\n{items}\n</table>'


def _directory_rows(page_notices: Sequence[Notice], href: _Href) -> str:
    items = "\n".join(
        f'<div class="row"><li class="xh">{place}</li>'
        f'<li class="mc"><a href="{href(notice)}" target="_blank">'
        f"{escape(notice.title)}</a></li>"
        f'<li class="fbrq">{notice.published:%Y年%m月%d日}</li></div>'
        for place, notice in enumerate(page_notices, 1)
    )
    heads = '<li class="xh">序号</li><li class="mc">名称</li><li class="fbrq">发布日期</li>'
    return (
        f'<div class="headrow">{heads}</div>\n<div id="documentContainer">\n{items}\n</div>\n'
        '<div id="divNoObjectFound" style="display:none;">没有检索到相关信息！</div>'
    )


# Pagers.

_FUNCTION = """function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){
  if(_nPageCount <= 1){ return; }
  for(var i = 0; i < _nPageCount; i++){
    var sUrl = _sPageName + (i == 0 ? "" : "_" + i) + "." + _sPageExt;
    document.write(i == _nCurrIndex ? "<span>" + (i + 1) + "</span>"
      : "<a href=\\"" + sUrl + "\\">" + (i + 1) + "</a>");
  }
}"""


def _four_arguments(of: _List, number: int) -> str:
    call = f'createPageHTML({of.count}, {number - 1}, "{of.name}", "{of.ext}");'
    return f'<div class="page">\n<script>\n{_FUNCTION}\n</script>\n<script>{call}</script>\n</div>'


def _create_page(of: _List, number: int) -> str:
    call = f'createPage({of.count}, {number - 1}, "{of.name}", "{of.ext}");'
    return (
        '<script src="../../images/page.js"></script>\n'
        f"<script>\n{_FUNCTION}\n</script>\n"
        f'<div class="gl-page">\n<script>{call}</script>\n</div>'
    )


def _total_last(of: _List, number: int) -> str:
    arguments = f'{of.count}, {number - 1}, "{of.name}", "{of.ext}", "black2", {len(of.notices)}'
    return (
        '<script src="/images/createPage.js"></script>\n'
        f'<div class="black2"><script>createPageHTML({arguments});</script></div>'
    )


def _box(of: _List, number: int) -> str:
    names = f"'{of.name}','{of.ext}',{len(of.notices)}"
    return (
        '<div id="page_div" class="page"></div>\n<script src="/images/pagination.js"></script>\n'
        f"<script>createPageHTML('page_div',{of.count}, {number},{names});</script>"
    )


def _variables(of: _List, number: int) -> str:
    name, ext = of.name, of.ext
    return f"""<table width="100%"><tr><td class="page" align="center">
<script language="JavaScript" type="text/javascript">
var currentPage = {number - 1};//所在页从0开始
var prevPage = currentPage-1//上一页
var nextPage = currentPage+1//下一页
var countPage = {of.count}//共多少页
document.write("共&nbsp;" + countPage + "&nbsp;页&nbsp;<a href=\\"{name}.{ext}\\">首页</a>&nbsp;");
if(countPage>1&&currentPage>1)
document.write("<a href=\\"{name}"+"_" + prevPage + "."+"{ext}\\">上一页</a>&nbsp;");
else if(currentPage==1)
document.write("<a href=\\"{name}.{ext}\\">上一页</a>&nbsp;");
for(var i=0 ; i<countPage ; i++){{
if(currentPage==i)
document.write("<font color=red>"+(i+1)+"</font>&nbsp;");
else if(i==0)
document.write("<a href=\\"{name}.{ext}\\">1</a>&nbsp;");
else
document.write("<a href=\\"{name}"+"_" + i + "."+"{ext}\\">"+(i+1)+"</a>&nbsp;");
}}
if(countPage>1&&currentPage!=(countPage-1))
document.write("<a href=\\"{name}"+"_" + nextPage + "."+"{ext}\\">下一页</a>");
</script>
</td></tr></table>"""


def _record_count(of: _List, number: int) -> str:
    return f"""<div id="list_navigator" class="page"></div>
<script language="JavaScript" src="/images/page.js"></script>
<script language="JavaScript">
<!--
var m_sPageName = "{of.name}";
var m_sPageExt = "{of.ext}";
var m_nRecordCount = "{len(of.notices)}";
if(m_nRecordCount.length == 0){{
	m_nRecordCount = 0;
}}
var m_nCurrPage = {number - 1};
var m_nPageSize = {of.size};
PageContext.PageNav.go = function(_iPage, _maxPage){{
	if(_iPage > _maxPage) _iPage = _maxPage;
	var sMark = _iPage == 1 ? "" : "_" + (_iPage - 1);
	window.location.href = m_sPageName + sMark + "." + m_sPageExt;
}};
//-->
</script>"""


# Notices.

_STYLE = (
    '<style type="text/css">.TRS_Editor P{margin-top:0;line-height:2em;}'
    ".TRS_Editor DIV{margin-top:0;}</style>"
)


def _editor_page(site: Site, notice: Notice) -> str:
    published = f"{notice.published} {time_of(notice)}"
    main = f"""<div class="article">
<h1>{escape(notice.title)}</h1>
<div class="info"><span>发布时间：{published}</span> <span>来源：{site.office}</span>
<span>字号：[<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a>
<a href="javascript:doZoom(14)">小</a>]</span></div>
<div class="view TRS_UEDITOR trs_paper_default"><div class="TRS_Editor">{_STYLE}
{notice.html}
</div></div>
<div class="tools"><a href="javascript:window.print()">打印本页</a>
<a href="javascript:window.close()">关闭窗口</a></div>
</div>"""
    title = f"{notice.title}_{site.name}"
    return page(site, title, notice_metas(site, notice, published), main, " > 正文")


def _old_notice_page(site: Site, notice: Notice) -> str:
    main = f"""<table width="100%" border="0">
<tr><td class="title" align="center">{escape(notice.title)}</td></tr>
<tr><td class="time" align="center">日期：{notice.published}　来源：{site.office}</td></tr>
<tr><td class="con"><div class="TRS_Editor">{_STYLE}
{notice.html}
</div></td></tr>
<tr><td align="right">【<a href="javascript:window.print()">打印</a>】
【<a href="javascript:window.close()">关闭</a>】</td></tr>
</table>"""
    metas = notice_metas(site, notice, str(notice.published))
    return old_page(site, notice.title, metas, main)


def _box_notice_page(site: Site, notice: Notice) -> str:
    published = f"{notice.published} {time_of(notice)}"
    main = f"""<div class="article">
<h1><UCAPTITLE>{escape(notice.title)}</UCAPTITLE></h1>
<p class="sub"><span>发布日期：<publishtime>{published}</publishtime></span>
<span>来源：{site.office}</span> <span>浏览次数：<i id="hits"></i></span></p>
<div id="zoomcon" class="article-content"><UCAPCONTENT>{notice.html}</UCAPCONTENT></div>
<div class="tools">【<a href="javascript:window.print()">打印</a>】
【<a href="javascript:window.close()">关闭</a>】</div>
</div>"""
    metas = notice_metas(site, notice, published)
    return page(site, f"{notice.title} {site.name}", metas, main, " > 正文")


def _hex_path(notice: Notice) -> str:
    name = hashlib.md5(notice.title.encode()).hexdigest()
    return f"/jskfq/zsyw/{notice.published:%Y%m}/{name}.shtml"


# The lists.

_ASSOCIATION = _List(
    _site("渝东新区管理委员会", "5001120017", "招商动态", "/tzfw/zsdt/"),
    name="common_list",
    ext="html",
    size=15,
    notices=notices(47),
    href=_dated("html", 12_204_511),
    rows=_plain_rows,
    pager=_four_arguments,
    notice_page=_editor_page,
)
_DISTRICT = _List(
    _site("青岭区人民政府", "5001180023", "项目动态", "/tzfw/xmdt/"),
    name="index",
    ext="html",
    size=14,
    notices=notices(55, start=100),
    href=_dated("html", 9_871_203),
    rows=_bracket_rows,
    pager=_create_page,
    notice_page=_editor_page,
)
_COMMISSION = _List(
    _site("南江市经济和信息化局", "4201000031", "产业要闻", "/tzfw/cyyw/"),
    name="index",
    ext="shtml",
    size=15,
    notices=notices(52, start=200),
    href=_dated("shtml", 5_600_417),
    rows=_plain_rows,
    pager=_total_last,
    notice_page=_editor_page,
)
_ZONE = _List(
    _site("江石经济技术开发区管理委员会", "3205830009", "招商要闻", "/jskfq/zsyw/"),
    name="common_list",
    ext="shtml",
    size=15,
    notices=notices(58, start=300),
    href=_hex_path,
    rows=_box_rows,
    pager=_box,
    notice_page=_box_notice_page,
    second=2,
)
_COUNTY = _List(
    _site("恩河县人民政府", "1506000012", "投资动态", "/tzfw/tzdt/"),
    name="index",
    ext="html",
    size=12,
    notices=notices(44, start=400),
    href=_dated("html", 2_290_607),
    rows=_table_rows,
    pager=_variables,
    notice_page=_old_notice_page,
    frame=old_page,
)
_DIRECTORY = _List(
    _site("北屏省农业投资促进中心", "2300000044", "信息公开", "/govpublic/22/32/"),
    name="index_1148",
    ext="htm",
    size=20,
    notices=notices(50, start=500),
    href=_dated("htm", 6_331_950),
    rows=_directory_rows,
    pager=_record_count,
    notice_page=_editor_page,
)

PORTALS: tuple[Portal, ...] = (
    _ASSOCIATION.portal("createPageHTML", "/tzfw/zsdt/common_list.html", declares=False),
    _DISTRICT.portal("createPage", "/tzfw/xmdt/", declares=False),
    _COMMISSION.portal("total_last", "/tzfw/cyyw/index.shtml", declares=True),
    _ZONE.portal("box", "/jskfq/zsyw/common_list.shtml", declares=True),
    _COUNTY.portal("variables", "/tzfw/tzdt/", declares=False),
    _DIRECTORY.portal("record_count", "/govpublic/22/32/index_1148.htm", declares=True),
)
