"""Names of the site, of a zone and of a column in the head: they never replace a headline."""

from __future__ import annotations

from itertools import product

import pytest

from cqcrawler import read_article
from tests.reading.bare_pages import COLUMN, MENU, SITE, TEXT, notice, page

ZONE = "石门高新技术产业开发区"
HEADLINES = [
    f"关于印发《{SITE}项目评审办法》的通知",
    f"精密轴承项目落户{SITE}",
    f"{SITE}2023年第二次集中签约侧记",
    f"{SITE}：四个项目同日开工",
    f"{SITE} 举办轴承产业对接会",
    f"半导体封装项目入驻{ZONE}",
    f"{COLUMN}（2023年第9期）",
    f"{COLUMN}（2023年8月）",
    f"{COLUMN}[2023]第9期",
    f"{COLUMN}：两家轴承企业投产",
    f"{COLUMN}｜两家轴承企业投产",
    f"{COLUMN}——两家轴承企业投产",
    "县领导到石门县投资促进局调研",
    "精密轴承产业园二期厂房招租",
]
SEPARATORS = ["-", "_", "|", " - ", "——", "--", " | ", "»", " > ", ">>", "·", " "]


@pytest.mark.parametrize("tag", ["h1", "h2", "p"])
@pytest.mark.parametrize("headline", HEADLINES)
def test_a_head_of_site_and_column_leaves_the_headline_whole(headline: str, tag: str) -> None:
    for site, separator in product((SITE, ZONE, "石门招商网"), SEPARATORS):
        whole = headline.replace(SITE, site)
        html = notice(f"<{tag}>{whole}</{tag}>")
        for title_tag in (f"{site}{separator}{COLUMN}", f"{COLUMN}{separator}{site}"):
            assert read_article(page(html, title_tag)).title == whole, title_tag


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_bar_with_the_name_of_the_column_is_no_title(headline: str) -> None:
    html = f"<div>{COLUMN}</div>{notice(headline)}"
    for separator in SEPARATORS:
        assert read_article(page(html, f"{SITE}{separator}{COLUMN}")).title == headline


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_head_with_the_headline(headline: str) -> None:
    for separator in SEPARATORS:
        for title_tag in (f"{headline}{separator}{SITE}", f"{COLUMN}{separator}{headline}"):
            assert read_article(page(notice(headline), title_tag)).title == headline, title_tag


@pytest.mark.parametrize(
    "line",
    [
        "{} 2023-08-14 来源：本站",
        "{}（2023-08-14 09:26）",
        "{} 发布时间：2023-08-14",
        "[转载] {} [复制链接]",
        "首页 > 园区动态 > {}",
    ],
)
def test_what_shares_the_line_of_the_headline_is_left_out(line: str) -> None:
    title = "精密轴承产业园二期厂房招租"
    html = f"<div><h1>{line.format(title)}</h1>{TEXT}</div>"
    assert read_article(page(html, f"{title}-{SITE}")).title == title


@pytest.mark.parametrize("title", ["石门乙公司", "人才公寓", "轴承产业园厂房招租"])
def test_a_column_between_hyphens_is_cut_off(title: str) -> None:
    html = f"<h1>{COLUMN}</h1>{notice(title)}"
    for head in (f"{title}-{COLUMN}-{SITE}", f"{COLUMN}-{title}-{SITE}"):
        article = read_article(page(html, head))
        assert (article.title, article.provenance["title"].confidence) == (title, 0.98)


def test_a_title_that_is_a_column_too() -> None:
    article = read_article(page(notice(COLUMN), COLUMN))
    assert article.title == COLUMN
    assert article.provenance["title"].confidence < 0.9


def test_a_menu_in_one_line_is_no_section() -> None:
    menu = MENU.replace("办事指南", "招商信息")
    assert read_article(page(notice("<h1>精密轴承产业园招租</h1>"), SITE, menu)).section is None
