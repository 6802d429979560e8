"""What stands where: the links that begin in lines, the elements that hold them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from cqcrawler.reading.page.lines import Anchor, Blocks, Span

_BLOCK = _END = itemgetter(1)


def anchors_in(blocks: Blocks, start: int, end: int) -> Sequence[Anchor]:
    """Return the links that begin in the lines `start` to `end` (exclusive)."""
    anchors = blocks.anchors
    return anchors[bisect_left(anchors, start, key=_BLOCK) : bisect_left(anchors, end, key=_BLOCK)]


def spans_around(blocks: Blocks, first: int, last: int, most: int | None = None) -> Iterator[Span]:
    """The elements that hold the lines `first` to `last` (inclusive), inner ones first; of those
    that end below them, no more than `most` are looked at."""
    spans = blocks.spans
    begin = bisect_right(spans, last, key=_END)
    end = len(spans) if most is None else min(begin + most, len(spans))
    return (spans[i] for i in range(begin, end) if spans[i][0] <= first)
