"""gkmlpt, 广东省政府信息公开平台: a page without rows and an address that answers JSON.

`policy`: `/gkmlpt/policy` (and `/gkmlpt/index`) holds `SID: '...'` and draws itself by script
(A); the rows are asked for at `/gkmlpt/api/all/{category}?page=N&sid={sid}`, 100 a page, page 1
first, page 0 is page 1 too; category 0 is all (A). The answer has `total` and `articles[]` of
`id, title, url, post_url, publisher, source, created_at, create_time, display_publish_time` (A;
that the last two are seconds: B) and `date`, the day on which the document was written, which is
before that of publication (B). `post_url` is the notice on the site, `url` the same text within
the platform (A). C: that the page names its categories in `TREE`; no sid, another sid or an
unknown category have total 0; a page after the last has no rows.
"""

from __future__ import annotations

import re
from datetime import timedelta

from tests.families.frames_b import (
    Site,
    further,
    host_of,
    json_reply,
    metas,
    moment,
    slice_of,
    whole_number,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_SID = "755031"
_CATEGORY = 2811
_SIZE = 100
_API = re.compile(r"/gkmlpt/api/all/(\d+)/?")
_NOTICES = notices(230, start=1000)

_SITE = Site(
    name="南粤湾区投资推广署",
    code="4403000058",
    domain="tzts.example.gov.cn",
    prefix="nf",
    column="政策文件",
    home="/gkmlpt/policy",
    menu=(("/zwgk/index.html", "政务公开"), ("/gkmlpt/index", "政府信息公开目录")),
    side=(
        ("/gkmlpt/guide", "政府信息公开指南"),
        ("/gkmlpt/policy", "政府信息公开制度"),
        ("/gkmlpt/annualReport", "政府信息公开年报"),
    ),
)


def _id(notice: Notice) -> int:
    return 11802230 - notice.number * 7


def _post_path(notice: Notice) -> str:
    return f"/zwgk/zcwj/content/post_{_id(notice)}.html"


def _platform_path(notice: Notice) -> str:
    number = _id(notice)
    return f"/gkmlpt/content/{number // 1_000_000}/{number // 1000}/post_{number}.html"


def _asked(request: Request) -> tuple[bool, int | None] | None:
    """Return whether a request's list is ours, and its page; None if it is for no list."""
    match = _API.fullmatch(request.path)
    if match is None:
        return None
    ours = int(match[1]) in (0, _CATEGORY) and request.query.get("sid") == _SID
    return ours, whole_number(request.query.get("page", "1"))


def _answer(request: Request) -> Reply:
    if request.path.rstrip("/") in ("/gkmlpt/policy", "/gkmlpt/index"):
        return Reply(_shell())
    asked = _asked(request)
    if asked is not None:
        return _rows(request, *asked)
    for notice in _NOTICES:
        if request.path in (_post_path(notice), _platform_path(notice)):
            platform = request.path == _platform_path(notice)
            return Reply(_notice_page(notice, platform))
    return NOT_FOUND


def _part_of(request: Request) -> int | None:
    asked = _asked(request)
    if asked is None or not asked[0] or request.method != "GET":
        return None
    return further(asked[1], len(_NOTICES), _SIZE)


def _rows(request: Request, ours: bool, page: int | None) -> Reply:
    items = _NOTICES if ours else ()
    rows = slice_of(items, max(page or 1, 1), _SIZE)
    return json_reply(
        {"total": len(items), "articles": [_row(notice, host_of(request)) for notice in rows]}
    )


def _row(notice: Notice, host: str) -> dict[str, object]:
    when = moment(notice)
    seconds = int(when.timestamp())
    return {
        "id": _id(notice),
        "title": notice.title,
        "document_number": "",
        "identifier": f"MB2D{_id(notice)}/2026-{notice.number:05d}",
        "publisher": _SITE.name,
        "source": _SITE.name,
        "date": int((when - timedelta(days=3)).timestamp()),
        "created_at": when.strftime("%Y-%m-%d %H:%M:%S"),
        "create_time": seconds,
        "display_publish_time": seconds,
        "abstract": "",
        "url": f"http://{host}{_platform_path(notice)}#{_CATEGORY}",
        "post_url": f"http://{host}{_post_path(notice)}",
        "classify_main_name": "政策文件",
        "is_expired": 0,
        "is_abolished": 0,
        "attachment": [],
    }


def _shell() -> str:
    head = f"""{metas(_SITE.column_metas())}
<script>
window._CONFIG = {{
  DOMAIN: '{_SITE.domain}',
  SID: '{_SID}',
  SITE_NAME: '{_SITE.name}',
  BASE: '/gkmlpt',
  TREE: [{{"id":{_CATEGORY},"name":"政策文件","parent_id":0,"children":[]}}]
}};
</script>
<script src="/gkmlpt/static/js/manifest.js"></script>
<script src="/gkmlpt/static/js/policy.js"></script>"""
    main = """<div id="app" class="content-wrapper__router">
<div class="classify" id="classify"></div>
<div class="table-content" id="postList"></div>
</div>"""
    return _SITE.page(f"政府信息公开 {_SITE.name}", head, main)


def _notice_page(notice: Notice, platform: bool) -> str:
    date = moment(notice).strftime("%Y-%m-%d %H:%M")
    table = f"""<table class="classify">
<tr><td>索引号：MB2D{_id(notice)}/2026-{notice.number:05d}</td><td>分类：政策文件</td></tr>
<tr><td>发布机构：{_SITE.name}</td><td>发布日期：{notice.published}</td></tr>
</table>"""
    main = f"""<div class="article">
{table if platform else ""}
<h1 class="title">{notice.title}</h1>
<div class="article-info"><span>发布时间：{date}</span> <span>来源：{_SITE.name}</span>
<span>【字体：<a href="javascript:void(0)">大</a> <a href="javascript:void(0)">小</a>】</span></div>
<div class="article-content">
{notice.html}
</div>
<div class="share">分享到：<a href="javascript:void(0)">微信</a></div>
</div>"""
    head = metas({**_SITE.notice_metas(notice, date), "ArticleId": str(_id(notice))})
    return _SITE.page(f"{notice.title}-{_SITE.name}", head, main, side=False)


PORTALS: tuple[Portal, ...] = (
    Portal(
        family="gkmlpt",
        form="policy",
        start=_SITE.home,
        notices=_NOTICES,
        path_of=_post_path,
        answer=_answer,
        part_of=_part_of,
    ),
)
