from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.corpus import GoldPage
from benchmarks.scoring import body_f1, day, score_part
from tests.shared import shared


def gold(page_id: str, date: str | None = "2024-06-12") -> GoldPage:
    title, body = f"标题“{page_id}”", f"第{page_id}条正文，投资十亿元。"
    return GoldPage(page_id, Path(), "", title, date, body)


GOLD = [gold("1"), gold("2"), gold("3", date=None), gold("4")]
PREDICTIONS = [
    {"id": "1", "title": "标题“1”", "date": "2024年6月12日 09:30", "body": GOLD[0].body},
    {
        "id": "2",
        "title": "标题 “２”",
        "date": "2024-06-13",
        "body": "第 2 条正文，投资\n二十亿元！",
    },
    {"id": "3", "title": "标题", "date": "2024-06-12", "body": ""},
]


@pytest.mark.parametrize(
    ("expected", "read", "f1"),
    [
        ("正文", "正文", 1.0),
        ("正文", "", 0.0),
        ("", "", 1.0),
        ("投资十亿元", "投资\u200b 十 亿元", 1.0),
        ("ＡＢＣ", "ABC", 1.0),
        ("字", "字", 1.0),
        ("甲乙丙", "甲乙丁", 0.5),
        ("甲乙甲乙", "甲乙", 0.5),
    ],
)
def test_body_f1(expected: str, read: str, f1: float) -> None:
    assert body_f1(expected, read) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-6-2", "2024-06-02"),
        ("2024年06月02日", "2024-06-02"),
        ("June", None),
        ("", None),
        (None, None),
    ],
)
def test_day(text: str | None, iso: str | None) -> None:
    assert day(text) == iso


def test_a_page_that_was_not_read_counts_as_empty() -> None:
    score = score_part(GOLD, PREDICTIONS)
    assert [page.title for page in score.pages] == [True, True, False, False]
    assert [page.date for page in score.pages] == [True, False, None, False]
    assert score.pages[3].f1 == 0
    assert score.date == pytest.approx(1 / 3)


def test_a_field_that_a_reader_never_gives_has_no_score() -> None:
    score = score_part(GOLD, [{"id": "1", "body": "正文"}])
    assert score.f1 is not None
    assert (score.title, score.date) == (None, None)


def test_agrees_with_the_scorer_beside_the_corpus() -> None:
    rows = [{"id": p.id, "title": p.title, "date": p.date, "body": p.body} for p in GOLD]
    theirs, pages = load_tool().score(rows, PREDICTIONS)
    ours = score_part(GOLD, PREDICTIONS)
    assert [page.f1 for page in ours.pages] == pytest.approx([page["F1"] for page in pages])
    assert ours.f1 == pytest.approx(theirs["F1"])
    assert ours.title == pytest.approx(theirs["title_exact"])
    assert ours.date == pytest.approx(theirs["date_acc"])


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "score_extraction", shared("tools/score_extraction.py")
    )
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool
