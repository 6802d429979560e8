"""A home-made list that scripts fetch as JSON, which an operator has to describe by hand.

`records`: the page `/zsdt/` is a shell without rows; its script asks
`/api/news?pageNo=1&pageSize=15` and draws what comes, `data.records` with `id`, `title` and
`publishTime` and `data.total`. A notice is `/detail/{id}`, a page of the server's.

Rests on: such lists are met on 6 of 240 hosts (B); the answer has the shape that MyBatis-Plus
gives (`records`, `total`, `size`, `current`, `pages`) in an envelope of `code`, `msg` and `data`
(A); a missing or unreadable parameter is the framework's JSON for 400, and a page past the last
has no records (B). The API asks for no `Referer` (C).
"""

from __future__ import annotations

import json

from tests.families.frames_c import (
    Column,
    Site,
    document,
    metas,
    moment,
    natural,
    side_box,
    trail,
)
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_SITE = Site(
    "渝东投资云平台",
    "渝东投资云平台",
    "",
    (
        ("首页", "/"),
        ("招商动态", "/zsdt/"),
        ("云推介", "/ytj/"),
        ("项目库", "/xmk/"),
        ("服务超市", "/fwcs/"),
    ),
    (
        ("三峡库区生态工业", "/ytj/3"),
        ("万州经开区云展厅", "/ytj/2"),
        ("沿江开放口岸介绍", "/ytj/1"),
    ),
)
_SIZE = 15
_COLUMN = Column("招商动态", notices(58, start=1300), _SIZE, 88000)
_MOST = 100  # rows that one answer may have


def _path(notice: Notice) -> str:
    return f"/detail/{_COLUMN.id_of(notice)}"


def _shell() -> str:
    content = f"""{trail((("首页", "/"),), _COLUMN.name)}
<div id="app" v-cloak>
<ul class="news"><li v-for="item in list" :key="item.id">
<a :href="'/detail/' + item.id">{{{{ item.title }}}}</a>
<span>{{{{ item.publishTime }}}}</span></li></ul>
<div class="pages" v-if="total"><button @click="go(pageNo - 1)">上一页</button>
<button @click="go(pageNo + 1)">下一页</button></div>
</div>
{side_box(_SITE, "云上推介")}
<script src="/static/js/vue.min.js"></script>
<script>
new Vue({{
  el: '#app',
  data: {{ list: [], total: 0, pageNo: 1 }},
  created: function () {{ this.load('/api/news?pageNo=1&pageSize={_SIZE}'); }},
  methods: {{
    go: function (n) {{
      this.pageNo = n;
      this.load('/api/news?pageNo=' + n + '&pageSize={_SIZE}');
    }},
    load: function (url) {{
      var that = this;
      $.getJSON(url, function (res) {{
        if (res.code === 0) {{ that.list = res.data.records; that.total = res.data.total; }}
      }});
    }}
  }}
}});
</script>"""
    head = metas((("keywords", "渝东招商"), ("description", "招商动态")))
    return document(_SITE, f"{_COLUMN.name}-{_SITE.name}", content, head)


def _notice(notice: Notice) -> str:
    content = f"""{trail((("首页", "/"), (_COLUMN.name, "/zsdt/")), "详情")}
<div class="news-detail"><h1>{notice.title}</h1>
<div class="sub">发布时间：{moment(notice)}　来源：渝东投资云平台</div>
<div class="rich-text">
{notice.html}
</div></div>"""
    head = metas((("keywords", "渝东招商"), ("description", notice.title)))
    return document(_SITE, f"{notice.title}-{_SITE.name}", content, head)


def _json(value: object, status: int = 200) -> Reply:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Reply(text, status, "application/json;charset=UTF-8")


def _bad() -> Reply:
    return _json({"status": 400, "error": "Bad Request", "path": "/api/news"}, 400)


def _record(notice: Notice) -> dict[str, object]:
    return {
        "id": _COLUMN.id_of(notice),
        "title": notice.title,
        "summary": None,
        "cover": "",
        "publishTime": moment(notice),
        "columnCode": "zsdt",
        "views": notice.number * 11,
    }


def _records(request: Request) -> Reply:
    page, size = natural(request.query.get("pageNo")), natural(request.query.get("pageSize"))
    if request.method != "GET" or page is None or size is None or size > _MOST:
        return _bad()
    column = Column(_COLUMN.name, _COLUMN.notices, size, _COLUMN.first_id)
    data = {
        "records": [_record(notice) for notice in column.on(page)],
        "total": column.total,
        "size": size,
        "current": page,
        "pages": column.pages,
    }
    return _json({"code": 0, "msg": "success", "data": data})


def _answer(request: Request) -> Reply:
    if request.path in ("/zsdt/", "/zsdt/index.html"):
        return _SITE.reply(_shell())
    if request.path == "/api/news":
        return _records(request)
    identity = request.path.removeprefix("/detail/")
    notice = _COLUMN.notice(identity) if identity != request.path else None
    return _SITE.reply(_notice(notice)) if notice else NOT_FOUND


def _part(request: Request) -> int | None:
    query = request.query
    if request.path != "/api/news" or query.get("pageSize") != str(_SIZE):
        return None
    page = natural(query.get("pageNo")) or 1
    return page if request.method == "GET" and 2 <= page <= _COLUMN.pages else None


PORTALS: tuple[Portal, ...] = (
    Portal(
        "rows_by_api",
        "records",
        "/zsdt/",
        _COLUMN.notices,
        _path,
        _answer,
        _part,
    ),
)
