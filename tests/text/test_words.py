"""Every group of words explains itself, and is looked for somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cqcrawler
from cqcrawler.text.words import Group, any_word, load_groups, word_finder, word_list
from tests.word_groups import cases, check_explains_itself, finds

GROUPS = load_groups()
PACKAGE = Path(cqcrawler.__file__).parent


@pytest.mark.parametrize(("group", "text"), cases(GROUPS, "examples"))
def test_a_group_matches_its_examples(group: Group, text: str) -> None:
    assert finds(group, text)


@pytest.mark.parametrize(("group", "text"), cases(GROUPS, "keeps"))
def test_a_group_leaves_what_looks_alike(group: Group, text: str) -> None:
    assert not finds(group, text)


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_explains_itself(name: str) -> None:
    check_explains_itself(GROUPS[name])


def test_groups_are_used_and_those_that_are_used_exist() -> None:
    sources = [path.read_text("utf-8") for path in PACKAGE.rglob("*.py")]
    readers = [source for source in sources if "from cqcrawler.text.words import" in source]
    rules = (PACKAGE / "resources" / "boilerplate.toml").read_text("utf-8")
    quoted = {name for source in readers for name in re.findall(r"[\"'](\w+)[\"']", source)}
    assert [name for name in GROUPS if name not in quoted and f"<{name}>" not in rules] == []


def test_words_of_several_groups_come_in_order_and_once() -> None:
    words = word_list("document", "other_file", "document")
    assert words == (*GROUPS["document"].words, *GROUPS["other_file"].words)
    assert re.fullmatch(any_word("document", "other_file"), "css")


@pytest.mark.parametrize("name", GROUPS)
def test_a_finder_finds_what_the_words_do(name: str) -> None:
    find, pattern = word_finder(name), re.compile(any_word(name))
    texts = {text for group in GROUPS.values() for text in (*group.examples, *group.keeps)}
    assert {text for text in texts if find(text)} == {
        text for text in texts if pattern.search(text)
    }
