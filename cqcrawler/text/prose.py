"""Whether a line is prose: two questions, since more or less stands around the line.

On a page the elements and links around a line say most, so reading counts every line that may be
prose, and every fifth title with them (84 of 442 in the corpus). Cleaning has lines and nothing
else, and there a title with a question mark is a row of a list: it asks for lines that are plainly
prose, as 4 of these titles are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

CLAUSE_END = re.compile(r"[，。；！？]|[,;!?](?!\d)")
_MARK = re.compile("[！？；!?;]")
_ENDS = frozenset("，、：…,.）)”")
_PAUSE = re.compile("[，,、]")
# How many characters a line of prose has, and one without a mark but with a pause in it.
_SHORTEST, _CLAUSE = 10, 30

_PLAIN_END = re.compile(r"[!?！？；;：:][”’\"'）)」』】]*$")
_COMMA = re.compile("[，,]")
# Titles and slogans end in an exclamation too, and titles have a comma, but not at these lengths.
_EXCLAMATION, _CLAUSES = 30, 60


def reads_like_prose(text: str) -> bool:
    """Whether a line may be prose, and is no menu, label or plain title."""
    length = len(text)
    if length < _SHORTEST:
        return False
    if "。" in text or text[-1] in _ENDS or "；" in text or _MARK.search(text):
        return True
    return length >= _CLAUSE and _PAUSE.search(text) is not None


def length_of_prose(lines: Iterable[str]) -> int:
    """Return how many characters the lines have that may be prose."""
    return sum(len(line) for line in lines if reads_like_prose(line))


def is_plainly_prose(line: str) -> bool:
    """Whether a line is prose whatever stands around it, and no title, label or list."""
    if "。" in line:
        return True
    if len(line) >= _CLAUSES and _COMMA.search(line):
        return True
    return len(line) >= _EXCLAMATION and _PLAIN_END.search(line) is not None
