"""The clause and the sentence around a word, as far as a rule looks."""

from __future__ import annotations

import re

_MARKS = frozenset("，。；;,!?】\n")
_CLAUSE_REST = re.compile("[^，。；;,!?】\n]*")
_ENDS = ("。", "\n")
# How far to either side of a word the rest of its clause and sentence is looked at.
AROUND = 60


def clause_start(text: str, start: int) -> int:
    """Return where the clause begins, or is cut off, of the word at `start`."""
    first = max(start - AROUND, 0)
    while start > first and text[start - 1] not in _MARKS:
        start -= 1
    return start


def clause_stop(text: str, stop: int) -> int:
    """Return where the clause ends, or is cut off, of the word that ends at `stop`."""
    rest = _CLAUSE_REST.match(text, stop, stop + AROUND)
    return rest.end() if rest else stop


def sentence_start(text: str, start: int) -> int:
    """Return where the sentence begins, or is cut off, of the word at `start`."""
    first = max(start - AROUND, 0)
    return max(first, *(text.rfind(end, first, start) + 1 for end in _ENDS))


def sentence_stop(text: str, stop: int) -> int:
    """Return where the sentence ends, or is cut off, of what ends at `stop`."""
    last = min(stop + AROUND, len(text))
    return min((end for mark in _ENDS if (end := text.find(mark, stop, last)) >= 0), default=last)
