from __future__ import annotations

import pytest

from cqcrawler.text.outline import NOWHERE, enumerator_of, read_outline


@pytest.mark.parametrize(
    ("one", "next_one"),
    [
        ("一、概况", "二、政策"),
        ("（九）概况", "（十）政策"),
        ("1.概况", "2．政策"),
        ("1、概况", "2)政策"),
        ("（1）概况", "(2)政策"),
        ("①概况", "②政策"),
        ("a.概况", "B）政策"),
        ("第九十九条 概况", "第一百零三条 政策"),
        ("第一章 总则", "第二节 政策"),
    ],
)
def test_lines_that_are_numbered_alike(one: str, next_one: str) -> None:
    first, second = enumerator_of(one), enumerator_of(next_one)
    assert first
    assert second
    assert first.style == second.style
    assert first.number < second.number


def test_bullets_have_no_number() -> None:
    assert enumerator_of("● 概况") == enumerator_of("- 政策")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "概况",
        "1.5亿元",
        "2024年",
        "3月5日",
        "1、2、3号楼",
        "一是加强",
        "十八大以来",
        "-5度",
        "A股",
    ],
)
def test_lines_without_a_number(line: str) -> None:
    assert enumerator_of(line) is None


@pytest.mark.parametrize(
    ("texts", "parents"),
    [
        (["材料：", "1.甲", "2.乙"], [NOWHERE, 0, 0]),
        (["一、甲", "（一）乙", "丙", "（二）丁", "二、戊"], [NOWHERE, 0, 1, 0, NOWHERE]),
        (["首次：", "1.甲", "2.乙", "再次：", "1.甲"], [NOWHERE, 0, 0, 2, 3]),
        (["甲", "一、乙", "二、丙", "一、乙"], [NOWHERE, 0, 0, NOWHERE]),
        (["甲：", "● 乙", "● 丙", "丁：", "● 乙"], [NOWHERE, 0, 0, 2, 3]),
        (["一、甲", "1.乙", "二、丙", "1.乙"], [NOWHERE, 0, NOWHERE, 2]),
    ],
    ids=["list", "lists in a list", "list anew", "text anew", "bullets", "lists in parts"],
)
def test_what_lines_are_under(texts: list[str], parents: list[int]) -> None:
    assert read_outline(texts).parents == parents


def test_paragraphs_of_a_law_are_under_its_articles() -> None:
    texts = ["总则", "第一条 甲", "乙", "（一）丙", "丁", "第二条 戊", "己"]
    assert read_outline(texts).articles == [NOWHERE, 1, 1, 1, 1, 5, 5]
