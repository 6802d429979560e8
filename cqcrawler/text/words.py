"""The words by which pages are read: data, in `resources/words.toml`, which also explains them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

_SPECIAL = frozenset("\\[(^.")
# How a word may begin: with one of several letters or digits, or with one of several parts.
_CHOICE = re.compile(r"(?:\[((?:\w|\\d)+)\]|\(\?:(\w+(?:\|\w+)*)\))(?![?*+{])")


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
    return read_groups(source.read_text(encoding="utf-8"))


def read_groups(source: str) -> Mapping[str, Group]:
    """Return the groups of a file of words by name."""
    return {
        name: Group(
            reason=entry["reason"],
            match=Match(entry["match"]),
            words=tuple(entry["words"]),
            examples=tuple(entry["examples"]),
            keeps=tuple(entry["keeps"]),
        )
        for name, entry in tomllib.loads(source).items()
    }


def word_list(*names: str) -> tuple[str, ...]:
    """Return the words of one group or of several, each once, in their order."""
    return words_in(load_groups(), *names)


def words_in(groups: Mapping[str, Group], *names: str) -> tuple[str, ...]:
    """Return the words of those of the groups, each once, in their order."""
    return tuple(dict.fromkeys(word for name in names for word in groups[name].words))


def any_word(*names: str) -> str:
    """Return a pattern for any word of the groups, as one element of a larger pattern."""
    return f"(?:{'|'.join(word_list(*names))})"


def word_finder(*names: str) -> Callable[[str], bool]:
    """Return what tells whether any word of the groups stands in a text, for groups of many.

    The engine has a fast search where every word begins with a letter of its own, so those that
    begin with one of several are spelled out, and those that begin with a digit are looked for
    apart.
    """
    words = [each for word in word_list(*names) for each in _spelled_out(word)]
    plain = [word for word in words if word[0] not in _SPECIAL]
    others = [word for word in words if word[0] in _SPECIAL]
    patterns = [re.compile("|".join(some)) for some in (plain, others) if some]
    return lambda text: any(pattern.search(text) for pattern in patterns)


def _spelled_out(word: str) -> Iterator[str]:
    """[一二]审 as 一审 and 二审, (?:注册|升级)会员 as 注册会员 and 升级会员."""
    if begins := _CHOICE.match(word):
        parts = re.findall(r"\\?.", begins[1]) if begins[1] else begins[2].split("|")
        return (part + word[begins.end() :] for part in parts)
    return iter((word,))
