"""Words are found where they begin or end at one place, the longest first."""

from __future__ import annotations

from cqcrawler.facts.anchored import AnchoredWords

WORDS = AnchoredWords(["渝", "渝北", "渝北区", "北区", "AI"])


def test_a_text_may_be_made_of_words_alone() -> None:
    assert WORDS.make_up("渝北区渝AI")
    assert WORDS.make_up("渝北区")
    assert WORDS.make_up("")
    assert not WORDS.make_up("渝北区的")
    assert not WORDS.make_up("区")
    assert not WORDS.make_up("A")
    assert AnchoredWords(["甲", "甲甲"]).make_up("甲" * 10_000)


def test_the_longest_counts_on_either_side() -> None:
    assert WORDS.longest_at("AI渝", 0) == 2
    assert WORDS.longest_at("在渝北", 1) == 2
    assert WORDS.longest_at("在渝北", 0) == WORDS.longest_at("", 0) == 0
    assert WORDS.longest_before("在渝北区", 0, 4) == 3
    assert WORDS.longest_before("在渝北区", 2, 4) == 2
    assert WORDS.longest_before("在渝北区", 3, 4) == 0
    assert WORDS.longest_before("区", 0, 0) == 0
