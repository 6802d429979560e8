"""One row of a listing: the link to a notice, with what is printed in the row and beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from lxml import etree

from cqcrawler.reading.listing.row_dates import printed_date
from cqcrawler.reading.listing.row_text import (
    is_read_more,
    pieces,
    split_edge_date,
    title_and_rest,
    title_outside,
)

# More text than this in a row is not looked at.
_MOST_PIECES = 400
# How many siblings may stand between a row and its date, and how large one may be.
_MOST_SIBLINGS = 4
# Two rows may be of the days 9 and 10; from three on they are counted.
_FEWEST_COUNTED = 3
_OF_DATES = "0123456789年月日-/. "
_MOST_ELEMENTS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Hyperlink:
    """An element that leads to `url`, its text, and its place among the links of the page."""

    element: etree._Element
    url: str
    text: str
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A link to what may be a notice. `record` is the element that holds all about it."""

    link: Hyperlink
    record: etree._Element
    title: str
    published: str | None


def read_rows(
    members: Sequence[tuple[Hyperlink, etree._Element]],
    links: Mapping[etree._Element, str],
    base: datetime | None,
) -> list[Row]:
    """Read the rows of one list, each given by its link and its element.

    `links` are the addresses of all links of the page by element: the date of a row does not
    stand behind a link to another page.
    """
    counted = _are_counted([link.element for link, _ in members])
    rows = [_read_row(link, record, base, counted=counted) for link, record in members]
    if all(row.published for row in rows):
        return rows
    return _dated_from_between(rows, links, base)


def _are_counted(links: Sequence[etree._Element]) -> bool:
    """Whether the links of rows begin with numbers that count them, which are not of the titles."""
    numbers: list[int] = []
    for link in links:
        said = [piece.text.strip(" .、") for piece in islice(pieces(link), 2)]
        text, behind = (*said, "", "")[:2]
        follows = text.isdecimal() and numbers[-1:] in ([], [int(text) - 1])
        if not follows or not behind.strip(_OF_DATES):
            return False  # or a day, with its month behind it
        numbers.append(int(text))
    return len(numbers) >= _FEWEST_COUNTED


def _read_row(
    link: Hyperlink, record: etree._Element, base: datetime | None, *, counted: bool
) -> Row:
    found = list(islice(pieces(record, link.element), _MOST_PIECES))
    linked = [piece for piece in found if piece.linked][int(counted) :]
    title, rest = title_and_rest(linked, _attribute(link.element))
    outside = [piece for piece in found if not piece.linked]
    if is_read_more(title):
        title = title_outside(outside)
    around = [piece.text.strip() for piece in outside]
    published = printed_date([*around, *rest], base)
    if published is None:
        title, edge = split_edge_date(title)
        published = printed_date([edge], base) if edge else None
    return Row(link, record, title, published)


def _attribute(element: etree._Element) -> str:
    """Return the title that a tooltip holds, or the text that stands for a linked image."""
    if title := element.get("title"):
        return title
    image = element.find(".//img[@alt]")
    return "" if image is None else image.get("alt", "")


def _dated_from_between(
    rows: Sequence[Row], links: Mapping[etree._Element, str], base: datetime | None
) -> list[Row]:
    """Date rows by what stands between them: after each one, or before, as fits more rows."""
    after = [printed_date(_beside(row, links, following=True), base) for row in rows]
    before = [printed_date(_beside(row, links, following=False), base) for row in rows]
    dates = max(after, before, key=lambda each: sum(map(bool, each)))
    return [
        replace(row, published=row.published or date) for row, date in zip(rows, dates, strict=True)
    ]


def _beside(row: Row, links: Mapping[etree._Element, str], *, following: bool) -> Iterator[str]:
    """Yield the texts between a row and the next link, or the one before."""
    element, own = row.record, row.link.url
    for _ in range(_MOST_SIBLINGS):
        yield (_text_after(element) if following else _text_before(element)).strip()
        sibling = element.getnext() if following else element.getprevious()
        if sibling is None:
            return
        within = list(islice(sibling.iter(), _MOST_ELEMENTS))
        if len(within) == _MOST_ELEMENTS or any(links.get(each, own) != own for each in within):
            return
        yield from (piece.text.strip() for piece in pieces(sibling))
        element = sibling


def _text_after(element: etree._Element) -> str:
    return element.tail or ""


def _text_before(element: etree._Element) -> str:
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or ""
    parent = element.getparent()
    return (parent.text if parent is not None else None) or ""
