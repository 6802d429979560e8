"""Many words are found at once, the longest at each place."""

from __future__ import annotations

import pytest

from cqcrawler.facts.word_search import Words


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (["汽车", "汽车物流"], "汽车物流和汽车", [(0, "汽车物流"), (5, "汽车")]),
        (["铝", "铝箔"], "铝箔与铝", [(0, "铝箔"), (3, "铝")]),
        (["化工作", "化工"], "优化工作", [(1, "化工作")]),
        (["甲乙", "乙丙"], "甲乙丙", [(0, "甲乙")]),
        (["甲[乙"], "甲[乙", [(0, "甲[乙")]),
        (["甲乙丙"], "甲乙", []),
        (["甲"], "", []),
        ([], "甲", []),
    ],
)
def test_the_longest_word_is_found_from_left_to_right(
    words: list[str], text: str, expected: list[tuple[int, str]]
) -> None:
    assert list(Words(words).find(text)) == expected


def test_what_is_before_the_start_is_passed_over() -> None:
    assert list(Words(["甲乙"]).find("甲乙甲乙", 1)) == [(2, "甲乙")]


def test_a_text_without_a_beginning_has_no_word() -> None:
    words = Words(["甲乙丙", "丁"])
    assert words.are_likely_in("甲乙")
    assert words.are_likely_in("丁")
    assert not words.are_likely_in("乙甲")
