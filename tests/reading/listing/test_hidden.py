"""What a page hides is read from it neither as an article nor as a listing."""

from __future__ import annotations

import pytest

from cqcrawler import read_article, read_listing
from cqcrawler.reading.page.lines import read_lines

HERE = "http://cq.example.cn/list/"
TITLES = [
    "北碚滨江工厂引领先进制造升级",
    "渝北三个项目集中开工 总投资42亿元",
    "西南铝材一季度逆势增长",
    "长寿区新材料产业园招商手册发布",
]
OTHERS = [f"{title}（读者最多）" for title in TITLES]
HIDING = [
    "<div style='display:none'>{}</div>",
    "<DIV STYLE='DISPLAY: NONE'>{}</DIV>",
    "<div style='visibility : hidden'>{}</div>",
    "<div hidden>{}</div>",
    "<div hidden=''>{}</div>",
    "<section style='color:red;display:none;'><div><div>{}</div></div></section>",
    "<div style='height:0;overflow:hidden'>{}</div>",
    "<div style='opacity:0'>{}</div>",
    "<div style='position:absolute;left:-9999px'>{}</div>",
    "<template>{}</template>",
    "<noscript>{}</noscript>",
    "<textarea>{}</textarea>",
    "<script type='text/template'>{}</script>",
    "<!-- {} -->",
]
SHOWING = [
    "<div>{}</div>",
    "<div style='display:block'>{}</div>",
    "<div data-state=hidden class=hidden>{}</div>",
    "<div style='overflow:hidden'>{}</div>",
    "<div style='font-size:0'>{}</div>",
    "<div style='position:absolute;left:-1920px'>{}</div>",
    "<div style='opacity:0;transform:none'>{}</div>",
    "<div style='display:none'></div><div>{}</div>",
]
PAGER = "<p>共88条</p><a href=2.html>2</a><a href=3.html>3</a><a href=2.html>下一页</a>"


def rows(titles: list[str], first: int = 1) -> str:
    items = (
        f"<li><a href=/info/{number}.html>{title}</a> 2025-07-0{number % 9 + 1}</li>"
        for number, title in enumerate(titles, first)
    )
    return f"<ul>{''.join(items)}</ul>"


def titles_of(markup: str) -> list[str]:
    return [row.title for row in read_listing(markup, HERE).rows]


@pytest.mark.parametrize("hiding", HIDING)
def test_a_hidden_list_gives_no_rows(hiding: str) -> None:
    hidden = hiding.format(rows(OTHERS * 3, 50))
    assert titles_of(rows(TITLES) + hidden) == TITLES
    assert titles_of(hidden + rows(TITLES)) == TITLES
    assert titles_of(hidden) == []


@pytest.mark.parametrize("hiding", HIDING)
def test_a_hidden_pager_gives_neither_pages_nor_a_total(hiding: str) -> None:
    listing = read_listing(rows(TITLES) + hiding.format(PAGER), HERE)
    assert (listing.next_urls, listing.declared_total) == ((), None)
    assert len(listing.rows) == len(TITLES)


@pytest.mark.parametrize("hiding", HIDING)
def test_hidden_words_are_none_of_a_row(hiding: str) -> None:
    hidden = hiding.format("<p>2012-02-02</p>").replace("div", "span").replace("DIV", "SPAN")
    markup = rows(TITLES).replace("</a> ", f"</a>{hidden} ")
    listing = read_listing(markup, HERE)
    assert [(row.title, row.published) for row in listing.rows] == [
        (title, f"2025-07-0{number + 1}") for number, title in enumerate(TITLES, 1)
    ]


@pytest.mark.parametrize("hiding", HIDING)
def test_the_lines_of_an_article_hide_the_same(hiding: str) -> None:
    assert read_lines(f"<p>一</p>{hiding.format('<p>隐藏</p>')}<p>二</p>").texts == ["一", "二"]


@pytest.mark.parametrize("showing", SHOWING)
def test_a_list_that_is_shown_gives_its_rows(showing: str) -> None:
    listing = read_listing(showing.format(rows(TITLES) + PAGER), HERE)
    assert [row.title for row in listing.rows] == TITLES
    assert listing.declared_total == 88
    assert listing.next_urls[0] == f"{HERE}2.html"


def test_a_list_that_is_visible_inside_an_invisible_element_gives_its_rows() -> None:
    seen = f"<div style='visibility:visible'>{rows(TITLES)}</div>"
    assert titles_of(f"<div style='visibility:hidden'>{rows(OTHERS, 50)}{seen}</div>") == TITLES


def test_of_tabs_the_open_one_gives_rows_and_all_give_sections() -> None:
    more = "<a href=/news/>招商动态</a>", "<a href=/policy/>优惠政策</a>"
    page = (
        f"<div class=tab>{more[0]}{rows(TITLES)}</div>"
        f"<div class=tab style='display:none'>{more[1]}{rows(OTHERS, 50)}</div>"
    )
    listing = read_listing(page, HERE)
    assert [row.title for row in listing.rows] == TITLES
    assert [section.title for section in listing.sections] == ["招商动态", "优惠政策"]


@pytest.mark.parametrize("tag", ["html", "body"])
def test_a_page_that_hides_all_of_itself_waits_for_its_script(tag: str) -> None:
    page = f"<html><body>{rows(TITLES)}{PAGER}</body></html>"
    listing = read_listing(page.replace(f"<{tag}>", f"<{tag} style='visibility:hidden'>"), HERE)
    assert [row.title for row in listing.rows] == TITLES
    assert listing.declared_total == 88


def test_a_hidden_choice_of_pages_is_no_pager() -> None:
    options = "".join(f"<option value={n}.html>{n}</option>" for n in range(1, 4))
    shown = read_listing(f"{rows(TITLES)}<select>{options}</select>", f"{HERE}1.html")
    hidden = read_listing(f"{rows(TITLES)}<select hidden>{options}</select>", f"{HERE}1.html")
    assert (len(shown.next_urls), len(hidden.next_urls)) == (2, 0)


def test_an_article_beside_a_hidden_list_is_read_as_ever() -> None:
    text = "项目总投资20亿元，全部达产后可提供就业岗位五百个。"
    page = f"<h1>{TITLES[0]}</h1><p>发布时间：2025-07-07</p><p>{text}</p>"
    hidden = f"<div style='display:none'>{rows(OTHERS)}</div>"
    assert read_article(page + hidden, HERE).paragraphs == (text,)
