"""Words are found where they begin or end at one place, the longest first."""

from __future__ import annotations

from cqcrawler.facts.anchored import AnchoredWords

WORDS = AnchoredWords(["渝", "渝北", "渝北区", "北区", "AI"])


def test_all_lengths_that_begin_at_a_place_are_given_longest_first() -> None:
    assert list(WORDS.lengths_at("在渝北区", 1)) == [3, 2, 1]
    assert list(WORDS.lengths_at("在渝北区", 1, 3)) == [2, 1]
    assert list(WORDS.lengths_at("在渝北区", 0)) == []
    assert list(WORDS.lengths_at("渝", 1)) == []


def test_the_longest_counts_on_either_side() -> None:
    assert WORDS.longest_at("AI渝", 0) == 2
    assert WORDS.longest_at("", 0) == 0
    assert WORDS.longest_before("在渝北区", 0, 4) == 3
    assert WORDS.longest_before("在渝北区", 2, 4) == 2
    assert WORDS.longest_before("在渝北区", 3, 4) == 0
    assert WORDS.longest_before("区", 0, 0) == 0
