"""Rows are found in every layout that listings come in, and nothing else is taken for one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqcrawler.models import Link, Listing, Page
from cqcrawler.platforms import read_listing
from cqcrawler.reading.listing.listing import extract_listing
from cqcrawler.reading.page.document import open_page
from tests.golden.pages import LISTINGS, answer_of, pages
from tests.shared import SHARED

HOST = "http://cq.example.cn"
HERE = f"{HOST}/list/3.html"
FETCHED = datetime(2025, 9, 10, tzinfo=UTC)
CORPUS = SHARED / "corpus" / "listings"

Pairs = tuple[tuple[str, str], ...]

NOTICES: Pairs = (
    ("北碚滨江工厂引领先进制造升级", "2025-07-09"),
    ("【渝北区招商】渝北三个项目集中开工 总投资42亿元", "2025-07-08"),
    ("西南铝材一季度逆势增长", "2025-07-07"),
    ("长寿区新材料产业园招商手册（2025年版）发布", "2025-06-30"),
    ("关于举办智能装备产业对接会的通知", "2025-06-28"),
)
SUMMARY = "2023年5月6日，两地联合主办了产业对接会，推动17个项目签约，将进一步完善产业链。"
NAVIGATION = "".join(
    f'<li><a href="{path}">{name}</a></li>'
    for path, name in (
        ("/", "首页"),
        ("/park/", "产业园区"),
        ("/policy/", "招商政策"),
        ("/list/5.html", "土地招拍挂"),
        ("/flow.html", "投资流程"),
        ("/login.html", "登录"),
    )
)
FOOT = """<p><a href="/about/1.html">关于我们</a> <a href="/about/2.html">联系我们</a>
<a href="http://beian.example.cn/">渝ICP备12345678号</a></p><p>友情链接：
<a href="http://www.cq.example/">重庆市人民政府门户网站</a>
<a href="http://www.sw.example/">中华人民共和国商务部网站</a>
<a href="http://www.fg.example/">国家发展和改革委员会网站</a></p>"""
HOT = "<h3>热门推荐</h3><ul>{}</ul>".format(
    "".join(
        f'<li><a href="/info/detail/{number}.html">多年来读者最多的一则招商动态之{number}</a></li>'
        for number in range(900, 908)
    )
)


def path(index: int) -> str:
    return f"/info/detail/{9132 + index}.html"


def page(content: str, aside: str = "") -> str:
    return (
        f"<html><head><title>招商动态</title></head><body><ul>{NAVIGATION}</ul>{aside}"
        f"{content}{FOOT}</body></html>"
    )


def rows_of(template: str, wrapper: str = "<div>{}</div>", notices: Pairs = NOTICES) -> str:
    filled = (
        template.format(
            url=path(index),
            title=title,
            cut=title[:9],
            date=date,
            year=date[:4],
            month=date[5:7],
            day=date[8:],
            summary=SUMMARY,
        )
        for index, (title, date) in enumerate(notices)
    )
    return wrapper.format("".join(filled))


def read(markup: str | bytes, url: str = HERE) -> Listing:
    return extract_listing(open_page(Page(url, markup, "text/html", FETCHED)))


def expected(notices: Pairs = NOTICES) -> tuple[Link, ...]:
    return tuple(
        Link(HOST + path(index), title, date) for index, (title, date) in enumerate(notices)
    )


UL = "<div><ul>{}</ul></div>"
TABLE = "<table>{}</table>"
LAYOUTS = {
    "list": ("<li><a href='{url}'>{title}</a><span>{date}</span></li>", UL),
    "table": ("<tr><td>1</td><td><a href='{url}'>{title}</a></td><td>{date}</td></tr>", TABLE),
    "table in a layout table": (
        "<tr><td>·<a href='{url}'>{title}</a></td><td>[{date}]</td></tr><tr><td>-</td></tr>",
        "<table><tr><td><table><tr><td><a href='/c1/'>招商政策</a></td></tr></table></td>"
        "<td><table>{}</table></td></tr></table>",
    ),
    "section before the title": (
        "<li>[<a href='/list/9.html'>动态</a>] <a href='{url}'>{title}</a> {date}</li>",
        UL,
    ),
    "section column": (
        "<tr><td><a href='/list/9.html'>招商动态</a></td><td><a href='{url}'>{title}</a></td>"
        "<td>{year}/{month}/{day}</td></tr>",
        TABLE,
    ),
    "definition list": ("<dt><a href='{url}'>{title}</a></dt><dd>{date}</dd>", "<dl>{}</dl>"),
    "definition list with summary": (
        "<dt><a href='{url}'>{title}</a></dt><dd>{summary}<a href='{url}'>[详细]</a></dd>"
        "<dd>发布日期：{date} 浏览：33</dd>",
        "<dl>{}</dl>",
    ),
    "date in the next block": ("<div><a href='{url}'>{title}</a></div><div>{date}</div>", UL),
    "date in the block before": ("<div>{date}</div><div><a href='{url}'>{title}</a></div>", UL),
    "line breaks": ("· <a href='{url}'>{title}</a> ({date})<br>", "<div>{}</div>"),
    "line breaks, date first": ("{date} <a href='{url}'>{title}</a><br>", "<div>{}</div>"),
    "paragraphs in the body": ("<p><a href='{url}'>{title}</a> {date}</p>", "{}"),
    "block link": (
        "<a href='{url}'><h3>{title}</h3><p>{summary}</p><span>{date}</span></a>",
        "<div>{}</div>",
    ),
    "block link without heading": (
        "<a href='{url}'><p>{title}</p><p>{summary}</p><p>{date}</p></a>",
        "<div>{}</div>",
    ),
    "badge and counter": (
        "<div><a href='{url}'><h3><span>置顶</span><p>{title}</p><div><i>1056</i>"
        "<i>{date}</i></div></h3></a></div>",
        "<div>{}</div>",
    ),
    "thumbnail": (
        "<div><a href='{url}'><img src='1.jpg'></a><div><a href='{url}'>{title}</a>"
        "<p>{summary}</p><em>时间：{year}.{month}.{day}</em></div></div>",
        "<div>{}</div>",
    ),
    "title not linked": (
        "<div><h2>{title}</h2><p>发布：{date}</p><a href='{url}'>查看详情</a></div>",
        "<div>{}</div>",
    ),
    "script link": (
        "<li><a href='javascript:;' onclick='openUrl(\"{url}\")'>{title}</a> {date}</li>",
        UL,
    ),
    "script on the row": ("<li onclick='jumpToDetail(\"{url}\")'>{title}<i>{date}</i></li>", UL),
    "cut title": ("<li><a href='{url}' title='{title}'>{cut}...</a> {date}</li>", UL),
    "characters apart": (
        "<li><a href='{url}' title='{title}'><b></b>{cut}<b></b></a> {date}</li>",
        UL,
    ),
    "large day": (
        "<li><b>{day}</b><i>{year}-{month}</i><a href='{url}'>{title}</a></li>",
        UL,
    ),
    "year apart": (
        "<li><b>{month}-{day}</b><i>{year}</i><a href='{url}'>{title}</a></li>",
        UL,
    ),
    "large day in the link": (
        "<li><a href='{url}'><span><b>{day}</b><i>{year}/{month}</i></span>{title}</a></li>",
        UL,
    ),
    "day, month and year apart": (
        "<li><a href='{url}'><b>{day}</b><i>{month}月</i><i>{year}</i><h3>{title}</h3></a></li>",
        UL,
    ),
    "date leads the title": ("<li><a href='{url}'>[{date}] {title}</a></li>", UL),
    "date ends the title": ("<li><a href='{url}'>{title}（{date}）</a></li>", UL),
    "Chinese date with labels": (
        "<li><a href='{url}'>{title}</a>"
        "<p>所属地区:重庆 发布日期:{year}年{month}月{day}日</p></li>",
        UL,
    ),
    "deadline beside": (
        "<li><a href='{url}'>{title}</a> 截止日期：2026-01-01 <i>发布日期：</i><i>{date}</i></li>",
        UL,
    ),
    "date of today": ("<li><a href='{url}'>{title}</a><i>{month}-{day}</i></li>", UL),
    "deep": (
        "<article><div><div><div><div><div><h4><a href='{url}'><b>{title}</b></a></h4></div>"
        "</div></div></div></div><footer><div><time>{date}</time></div></footer></article>",
        "<section>{}</section>",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_of_every_layout(layout: str) -> None:
    assert read(page(rows_of(*LAYOUTS[layout]))).rows == expected()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_beside_recommended_ones(layout: str) -> None:
    assert read(page(rows_of(*LAYOUTS[layout]), aside=HOT)).rows == expected()


@pytest.mark.parametrize("layout", ["list", "table", "deep", "line breaks"])
@pytest.mark.parametrize("count", [1, 2])
def test_short_last_page(layout: str, count: int) -> None:
    few = NOTICES[:count]
    assert read(page(rows_of(*LAYOUTS[layout], notices=few))).rows == expected(few)


def test_rows_without_dates() -> None:
    markup = page(rows_of("<li><a href='{url}'>{title}</a></li>", UL), aside=HOT)
    assert read(markup).rows == tuple(Link(row.url, row.title) for row in expected())


def test_short_titles_in_an_even_list() -> None:
    names = tuple((f"项目{number}号", "") for number in range(6))
    markup = page(rows_of("<li><a href='{url}'>{title}</a></li>", UL, names))
    assert [row.title for row in read(markup).rows] == [name for name, _ in names]


@pytest.mark.parametrize(
    ("outer", "inner", "item"),
    [
        ("<table>{}</table>", "<tr>{}</tr>", "<td><a href='{url}'>{title}</a><br>{date}</td>"),
        ("<div>{}</div>", "<ul>{}</ul>", "<li><a href='{url}'>{title}</a> {date}</li>"),
        ("<div>{}</div>", "<div>{}</div>", "<p><a href='{url}'>{title}</a></p><p>{date}</p>"),
    ],
)
def test_rows_in_several_containers(outer: str, inner: str, item: str) -> None:
    items = [
        item.format(url=path(index), title=title, date=date)
        for index, (title, date) in enumerate(NOTICES)
    ]
    pairs = ("".join(items[start : start + 2]) for start in range(0, len(items), 2))
    markup = page(outer.format("".join(map(inner.format, pairs))))
    assert read(markup).rows == expected()


def test_home_page_gives_the_rows_of_all_its_blocks() -> None:
    item = "<li><a href='{url}'>{title}</a><span>{date}</span></li>"
    wrapper = "<h2>招商项目</h2><ul>{}</ul><a href='/list/1.html'>更多&gt;&gt;</a>"
    other = "".join(
        f"<li><a href='/zcwj/t2025070{day}_{day}.html'>招商政策之{day}的全文和解读</a>"
        f"<span>2025-07-0{day}</span></li>"
        for day in range(1, 4)
    )
    markup = page(rows_of(item, wrapper) + f"<h2>最新政策</h2><ul>{other}</ul>")
    assert len(read(markup, HOST + "/").rows) == len(NOTICES) + 3


def test_rows_are_counted_in_their_links() -> None:
    for number in ("<i>{n}</i>", "<b>{n}.</b>", "<span>0{n}</span>"):
        items = "".join(
            f"<li><a href='{path(n)}'>{number.format(n=n + 1)}{title}</a> {date}</li>"
            for n, (title, date) in enumerate(NOTICES)
        )
        assert read(page(f"<ul>{items}</ul>")).rows == expected()


def test_numbers_that_titles_begin_with_stay() -> None:
    notices = tuple((f"{n}个项目在渝北区集中签约", f"2025-07-0{n}") for n in (5, 4, 6, 7))
    markup = rows_of("<li><a href='{url}'>{title}</a> {date}</li>", UL, notices)
    for number in "5467":
        markup = markup.replace(f">{number}个", f"><b>{number}</b>个")
    assert read(page(markup)).rows == expected(notices)


def test_a_dated_list_beside_a_longer_menu_of_long_names() -> None:
    menu = "".join(
        f"<dd><a href='/bszn/{n}.html'>外商投资企业设立登记办理指南之{n}</a></dd>"
        for n in range(30)
    )
    markup = f"<dl>{menu}</dl>{rows_of(*LAYOUTS['list'])}"
    assert set(expected()) <= set(read(page(markup)).rows)


def test_a_day_that_the_title_has_too_is_one() -> None:
    notices = tuple((f"第{day}批项目集中签约", f"2025-07-{day}") for day in range(11, 15))
    layout = (
        "<li><a href='{url}'><b>{day}</b><i>{year}-{month}</i><h3>{title}</h3></a></li>",
        UL,
    )
    assert read(page(rows_of(*layout, notices))).rows == expected(notices)


COLUMN = (
    "<h3>{}</h3><ul>"
    + "".join(
        f"<li><a href='/tzgg/202507/{day}.html'>关于召开第{day}次会的通知</a> 2025-07-{day}</li>"
        for day in range(11, 15)
    )
    + "</ul>"
)
PAGER = "<p><b>1</b> <a href='3_2.html'>2</a> <a href='3_2.html'>下一页</a></p>"


@pytest.mark.parametrize("wrapper", ["{column}<div>{rows}{pager}</div>", "{rows}{pager}{column}"])
@pytest.mark.parametrize("date", ["<i>{date}</i>", ""])
def test_another_column_beside_a_paged_list(wrapper: str, date: str) -> None:
    rows = rows_of(f"<li><a href='{{url}}'>{{title}}</a>{date}</li>", UL)
    markup = page(wrapper.format(column=COLUMN.format("通知公告"), rows=rows, pager=PAGER))
    assert [row.url for row in read(markup).rows] == [row.url for row in expected()]


def test_another_block_of_a_paged_list() -> None:
    """Without a heading of its own, or from the same folder, it is of the list."""
    rows = rows_of(*LAYOUTS["list"])
    for block in (COLUMN.replace("<h3>{}</h3>", ""), COLUMN.replace("/tzgg/202507", "/detail")):
        markup = page(f"<div>{block.format('通知公告')}</div>{rows}{PAGER}")
        assert len(read(markup).rows) == len(NOTICES) + 4


def test_addresses_are_resolved_as_browsers_do() -> None:
    addresses = {
        " detail/1.html\n#top ": HOST + "/info/detail/1.html",
        "//WWW.Example.cn:80/a/2.html": "http://www.example.cn/a/2.html",
        "..\\news\\3.html": HOST + "/news/3.html",
        "/招商/4 5.html": HOST + "/%E6%8B%9B%E5%95%86/4%205.html",
        "?id=6&from=weixin": HOST + "/info/?id=6&from=weixin",
    }
    items = "".join(
        f"<li><a href='{address}'>第{n}则招商动态的标题</a> 2025-07-0{n}</li>"
        for n, address in enumerate(addresses, 1)
    )
    markup = f"<html><head><base href='/info/'></head><body><ul>{items}</ul></body></html>"
    assert [row.url for row in read(markup).rows] == list(addresses.values())


def test_queries_are_in_the_encoding_of_the_page() -> None:
    markup = (
        "<html><head><meta charset=gbk></head><body><ul>"
        + "".join(
            f"<li><a href='show.asp?lm=招商&id={n}'>重庆招商动态第{n}则</a> 2025-07-0{n}</li>"
            for n in range(1, 5)
        )
        + "</ul></body></html>"
    ).encode("gbk")
    assert read(markup).rows[0].url == f"{HOST}/list/show.asp?lm=%D5%D0%C9%CC&id=1"


@pytest.mark.parametrize(
    "href", ["#", "javascript:;", "mailto:a@b.cn", "tel:110", "data:text/html,x", "http://[x", ""]
)
def test_links_that_lead_to_no_page_are_no_rows(href: str) -> None:
    items = f"<li><a href='{href}'>这一则没有可以打开的页面</a> 2025-07-01</li>" * 5
    listing = read(f"<html><body><ul>{items}</ul></body></html>")
    assert (listing.rows, listing.sections) == ((), ())


def test_page_without_notices_has_no_rows() -> None:
    assert read(page("<h1>联系我们</h1><p>地址：重庆市渝北区。</p>")).rows == ()


def test_sections_are_short_links_that_may_list() -> None:
    found = read(page(rows_of(*LAYOUTS["list"]) + "<a href='/files/1.pdf'>手册</a>")).sections
    names = [section.title for section in found]
    assert names[:4] == ["首页", "产业园区", "招商政策", "土地招拍挂"]
    assert not {"登录", "手册"} & set(names)
    assert all(section.url.startswith(HOST) for section in found)


@given(st.text("<>/ahrefliudt='\"= \n0-1招商", max_size=300))
@settings(max_examples=200)
def test_odd_markup_never_raises(noise: str) -> None:
    read(page(rows_of(*LAYOUTS["list"])).replace("</li>", noise, 2))


@pytest.mark.parametrize("url", ["", "about:blank", "http://[bad", "file:///tmp/x.html"])
def test_odd_addresses_of_the_page_never_raise(url: str) -> None:
    read(page(rows_of(*LAYOUTS["list"])), url)


ListPage = tuple[Path, str, list[Link]]


def corpus_pages() -> Iterator[ListPage]:
    file = CORPUS / "gold.jsonl"
    for gold in map(json.loads, file.read_text().splitlines() if file.exists() else ()):
        base = "http://www.socchina.net/" if gold["id"] == "soc_notice" else gold["url"] or HERE
        rows = [Link(urljoin(base, i["href"]), i["title"], i["date"]) for i in gold["items"]]
        yield CORPUS / "pages" / f"{gold['id']}.html", base, rows


def golden_pages() -> Iterator[ListPage]:
    for page in pages(LISTINGS):
        if "rows" not in page.faults:
            yield page.path, page.url, [Link(**row) for row in answer_of(page)["rows"]]


@pytest.mark.parametrize(
    ("path", "url", "rows"),
    [pytest.param(*page, id=page[0].stem) for page in (*golden_pages(), *corpus_pages())],
)
def test_pages_of_portals(path: Path, url: str, rows: list[Link]) -> None:
    page = Page(url, path.read_bytes(), "text/html", FETCHED)
    assert list(read_listing(open_page(page)).rows) == rows
