from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler.archive.search.query import parse


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("", [], []),
        ("重庆", ["重庆"], []),
        ("重庆 科学城", ["重庆", "科学城"], []),
        ("重庆\u3000科学城", ["重庆", "科学城"], []),
        ("-重庆", [], ["重庆"]),
        ("重庆 -成都", ["重庆"], ["成都"]),
        ('"a  b" c', ["a b", "c"], []),
        ("“专精特新”企业", ["专精特新", "企业"], []),
        ('-"a b"', [], ["a b"]),
        ("招商-引资", ["招商-引资"], []),
        ("--x", [], ["-x"]),
        ("(招商", ["(招商"], []),
        ("（Ａ股", ["(a股"], []),
        ('"重庆', ["重庆"], []),
        ('重庆"', ["重庆"], []),
        ("-", [], []),
        ("重庆 - 成都", ["重庆", "成都"], []),
        ('""', [], []),
        ('-""', [], []),
        ('" "', [], []),
        ("NOT or *", ["not", "or", "*"], []),
    ],
)
def test_parse(typed: str, wanted: list[str], unwanted: list[str]) -> None:
    query = parse(typed)
    assert [term.text for terms in query.wanted for term in terms] == wanted
    assert all(len(terms) == 1 for terms in query.wanted)
    assert [term.text for term in query.unwanted] == unwanted


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("新能源 OR 储能", [["新能源", "储能"]], []),
        ("新能源|储能", [["新能源", "储能"]], []),
        ("新能源 ｜ 储能｜光伏", [["新能源", "储能", "光伏"]], []),
        ('渝北 新能源 OR "动力 电池" 签约', [["渝北"], ["新能源", "动力 电池"], ["签约"]], []),
        ("OR 新能源 OR", [["新能源"]], []),
        ("新能源 OR OR | 储能", [["新能源", "储能"]], []),
        ("新能源 OR -储能 光伏", [["新能源"], ["光伏"]], ["储能"]),
        ('"OR" | "|"', [["or", "|"]], []),
        ("or|Or", [["or", "or"]], []),
        ("新能源 OR", [["新能源"]], []),
        ("|", [], []),
    ],
)
def test_alternatives(typed: str, wanted: list[list[str]], unwanted: list[str]) -> None:
    query = parse(typed)
    assert [[term.text for term in terms] for terms in query.wanted] == wanted
    assert [term.text for term in query.unwanted] == unwanted


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("题 OR 无", True), ("无 OR 没", False), ("文 无|题", True), ("文 OR 题 -正", False)],
)
def test_one_of_several_is_enough(typed: str, expected: bool) -> None:
    assert parse(typed).matches("标题", "正文") is expected


@pytest.mark.parametrize(
    ("typed", "text", "whole", "anywhere"),
    [
        ("重庆", "在重庆市", True, True),
        ("西部(重庆)", "西部（重庆）科学城", True, True),
        ("西部重庆", "西部(重庆)科学城", False, False),
        ("5G", "15G", False, True),
        ("5G", "5G基站", True, True),
        ("5g基站", "５Ｇ基站", True, True),
        ("BYD", "byds", False, True),
        ("A股", "AA股", False, True),
        ("A股", "买A股票", True, True),
        ("7月", "17月", False, True),
        ("ab-cd", "ab-cd.", True, True),
        ('"a b"', "a\nb", False, False),
        (".*", "重庆", False, False),
    ],
)
def test_whole_words_and_substrings(typed: str, text: str, whole: bool, anywhere: bool) -> None:
    assert parse(typed).matches("", text) is whole
    assert parse(typed, substring=True).matches(text, "") is anywhere


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("题 文", True), ("题 无", False), ("题 -文", False), ("题 -无", True), ("-无", True)],
)
def test_all_wanted_and_none_unwanted(typed: str, expected: bool) -> None:
    assert parse(typed).matches("标题", "正文") is expected


@given(st.text(), st.booleans())
def test_nothing_typed_is_an_error(typed: str, substring: bool) -> None:
    assert parse(typed, substring=substring).matches("标题", typed) in (True, False)
