"""Confidence means something: of the fields that are .9 sure and more, 99 in 100 are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.calibration import FIELDS, Reading, curve, doubts, judge, measure
from benchmarks.corpus import MISSING, GoldPage, find_corpus
from cqcrawler.doubts import CERTAIN
from cqcrawler.models import Article, Evidence
from cqcrawler.reading.article import NO_BODY

RIGHT = 0.99


def test_fields_with_great_confidence_are_right_on_the_corpus() -> None:
    corpus = find_corpus() or pytest.skip(MISSING)
    readings = list(measure(corpus))
    for field in FIELDS:
        sure = [r for r in readings if r.field == field and (r.confidence or 0) >= CERTAIN]
        assert len(sure) > 0.8 * len(readings) / len(FIELDS), f"{field} is seldom sure"
        wrong = [reading.page for reading in sure if not reading.right]
        assert len(wrong) <= (1 - RIGHT) * len(sure), f"{field} of {wrong}"


GOLD = GoldPage("a", Path(), "", "标题", "2024-06-12", "第一段正文。\n第二段正文。")


def article(body: str, confidence: float) -> Article:
    evidence = {
        "title": Evidence("heading", "标题", 0.95),
        "published": Evidence("url", "/20240613/", 0.6),
        "body": Evidence("sentences", body, confidence),
    }
    paragraphs = tuple(body.split("\n"))
    return Article("", "标题", published="2024-06-13", paragraphs=paragraphs, provenance=evidence)


def test_fields_are_judged_by_their_gold() -> None:
    assert list(judge(GOLD, article(GOLD.body, 0.8))) == [
        Reading("published", "a", 0.6, True, False),
        Reading("title", "a", 0.95, False, True),
        Reading("body", "a", 0.8, True, True),
    ]
    assert list(judge(GOLD, article("第一段正文。", 0.95)))[2].right is False
    lacking = Article("", "标题", warnings=(NO_BODY,))
    assert list(judge(GOLD, lacking))[2] == Reading("body", "a", None, True, False)


def test_tables_count_what_is_right_and_what_is_doubtful() -> None:
    readings = [
        Reading("title", "a", 0.98, False, True),
        Reading("title", "b", 0.98, False, False),
        Reading("title", "c", 0.6, True, False),
        Reading("title", "d", 0.6, True, True),
        Reading("body", "a", None, True, False),
    ]
    table = curve(readings)
    assert "| from 0.98 |  | 1 of 2 |  |" in table
    assert "| from 0.60 |  | 1 of 2 |  |" in table
    assert "| nothing found |  |  | 0 of 1 |" in table
    assert "| title | 2 | 2 | 1 |" in doubts(readings)
