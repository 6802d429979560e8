"""The words by which pages are read: data, in `resources/words.toml`, which also explains them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Match(StrEnum):
    """What a word of a group is to a text."""

    WHOLE = "whole"
    BEGINS = "begins"
    ENDS = "ends"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Group:
    """Words that mean one thing; `words` are plain or small patterns, in their order."""

    reason: str
    match: Match
    words: tuple[str, ...]
    examples: tuple[str, ...]
    keeps: tuple[str, ...]


@cache
def load_groups() -> Mapping[str, Group]:
    """Return the groups by name."""
    source = resources.files("cqcrawler.resources").joinpath("words.toml")
    return {
        name: Group(
            reason=entry["reason"],
            match=Match(entry["match"]),
            words=tuple(entry["words"]),
            examples=tuple(entry["examples"]),
            keeps=tuple(entry["keeps"]),
        )
        for name, entry in tomllib.loads(source.read_text(encoding="utf-8")).items()
    }


def word_list(*names: str) -> tuple[str, ...]:
    """Return the words of one group or of several, each once, in their order."""
    groups = load_groups()
    return tuple(dict.fromkeys(word for name in names for word in groups[name].words))


def any_word(*names: str) -> str:
    """Return a pattern for any word of the groups, as one element of a larger pattern."""
    return f"(?:{'|'.join(word_list(*names))})"
