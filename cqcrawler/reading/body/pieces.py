"""A column cut into pieces that are decided upon together: boxes of links, tables, single lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from enum import Enum, auto
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from cqcrawler.reading.body.blocks import Block
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.page.link_lines import is_other_link
from cqcrawler.reading.page.tokens import read_attributes
from cqcrawler.text.boilerplate import Scope, match_either
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import any_word

# In a table of data most lines are cells of their own, of so few lines; other tables are the
# columns of a page.
_FEWEST_CELLS, _MOST_CELLS, _CELL_LINES = 4, 0.8, 2
# A shorter class than this, in characters, with a number behind it is one that no author chose.
_SHORTEST_NAME = 3
_NUMBER = re.compile(r"\d+")
_SIGNED = re.compile(r"(?:19|20)\d\d年\d\d?月\d\d?日|二[〇○零OoＯ].{2}年.{1,2}月.{1,3}日")
_LONGEST_SIGNED = 24  # characters
# Such a line names the list of links that follows.
LIST_HEADING = re.compile(
    f"^{any_word('related', 'further', 'list_heading')}.{{0,8}}$"
    rf"|^\W?.{{2,6}}{any_word('list_heading_end')}[:：]?$"
)
# One link may be anything; a box has more.
_FEWEST_LINKS = 2
_LONGEST_HEADING = 8  # characters


class Kind(Enum):
    LINE = auto()
    BOX = auto()
    TABLE = auto()


# Where a line stands: the tag around it as written, and the name of the element that is its own.
Place = tuple[str, str]


class Piece(NamedTuple):
    """Lines, where they stand, and whether an element around them, or their own, has the class
    that was asked for."""

    lines: range
    kind: Kind
    place: Place
    is_alike: bool


def cut(
    page: Lines, root: Block, teasers: Set[int], first: int, class_name: str | None
) -> Iterator[Piece]:
    """Cut a column into pieces, in reading order; the text's first line is in no box, and pieces
    in elements of the class `class_name` are alike."""
    sums = _Sums(page, root, teasers, first)
    waiting: list[tuple[Block, bool] | Piece] = [(root, False)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Piece):
            yield item
        else:
            waiting += reversed([*_parts(*item, sums, class_name)])


def _parts(
    block: Block, is_alike: bool, sums: _Sums, class_name: str | None
) -> Iterator[tuple[Block, bool] | Piece]:
    """The lines that stand in a block itself and the blocks in it: as pieces where they are such,
    and otherwise as they are, to be cut themselves."""
    at = block.start
    for child in block.children:
        yield from _loose(block, at, child.start, is_alike)
        kind = sums.kind(child)
        alike = is_alike or _is_part(sums, child, class_name)
        lines = range(child.start, child.end)
        yield Piece(lines, kind, (block.tag, child.name), alike) if kind else (child, alike)
        at = child.end
    yield from _loose(block, at, block.end, is_alike)


def _loose(block: Block, start: int, end: int, is_alike: bool) -> Iterator[Piece]:
    place = (block.tag, "")
    return (Piece(range(i, i + 1), Kind.LINE, place, is_alike) for i in range(start, end))


def class_of(tag: str) -> str | None:
    """The class of a tag, as stated."""
    return read_attributes(tag).get("class") if "class" in tag else None


def _is_part(sums: _Sums, child: Block, class_name: str | None) -> bool:
    """Whether an element has the class of the text's own, or one that differs in a number and
    sentences in it: systems number the parts of a text, and others all their classes."""
    if class_name is None or (own := class_of(child.tag)) is None:
        return False
    if own == class_name:
        return True
    name = _NUMBER.sub("", own)
    is_named = len(name) >= _SHORTEST_NAME and name == _NUMBER.sub("", class_name)
    return is_named and sums.has_sentences(child)


class _Sums:
    """What the blocks of a column hold, as differences of sums over its lines: linear, however
    deep they are nested."""

    def __init__(self, page: Lines, root: Block, teasers: Set[int], first: int) -> None:
        self._first = first
        self._start = root.start
        lines = range(root.start, root.end)
        texts = page.texts[root.start : root.end]
        lengths = [*map(len, texts)]
        # Most lines are no links; a call for each would take longer than all the rest.
        links = [
            linked > 0 and is_other_link(page, i)
            for i, linked in zip(lines, page.linked[root.start :], strict=False)
        ]
        self._teasers = teasers
        plain = [
            0 if link or i in page.label_lines or i in teasers else length
            for i, link, length in zip(lines, links, lengths, strict=True)
        ]
        self._texts = list(zip(plain, texts, strict=True))
        self._links = _summed(links)
        self._cells = _summed(_cell_lines(root))
        self._linked = _summed(n * link for n, link in zip(lengths, links, strict=True))
        self._plain = _summed(plain)
        self._others = _summed(n > 0 for n in plain)

    @cached_property
    def _sentences(self) -> list[int]:
        """Sums that most columns do without: they hold no box."""
        return _summed(n > 0 and _is_text(text) for n, text in self._texts)

    def has_sentences(self, block: Block) -> bool:
        return self._sentences[block.start - self._start] < self._sentences[block.end - self._start]

    def _heads_titles(self, block: Block) -> bool:
        """Whether a block is the heading of a list of notices, and titles that a script links."""
        if block.end - block.start <= _FEWEST_LINKS or block.start <= self._first < block.end:
            return False
        heading = self._texts[block.start - self._start][1]
        return len(heading) <= _LONGEST_HEADING and LIST_HEADING.match(heading) is not None

    def kind(self, block: Block) -> Kind | None:
        """What the lines of a block are together, or None for what has to be cut."""
        start, end = block.start - self._start, block.end - self._start
        links = self._links[end] - self._links[start]
        if links >= _FEWEST_LINKS:
            linked = self._linked[end] - self._linked[start]
            few = self._others[end] - self._others[start] <= links + 1
            is_box = few and linked >= self._plain[end] - self._plain[start]
            is_box = is_box and not block.start <= self._first < block.end
            is_box = is_box and block.start not in self._teasers  # its title stands elsewhere
            if is_box and self._sentences[start] == self._sentences[end]:
                return Kind.BOX
        elif self._heads_titles(block) and self._sentences[start] == self._sentences[end]:
            return Kind.BOX
        if block.name == "table" and end - start >= _FEWEST_CELLS:
            cells = self._cells[end] - self._cells[start]
            return Kind.TABLE if cells >= _MOST_CELLS * (end - start) else None
        return Kind.LINE if end - start == 1 else None


def _is_text(text: str) -> bool:
    """Whether a line stands in a text rather than among links: a sentence, a contact, a day that
    signs."""
    if rule := match_either(text):
        return rule.scope in (Scope.FIELD, Scope.ATTACHMENT)
    return "。" in text or reads_like_prose(text) or is_signed(text)


def is_signed(text: str) -> bool:
    """Whether a line is a day as texts are signed with."""
    return len(text) <= _LONGEST_SIGNED and _SIGNED.fullmatch("".join(text.split())) is not None


def _cell_lines(root: Block) -> list[bool]:
    """For each line, whether it stands in a small cell beside others of its row."""
    found = [False] * (root.end - root.start)
    waiting = [root]
    while waiting:
        block = waiting.pop()
        waiting += block.children
        in_row = block.parent is not None and len(block.parent.children) > 1
        if in_row and block.end - block.start <= _CELL_LINES and block.name in ("td", "th"):
            lines = slice(block.start - root.start, block.end - root.start)
            found[lines] = [True] * (block.end - block.start)
    return found


def _summed(values: Iterable[int]) -> list[int]:
    return [0, *accumulate(values)]
