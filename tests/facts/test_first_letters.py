"""What a pattern may begin with is known before it is tried, and changes no match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import resources

import pytest

from cqcrawler.facts.first_letters import any_pattern, first_letters, letters_of
from cqcrawler.facts.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("洽谈", {"洽"}),
        ("(?<![召展])开建(?!议)", {"开"}),
        ("^访(?!问)", {"访"}),
        ("(?:项目|工程|园区?)[^，]{0,6}启动", {"项", "工", "园"}),
        ("(?:大?型)?企业", {"大", "型", "企"}),
        ("的?企业家", {"的", "企"}),
        ("该|其|上述", {"该", "其", "上"}),
        ("(?:[)|]好|乙)丙", {")|", "乙"}),
        ("[在有]序", {"在有"}),
        (r"\d+个", {r"\d"}),
        ("[^，]好", set()),
        ("好*的", set()),
        ("好{0,3}的", set()),
        ("[-甲]乙", set()),
        (r"\s", set()),
        (".", set()),
        ("", set()),
    ],
)
def test_the_first_letters_of_a_pattern_are_known_or_nothing(
    pattern: str, expected: set[str]
) -> None:
    assert first_letters(pattern) == expected


def groups() -> Iterator[tuple[str, ...]]:
    for file in resources.files("cqcrawler.facts").joinpath("data").iterdir():
        if file.name.endswith(".toml"):
            for group in vocabulary(file.name.removesuffix(".toml")).values():
                yield tuple(group.words)


def spans(pattern: str, texts: Iterable[str]) -> list[list[tuple[int, int]]]:
    return [[match.span() for match in re.finditer(pattern, text)] for text in texts]


def test_every_group_of_the_vocabulary_finds_what_its_words_alone_find() -> None:
    for words in groups():
        text = "，".join(words) + "。某园区3月1日的项目正在有序建设，[1]已签约2个(一期)。"
        texts = [text, text[::-1]]
        assert spans(any_pattern(words), texts) == spans("|".join(words), texts)


def test_a_choice_stays_one_element() -> None:
    pattern = any_pattern(["(?<!不)好", "大"])
    assert re.fullmatch(f"甲{pattern}?乙", "甲乙")
    assert re.fullmatch(f"甲{pattern}{{2}}乙", "甲大好乙")


def test_letters_are_given_singly_or_refused() -> None:
    assert letters_of(["[在有]序", r"\d个", "等"]) == {"在", "有", "等", *"0123456789"}
    with pytest.raises(ValueError, match="begin"):
        letters_of(["[甲-丁]方"])
    with pytest.raises(ValueError, match="begin"):
        letters_of(["[^甲]方"])
