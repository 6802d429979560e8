"""Rows that scripts open are followed where the script says the address, and else told of."""

from __future__ import annotations

import pytest

from cqcrawler.models import Listing, Page
from cqcrawler.reading.listing.listing import extract_listing
from cqcrawler.reading.page.document import open_page
from tests.shared import shared

HOST = "http://zs.example.cn"
MENU = "".join(
    f"<li><a href='/col{number}.html'>{name}</a></li>"
    for number, name in enumerate(("走进渝北", "投资环境", "优惠政策", "产业园区", "土地资源"), 10)
)
ASIDE = "<h3>通知公告</h3><ul>{}</ul>".format(
    "".join(
        f"<li><a href='/tzgg/{n}.html'>关于举办第{n}场产业对接会的通知</a> 2025-06-{n}</li>"
        for n in range(11, 15)
    )
)
OPENS = """<script>
var base = '/zsdt/';
function view(id) { window.open(base + 'detail_' + id + '.html'); }
function ask(id) { $.ajax({url: '/api/notice', data: {id: id}, success: show}); }
</script>"""


def read(markup: str) -> Listing:
    page = f"<html><body><ul>{MENU}</ul>{markup}{OPENS}</body></html>"
    return extract_listing(open_page(Page(HOST + "/zsdt/", page)))


def rows(template: str, wrapper: str = "<div>{}</div>", how_many: int = 6) -> str:
    filled = (
        template.format(n=n, title=f"渝北区第{n}批智能装备项目集中签约", date=f"2025-07-{n:02}")
        for n in range(1, how_many + 1)
    )
    return wrapper.format("".join(filled))


FOLLOWED = {
    "call in the address": "<li><a href='javascript:view({n})'>{title}</a> {date}</li>",
    "call beside an idle address": "<li><a href='#' onclick='view({n})'>{title}</a> {date}</li>",
    "call on the row": "<li onclick=\"view('{n}')\"><b>{title}</b><i>{date}</i></li>",
    "call that asks first": "<li><a onclick='if ({n}) return view({n})'>{title}</a> {date}</li>",
}


@pytest.mark.parametrize("shape", FOLLOWED)
def test_rows_whose_script_says_the_address(shape: str) -> None:
    found = read(rows(FOLLOWED[shape]))
    assert [row.url for row in found.rows] == [f"{HOST}/zsdt/detail_{n}.html" for n in range(1, 7)]
    assert {row.published for row in found.rows} >= {"2025-07-01", "2025-07-06"}
    assert found.beyond == ""


NOT_FOLLOWED = {
    "idle": "<li><a href='javascript:;'>{title}</a><span>{date}</span></li>",
    "idle, each in a list of its own": (
        "<ul><li><a href='javascript:void(0)'><b>{title}</b></a></li><li>发布时间：{date}</li></ul>"
    ),
    "blank": "<li><a href=''>{title}</a><span>{date}</span></li>",
    "no address at all": "<dd><a>{title}</a><em>[{date}]</em></dd>",
    "this page": "<p><a href='#'>{title}</a> {date}</p>",
    "a call that fetches": "<tr><td><a onclick='ask({n})'>{title}</a></td><td>{date}</td></tr>",
    "a call of another file": "<li onclick='toDetail(\"{n}\")'>{title}<i>{date}</i></li>",
    "a call within a call": (
        "<li onclick='toDetail({n})'><a href='javascript:;'>{title}</a><i>{date}</i></li>"
    ),
    "a link in the call's row": (
        "<li onclick='toDetail({n})'><p>{title}</p><i>{date}</i><a href='/zsdt/'>更多</a></li>"
    ),
}


@pytest.mark.parametrize("shape", NOT_FOLLOWED)
def test_the_menu_is_not_the_list(shape: str) -> None:
    found = read(rows(NOT_FOLLOWED[shape]))
    assert found.rows == ()
    assert found.beyond == "6 rows name no address: 渝北区第1批智能装备项目集中签约"
    assert HOST + "/col10.html" in {link.url for link in found.sections}


@pytest.mark.parametrize("shape", NOT_FOLLOWED)
def test_another_list_is_not_all(shape: str) -> None:
    found = read(rows(NOT_FOLLOWED[shape]) + ASIDE)
    assert len(found.rows) == 4
    assert found.beyond.startswith("6 rows name no address")


def test_one_row_of_a_list() -> None:
    linked = rows("<li><a href='{n}.html'>{title}</a> {date}</li>", "{}", 3)
    title = "北碚区第四批智能装备项目集中签约并且全部开工建设的有关情况的通报"
    found = read(f"<ul>{linked}<li><a href='javascript:;'>{title}</a> 2025-07-09</li></ul>")
    assert len(found.rows) == 3
    assert found.beyond == f"a row names no address: {title[:29]}…"


NO_ROWS = {
    "tabs": "<li><a href='javascript:;'>招商动态栏目{n}</a></li>",
    "buttons without a date": "<li><a onclick='share({n})'>把第{n}篇文章分享到某处</a></li>",
    "short ones with a date": "<li><a href='javascript:;'>收起</a> {date}</li>",
    "links of its rows": (
        "<li><a href='{n}.html'>{title}</a> {date} <a href='javascript:;'>打印本页内容</a></li>"
    ),
    "what stands around a link": "<li onclick='f()'><a href='{n}.html'>{title}</a> {date}</li>",
    "what stands in a link": "<li><a href='{n}.html'><b onclick='f()'>{title}</b></a> {date}</li>",
    "what stands around a picture": (
        "<li onclick='f()'><a href='{n}.html'><img src='1.jpg'></a><p>{title}</p>{date}</li>"
    ),
    "hidden ones": "<li style='display:none'><a href='javascript:;'>{title}</a> {date}</li>",
    "slides": "<li class='slide'><a href='javascript:;'>{title}</a> {date}</li>",
    "readers' favourites": "<li><a href='javascript:;'>{title}</a> {date}</li>",
}


@pytest.mark.parametrize("kind", NO_ROWS)
def test_what_is_no_row(kind: str) -> None:
    wrapper = "<h3>点击排行</h3><ul>{}</ul>" if kind.startswith("readers") else "<ul>{}</ul>"
    found = read(ASIDE + rows(NO_ROWS[kind], wrapper))
    assert len(found.rows) in (4, 10)
    assert found.beyond == ""


def test_a_real_page_with_an_address_blanked() -> None:
    markup = shared("corpus/columns/pages/pucheng_dsfx.html").read_bytes()
    found = extract_listing(open_page(Page("http://www.example.com/dsfx/", markup)))
    assert len(found.rows) == 2
    assert found.beyond.startswith("a row names no address: ")
