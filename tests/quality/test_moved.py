from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import GoldPage
from benchmarks.moved import compare

GOLD = GoldPage("a", Path(), "", "标题", "2024-06-12", "第一段正文。\n第二段正文。")
RIGHT = {"title": "标题", "date": "2024-06-12", "body": GOLD.body, "source": "甲报"}


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({"body": "第一段正文。"}, "worse"),
        ({"title": "标题_某网"}, "worse"),
        ({"date": None}, "worse"),
        ({"source": None}, "level"),
        ({"body": "第一段正文。第二段正文。"}, "level"),
    ],
)
def test_verdict(changed: dict[str, str], verdict: str) -> None:
    back = {"worse": "better", "level": "level"}
    assert compare(GOLD, RIGHT, RIGHT | changed)[0] == verdict
    assert compare(GOLD, RIGHT | changed, RIGHT)[0] == back[verdict]


def test_a_lost_title_outweighs_a_better_text() -> None:
    was = RIGHT | {"body": "第一段正文。"}
    assert compare(GOLD, was, RIGHT | {"title": "某网"})[0] == "worse"


def test_shows_fields_and_lines_that_changed() -> None:
    now = RIGHT | {"source": "乙报", "body": "第一段正文。\n相关链接"}
    text = "\n".join(compare(GOLD, RIGHT, now)[1])
    assert "source: '甲报' -> '乙报'" in text
    assert "-第二段正文。" in text
    assert "+相关链接" in text
    assert "第一段" not in text
