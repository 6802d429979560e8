"""Where sentences and clauses begin and end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cqcrawler.facts.model import Field

_END = re.compile("[。！？!?]|\n")
# In characters. A text without ends of sentences is cut where a clause ends, so that what is read
# of one number never costs more than this much text.
_LONGEST = 1000
_CLAUSE_END = "，；、,; "


class Sentence(NamedTuple):
    """A stretch of a text from one end of a sentence or line to the next, without the line break.

    `text` is `whole[start:stop]` as it is stored, `plain` the same in half width, character by
    character, so that rules need to know one form only.
    """

    field: Field
    start: int
    stop: int
    text: str
    plain: str


# Wide letters, digits and marks; every one is a single character, so offsets stay.
_WIDE = re.compile("[！-～\u3000]")
_NARROW = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}


# The wide marks that most texts have are replaced one by one, which is fast; the rest is rare.
_MARKS = tuple((mark, _NARROW[mark]) for mark in "，：；（）！？")


@lru_cache(maxsize=8)
def narrowed(text: str) -> str:
    """Return a text of the same length with wide letters, digits and marks in half width."""
    for wide, narrow in _MARKS:
        text = text.replace(wide, narrow)
    return _WIDE.sub(lambda wide: _NARROW[wide[0]], text)


@lru_cache(maxsize=8)
def split_sentences(text: str, field: Field) -> tuple[Sentence, ...]:
    """Return the sentences of a title or body, in order, none of them empty."""
    plain = narrowed(text)
    found = []
    start = 0
    for end in (*_END.finditer(text), None):
        last = len(text) if end is None else end.start()
        stop = last if end is None or text[last] == "\n" else end.end()
        while stop - start > _LONGEST:
            cut = max(text.rfind(mark, start, start + _LONGEST) for mark in _CLAUSE_END) + 1
            cut = cut if cut > start else start + _LONGEST
            found.append(Sentence(field, start, cut, text[start:cut], plain[start:cut]))
            start = cut
        if not text[start:stop].isspace() and start < stop:
            found.append(Sentence(field, start, stop, text[start:stop], plain[start:stop]))
        start = last + 1
    return tuple(found)


# The marks in half width that clauses end with, and those that parts of clauses end with, too.
CLAUSES, PARTS = ",;:。", ",;:。、()"


def start_behind(marks: str, plain: str, stop: int, least: int = 0) -> int:
    """Return where the stretch up to `stop` begins that has none of the marks, at `least` there."""
    while stop > least and plain[stop - 1] not in marks:
        stop -= 1
    return stop
