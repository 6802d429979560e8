"""What every group of words holds to, whichever file it stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from cqcrawler.text.words import Group, Match

_FORMS = {
    Match.WHOLE: r"\A(?:{})\Z",
    Match.BEGINS: r"\A(?:{})",
    Match.ENDS: r"(?:{})\Z",
    Match.WITHIN: r"(?:{})",
}


def finds(group: Group, text: str) -> bool:
    """Whether a group is to a text what it says that it is."""
    return re.search(_FORMS[group.match].format("|".join(group.words)), text) is not None


def cases(groups: Mapping[str, Group], attribute: str) -> list[object]:
    """Every text of that attribute, `examples` or `keeps`, with its group."""
    return [
        pytest.param(group, text, id=f"{name}: {text}")
        for name, group in groups.items()
        for text in getattr(group, attribute)
    ]


def check_explains_itself(group: Group) -> None:
    assert group.reason.endswith(".")
    assert group.examples
    assert group.keeps
    assert len(set(group.words)) == len(group.words)
    assert re.compile("|".join(group.words)).groups == 0, "groups belong to the patterns in code"
