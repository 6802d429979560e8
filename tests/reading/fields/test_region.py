"""A place in several words, with other labels behind it."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from tests.reading.bare_pages import LABELS, TEXT, page

PLACES = [
    "湖南 常德 石门县",
    "湖南常德石门县",
    "湖南-常德-石门县",
    "湖南 · 常德 · 石门县",
    "湖南/常德/石门县",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("label", ["地区：", "所属地区:", "所属区域："])
@pytest.mark.parametrize(
    "behind",
    [
        "",
        "  发布于 2023年8月14日 星期一",
        " 2023-08-14 09:26 浏览 31",
        "发布日期：2023-08-14",
        "来源：石门招商",
        " 更新 2023-08-14",
        " | 阅读 31",
        "（壶瓶山镇）",
        " 电话：0736-0000000",
        " 作者 张三",
    ],
)
def test_the_whole_place_is_read(label: str, place: str, behind: str) -> None:
    html = page(f"<div><h1>轴承厂房招租</h1><p>{label}{place}{behind}</p>{TEXT}</div>")
    article = read_article(html)
    assert (article.region, article.district) == (place, "石门县")


def test_words_that_only_begin_like_a_place_are_none() -> None:
    html = page(f"<div><h1>轴承厂房招租</h1><p>地区：重庆啤酒集团 来源：本站</p>{TEXT}</div>")
    article = read_article(html)
    assert (article.region, article.place) == ("重庆啤酒集团", None)


def test_a_linked_column_behind_a_label_is_none_of_its_value() -> None:
    labels = (
        "<span>所属地区：<a href=/changde>湖南-常德-石门县</a></span><span>来源：石门招商</span>"
        "<span><a href=/cf>厂房租售</a></span>"
    )
    article = read_article(page(f"<div><h1>轴承厂房招租</h1><p>{labels}</p>{TEXT}</div>"))
    assert (article.region, article.source) == ("湖南-常德-石门县", "石门招商")


@pytest.mark.parametrize("label", ["落户地区", "厂房所在地", "招商区域", "企业属地"])
@pytest.mark.parametrize("place", ["湖南-常德", "湖南省 常德市", "常德市桃溪县"])
def test_a_label_that_looks_like_that_of_a_region_is_one(label: str, place: str) -> None:
    labels = f"<p>来源：石门招商 {label}：{place} 点击：31</p>"
    article = read_article(page(f"<div><h1>轴承厂房招租</h1>{labels}{TEXT}</div>"))
    assert (article.region, article.source) == (place, "石门招商")


@pytest.mark.parametrize("value", ["轴承及配件", "湖南 湖北 江西", "全国各省"])
def test_it_is_none_before_anything_but_one_place(value: str) -> None:
    html = page(f"<div><h1>轴承厂房招租</h1><p>供货区域：{value}</p>{TEXT}</div>")
    assert read_article(html).region is None


def test_a_label_that_we_know_goes_before_it() -> None:
    labels = "<p>供货区域：湖北</p><p>所属地区：湖南-常德</p>"
    article = read_article(page(f"<div><h1>轴承厂房招租</h1>{labels}{TEXT}</div>"))
    assert article.region == "湖南-常德"


def test_among_other_particulars_it_is_text() -> None:
    particulars = "<p>厂房所在地：湖南常德</p><p>厂房面积：三千平方米</p>"
    article = read_article(page(f"<div><h1>轴承厂房招租</h1>{LABELS}{particulars}{TEXT}</div>"))
    assert "厂房所在地：湖南常德" in article.body


def test_a_place_that_nobody_knows_with_a_button_behind_it() -> None:
    labels = "<span>地区：青木石县</span> <span>我要评论(<em>0</em>)</span>"
    article = read_article(page(f"<div><h1>轴承厂房招租</h1><p>{labels}</p>{TEXT}</div>"))
    assert article.region == "青木石县"
