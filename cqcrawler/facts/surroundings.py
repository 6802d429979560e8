"""The clause and the sentence around a word, as far as a rule looks."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKS = frozenset("，。；;,!?\n")
_CLAUSE_REST = re.compile("[^，。；;,!?\n]*")
_ENDS = ("。", "\n")
# How far to either side of a word the rest of its clause and sentence is looked at.
AROUND = 60


class Surroundings(NamedTuple):
    """The word from `start` to `stop` of `text`, and where its clause and its sentence begin and
    end, or are cut off."""

    text: str
    start: int
    stop: int
    clause_start: int
    clause_stop: int
    sentence_start: int
    sentence_stop: int


def surroundings(text: str, start: int, stop: int) -> Surroundings:
    """Return what is around the word from `start` to `stop`."""
    first, last = max(start - AROUND, 0), min(stop + AROUND, len(text))
    clause_start = start
    while clause_start > first and text[clause_start - 1] not in _MARKS:
        clause_start -= 1
    rest = _CLAUSE_REST.match(text, stop, last)
    clause_stop = rest.end() if rest else stop
    sentence_start = max(first, *(text.rfind(end, first, clause_start) + 1 for end in _ENDS))
    ends = [end for mark in _ENDS if (end := text.find(mark, clause_stop, last)) >= 0]
    return Surroundings(
        text, start, stop, clause_start, clause_stop, sentence_start, min(ends, default=last)
    )
