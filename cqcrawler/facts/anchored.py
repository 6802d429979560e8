"""Words looked for at one place of a text: those that begin there, or end there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


class AnchoredWords:
    """A set of words, none of them empty, by their first and last letters.

    Most places are told off by one letter; a pattern would try every word.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._by_first = _lengths(self._words, 0)
        self._by_last = _lengths(self._words, -1)

    def lengths_at(self, text: str, start: int, stop: int | None = None) -> Sequence[int]:
        """Return the lengths of the words from `start` to at most `stop`, the longest first."""
        stop = len(text) if stop is None else stop
        if start >= stop:
            return ()
        words = self._words
        return [
            length
            for length in self._by_first.get(text[start], ())
            if start + length <= stop and text[start : start + length] in words
        ]

    def longest_at(self, text: str, start: int, stop: int | None = None) -> int:
        """Return the length of the longest word that begins at `start`, or 0."""
        return next(iter(self.lengths_at(text, start, stop)), 0)

    def longest_before(self, text: str, begins: int, stop: int) -> int:
        """Return the length of the longest word that ends at `stop` within `begins`, or 0."""
        if stop <= begins:
            return 0
        words = self._words
        for length in self._by_last.get(text[stop - 1], ()):
            if stop - length >= begins and text[stop - length : stop] in words:
                return length
        return 0


def _lengths(words: Iterable[str], letter: int) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for word in words:
        found[word[letter]].add(len(word))
    return {key: tuple(sorted(lengths, reverse=True)) for key, lengths in found.items()}
