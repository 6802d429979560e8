"""Pages with another body or other surroundings keep what is right for them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from benchmarks.corpus import GoldPage
from benchmarks.transplants import CHANGES, SURROUNDINGS, Site, open_site, page_bytes
from cqcrawler import read_article
from cqcrawler.reading.text_evidence import SHOWN
from tests.golden.pages import gold_pages
from tests.reading.layouts import element

_OWN = [
    "会议通报了上半年的建设进度，要求各单位逐项对账，年底投产。",
    "几家企业介绍了设备安装的情况，提出了建议。",
]
# The title tag of the first is the name of the site, so that nothing tells its heading from those
# above it; the second has a hidden paragraph, which shows without its tag.
_MISREAD = {"p to br": {"articles/hidden_noise"}}
_TITLE = "示范区召开推进会"


def _page(folder: Path, number: int, lines: list[str]) -> GoldPage:
    path = folder / f"{number}.html"
    title = f"{_TITLE}{number}"
    body = "".join(element("p", line) for line in lines)
    path.write_text(
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>2024-06-12 来源：本站</p>"
        f"<div><div>{body}</div><p>责任编辑：某某</p></div></body></html>",
        encoding="utf-8",
    )
    return GoldPage(str(number), path, "", title, "2024-06-12", "\n".join(lines))


@pytest.fixture
def others(tmp_path: Path) -> list[GoldPage]:
    return [
        _page(tmp_path, n, [f"第{n}个项目已经开工，计划总投资{n}亿元。", "项目年底投产。"])
        for n in range(1, 14)
    ]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = open_site(_page(tmp_path, 0, _OWN))
    assert site
    return site


def test_the_body_is_found_and_replaced(site: Site, others: list[GoldPage]) -> None:
    assert site.body.text_content() == "".join(_OWN)
    gold = CHANGES["whole in breaks"](site, Random(1), others)
    assert gold
    assert (gold.title, gold.body) in [(site.page.title, other.body) for other in others]
    page = page_bytes(site).decode()
    assert all(line in page for line in gold.body.split("\n"))
    assert not any(line in page for line in _OWN)


@pytest.mark.parametrize("kind", SURROUNDINGS)
def test_surroundings_leave_the_text(site: Site, others: list[GoldPage], kind: str) -> None:
    assert SURROUNDINGS[kind](site, Random(1), others) == site.page
    article = read_article(page_bytes(site))
    assert article.title == site.page.title
    assert _OWN[0] in article.body


@pytest.mark.parametrize("kind", SURROUNDINGS)
def test_surroundings_leave_the_text_of_golden_pages(kind: str, others: list[GoldPage]) -> None:
    wrong = {}
    for page in gold_pages():
        if (site := open_site(page)) and not _is_held_back(page):
            SURROUNDINGS[kind](site, Random(1), others)
            article = read_article(page_bytes(site), page.url)
            if (article.title, article.body) != (page.title, page.body):
                wrong[page.id] = article
    assert set(wrong) == _MISREAD.get(kind, set())


def _is_held_back(page: GoldPage) -> bool:
    """Whether a page shows no text of its own, so that any other beside it is all one sees."""
    text = read_article(page.path.read_bytes(), page.url).provenance.get("body")
    return text is not None and text.origin not in SHOWN


def test_a_body_printed_twice_is_not_replaced(site: Site, others: list[GoldPage]) -> None:
    site.body.getparent().addnext(site.root.makeelement("p"))
    site.body.getparent().getnext().text = _OWN[0]
    assert CHANGES["whole in p"](site, Random(1), others) is None
