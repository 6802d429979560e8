"""Links to notices, told from the other links of a page by how they repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from cqcrawler.reading.addresses import url_shape
from cqcrawler.reading.listing.row import Hyperlink, Row, read_rows

# How many elements above a link are looked at for the list it belongs to.
_CLIMB = 10
# A row leads to its notice and perhaps to a section, a place, an author: more is no row.
_MOST_TARGETS = 4
# Inline elements come and go between the rows of one list (pinned rows in bold, in red).
_INLINE = frozenset({"b", "strong", "font", "span", "em", "i", "u", "mark", "big", "small"})


@dataclass(frozen=True, eq=False)
class Group:
    """Rows that repeat inside one container, in page order."""

    container: etree._Element
    rows: tuple[Row, ...]

    @cached_property
    def dated(self) -> float:
        """The share of rows that have a date."""
        return sum(row.published is not None for row in self.rows) / len(self.rows)

    @cached_property
    def title_length(self) -> float:
        return sum(len(row.title) for row in self.rows) / len(self.rows)

    @cached_property
    def shapes(self) -> frozenset[str]:
        return frozenset(url_shape(row.link.url) for row in self.rows)


class _Seat(NamedTuple):
    """A way to see a link as a row: a list, the tag of its rows, the path inside to the link."""

    container: etree._Element
    tag: str
    path: tuple[str, ...]


class _Option(NamedTuple):
    seat: _Seat
    record: etree._Element
    height: int
    alone: bool


def find_groups(links: Sequence[Hyperlink], base: datetime | None) -> list[Group]:
    """Group `links` into lists, each link at most once.

    The row of a link is that ancestor of it, or itself, which has most siblings of the same tag
    with a link at the same place inside. So a row is an `li`, a `tr`, a `dt`, a `div` or a bare
    link, whatever the page is made of. `base` is what relative dates are relative to.
    """
    options = _options(links)
    sizes: dict[_Seat, int] = defaultdict(int)
    for ways in options.values():
        for option in ways:
            sizes[option.seat] += 1
    groups: dict[_Seat, list[tuple[Hyperlink, etree._Element]]] = defaultdict(list)
    for link, ways in options.items():
        best = max(ways, key=lambda way: _fitness(way, sizes[way.seat]))
        groups[best.seat].append((link, best.record))
    known = {link.element: link.url for link in links}
    return [
        Group(seat.container, tuple(read_rows(members, known, base)))
        for seat, members in groups.items()
    ]


def _options(links: Sequence[Hyperlink]) -> dict[Hyperlink, list[_Option]]:
    inside: dict[tuple[etree._Element, etree._Element], list[tuple[Hyperlink, tuple[str, ...]]]]
    inside = defaultdict(list)
    for link in links:
        for container, record, path in _climb(link.element):
            inside[container, record].append((link, path))
    options: dict[Hyperlink, list[_Option]] = defaultdict(list)
    for (container, record), found in inside.items():
        link, path = max(found, key=lambda each: len(each[0].text))
        others = {other.url for other, _ in found} - {link.url}
        if len(others) < _MOST_TARGETS and not _several_rows(link.url, others):
            seat = _Seat(container, record.tag, path)
            options[link].append(_Option(seat, record, len(path), not others))
    return options


def _climb(
    element: etree._Element,
) -> Iterator[tuple[etree._Element, etree._Element, tuple[str, ...]]]:
    """Yield container, record and the path from the record down, for each ancestor near by."""
    path: tuple[str, ...] = ()
    for _ in range(_CLIMB):
        container = element.getparent()
        if container is None or element.tag == "body":
            return
        yield container, element, path
        if element.tag not in _INLINE:
            path = (element.tag, *path)
        element = container


def _several_rows(url: str, others: set[str]) -> bool:
    """Whether a block with these targets is several rows: they lead to pages of one kind."""
    shape = url_shape(url)
    return any(url_shape(other) == shape for other in others)


def _fitness(option: _Option, size: int) -> tuple[int, bool, int]:
    """Most siblings win; a link without any gets the largest block that leads nowhere else."""
    if size > 1:
        return size, True, -option.height
    return size, option.alone, option.height
