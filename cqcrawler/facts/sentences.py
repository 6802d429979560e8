"""Where sentences and clauses begin and end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cqcrawler.facts.model import Field

_END = re.compile("[。！？!?]|\n")


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
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
}


def narrowed(text: str) -> str:
    """Return a text of the same length with wide letters, digits and marks in half width."""
    return text.translate(_NARROW)


@lru_cache(maxsize=8)
def split_sentences(text: str, field: Field) -> tuple[Sentence, ...]:
    """Return the sentences of a title or body, in order, none of them empty."""
    plain = narrowed(text)
    found = []
    start = 0
    for end in _END.finditer(text):
        stop = end.end() if text[end.start()] != "\n" else end.start()
        if text[start:stop].strip():
            found.append(Sentence(field, start, stop, text[start:stop], plain[start:stop]))
        start = end.end()
    if text[start:].strip():
        found.append(Sentence(field, start, len(text), text[start:], plain[start:]))
    return tuple(found)
