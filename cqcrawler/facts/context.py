"""The words around the numbers of a sentence, all groups of them found in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
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
_AUTOMATON = AhoCorasick(list(_GROUPS))
_GROUPS_OF = list(_GROUPS.values())


class Context:
    """Where the words of each group of `data/contexts.toml` stand in a sentence in half width."""

    def __init__(self, plain: str) -> None:
        self._found = words = defaultdict[str, list[tuple[int, int]]](list)
        found = _AUTOMATON.find_matches_as_indexes(_DIGIT.sub("0", plain), overlapping=True)
        for word, start, stop in found:
            for group in _GROUPS_OF[word]:
                words[group].append((start, stop))
        for group in [each for each in words if each.startswith(_HIDES)]:
            if hidden := words.get(group.removeprefix(_HIDES)):
                covers = words[group]
                hidden[:] = [each for each in hidden if not _is_inside(each, covers)]

    def has(self, group: str, start: int, stop: int) -> bool:
        """Whether a word of a group lies between two offsets."""
        return any(start <= first and last <= stop for first, last in self._found.get(group, ()))

    def last(self, group: str, stop: int, start: int = 0) -> int:
        """Return where the last word of a group between two offsets begins, or -1."""
        span = self.last_span(group, start, stop)
        return span[0] if span else -1

    def last_end(self, group: str, start: int, stop: int) -> int:
        """Return where the last word of a group between two offsets ends, or -1."""
        span = self.last_span(group, start, stop)
        return span[1] if span else -1

    def last_span(self, group: str, start: int, stop: int) -> tuple[int, int] | None:
        """Return the last word of a group between two offsets, the longest that ends there."""
        best = None
        for word in self._found.get(group, ()):
            if word[1] > stop:
                break
            if start <= word[0] and (best is None or word[1] > best[1]):
                best = word
        return best

    def first_span(self, group: str, start: int, stop: int) -> tuple[int, int] | None:
        """Return the first word of a group between two offsets, the longest that begins there."""
        best = None
        for word in self._found.get(group, ()):
            if word[1] > stop:
                break
            if start <= word[0] and (best is None or word[0] <= best[0]):
                best = word
        return best

    def first(self, group: str) -> int:
        """Return where the first word of a group begins, or -1."""
        return min((first for first, _ in self._found.get(group, ())), default=-1)


def _is_inside(word: tuple[int, int], covers: list[tuple[int, int]]) -> bool:
    start, stop = word
    return any(first <= start and stop <= last for first, last in covers)


@lru_cache(maxsize=64)
def context_of(plain: str) -> Context:
    """Return the context of the numbers of a sentence."""
    return Context(plain)
