"""What confidence a title has: .9 and more only where two things speak for it."""

from __future__ import annotations

import pytest

from cqcrawler import read_article
from tests.reading.bare_pages import COLUMN, SITE, TEXT, notice, page

TITLE = "精密轴承产业园二期厂房招租"


@pytest.mark.parametrize(
    ("main", "head", "confidence"),
    [
        (notice(TITLE), f"{TITLE}-{SITE}", 0.98),
        (notice(f"{TITLE}启事"), f"{TITLE}-{SITE}", 0.93),
        (notice(f"<h1>{TITLE}</h1>"), SITE, 0.95),
        (notice(TITLE), SITE, 0.93),
        (notice(TITLE), f"{COLUMN}-{SITE}", 0.93),
        (notice(f"<p>{TITLE}</p><p>——访园区负责人周平</p>"), SITE, 0.8),
        (notice(f"<p>园区新闻选登：</p><p>{TITLE}</p>"), SITE, 0.8),
        (f"<div>{TITLE}</div><div>{TEXT}</div>", SITE, 0.6),
        (f"<div>{TEXT}</div>", TITLE, 0.5),
    ],
)
def test_confidence(main: str, head: str, confidence: float) -> None:
    article = read_article(page(main, head))
    assert article.title.startswith(TITLE)
    assert article.provenance["title"].confidence == confidence


@pytest.mark.parametrize("head", [SITE, TITLE, f"{TITLE}-{SITE}"])
def test_the_labels_in_a_heading_are_no_title(head: str) -> None:
    labels = "<span>2023-05-06 10:20&nbsp; 来源：轴承产业园 点击：<b>120</b>次</span>"
    article = read_article(page(f"<h1>{TITLE}<br>{labels}</h1><div>{TEXT}</div>", head))
    assert (article.title, article.published) == (TITLE, "2023-05-06")
    assert article.provenance["title"].confidence >= 0.9
