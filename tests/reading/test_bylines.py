"""Particulars of a notice as sites print them beside each other, with a count behind."""

from __future__ import annotations

import pytest

from cqcrawler import read_article

TEXT = "白石镇冷链仓库昨天开仓，首批入库的是当地果农的六百吨脐橙，明年还要扩建一倍。"


def page(line: str) -> str:
    return f"<h1>白石镇冷链仓库开仓</h1><div class=m>{line}</div><div><p>{TEXT}</p></div>"


@pytest.mark.parametrize(
    "line",
    [
        "2023-03-04 来源 Source：白石日报",
        "日期 Date：2023-03-04 来源 Source：白石日报",
        "2023-03-04 来源｜白石日报",
        "2023-03-04 文源：白石日报",
        "<span>2023-03-04</span><span>来源：白石日报</span><span><i></i>641</span>",
        "<span>2023-03-04</span><span>来源：白石日报</span><span>阅读量 641</span>",
        "（白石日报　2023-03-04）",
        "<span>白石日报</span><span>2023-03-04 07:03</span><span>地区：湖南</span>",
    ],
)
def test_the_source_of_a_byline(line: str) -> None:
    article = read_article(page(line))
    assert (article.source, article.published) == ("白石日报", "2023-03-04")
    assert article.paragraphs == (TEXT,)


def test_a_count_behind_a_date_is_no_part_of_it() -> None:
    line = "<span>发布于 2023.03.04</span><span><i></i>465</span>"
    assert read_article(page(line)).published == "2023-03-04"


@pytest.mark.parametrize(
    ("line", "region"),
    [
        ("<span>所属地区：湖南 白杨市</span><span>发布于 2023-03-04</span>", "湖南 白杨市"),
        ("<span>地区：白杨·锦溪区</span><span>发布于 2023-03-04</span>", "白杨·锦溪区"),
        ("<span>所在地：湖南石门县</span><span>2023-03-04</span>", "湖南石门县"),
        ("<span>所属地区：湖南石门县</span><span><i></i>1443</span>", "湖南石门县"),
    ],
)
def test_the_place_of_a_byline(line: str, region: str) -> None:
    assert read_article(page(line)).region == region


def test_an_account_before_the_date_is_no_section() -> None:
    line = "<span>园区动态</span><span>2023-03-04 07:03</span><span>浏览 12</span>"
    assert read_article(page(line)).source is None
