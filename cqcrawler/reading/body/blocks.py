"""Elements as a tree of blocks: what stands inside which."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from cqcrawler.reading.page.lines import Lines, Span
from cqcrawler.reading.page.tokens import name_of

# Elements that are parts of a text, such as a paragraph or a row: the text goes on around them.
_PARTS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ucaptitle li ul ol dl dt dd tr tbody thead tfoot table caption "
    "blockquote pre figure figcaption".split()
)


@dataclass(slots=True, eq=False)
class Block:
    """A block-level element: its lines `start` to `end` (exclusive), its tag as written, the
    elements right inside of it, and the one around it."""

    start: int
    end: int
    tag: str
    parent: Block | None = None
    children: list[Block] = field(default_factory=list)

    @property
    def name(self) -> str:
        return name_of(self.tag)

    def is_part(self) -> bool:
        """Whether this is a part of a text rather than what holds one."""
        return self.name in _PARTS


def blocks_around(page: Lines, first: int, last: int) -> Iterator[Block]:
    """The elements that hold the lines `first` to `last` (inclusive), inner ones first, without
    what is in them."""
    for at in range(bisect_right(page.spans, last, key=_end_of), len(page.spans)):
        start, end = page.spans[at]
        if start <= first:
            yield Block(start, end, page.tags[page.elements[at]] or "")


def block_tree(page: Lines, start: int, end: int) -> Block:
    """Return the elements within the lines `start` to `end` (exclusive), below a root."""
    root = Block(start, end, "")
    inner: Block = root
    # Elements are in the order of their ends, inner ones first; backwards, outer ones come first.
    for at in range(bisect_right(page.spans, end, key=_end_of) - 1, -1, -1):
        span = page.spans[at]
        if span[1] <= start:
            break
        if span[0] < start:
            continue
        while inner.parent and not inner.start <= span[0] <= span[1] <= inner.end:
            inner = inner.parent
        inner = Block(*span, page.tags[page.elements[at]] or "", inner)
        if inner.parent:
            inner.parent.children.append(inner)
    _put_in_order(root)
    return root


def _end_of(span: Span) -> int:
    return span[1]


def _put_in_order(root: Block) -> None:
    waiting = [root]
    while waiting:
        block = waiting.pop()
        block.children.reverse()
        waiting += block.children
