"""Titles are printed in many ways, with much beside them."""

from __future__ import annotations

import pytest
from lxml import etree

from cqcrawler.reading.listing.row_text import is_read_more, pieces, split_edge_date, title_and_rest


def title_of(markup: str) -> str:
    link = etree.fromstring(f"<body>{markup}</body>", etree.HTMLParser()).find(".//a")
    return title_and_rest(list(pieces(link, link)), link.get("title") or "")[0]


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<a>重庆招商\n 动态</a>", "重庆招商 动态"),
        ("<a>· 重庆招商动态</a>", "重庆招商动态"),
        ("<a><i>置顶</i>重庆招商动态</a>", "重庆招商动态"),
        ("<a>[置顶] 重庆招商动态</a>", "重庆招商动态"),
        ("<a><font>（热）</font>重庆招商动态</a>", "重庆招商动态"),
        ("<a title='[NEW!]重庆招商动态之一'>重庆招商…</a>", "重庆招商动态之一"),
        ("<a>【视频】重庆招商动态</a>", "【视频】重庆招商动态"),
        ("<a>[新能源]重庆招商动态</a>", "[新能源]重庆招商动态"),
        ("<a><span>重庆招商动态</span><span>2019-02-26</span></a>", "重庆招商动态"),
        ("<a><b>09</b><i>2025-07</i><p>重庆招商动态</p></a>", "重庆招商动态"),
        ("<a><p>动态</p><h4>重庆招商</h4><p>两地联合主办对接会</p></a>", "重庆招商"),
        ("<a><p>重庆招商动态</p><p>1056</p></a>", "重庆招商动态"),
        ("<a>重<b></b>庆<b></b>新<b></b>区<b></b>2<b></b>0</a>", "重庆新区20"),
        ("<a title='重庆招商动态之一'>重庆招商…</a>", "重庆招商动态之一"),
        ("<a title='重庆招商动态之一'>重庆招商动态</a>", "重庆招商动态之一"),
        ("<a title='点击打开'>重庆招商动态</a>", "重庆招商动态"),
        ("<a title='标题：重庆招商\n作者：'>重庆招商动态</a>", "重庆招商动态"),
        ("<a title='重庆招商动态'><img></a>", "重庆招商动态"),
        ("<a>2025年<b>三</b>季度<script>var a;</script>招商动态</a>", "2025年三季度招商动态"),
    ],
)
def test_title_of_a_link(markup: str, title: str) -> None:
    assert title_of(markup) == title


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        ("[2025-07-09] 招商动态", "招商动态", "2025-07-09"),
        ("2025-07-09招商动态", "招商动态", "2025-07-09"),
        ("招商动态（2025年7月9日）", "招商动态", "2025年7月9日"),
        ("招商动态 2025/7/9 10:30", "招商动态", "2025/7/9"),
        ("2025年7月9日重庆召开招商大会", "2025年7月9日重庆召开招商大会", ""),
        ("招商手册（2025年版）", "招商手册（2025年版）", ""),
    ],
)
def test_date_at_the_edge_of_a_title(text: str, title: str, date: str) -> None:
    found, edge = split_edge_date(text)
    assert found == title
    assert date in edge if date else edge == ""


@pytest.mark.parametrize(
    "text", ["", "详情", "[详细]", "查看详情 >", "阅读全文", "Read More", "了解更多"]
)
def test_calls_to_read_are_no_titles(text: str) -> None:
    assert is_read_more(text)


@pytest.mark.parametrize("text", ["详情请见招商手册", "内容建设", "动态"])
def test_titles_are_no_calls_to_read(text: str) -> None:
    assert not is_read_more(text)
