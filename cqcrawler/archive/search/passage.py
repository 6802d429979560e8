"""The piece of a text that shows why it was found, with the places to highlight."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cqcrawler.text.grams import fold

# Characters before the first thing found, and in all.
_BEFORE = 30
_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Passage:
    """Text on one line, and the (start, end) offsets in it of what was searched for.

    The offsets are in order and never overlap. The text is as stored and not escaped.
    """

    text: str
    marks: tuple[tuple[int, int], ...]


def mark(text: str, patterns: Sequence[re.Pattern[str]]) -> Passage:
    """Mark what the patterns (for folded text) find in all of `text`."""
    return Passage(text.replace("\n", " "), tuple(_spans(text, patterns)))


def cut(text: str, patterns: Sequence[re.Pattern[str]]) -> Passage:
    """Cut some 120 characters around the first thing found, or from the beginning."""
    spans = _spans(text, patterns)
    start = max(0, spans[0][0] - _BEFORE) if spans else 0
    end = start + _LENGTH
    head, tail = "…" * (start > 0), "…" * (end < len(text))
    shift = len(head) - start
    marks = ((first + shift, min(last, end) + shift) for first, last in spans if first < end)
    return Passage(head + text[start:end].replace("\n", " ") + tail, tuple(marks))


def _spans(text: str, patterns: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    folded = fold(text)
    spans = _found(folded, patterns)
    # Folding seldom moves anything; `㎡`, which becomes two characters, does.
    if any(fold(text[start:end]) != folded[start:end] for start, end in spans):
        pieces = [fold(character) for character in text]
        ends = list(accumulate(map(len, pieces)))
        spans = [
            (bisect_right(ends, start), bisect_right(ends, end - 1) + 1)
            for start, end in _found("".join(pieces), patterns)
        ]
    return _merged(sorted(spans))


def _found(folded: str, patterns: Sequence[re.Pattern[str]]) -> list[tuple[int, int]]:
    return [match.span() for pattern in patterns for match in pattern.finditer(folded)]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
