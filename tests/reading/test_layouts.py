"""Reading holds on layouts that nobody has seen, drawn at random."""

from __future__ import annotations

import random

import pytest

from cqcrawler import read_article
from cqcrawler.demo import gold
from tests.reading.layouts import draw_page

NOTICES = [notice for notice in gold() if notice.published]


@pytest.mark.parametrize("start", range(0, 400, 50))
def test_pages_in_random_layouts(start: int) -> None:
    wrong = {}
    for seed in range(start, start + 50):
        notice = random.Random(-seed).choice(NOTICES)
        others = [other for other in NOTICES if other is not notice]
        article = read_article(draw_page(seed, notice, others), region="重庆")
        read = (article.title, article.published, article.region, article.body)
        expected = (notice.title, notice.published, notice.region or "重庆", notice.body)
        if read != expected:
            wrong[seed] = [pair for pair in zip(read, expected, strict=True) if pair[0] != pair[1]]
    assert wrong == {}
