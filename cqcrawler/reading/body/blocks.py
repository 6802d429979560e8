"""Elements with their lines and tags: which of them hold a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from cqcrawler.reading.page.lines import Lines

# Elements that are parts of a text, such as a paragraph or a row: the text goes on around them.
_PARTS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ucaptitle li ul ol dl dt dd tr tbody thead tfoot table caption "
    "blockquote pre figure figcaption".split()
)
_END_OF = itemgetter(1)


class Block(NamedTuple):
    """A block-level element: its lines `start` to `end` (exclusive), its tag as written, and the
    name of that."""

    start: int
    end: int
    tag: str
    name: str

    def is_part(self) -> bool:
        """Whether this is a part of a text rather than what holds one."""
        return self.name in _PARTS


def blocks_around(page: Lines, first: int, last: int) -> Iterator[Block]:
    """The elements that hold the lines `first` to `last` (inclusive), inner ones first."""
    for at in range(bisect_right(page.spans, last, key=_END_OF), len(page.spans)):
        start, end = page.spans[at]
        if start <= first:
            yield Block(start, end, page.tags[page.elements[at]] or "", page.names[at])
