"""Official pages: titles with dates, tables of particulars above the title, empty labels."""

from __future__ import annotations

import pytest

from cqcrawler import read_article

SITE = "江城市政府信息公开网"
TITLE = "江城市饮用水水源地水质状况公告"
TEXT = "本月共监测九个水源地，达标率为百分之百，水质保持稳定。"
MENU = "".join(f"<li><a href=/{i}>{name}</a>" for i, name in enumerate(["首页", "公开目录"]))


def page(title: str, labels: str, text: str = f"<p>{TEXT}</p>", title_tag: str = SITE) -> str:
    head = f"<title>{title_tag}</title><ul>{MENU}</ul>"
    return f"{head}<div><div>{title}</div>{labels}<div>{text}</div></div><p>版权所有：江城市</p>"


@pytest.mark.parametrize(
    "title",
    [
        "2022年4月9日0-24时江城市疫情情况",
        "市气象台2022年07月14日15时20分发布高温橙色预警信号",
    ],
)
def test_a_date_amid_a_title_that_the_head_does_not_state(title: str) -> None:
    article = read_article(page(title, "<p>发布时间：2022-07-15</p>"))
    assert (article.title, article.published) == (title, "2022-07-15")


def test_columns_in_brackets_are_no_title() -> None:
    columns = "<p>[ 江城市工业和信息化局 ] [ 2022-3-21 ] [ 阅读 356 次 ]</p>"
    article = read_article(page(TITLE, columns))
    assert (article.title, article.published) == (TITLE, "2022-03-21")


@pytest.mark.parametrize(
    "labels",
    [
        "<p>发布时间：2022-03-21 来源：</p>",
        "<table><tr><td>浏览次数：<td>来源：<td>字号：[ 大 中 小 ]</table>",
        "<p>来源：</p>",
    ],
)
@pytest.mark.parametrize("first", ["江环发〔2022〕17号", "本月水质保持稳定，请市民放心饮用。"])
def test_the_text_is_no_value_of_an_empty_label(labels: str, first: str) -> None:
    text = f"<p>{first}</p><p>{TEXT}</p>"
    article = read_article(page(TITLE, labels, text, f"{TITLE}-{SITE}"))
    assert article.paragraphs == (first, TEXT)
    assert article.source is None


def test_a_text_below_a_table_of_empty_particulars() -> None:
    rows = "<dl><dt>文号:<dd><dt>关键词:<dd><dt>有效性:<dd>有效</dl>"
    article = read_article(page("", f"{rows}<div>{TITLE}</div>", f"江环发〔2022〕17号<br>{TEXT}"))
    assert article.title == TITLE
    assert article.paragraphs == ("江环发〔2022〕17号", TEXT)


def test_a_table_is_the_text_though_the_particulars_state_its_title() -> None:
    title = "农贸市场主要农产品价格监测（3月18日）"
    cells = ["品名", "今日均价", "大米", "2.85", "面粉", "2.60", "精瘦肉", "14.20"]
    rows = "".join(f"<tr><td>{a}<td>{b}" for a, b in zip(cells[::2], cells[1::2], strict=True))
    table = f"<table><tr><td>信息名称：<td>{title}<tr><td>有效性：<td>有效</table>"
    labels = "<p>发布时间：2024-03-18 字体：[大 中 小]</p><div><a href=#>分享</a></div>"
    html = page("", f"{table}<p>{title}</p>{labels}", f"<table>{rows}</table>")
    article = read_article(html.replace(SITE, title))
    assert article.paragraphs == tuple(cells)


@pytest.mark.parametrize("label", ["信息名称：", "名　　称：", "【标题】"])
def test_a_short_title_that_a_label_names(label: str) -> None:
    labels = f"<ul><li>{label}征收土地公告<li>发布日期：2012-08-21</ul>"
    article = read_article(page("", f"{labels}<div>征收土地公告</div>"))
    assert (article.title, article.paragraphs) == ("征收土地公告", (TEXT,))


def test_a_report_of_one_day_is_a_title() -> None:
    title = "清溪县环境空气质量日报（2018年12月3日）"
    article = read_article(page(title, "<p>发布时间：2018-12-04</p>"))
    assert (article.title, article.published) == (title, "2018-12-04")


def test_a_short_title_of_two_words() -> None:
    side = "<h2>最新公告</h2><a href=/8>义诊活动</a><p><a href=/9>放假安排</a>"
    article = read_article(page(f"{side}</div><div>主任医师 刘海燕", "<p>时间：2021-03-15</p>"))
    assert article.title == "主任医师 刘海燕"


def test_a_title_of_two_characters_that_the_head_states() -> None:
    side = "".join(f"<li><a href=/{i}>部门财政信息公开第{i}号</a>" for i in range(30))
    html = page(
        f"<ul>{side}</ul><dl><dt>公开期限<dd>长期</dl><div>公告</div>", "", title_tag="公告"
    )
    article = read_article(f"<h1>清溪县政府信息公开</h1>{html}")
    assert (article.title, article.paragraphs) == ("公告", (TEXT,))


def test_the_foot_below_a_signature_is_no_title() -> None:
    signed = "<p>特此公告。</p><p>江城市生态环境局</p><p>2012年8月21日</p>"
    text = f"<p>江环发〔2012〕31号</p><p>{TEXT}</p>{signed}"
    html = page("征收土地公告", "<p>时间：2012-08-21</p>", text, "江城市环保局")
    article = read_article(html.replace("版权所有：江城市", "江城市环保局 地址：岳麓大道1号"))
    assert article.title == "征收土地公告"
    assert article.paragraphs[1] == TEXT
