"""Titles of several lines, and long ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from cqcrawler import read_article
from tests.reading.bare_pages import COLUMN, LABELS, SITE, TEXT, notice, page

LINES = {
    "two": ["石门县工业和信息化局关于认定2023年度", "轴承产业链重点企业的公示"],
    "three": ["石门县人民政府办公室", "关于做好2023年产业招商", "项目落地工作的通知"],
    "short end": ["石门县精密轴承产业园二期标准厂房及配套道路工程", "招标公告"],
}


def each(tag: str) -> Callable[[Sequence[str]], str]:
    return lambda lines: "".join(f"<{tag}>{line}</{tag.split()[0]}>" for line in lines)


MARKS = {
    "line breaks": "<br>".join,
    "paragraphs": each("p"),
    "centred": each("p align=center"),
    "two headings": each("h1"),
    "heading of paragraphs": lambda lines: f"<h2>{each('p')(lines)}</h2>",
    "strong": lambda lines: f"<strong>{'<br/>'.join(lines)}</strong>",
}


@pytest.mark.parametrize("head", ["", f"{COLUMN}——{SITE}", SITE])
@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_a_title_over_several_lines(lines: list[str], mark: Callable[..., str], head: str) -> None:
    html = page(notice(mark(lines)), head)
    assert read_article(html).title == " ".join(lines)
    rows = f"<tr><td>{mark(lines)}<tr><td>{LABELS}<tr><td>{TEXT}"
    assert read_article(page(f"<table>{rows}</table>", head)).title == " ".join(lines)


@pytest.mark.parametrize(
    "above",
    [
        f"<p class=c>{COLUMN}</p><p class=t>{{}}</p>",
        "<p>石门招商网</p><p>{}</p>",
        "<tr><td>石门要闻专栏选登<td>{}",
        "<p>{}</p><p>——来自轴承小镇的报告</p>",
    ],
)
def test_lines_of_other_kinds_are_not_joined(above: str) -> None:
    title = "石门县轴承产业链重点企业公示"
    assert read_article(page(notice(above.format(title)), SITE)).title == title


def test_a_title_printed_again_over_two_lines_below_its_labels() -> None:
    title = "关于印发《石门县轴承产业三年行动方案》的通知"
    again = f"<p>{title[:16]}</p><p>{title[16:]}</p><p>各乡镇人民政府：</p>"
    sign = "<p>石门县工业和信息化局</p><p>2023年8月10日</p>"
    html = page(notice(title, text=again + TEXT + sign), f"{COLUMN}——{SITE}")
    assert read_article(html).title == title


def test_a_short_title_above_the_whole_title_of_a_document() -> None:
    text = f"<p>石门县林业局关于</p><p>《森林防火应急预案》的通知</p>{TEXT}<p>2023年8月10日</p>"
    meta = "<meta name=ArticleTitle content=通知>"
    html = page(notice("通知", text=text), SITE).replace("<head>", f"<head>{meta}")
    assert read_article(html).title == "通知"


PLOTS = "、".join(f"43072620230{number}" for number in range(1, 13))


@pytest.mark.parametrize("head", ["", f"石门分中心-{COLUMN}"])
@pytest.mark.parametrize("tag", ["h1", "div"])
def test_a_title_that_lists_plots_is_long(tag: str, head: str) -> None:
    title = f"石门县{PLOTS}号地块标准厂房、配套用房及道路管网工程施工监理招标公告"
    assert len(title) > 160
    html = page(f"<div>石门分中心</div>{notice(f'<{tag}>{title}</{tag}>')}", head)
    assert read_article(html).title == title


def test_a_long_line_with_clauses_is_text() -> None:
    line = "石门县上半年新签约项目三十一个，其中装备制造项目十二个" * 6
    html = page(notice(f"<p>轴承产业园招商工作推进情况</p><p>{line}</p>"), SITE)
    assert read_article(html).title == "轴承产业园招商工作推进情况"


@pytest.mark.parametrize("head", ["", SITE])
@pytest.mark.parametrize("dashes", ["——", "－－", "--"])
def test_short_words_with_a_subtitle_in_their_element_are_a_title(head: str, dashes: str) -> None:
    title = f"携手石门<br>{dashes}致轴承企业的一封信"
    rows = f"<tr><td>{title}<tr><td>{LABELS}<tr><td>{TEXT}"
    article = read_article(page(f"<table>{rows}</table>", head))
    assert article.title == title.replace("<br>", " ")
