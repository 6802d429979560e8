"""Which short words below a title are tags: no tools, tabs, cells or headings of lists."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from tests.reading.bare_pages import LABELS, SITE, TEXT, page

TITLE = "<h1>精密轴承产业园二期厂房招租</h1>"
ROWS = "".join(f"<li><a href=/{n}.html>轴承小镇第{n}批企业名单公布</a>" for n in range(2))


def tags(*between: str) -> tuple[str, ...]:
    html = page(f"<div>{TITLE}{''.join(between)}<div>{TEXT}</div></div>", SITE)
    return read_article(html).tags


@pytest.mark.parametrize(
    "row",
    [
        "<ul><li>厂房招租</li><li>装备制造业</li></ul>",
        "<p><span>厂房招租</span><span>装备制造业</span></p>",
        "<div class=t>厂房招租</div><div class=t>装备制造业</div>",
        "<div><a class=t href=/tag/3>厂房招租</a> <a class=t href=/tag/8>装备制造业</a></div>",
        "<p>厂房招租 装备制造业</p>",
    ],
)
@pytest.mark.parametrize("order", ["above labels", "below labels"])
def test_a_row_of_tags(row: str, order: str) -> None:
    between = (row, LABELS) if order == "above labels" else (LABELS, row)
    assert tags(*between) == ("厂房招租", "装备制造业")


@pytest.mark.parametrize(
    "row",
    [
        # tabs
        "<div><span class=on>厂房概况</span><span>周边配套</span><span>交通位置</span></div>",
        "<ul><li class=cur><a href=#a>厂房概况</a><li><a href=#b>周边配套</a></ul>",
        "<ul><li><a href=#a>厂房概况</a><li><a href=#b>周边配套</a></ul>",
        "<div><span>厂房概况</span><span><a href='#k'>联络方式</a></span></div>",
        "<div class='tab now'>厂房概况</div><div class=tab>周边配套</div>",
        # headings of lists
        f"<h4>热门楼盘</h4><ul>{ROWS}</ul>",
        f"<div>精选项目</div><ul>{ROWS}</ul>",
        # cells and values
        "<table><tr><td>厂房概况<td>标准层高</table>",
        "<dl><dt>编号:<dd>SM0231</dl>",
        "<dl><dt>承租条件<dd>装备制造业</dl>",
        # tools
        "<div><a href='javascript:;'>我要分享</a><a href='javascript:;'>豆瓣</a></div>",
        "<ul><li><a href='http://s.test/?url=http://x.test/'>豆瓣<li><a href='/p?u=http://x'>人人</ul>",
        "<p><span>听全文</span><span>放大字号</span></p>",
        "<p><a onclick=x()>领英</a> <a onclick=y()>微博</a></p>",
        "<p><span>石门发布</span> <span>3天前</span></p>",
        "<p>石门发布</p>",
        "<div>Play Video</div>",
    ],
)
def test_what_is_no_tag(row: str) -> None:
    assert tags(LABELS, row) == ()


def test_short_lines_further_down_are_no_tags() -> None:
    assert (
        tags(LABELS, "<p>本文约一千二百字，需要三分钟，读者可以先看末尾的图</p><p>厂房招租</p>")
        == ()
    )


def test_a_heading_of_a_list_below_tags_is_none() -> None:
    row = "<ul><li>厂房招租</li><li>装备制造业</li></ul>"
    again = "<p>精密轴承产业园二期厂房招租</p>"
    assert tags(LABELS, row, again, f"<h4>热门楼盘</h4><ul>{ROWS}</ul>") == (
        "厂房招租",
        "装备制造业",
    )
