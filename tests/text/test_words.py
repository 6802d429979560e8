"""Every group of words explains itself, and is looked for somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cqcrawler
from cqcrawler.text.words import Match, any_word, load_groups, word_finder, word_list

GROUPS = load_groups()
PACKAGE = Path(cqcrawler.__file__).parent
FORMS = {
    Match.WHOLE: r"\A(?:{})\Z",
    Match.BEGINS: r"\A(?:{})",
    Match.ENDS: r"(?:{})\Z",
    Match.WITHIN: r"(?:{})",
}


def finds(name: str, text: str) -> bool:
    group = GROUPS[name]
    return re.search(FORMS[group.match].format("|".join(group.words)), text) is not None


def cases(attribute: str) -> list[object]:
    return [
        pytest.param(name, text, id=f"{name}: {text}")
        for name, group in GROUPS.items()
        for text in getattr(group, attribute)
    ]


@pytest.mark.parametrize(("name", "text"), cases("examples"))
def test_a_group_matches_its_examples(name: str, text: str) -> None:
    assert finds(name, text)


@pytest.mark.parametrize(("name", "text"), cases("keeps"))
def test_a_group_leaves_what_looks_alike(name: str, text: str) -> None:
    assert not finds(name, text)


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_explains_itself(name: str) -> None:
    group = GROUPS[name]
    assert group.reason.endswith(".")
    assert group.examples
    assert group.keeps
    assert len(set(group.words)) == len(group.words)
    assert re.compile(any_word(name)).groups == 0, "groups belong to the patterns in code"


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
