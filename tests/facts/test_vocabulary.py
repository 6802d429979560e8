"""Every group of words that facts are read by explains itself."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from cqcrawler.facts.vocabulary import Cue, WordFinder, vocabulary
from cqcrawler.text.words import Group
from tests.word_groups import cases, check_explains_itself, finds

FILES = sorted(
    path.name.removesuffix(".toml")
    for path in resources.files("cqcrawler.facts").joinpath("data").iterdir()
    if path.name.endswith(".toml")
)
GROUPS = {f"{file}.{name}": group for file in FILES for name, group in vocabulary(file).items()}


def as_looked_for(group: Group, text: str) -> str:
    """A digit of the words of contexts stands for any."""
    return re.sub(r"\d", "0", text) if group in vocabulary("contexts").values() else text


@pytest.mark.parametrize(("group", "text"), cases(GROUPS, "examples"))
def test_a_group_matches_its_examples(group: Group, text: str) -> None:
    assert finds(group, as_looked_for(group, text))


@pytest.mark.parametrize(("group", "text"), cases(GROUPS, "keeps"))
def test_a_group_leaves_what_looks_alike(group: Group, text: str) -> None:
    assert not finds(group, as_looked_for(group, text))


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_explains_itself(name: str) -> None:
    check_explains_itself(GROUPS[name])


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (["汽车", "汽车物流"], "汽车物流和汽车", ["汽车物流", "汽车"]),
        (["化工作", "化工"], "优化工作", ["化工作"]),
        (["甲乙", "乙丙"], "甲乙丙", ["甲乙"]),
        (["甲[乙"], "甲[乙", ["甲[乙"]),
        (["甲乙丙"], "甲乙", []),
        (["甲"], "", []),
        ([], "甲", []),
    ],
)
def test_the_longest_word_is_found_from_left_to_right(
    words: list[str], text: str, expected: list[str]
) -> None:
    finder = WordFinder({"words": words})
    assert [text[cue.start : cue.stop] for cue in finder.find(text)] == expected
    assert finder.is_in(text) == bool(expected)


def test_a_finder_tells_groups_and_passes_over_what_is_before_the_start() -> None:
    finder = WordFinder({"first": ["甲乙"], "second": ["丙", "甲乙"]})
    assert finder.find("甲乙丙") == (Cue(0, 2, "first"), Cue(2, 3, "second"))
    assert finder.find("甲乙丙甲乙", 1) == (Cue(2, 3, "second"), Cue(3, 5, "first"))
    assert [(finder.group_of[n], at, end) for n, at, end in finder.matches("乙丙", 1)] == [
        ("second", 1, 2)
    ]
