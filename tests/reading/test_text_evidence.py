"""Where a text was found, and when it is doubtful."""

from __future__ import annotations

import pytest

from cqcrawler import Article, read_article
from cqcrawler.doubts import CERTAIN
from tests.reading.bare_pages import LABELS, SITE, TEXT, notice, page

TITLE = "精密轴承产业园二期厂房招租"
OTHER = "<p>本栏目介绍全县各个园区的区位、交通和要素价格，每周更新一次，欢迎来电咨询。</p>"


def text(article: Article) -> tuple[str, float]:
    evidence = article.provenance["body"]
    assert evidence.text == article.paragraphs[0][:40]
    return evidence.origin, evidence.confidence


def test_sentences_below_title_and_labels_are_sure() -> None:
    assert text(read_article(page(notice(TITLE), TITLE))) == ("sentences", 0.95)


def test_short_lines_below_title_and_labels_are_sure() -> None:
    rows = "".join(f"<p>{name}镇 工业用地 每亩{n}万元</p>" for n, name in enumerate("东西南", 12))
    article = read_article(page(notice(TITLE, text=rows), TITLE))
    assert text(article) == ("short text", 0.93)


def test_a_page_without_a_text_has_no_evidence_for_one() -> None:
    article = read_article(page(f"<h1>{TITLE}</h1>{LABELS}<img src=/a.jpg>", TITLE))
    assert (article.body, "body" in article.provenance) == ("", False)


@pytest.mark.parametrize(("below", "doubtful"), [("", False), (OTHER, True)])
def test_a_short_text_above_more_sentences_of_the_page_is_doubtful(
    below: str, doubtful: bool
) -> None:
    short = "<p>石门县上半年新签约项目三十一个，其中装备制造项目十二个。</p>"
    links = "".join(f"<a href=/{name}>{name}</a>" for name in ("厂房", "土地", "政策", "税费"))
    main = f"<div>{notice(TITLE, text=short)}</div><div>{links}</div>"
    article = read_article(page(f"{main}<div><h3>栏目介绍</h3>{below}</div>", TITLE))
    assert article.body.startswith("石门县")
    assert "要素价格" not in article.body
    assert (text(article)[1] < CERTAIN) is doubtful


@pytest.mark.parametrize(("between", "doubtful"), [("", True), (LABELS, False)])
def test_a_text_right_below_what_may_be_part_of_the_title_is_doubtful(
    between: str, doubtful: bool
) -> None:
    main = f"<div><p>石门县人民政府办公室</p>{between}<div>{TEXT}</div></div>"
    article = read_article(page(main, SITE))
    assert (text(article)[1] < CERTAIN) is doubtful


def test_a_text_without_the_contacts_of_its_column_is_doubtful() -> None:
    contacts = "<p>联系人：李明</p><p>联系电话：0736-5320000</p>"
    main = f"<h1>{TITLE}</h1>{LABELS}{TEXT}<p>责任编辑：周平</p>"
    article = read_article(page(f"<div>{main}{contacts}</div>", TITLE))
    assert "field" in [line.rule for line in article.left_out]
    assert text(article)[1] < CERTAIN
    assert text(read_article(page(f"<div>{main}</div>", TITLE)))[1] >= CERTAIN
