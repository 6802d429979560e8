"""中国政府网 (www.gov.cn): one JSON file holds a whole column.

`json`: the column's page has an empty list; its script fetches `./NAME.json` from beside the page
(B) and pages in the browser. The file is one array of `TITLE, SUB_TITLE, URL, DOCRELPUBTIME`,
newest first; URL is absolute (A). The name is that of the column in capitals. Notices are
`.../YYYYMM/content_N.htm`, older ones `.../YYYY-MM/DD/content_N.htm` (A), with their text in
`#UCAP-CONTENT` (A). Parameters are not looked at, and neither `home.htm` nor another name exists
(B). The number of notices is printed nowhere: the file has all.
"""

from __future__ import annotations

from tests.families.frames_b import Site, host_of, json_reply, metas, moment
from tests.families.portal import NOT_FOUND, Notice, Portal, Reply, Request, notices

_FOLDER = "/zhaoshang/liebiao/"
_JSON = f"{_FOLDER}ZHAOSHANGLIEBIAO.json"
_NOTICES = notices(60, start=1500)
_NEW_STYLE = 40  # so many of the newest have the newer kind of address

_SITE = Site(
    name="全国投资促进信息网",
    code="bm55000031",
    domain="www.example.gov.cn",
    prefix="pub",
    column="招商要闻",
    home=_FOLDER,
    menu=(("/guowuyuan/", "机构"), ("/zhaoshang/", "招商"), ("/fuwu/", "服务")),
    side=(("/zhaoshang/jiedu/", "政策解读"), ("/zhaoshang/zhuanti/", "专题")),
)


def _path_of(notice: Notice) -> str:
    number = 7080735 - notice.number * 31
    if notice.number <= _NEW_STYLE:
        return f"{_FOLDER}{notice.published:%Y%m}/content_{number}.htm"
    return f"/zhaoshang/{notice.published:%Y-%m/%d}/content_{number}.htm"


def _answer(request: Request) -> Reply:
    if request.path in (_FOLDER, f"{_FOLDER}index.htm"):
        return Reply(_shell())
    if request.path == _JSON:
        return json_reply([_row(notice, host_of(request)) for notice in _NOTICES])
    for notice in _NOTICES:
        if request.path == _path_of(notice):
            return Reply(_notice_page(notice))
    return NOT_FOUND


def _part_of(request: Request) -> int | None:
    return 2 if request.path == _JSON and request.method == "GET" else None


def _row(notice: Notice, host: str) -> dict[str, str]:
    return {
        "TITLE": notice.title,
        "SUB_TITLE": "",
        "URL": f"http://{host}{_path_of(notice)}",
        "DOCRELPUBTIME": str(notice.published),
    }


def _shell() -> str:
    head = f"""{metas({"lanmu": _SITE.column, "catalog": "zhaoshang"})}
<script src="/images/trs_template_common.js"></script>
<script src="/images/jquery.pagination.js"></script>"""
    main = """<div class="list list_1 list_2">
<ul id="list-1-ajax-id"></ul>
<div class="newspage" id="newspage"></div>
</div>
<script>
var rows = [], perPage = 20;
function showRows(current) {
  var html = '';
  for (var i = current * perPage; i < rows.length && i < (current + 1) * perPage; i++) {
    html += '<li><h4><a href="' + rows[i].URL + '" target="_blank">' + rows[i].TITLE
      + '</a><span class="date">' + rows[i].DOCRELPUBTIME + '</span></h4></li>';
  }
  $('#list-1-ajax-id').html(html);
}
$.ajax({
  url: "./ZHAOSHANGLIEBIAO.json",
  type: "get",
  dataType: "json",
  success: function (data) {
    rows = data;
    $('#newspage').pagination(rows.length, {
      items_per_page: perPage, prev_text: '上一页', next_text: '下一页', callback: showRows
    });
  }
});
</script>"""
    return _SITE.page(f"{_SITE.column}_{_SITE.name}", head, main)


def _notice_page(notice: Notice) -> str:
    when = moment(notice)
    head = metas(
        {
            "lanmu": _SITE.column,
            "manuscriptId": str(7080735 - notice.number * 31),
            "author": "编辑部",
            "firstpublishedtime": when.strftime("%Y-%m-%d-%H:%M:%S"),
            "lastmodifiedtime": when.strftime("%Y-%m-%d-%H:%M:%S"),
        }
    )
    main = f"""<div class="article oneColumn pub_border">
<h1 id="ti">{notice.title}</h1>
<div class="pages-date">{when:%Y-%m-%d %H:%M}　<span class="font">来源： {_SITE.name}</span>
<span class="font index_switchsize">字号：<b>默认</b> <b>大</b> <b>超大</b></span>
<span>| <a href="javascript:window.print()">打印</a></span></div>
<div class="pages_content" id="UCAP-CONTENT">
{notice.html}
</div>
<div class="editor"><span>责任编辑：编辑部</span></div>
</div>"""
    return _SITE.page(f"{notice.title}_{_SITE.column}_{_SITE.name}", head, main, side=False)


PORTALS: tuple[Portal, ...] = (
    Portal(
        family="govcn",
        form="json",
        start=_FOLDER,
        notices=_NOTICES,
        path_of=_path_of,
        answer=_answer,
        part_of=_part_of,
        declares=False,
    ),
)
