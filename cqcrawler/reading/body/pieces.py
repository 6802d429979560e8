"""A column cut into pieces that are decided upon together: boxes of links, tables, single lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Set
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import itemgetter, mul
from typing import NamedTuple

from cqcrawler.reading.body.asides import find_asides
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.page.link_lines import other_links
from cqcrawler.reading.page.tokens import read_attributes
from cqcrawler.text.boilerplate import DETAILS, match_either
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.signatures import is_signed
from cqcrawler.text.words import any_word

# In a table of data most lines are cells of their own, of so few lines; other tables are the
# columns of a page.
_FEWEST_CELLS, _MOST_CELLS, _CELL_LINES = 4, 0.8, 2
# A shorter class than this, in characters, with a number behind it is one that no author chose.
_SHORTEST_NAME = 3
_NUMBER = re.compile(r"\d+")
# Such a line names the list of links that follows.
LIST_HEADING = re.compile(
    f"^{any_word('related', 'further', 'list_heading')}.{{0,8}}$"
    rf"|^\W?.{{2,6}}{any_word('list_heading_end')}[:：]?$"
)
# One link may be anything; a box has more.
_FEWEST_LINKS = 2
_LONGEST_HEADING = 8  # characters
_END_OF = itemgetter(1)
# Most elements of a column have one of a few tags.
_REMEMBERED = 64


class Kind(Enum):
    LINE = auto()
    BOX = auto()
    ASIDE = auto()
    TABLE = auto()


# Where a line stands: the tag around it as written, and the name of the element that is its own.
Place = tuple[str, str]


class Piece(NamedTuple):
    """Lines, where they stand, whether an element around them, or their own, has the class that
    was asked for, and whether they are nothing but links."""

    lines: range
    kind: Kind
    place: Place
    is_alike: bool
    is_link: bool


class _Around(NamedTuple):
    """An element around the lines that are cut next: its first line, its tag, and whether it, or
    one around it, has the class that was asked for."""

    start: int
    tag: str
    is_alike: bool


def cut(
    page: Lines, column: range, teasers: Set[int], first: int, class_name: str | None
) -> list[Piece]:
    """Cut a column into pieces, in reading order; the text's first line is in no box, and pieces
    in elements of the class `class_name` are alike."""
    sums = _Sums(page, column, teasers, first)
    asides = find_asides(page, first, column)
    # Backwards, outer elements come before what is in them. What stands from `above` on is cut.
    around = [_Around(column.start, "", False)]
    above = column.stop
    found: list[Piece] = []
    for start, end, name, at in _elements_in(page, column):
        if end > above:
            continue  # inside of a piece
        while end <= around[-1].start:
            outer = around.pop()
            found += sums.lines(outer, outer.start, above)
            above = outer.start
        parent, tag = around[-1], page.tags[at] or ""
        if end < above:
            found += sums.lines(parent, end, above)
        above = end
        is_alike = parent.is_alike or _is_part(sums, start, end, tag, class_name)
        kind = sums.kind(start, end, name)
        if kind is not Kind.BOX and (start, end) in asides:
            kind = Kind.ASIDE
        if kind:
            is_link = kind is Kind.BOX or (kind is Kind.LINE and sums.is_link(start))
            place = (parent.tag, name)
            found.append(Piece(range(start, end), kind, place, is_alike, is_link))
            above = start
        else:
            around.append(_Around(start, tag, is_alike))
    while around:
        outer = around.pop()
        found += sums.lines(outer, outer.start, above)
        above = outer.start
    found.reverse()
    return found


@lru_cache(_REMEMBERED)
def class_of(tag: str) -> str | None:
    """The class of a tag, as stated."""
    return read_attributes(tag).get("class") if "class" in tag else None


def _is_part(sums: _Sums, start: int, end: int, tag: str, class_name: str | None) -> bool:
    """Whether an element has the class of the text's own, or one that differs in a number and
    sentences in it: systems number the parts of a text, and others all their classes."""
    if class_name is None or (own := class_of(tag)) is None:
        return False
    if own == class_name:
        return True
    name = _NUMBER.sub("", own)
    is_named = len(name) >= _SHORTEST_NAME and name == _NUMBER.sub("", class_name)
    return is_named and sums.has_sentences(start, end)


def _elements_in(page: Lines, column: range) -> Iterator[tuple[int, int, str, int]]:
    """The elements in a column from its end upwards, outer ones first: their first line, the one
    behind them, their name, and the index of their tag."""
    for i in range(bisect_right(page.spans, column.stop, key=_END_OF) - 1, -1, -1):
        start, end = page.spans[i]
        if end <= column.start:
            break
        if start >= column.start:
            yield start, end, page.names[i], page.elements[i]


class _Sums:
    """What the elements of a column hold, as differences of sums over its lines: linear, however
    deep they are nested. Most are sums that many columns do without: they hold no box or table."""

    def __init__(self, page: Lines, column: range, teasers: Set[int], first: int) -> None:
        self._page = page
        self._column = column
        self._teasers = teasers
        self._first = first
        self._start = column.start
        self._is_link = other_links(page, column.start, column.stop)
        self._may_hold_box = self._are_links(column.start, column.stop)

    def _are_links(self, start: int, end: int) -> bool:
        """Whether lines hold more links than may be anything, in one line or in several."""
        lines = self._is_link[start - self._start : end - self._start]
        if sum(lines) != 1:
            return sum(lines) >= _FEWEST_LINKS
        line = start + lines.index(True)
        return len(self._page.anchors_in(line, line + 1)) >= _FEWEST_LINKS

    @cached_property
    def _lengths(self) -> list[int]:
        """The lengths of lines that are neither links, labels nor teasers; of others, none."""
        labels, teasers = self._page.label_lines, self._teasers
        texts = self._page.texts[self._start : self._column.stop]
        return [
            0 if link or i in labels or i in teasers else len(text)
            for i, link, text in zip(self._column, self._is_link, texts, strict=True)
        ]

    @cached_property
    def _links(self) -> list[int]:
        return _summed(self._is_link)

    @cached_property
    def _linked(self) -> list[int]:
        texts = self._page.texts[self._start : self._column.stop]
        return _summed(map(mul, map(len, texts), self._is_link))

    @cached_property
    def _plain(self) -> list[int]:
        return _summed(self._lengths)

    @cached_property
    def _others(self) -> list[int]:
        return _summed(map(bool, self._lengths))

    @cached_property
    def _cells(self) -> list[int]:
        return _summed(_cell_lines(self._page, self._column))

    @cached_property
    def _sentences(self) -> list[int]:
        texts = self._page.texts[self._start : self._column.stop]
        lengths = self._lengths
        return _summed(n > 0 and _is_text(text) for n, text in zip(lengths, texts, strict=True))

    def has_sentences(self, start: int, end: int) -> bool:
        return self._sentences[start - self._start] < self._sentences[end - self._start]

    def is_link(self, line: int) -> bool:
        return self._is_link[line - self._start]

    def lines(self, around: _Around, start: int, end: int) -> list[Piece]:
        """Lines that an element holds itself, backwards."""
        place = (around.tag, "")
        return [
            Piece(range(i, i + 1), Kind.LINE, place, around.is_alike, self.is_link(i))
            for i in range(end - 1, start - 1, -1)
        ]

    def kind(self, start: int, end: int, name: str) -> Kind | None:
        """What the lines of an element are together, or None for what has to be cut."""
        count = end - start
        if count == 1:
            return Kind.LINE
        if self._may_hold_box and self._is_box(start - self._start, end - self._start):
            return Kind.BOX
        if count > _FEWEST_LINKS and self._heads_titles(start, end):
            return Kind.BOX
        if count >= _FEWEST_CELLS and name == "table":
            cells = self._cells[end - self._start] - self._cells[start - self._start]
            return Kind.TABLE if cells >= _MOST_CELLS * count else None
        return None

    def _heads_titles(self, start: int, end: int) -> bool:
        """Whether an element is the heading of a list of notices and titles that a script links."""
        heading = self._page.texts[start]
        if len(heading) > _LONGEST_HEADING or LIST_HEADING.match(heading) is None:
            return False
        links = self._is_link[start - self._start : end - self._start]
        if start <= self._first < end or any(links):
            return False
        return not self.has_sentences(start, end)

    def _is_box(self, start: int, end: int) -> bool:
        links = self._links[end] - self._links[start]
        if not links or start <= self._first - self._start < end:
            return False
        if links < _FEWEST_LINKS and not self._are_links(start + self._start, end + self._start):
            return False
        if start + self._start in self._teasers:
            return False  # its title stands elsewhere
        few = self._others[end] - self._others[start] <= links + 1
        linked = self._linked[end] - self._linked[start]
        if not few or linked < self._plain[end] - self._plain[start]:
            return False
        return self._sentences[start] == self._sentences[end]


def _is_text(text: str) -> bool:
    """Whether a line stands in a text rather than among links: a sentence, a contact, a day that
    signs."""
    if rule := match_either(text):
        return rule.scope in DETAILS
    return "。" in text or reads_like_prose(text) or is_signed(text)


def _cell_lines(page: Lines, column: range) -> list[bool]:
    """For each line, whether it stands in a small cell beside others of its row."""
    # `rows` are the elements around, as (first line, number); `counts` says how many each holds.
    rows, counts = [(column.start, 0)], [0]
    cells: list[tuple[int, int, int]] = []
    for start, end, name, _ in _elements_in(page, column):
        while end <= rows[-1][0]:
            rows.pop()
        row = rows[-1][1]
        counts[row] += 1
        if end - start <= _CELL_LINES and name in ("td", "th"):
            cells.append((start, end, row))
        rows.append((start, len(counts)))
        counts.append(0)
    found = [False] * len(column)
    for start, end, row in cells:
        if counts[row] > 1:
            found[start - column.start : end - column.start] = [True] * (end - start)
    return found


def _summed(values: Iterable[int]) -> list[int]:
    return [0, *accumulate(values)]
