"""Words looked for at one place of a text: those that begin there, or end there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping


class AnchoredWords:
    """A set of words, none of them empty, by their first and last letters.

    Most places are told off by one letter; a pattern would try every word.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._by_first = _lengths(self._words, 0)
        self._by_last = _lengths(self._words, -1)

    def longest_at(self, text: str, start: int) -> int:
        """Return the length of the longest word that begins at `start`, or 0."""
        words, longest = self._words, len(text) - start
        for length in self._by_first.get(text[start : start + 1], ()):
            if length <= longest and text[start : start + length] in words:
                return length
        return 0

    def longest_before(self, text: str, begins: int, stop: int) -> int:
        """Return the length of the longest word that ends at `stop` within `begins`, or 0."""
        if stop <= begins:
            return 0
        words = self._words
        for length in self._by_last.get(text[stop - 1], ()):
            if stop - length >= begins and text[stop - length : stop] in words:
                return length
        return 0

    def make_up(self, text: str) -> bool:
        """Whether a text is made of the words, one behind the other, and nothing else."""
        words, by_first, last = self._words, self._by_first, len(text)
        reached, pending = {0}, [0]
        while pending:
            start = pending.pop()
            if start == last:
                return True
            for length in by_first.get(text[start], ()):
                stop = start + length
                if stop <= last and stop not in reached and text[start:stop] in words:
                    reached.add(stop)
                    pending.append(stop)
        return False


def _lengths(words: Iterable[str], letter: int) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for word in words:
        found[word[letter]].add(len(word))
    return {key: tuple(sorted(lengths, reverse=True)) for key, lengths in found.items()}
