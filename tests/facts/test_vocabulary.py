"""Every group of words that facts are read by explains itself."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from cqcrawler.facts.vocabulary import vocabulary
from cqcrawler.text.words import Group, Match

FORMS = {
    Match.WHOLE: r"\A(?:{})\Z",
    Match.BEGINS: r"\A(?:{})",
    Match.ENDS: r"(?:{})\Z",
    Match.WITHIN: r"(?:{})",
}
FILES = sorted(
    path.name.removesuffix(".toml")
    for path in resources.files("cqcrawler.facts").joinpath("data").iterdir()
    if path.name.endswith(".toml")
)
GROUPS = {f"{file}.{name}": group for file in FILES for name, group in vocabulary(file).items()}


def finds(group: Group, text: str) -> bool:
    if group in vocabulary("contexts").values():
        text = re.sub(r"\d", "0", text)
    return re.search(FORMS[group.match].format("|".join(group.words)), text) is not None


def cases(attribute: str) -> list[object]:
    return [
        pytest.param(group, text, id=f"{name}: {text}")
        for name, group in GROUPS.items()
        for text in getattr(group, attribute)
    ]


@pytest.mark.parametrize(("group", "text"), cases("examples"))
def test_a_group_matches_its_examples(group: Group, text: str) -> None:
    assert finds(group, text)


@pytest.mark.parametrize(("group", "text"), cases("keeps"))
def test_a_group_leaves_what_looks_alike(group: Group, text: str) -> None:
    assert not finds(group, text)


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_explains_itself(name: str) -> None:
    group = GROUPS[name]
    assert group.reason.endswith(".")
    assert group.examples
    assert group.keeps
    assert len(set(group.words)) == len(group.words)
    assert re.compile("|".join(group.words)).groups == 0, "groups belong to the patterns in code"
