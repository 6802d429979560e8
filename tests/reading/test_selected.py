"""Notices whose portal's file says where their parts stand, and what is none of them."""

from __future__ import annotations

from cqcrawler.cleaning import clean, restore
from cqcrawler.models import Article, Page
from cqcrawler.reading.article import extract_article
from cqcrawler.reading.page.document import open_page
from cqcrawler.reading.page.selectors import NoticeSelectors

TITLE = "苏州工业园区生物医药项目集中签约"
FIRST = "近日，园区生物医药项目集中签约仪式举行，二十个项目落户，总投资一百亿元。"
LAST = "园区将为企业提供全程服务，推动项目早日开工建设，早日投产达效。"
BOX = "点击观看本次签约仪式的视频，并参加有奖问答活动，赢取园区纪念品。"
PAGE = f"""<html><head><title>{TITLE}-苏州投资促进网</title></head><body>
<div class="top"><b class="when">[2024-01-02]</b><h3 class="name">苏州 · 投资</h3></div>
<h1>{TITLE}</h1><div>发布时间：2025-07-07 来源：园区管委会</div>
<div id="zoom"><p>{FIRST}</p><p class="video">{BOX}</p><p class="video">视频</p><p>{LAST}</p></div>
<div class="side"><p>本站致力于为投资者提供一站式服务，欢迎来电咨询相关事宜。</p></div>
</body></html>"""


def read(page: str = PAGE, **selectors: object) -> Article:
    told = NoticeSelectors("suzhou.toml", **selectors)  # type: ignore[arg-type]
    return extract_article(open_page(Page("http://a.cn/1.html", page)), selectors=told)


def test_what_is_taken_out_is_kept_in_its_place() -> None:
    assert BOX in read().body
    article = clean(read(exclude=(".video", ".top")))
    assert article.paragraphs == (FIRST, LAST)
    removed = [(line.text, line.rule) for line in article.removed if "toml" in line.rule]
    assert removed == [
        (BOX, "suzhou.toml notice.exclude"),
        ("视频", "suzhou.toml notice.exclude"),
    ]
    lines = restore(article)
    assert lines[lines.index(FIRST) :][:4] == (FIRST, BOX, "视频", LAST)
    assert article.unmatched == ()


def test_what_is_taken_out_need_not_stand_on_every_page() -> None:
    article = read(exclude=(".video", ".poll"))
    assert article.unmatched == ("notice.exclude .poll",)
    assert not any("toml" in warning for warning in article.warnings)


def test_a_body_is_what_the_file_says() -> None:
    page = PAGE.replace(f"<p>{FIRST}</p>", "<p>签约二十个项目</p>").replace(LAST, "园区供稿")
    article = read(page, body="#zoom", exclude=(".video",))
    assert article.paragraphs == ("签约二十个项目", "园区供稿")
    assert (article.title, article.published) == (TITLE, "2025-07-07")
    assert article.provenance["body"].origin == "portal file"


def test_a_body_of_several_elements_is_put_together() -> None:
    article = read(body="#zoom > p:not(.video), .side")
    assert article.paragraphs[:2] == (FIRST, LAST)
    assert article.paragraphs[2].startswith("本站致力于")
    assert BOX in [line.text for line in article.left_out]


def test_a_body_in_an_inline_element_is_found() -> None:
    page = PAGE.replace('<div id="zoom">', '<span id="zoom">').replace(
        f"<p>{LAST}</p></div>", f"<p>{LAST}</p></span>"
    )
    assert read(page, body="#zoom").paragraphs == (FIRST, BOX, "视频", LAST)


def test_title_and_date_are_what_the_file_says() -> None:
    article = read(title="h3.name", date=".when::text")
    assert (article.title, article.published) == ("苏州 · 投资", "2024-01-02")
    assert article.provenance["title"].text == "苏州 · 投资"
    assert article.provenance["published"].origin == "portal file"


def test_where_nothing_is_found_the_page_is_read_as_ever_and_says_so() -> None:
    article = read(title=".no", date=".name", body=".no")
    plain = read()
    assert (article.title, article.published, article.body) == (
        plain.title,
        plain.published,
        plain.body,
    )
    assert article.unmatched == ("notice.body", "notice.title", "notice.date")
    assert "suzhou.toml: notice.body matches nothing" in article.warnings
