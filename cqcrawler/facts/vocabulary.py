"""The words by which facts are read: data, in `data/`, a file for each kind of question.

The form of the files is that of `resources/words.toml`. They lie here because they decide what
facts say and nothing else: a new word has stored texts read again, not pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from cqcrawler.facts.first_letters import any_pattern
from cqcrawler.text.words import Group, read_groups, words_in

# Of so many words the faster form of an automaton takes some MB and 20 ms.
_FEW = 3000


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


@cache
def words_of(file: str, *names: str) -> tuple[str, ...]:
    """Return the words of one group or of several, each once, in their order."""
    return words_in(vocabulary(file), *names)


@cache
def any_of(file: str, *names: str) -> str:
    """Return a pattern for any word of the groups, as one element of a larger pattern."""
    return any_pattern(words_of(file, *names))


class WordFinder:
    """Finds plain words of many groups in one pass, the longest at each place, none inside another.

    The engine is a library: its time does not grow with the number of words, where a regular
    expression of theirs took ten times as long.
    """

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        """Take words by group; a word of several belongs to the first."""
        group_of: dict[str, str] = {}
        for name, words in groups.items():
            for word in words:
                group_of.setdefault(word, name)
        self.group_of = list(group_of.values())
        form = Implementation.DFA if len(group_of) <= _FEW else None
        self._automaton = AhoCorasick(
            list(group_of), matchkind=MatchKind.LeftmostLongest, implementation=form
        )

    def find(self, text: str, begins: int = 0) -> tuple[Cue, ...]:
        """Return the words in a text, from `begins` on, in order."""
        group_of = self.group_of
        matches = self.matches(text, begins)
        return tuple([Cue(start, stop, group_of[word]) for word, start, stop in matches])

    def matches(self, text: str, begins: int = 0) -> list[tuple[int, int, int]]:
        """Return the words in a text, from `begins` on, in order: the number of each word among
        all, of which `group_of` tells the group, and where it starts and stops. For scans that
        are many, or find many."""
        matches = self._automaton.find_matches_as_indexes(text[begins:] if begins else text)
        if begins:
            return [(word, start + begins, stop + begins) for word, start, stop in matches]
        return matches

    def is_in(self, text: str) -> bool:
        """Whether a text has any of the words."""
        return bool(self._automaton.find_matches_as_indexes(text))
