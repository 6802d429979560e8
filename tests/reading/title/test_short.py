"""Short titles beside tags, tips, forms and columns."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from tests.reading.bare_pages import COLUMN, LABELS, SITE, TEXT, notice, page

TITLES = ["通知", "公告", "人才公寓", "石门乙公司", "轴承检测中心"]
HEADS = [f"{COLUMN}——{SITE}", f"{COLUMN}_{SITE}", SITE, f"{SITE} {COLUMN}"]
FORM = (
    "<table><tr><td>请输入标题关键字<tr><td>按时间查询<tr><td>起<td>止</table>",
    "<div>全文搜索</div><div>请选择所在园区</div>",
)
TIPS = "<div><a>[一键分享]</a><div>扫描二维码（请使用微信扫一扫）</div></div>"


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("form", FORM)
@pytest.mark.parametrize("title", TITLES)
def test_beside_a_form(title: str, form: str, head: str) -> None:
    rows = f"<table><tr><td>{title}<tr><td>{LABELS}<tr><td>{TEXT}</table>"
    assert read_article(page(form + rows, head)).title == title
    assert read_article(page(form + notice(title), head)).title == title


@pytest.mark.parametrize("head", [*HEADS, "{}_" + SITE, "{}"])
@pytest.mark.parametrize("title", TITLES)
def test_above_a_tip_for_sharing(title: str, head: str) -> None:
    html = page(notice(f"<h1>{title}</h1>{TIPS}"), head.format(title))
    assert read_article(html).title == title


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("title", TITLES)
def test_below_a_column_with_a_list(title: str, head: str) -> None:
    rows = "<li><a href=/8.html>轴承小镇获评示范园区</a><li><a href=/9.html>招商专班赴沪对接</a>"
    html = page(f"<div><h3>{COLUMN}</h3><ul>{rows}</ul></div>{notice(title)}", head)
    assert read_article(html).title == title


def test_tags_above_labels_are_no_title() -> None:
    tags = "<ul><li>招商项目<li>制造业</ul>"
    title = "精密轴承产业园二期厂房招租"
    assert read_article(page(notice(f"<p>{title}</p>{tags}"), SITE)).title == title


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("title", TITLES)
def test_above_tags_and_below_the_name_of_the_site(title: str, head: str) -> None:
    tags = "<div><span>厂房</span><span>轴承</span></div>"
    assert read_article(page(notice(f"<div>{title}</div>{tags}"), head)).title == title
    site = f"<h1>{SITE}</h1>{notice(f'<h2>{title}</h2>')}"
    assert read_article(page(site, head)).title == title


@pytest.mark.parametrize("title", [*TITLES, "轴承产业园二期标准厂房面向社会招租"])
def test_below_labels_of_a_form(title: str) -> None:
    form = "<form>标题：<input> 时间：<input><input type=submit></form>"
    labels = "<p>时间：2023-08-14</p>"
    assert read_article(page(form + notice(title, labels), SITE)).title == title


def test_the_heading_of_a_part_is_no_title() -> None:
    text = (
        "<p>因工作需要，现面向社会公开招聘招商专员三名。</p><h3>一、报名条件</h3><p>本科以上。</p>"
    )
    page = f"<title>招聘启事-县投资促进局</title><div><p>招聘启事</p><p>2024-03-05</p>{text}</div>"
    article = read_article(page)
    assert (article.title, article.paragraphs[0][:5]) == ("招聘启事", "因工作需要")
