"""Fields of answers are read as far as they make sense, and never raise."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcrawler.platforms.answers import day, further, inner, number, parsed, records, text

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<em>渝北</em>区&amp;江津区\u3000签约", "渝北区&江津区 签约"),
        ("成本<B项目>3亿元", "成本3亿元"),
        ("产值<3亿元，税收>1亿元", "产值<3亿元，税收>1亿元"),
        ("半个\ud83d字\x00", "半个字"),
        (2026, "2026"),
        (True, ""),
        (None, ""),
        (["标题"], ""),
    ],
)
def test_text_is_what_a_reader_sees(value: object, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, 0),
        (45, 45),
        ("45", 45),
        (" 45 ", 45),
        (45.0, 45),
        (45.5, None),
        (float("nan"), None),
        (float("inf"), None),
        (-1, None),
        (10**40, None),
        ("9" * 40, None),
        ("١٢", None),
        ("many", None),
        (True, None),
        (None, None),
        ([45], None),
    ],
)
def test_number(value: object, expected: int | None) -> None:
    assert number(value) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1790699400], "2026-09-30"),  # half past midnight in Beijing, the day before in Greenwich
        ([1790699400000], "2026-09-30"),
        (["1790699400"], "2026-09-30"),
        (["2026-09-30 00:30:00"], "2026-09-30"),
        (["2026年9月30日"], "2026-09-30"),
        ([20260930], "2026-09-30"),
        (["", None, "<b>2026-09-30</b>"], "2026-09-30"),
        (["soon", 0, -1, 10**14, float("nan"), {}], None),
        ([], None),
    ],
)
def test_day_is_that_of_beijing(values: list[object], expected: str | None) -> None:
    assert day(*values) == expected


@given(ANYTHING)
def test_no_field_raises(value: object) -> None:
    text(value)
    day(value)
    assert number(value) is None or isinstance(number(value), int)
    assert all(isinstance(item, dict) for item in records(value))
    inner(value, "data", "total")


@pytest.mark.parametrize(
    ("total", "size", "page", "expected"),
    [
        (45, 15, 1, [2, 3]),
        (46, 15, 1, [2, 3, 4]),
        (46, 15, 2, [3]),
        (46, 15, 4, []),
        (15, 15, 1, []),
        (0, 15, 1, []),
        (None, 15, 1, []),
        (45, 0, 1, []),
    ],
)
def test_first_page_names_all_others_and_each_the_next(
    total: int | None, size: int, page: int, expected: list[int]
) -> None:
    assert list(further(total, size, page)) == expected


def test_a_page_names_no_more_than_can_be_asked_for() -> None:
    assert len(further(10**12, 10, 1)) < 10_000
    assert list(further(10**12, 10, 7000)) == [7001]


@pytest.mark.parametrize("code", ["", "x", '{"a": 1', "[" * 100_000, "1" * 10_000])
def test_what_is_no_json_is_nothing(code: str) -> None:
    assert parsed(code) is None


def test_json_within_code() -> None:
    assert parsed(f"TREE: {json.dumps([{'id': 3}])}, BASE: '/x'", 6) == [{"id": 3}]
