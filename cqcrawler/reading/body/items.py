"""The lines of a text that are cells of a table or items of a list: one that stands there twice
belongs to both places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, chain

from cqcrawler.reading.page.lines import Lines, Span

_CELLS = frozenset(("td", "th"))
_ITEMS = frozenset(("li", "dt", "dd"))
_LISTS = frozenset(("ul", "ol", "dl", "menu", "dir"))
_NAMES = _CELLS | _ITEMS | _LISTS | {"tr", "table"}


def find_items(page: Lines, body: range) -> dict[int, int]:
    """Return the lines of the body that are cells of a table with several columns, or items of a
    list, each with the number of its table or list, the outermost one."""
    found: dict[int, int] = {}
    covered = body.start
    for start, end, number in _spans(page, body):
        if end > covered:
            found.update(dict.fromkeys(range(max(start, covered), min(end, body.stop)), number))
            covered = end
    return found


def _spans(page: Lines, body: range) -> list[tuple[int, int, int]]:
    """Return the lines of cells and items with the number of their table or list, in reading order.
    A cell or a list that holds half of the body is layout."""
    lengths = [0, *accumulate(map(len, page.texts))]

    def is_small(span: Span) -> bool:
        return 2 * (lengths[span[1]] - lengths[span[0]]) < lengths[body.stop] - lengths[body.start]

    found: list[tuple[int, int, int]] = []
    cells: list[Span] = []
    rows: list[list[Span]] = []
    items: list[Span] = []
    for number, (name, span) in enumerate(_elements(page, body)):
        if name in _CELLS:
            cells.append(span)
        elif name in _ITEMS:
            items.append(span)
        elif name == "tr":
            rows.append(_take_inside(cells, span[0]))
        elif name == "table":
            table = _rows_inside(rows, span[0])
            if any(len(row) > 1 for row in table):
                found += [(*cell, number) for cell in chain(*table) if is_small(cell)]
        elif (inner := _take_inside(items, span[0])) and is_small(span):
            found += [(*item, number) for item in inner]
    return sorted(found, key=lambda lines: (lines[0], -lines[1]))  # outer ones first


def _elements(page: Lines, body: range) -> Iterator[tuple[str, Span]]:
    for name, (start, end) in zip(page.names, page.spans, strict=True):
        if name in _NAMES and start < body.stop and end > body.start:
            yield name, (start, end)


def _take_inside(spans: list[Span], start: int) -> list[Span]:
    """Take from the end of a list the spans that begin at a line or below it."""
    inside = []
    while spans and spans[-1][0] >= start:
        inside.append(spans.pop())
    return inside


def _rows_inside(rows: list[list[Span]], start: int) -> list[list[Span]]:
    inside = []
    while rows and (not rows[-1] or rows[-1][-1][0] >= start):
        inside.append(rows.pop())
    return inside
