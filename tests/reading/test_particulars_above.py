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
