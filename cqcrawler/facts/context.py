"""The words around the numbers of a sentence, all groups of them found in one pass."""

from __future__ import annotations

import re
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from cqcrawler.facts.vocabulary import vocabulary

# A digit of a word stands for any.
_DIGIT = re.compile("[1-9]")
_HIDES = "not_"

_GROUPS: dict[str, list[str]] = {}
for _name, _group in vocabulary("contexts").items():
    for _word in _group.words:
        _GROUPS.setdefault(_word, []).append(_name)
_WORDS = list(_GROUPS)
_LONGEST = max(map(len, _WORDS))
_AUTOMATON = AhoCorasick(_WORDS)


class Context:
    """Where the words of each group of `data/contexts.toml` stand in a sentence in half width."""

    def __init__(self, plain: str) -> None:
        self._found: dict[str, list[tuple[int, int]]] = {}
        found = _AUTOMATON.find_matches_as_indexes(_DIGIT.sub("0", plain), overlapping=True)
        for word, start, stop in found:
            for group in _GROUPS[_WORDS[word]]:
                self._found.setdefault(group, []).append((start, stop))
        for group in [each for each in self._found if each.startswith(_HIDES)]:
            hidden = self._found.get(group.removeprefix(_HIDES))
            if hidden:
                covers = dict(self._found[group])
                hidden[:] = [each for each in hidden if not _is_inside(each, covers)]

    def has(self, group: str, start: int, stop: int) -> bool:
        """Whether a word of a group lies between two offsets."""
        return any(start <= first and last <= stop for first, last in self._found.get(group, ()))

    def last(self, group: str, stop: int, start: int = 0) -> int:
        """Return where the last word of a group between two offsets begins, or -1."""
        found = self._found.get(group, ())
        return max((first for first, last in found if start <= first and last <= stop), default=-1)

    def last_end(self, group: str, start: int, stop: int) -> int:
        """Return where the last word of a group between two offsets ends, or -1."""
        found = self._found.get(group, ())
        return max((last for first, last in found if start <= first and last <= stop), default=-1)

    def first_span(self, group: str, start: int, stop: int) -> tuple[int, int] | None:
        """Return the first word of a group between two offsets, the longest of those there."""
        found = [w for w in self._found.get(group, ()) if start <= w[0] and w[1] <= stop]
        return min(found, key=lambda word: (word[0], -word[1]), default=None)

    def last_span(self, group: str, start: int, stop: int) -> tuple[int, int] | None:
        """Return the last word of a group between two offsets, the longest of those there."""
        found = [w for w in self._found.get(group, ()) if start <= w[0] and w[1] <= stop]
        return max(found, key=lambda word: (word[1], -word[0]), default=None)

    def first(self, group: str) -> int:
        """Return where the first word of a group begins, or -1."""
        return min((first for first, _ in self._found.get(group, ())), default=-1)


def _is_inside(word: tuple[int, int], covers: dict[int, int]) -> bool:
    start, stop = word
    return any(covers.get(first, 0) >= stop for first in range(start - _LONGEST, start + 1))


@lru_cache(maxsize=64)
def context_of(plain: str) -> Context:
    """Return the context of the numbers of a sentence."""
    return Context(plain)
