"""Lists of links that hold the rows of a page, and those that were left out."""

from __future__ import annotations

from cqcrawler.models import Page
from cqcrawler.platforms import read_listing
from cqcrawler.probe.lists import split_lists
from cqcrawler.probe.report import LinkList
from cqcrawler.reading.page.document import open_page

HERE = "http://zs.example.gov.cn/zsdt/"


def links(*rows: str) -> str:
    return "".join(f"<li>{row}</li>" for row in rows)


def row(number: int, date: str = "") -> str:
    title = f"渝北区第{number}批智能制造项目集中签约落地"
    return f'<a href="/info/{number}.html">{title}</a>{date}'


ROWS = links(*(row(number, f"<span>2026-09-{number:02}</span>") for number in range(11, 20)))
HOT = links(
    *(f'<a href="/video/{n}.html">第{n}期园区云上招商推介视频回放</a>' for n in range(1, 6))
)
MENU = links(*(f'<a href="/{name}/">{name}</a>' for name in ("首页栏", "园区", "政策", "服务")))
ELSEWHERE = links(*(f'<a href="http://www.city{n}.example/">某某市商务局</a>' for n in range(4)))
PAGE = f"""<html><body><ul class="menu">{MENU}</ul><div class="main"><ul>{ROWS}</ul></div>
<div class="hot"><h3>热点视频</h3><ul>{HOT}</ul></div>
<div id="links"><h3>友情链接</h3><ul>{ELSEWHERE}</ul></div></body></html>"""


def split(markup: str) -> tuple[tuple[LinkList, ...], tuple[LinkList, ...]]:
    document = open_page(Page(HERE, markup))
    return split_lists(document, read_listing(document).rows)


def test_every_list_has_its_path_and_what_sets_it_apart() -> None:
    holding, others = split(PAGE)
    assert [(each.path, each.links, each.dated) for each in holding] == [("div.main > ul", 9, 9)]
    assert {(each.heading, each.path, each.links, each.why) for each in others} == {
        ("热点视频", "div.hot > ul", 5, "undated"),
        ("友情链接", "#links > ul", 4, "other hosts"),
        ("", "ul.menu", 4, "short names"),
    }
    assert others[0].links == 5  # the longest first


def test_links_that_share_the_list_of_the_rows_have_paths_of_their_own() -> None:
    promoted = "".join(f'<p><a href="/ad/{n}">园区厂房招租第{n}期广告</a></p>' for n in range(3))
    holding, others = split(f"<html><body><div class=box>{promoted}<ul>{ROWS}</ul></div></body>")
    assert [each.path for each in holding] == ["ul"]
    (promotion,) = others
    assert promotion.path.count(",") == 2
    assert "ul" not in promotion.path


def test_a_page_without_rows_has_all_its_lists_left_out() -> None:
    holding, others = split(f"<html><body><ul class=menu>{MENU}</ul></body></html>")
    assert holding == ()
    assert [each.path for each in others] == ["ul.menu"]
