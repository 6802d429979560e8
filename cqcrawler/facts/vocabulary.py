"""The words by which facts are read: data, in `data/`, a file for each kind of question.

The form of the files is that of `resources/words.toml`. They lie here because they decide what
facts say and nothing else: a new word has stored texts read again, not pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from cqcrawler.text.words import Group, read_groups


class Cue(NamedTuple):
    """A word of a group in a text, from `start` to `stop`."""

    start: int
    stop: int
    group: str


@cache
def vocabulary(file: str) -> Mapping[str, Group]:
    """Return the groups of `data/<file>.toml` by name."""
    source = resources.files("cqcrawler.facts").joinpath("data", f"{file}.toml")
    return read_groups(source.read_text(encoding="utf-8"))


def words_of(file: str, *names: str) -> tuple[str, ...]:
    """Return the words of one group or of several, each once, in their order."""
    groups = vocabulary(file)
    return tuple(dict.fromkeys(word for name in names for word in groups[name].words))


def any_of(file: str, *names: str) -> str:
    """Return a pattern for any word of the groups, as one element of a larger pattern."""
    return f"(?:{'|'.join(words_of(file, *names))})"


class WordFinder:
    """Finds plain words of many groups in one pass, the longest at each place, none inside another.

    The engine is a library: its time does not grow with the number of words, where a regular
    expression of theirs took ten times as long.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        """Take words by group; a word of several belongs to the first."""
        self._groups: dict[str, str] = {}
        for name, words in groups.items():
            for word in words:
                self._groups.setdefault(word, name)
        self._words = list(self._groups)
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> tuple[Cue, ...]:
        """Return the words in a text, in order."""
        return tuple(
            Cue(start, stop, self._groups[self._words[word]])
            for word, start, stop in self._automaton.find_matches_as_indexes(text)
        )
