"""How a text goes on behind what interrupts it: boxes of links, advertisements, tools of the page.

Portals put such things into the text's own element, in its middle and above its signature, and
some print a text in several elements. What stands in a box of links goes as one; behind it, a
line is text if it is a sentence, or stands where lines of the text stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cqcrawler.reading.body.blocks import Block, block_tree, blocks_around
from cqcrawler.reading.body.container import NEIGHBOURS
from cqcrawler.reading.body.pieces import Kind, Piece, Place, cut
from cqcrawler.reading.body.scores import Container
from cqcrawler.reading.body.teasers import find_teasers
from cqcrawler.reading.labels.label_lines import says_when_posted
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.page.link_lines import is_other_link
from cqcrawler.reading.page.tokens import read_attributes
from cqcrawler.reading.title.candidate import TitleCandidate
from cqcrawler.text.boilerplate import Rule, Scope, match_either, match_line, match_statement
from cqcrawler.text.dates import find_dates
from cqcrawler.text.prose import is_plainly_prose, reads_like_prose
from cqcrawler.text.words import any_word

# Names of rules, which readers of the archive see.
LINKS, LINK, TEASER, LIST_NAME = "links", "link", "teaser", "list heading"
ASIDE, BELOW, COMMENTS = "aside", "below the text", "comments"

_INTERRUPTING = frozenset((LINKS, LINK, TEASER))

# Such a line names the list of links that follows.
_LIST_HEADING = re.compile(
    f"^{any_word('related', 'further', 'list_heading')}.{{0,8}}$"
    f"|^.{{2,6}}{any_word('list_heading_end')}$"
)
# Such a line heads what the page offers below a text, rather than attachments that the text names.
_FILES = re.compile(rf"\W*{any_word('file_heading')}[:：\W]*")
_OF_NOTICE = frozenset((Scope.FIELD, Scope.ATTACHMENT, Scope.DATE, Scope.END, Scope.RUN))
# In characters: a name that signs a text.
_LONGEST_NAME = 30
_LINKED_TEXT = re.compile(rf"^[^：:。]{{2,12}}[：:]|{any_word('form_link')}")
_LONGEST_HEADING = 8  # characters
_HEADINGS = frozenset((Scope.LIST, Scope.HEADING, Scope.RUN))
_ENDING = frozenset((Scope.FOOT, Scope.PAIR))
_FOOT = ("registration", "copyright")
_SIGNED = re.compile(r"(?:19|20)\d\d年\d\d?月\d\d?日|二[〇○零OoＯ].{2}年.{1,2}月.{1,3}日")
# With so many links above the title in the element that holds it and the text, it is the page.
_LINKS_OF_PAGE = 8
# A list of so many lines in the element that holds the title too is one of the page.
_LINES_OF_LIST = 10


class Flow(NamedTuple):
    """The lines of a text, why others are none of it, and where the column ends."""

    lines: Sequence[int]
    left_out: Mapping[int, str]
    end: int


def follow(
    page: Lines,
    container: Container,
    begin: int,
    title: TitleCandidate | None,
    comments: int | None,
) -> Flow:
    """Return the lines of the text that begins with the line `begin`; `comments` is the line where
    those of readers begin."""
    end, own = _find_column(page, container, title)
    teasers = frozenset(find_teasers(page) if any(page.linked[begin:end]) else ())
    is_apart = title is None or own.start >= title.end
    walk = _Walk(page, container, own, is_apart, teasers)
    top = min(own.start, begin) if title and is_apart else begin
    tree = block_tree(page, top, max(begin, end))
    class_name = read_attributes(own.tag).get("class")
    pieces = [*cut(page, tree, teasers, container.first, class_name)]
    if not is_apart:
        walk.summaries = _below_links(page, pieces)
    walk.headings = _headings(page, pieces)
    walk.note_places(pieces)
    pieces = pieces[walk.first_of(pieces, begin) :]
    for above, piece, below in zip((None, *pieces), pieces, (*pieces[1:], None), strict=False):
        if comments is not None and piece.lines.start >= comments:
            walk.leave(piece, COMMENTS)
        elif rule := walk.why_not(piece, above, below):
            walk.leave(piece, rule)
        else:
            walk.keep(piece)
    return Flow(walk.lines, walk.left_out, end)


def _is_link(page: Lines, piece: Piece | None) -> bool:
    if piece is None or piece.kind is Kind.TABLE:
        return False
    return piece.kind is Kind.BOX or is_other_link(page, piece.lines.start)


def _below_links(page: Lines, pieces: Sequence[Piece]) -> set[int]:
    """The sentences below a link, or below the date of one, where half of all stand like that:
    they sum up the notices of a list."""
    found, sentences, above = set(), 0, False
    for piece in pieces:
        line = piece.lines.start
        if (
            piece.kind is Kind.LINE
            and page.linked[line] == 0
            and reads_like_prose(page.texts[line])
        ):
            sentences += 1
            if above:
                found.add(line)
        above = _is_link(page, piece) or (above and line in page.label_lines)
    return found if len(found) >= max(2, sentences / 2) else set()


def _headings(page: Lines, pieces: Sequence[Piece]) -> set[int]:
    """The lines that head lists of links: the one above them, and headings above that."""
    found: set[int] = set()
    for piece, below in zip(reversed(pieces), (None, *reversed(pieces)), strict=False):
        line = piece.lines.start
        if piece.kind is not Kind.LINE or below is None or _is_link(page, piece):
            continue
        text = page.texts[line]
        rule = match_line(text)
        scope = rule.scope if rule else None
        if _is_link(page, below):
            if scope is Scope.LIST or _LIST_HEADING.search(text):
                found.add(line)
        elif below.lines.start in found and scope in _HEADINGS and len(text) <= _LONGEST_HEADING:
            found.add(line)
    return found


def _find_column(
    page: Lines, container: Container, title: TitleCandidate | None
) -> tuple[int, Block]:
    """Where the column that holds the text ends, and the text's own element in it: the smallest
    one that is no mere part of a text. The column also holds the title, unless that makes it the
    whole page."""
    first, last = min(container.start, container.first), max(container.end - 1, container.last)
    above = title if title and title.end <= container.first else None
    whole = Block(0, len(page.texts), "")
    around = [block for block in blocks_around(page, first, last) if not block.is_part()]
    own, parent = (*around, whole, whole)[:2]
    if above:
        column = next(page.spans_around(min(above.start, first), last), (0, whole.end))
        if sum(map(page.is_link, range(column[0], above.start))) < _LINKS_OF_PAGE:
            return _foot(page, last, column[1]), own
    return (parent if parent.start >= (above.end if above else 0) else own).end, own


def _foot(page: Lines, last: int, end: int) -> int:
    """The line of the page's foot below the text, or `end`."""
    for i in range(last + 1, end):
        rule = _rule(page, i)
        if rule and rule.name in _FOOT:
            return i
    return end


def _rule(page: Lines, line: int) -> Rule | None:
    """The rule for a line; nothing but a link is a link whatever it says, as most lines are that
    stand below a text."""
    return match_line(page.texts[line]) if page.linked[line] < len(page.texts[line]) else None


@dataclass(slots=True)
class _Walk:
    """The way down a column: what is text so far, and what was met on the way.

    `own` is the text's own element, `is_apart` says whether it holds the text without the title,
    `places` are where the sentences stand. A box or a link interrupts a text; an editor, the
    statement of a site or a heading of files closes it, but for sentences; the neighbours of a
    notice and the foot end it.
    """

    page: Lines
    container: Container
    own: Block
    is_apart: bool
    teasers: frozenset[int]
    summaries: set[int] = field(default_factory=set)
    headings: set[int] = field(default_factory=set)
    lines: list[int] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)
    places: set[Place] = field(default_factory=set)
    interrupted: bool = False
    links: int = 0
    dates: int = 0
    closed: bool = False
    ended: bool = False

    def keep(self, piece: Piece) -> None:
        self.lines += piece.lines
        self.links = self.dates = 0
        if not self.is_apart and _SIGNED.fullmatch(_squeezed(self.page.texts[piece.lines[0]])):
            self.closed = True
        if self._is_prose(piece):
            self.places.add(piece.place)

    def note_places(self, pieces: Sequence[Piece]) -> None:
        """Note where the sentences of the container stand, or its lines if none is a sentence."""
        first, last = self.container.first, self.container.last
        lines = [p for p in pieces if p.kind is Kind.LINE and first <= p.lines.start <= last]
        prose = [piece for piece in lines if self._is_prose(piece)]
        self.places.update(piece.place for piece in prose or lines)

    def first_of(self, pieces: Sequence[Piece], begin: int) -> int:
        """The index of the piece with which the text begins: that of the line `begin`, or above
        it a line right where sentences stand."""
        at = next((i for i, p in enumerate(pieces) if p.lines.stop > begin), len(pieces))
        while at and self._opens(pieces[at - 1]):
            at -= 1
        return at

    def _opens(self, piece: Piece) -> bool:
        line = piece.lines.start
        if not self.is_apart or piece.kind is not Kind.LINE or piece.place not in self.places:
            return False
        return line not in self.page.label_lines and not match_either(self.page.texts[line])

    def _is_prose(self, piece: Piece) -> bool:
        return any(reads_like_prose(self.page.texts[i]) for i in piece.lines)

    def leave(self, piece: Piece, rule: str) -> None:
        self.left_out.update(dict.fromkeys(piece.lines, rule))
        self.interrupted = self.interrupted or rule in _INTERRUPTING
        self.links += len(piece.lines)
        if piece.kind is Kind.BOX:
            self.dates += sum(bool(find_dates(self.page.texts[i])) for i in piece.lines)
        if not self.is_apart and (self.links >= _LINES_OF_LIST or self.dates > 1):
            self.ended = True

    def why_not(self, piece: Piece, above: Piece | None, below: Piece | None) -> str | None:
        """The rule by which a piece is no text, or None; a table is judged by its first line."""
        line = piece.lines.start
        text = self.page.texts[line]
        if line > self.container.last:
            self._close(piece)
        if piece.kind is Kind.BOX:
            return LINKS
        is_teaser = line in self.teasers and not self._stands_in_text(piece)
        if is_teaser or line in self.summaries:
            return TEASER
        is_dated = self.links and line in self.page.label_lines and find_dates(text)
        if is_dated and not _SIGNED.fullmatch(_squeezed(text)):
            self.dates += 1
            return LINKS
        if _is_link(self.page, piece):
            row = [other for other in (above, below) if other and other.kind is Kind.LINE]
            alone = not any(_is_link(self.page, other) for other in row)
            return None if alone and self._is_linked_text(piece) else LINK
        if line in self.headings:
            return LIST_NAME
        if line <= self.container.last:
            return None
        if not self.ended and self._goes_on(piece):
            return None
        known = match_either(text)
        if known:
            return known.name
        return ASIDE if self.interrupted and not self.ended else BELOW

    def _stands_in_text(self, piece: Piece) -> bool:
        """Whether a line stands where sentences of the text stand."""
        line = piece.lines.start
        inside = self.container.first <= line <= self.container.last
        return inside or (self.is_apart and line < self.own.end and piece.place in self.places)

    def _is_linked_text(self, piece: Piece) -> bool:
        """Whether a link among sentences of the text is a line of it: it has a label, or leads to
        a form or to the whole of a document."""
        text = self.page.texts[piece.lines.start]
        if piece.place not in self.places or match_either(text):
            return False
        return _LINKED_TEXT.search(text) is not None

    def _close(self, piece: Piece) -> None:
        """Note what a piece below the last sentence of the container does to the text."""
        line = piece.lines.start
        text = self.page.texts[line]
        rules = [rule for i in piece.lines if (rule := _rule(self.page, i))]
        self.ended = self.ended or any(
            rule.scope in _ENDING or rule.name == NEIGHBOURS for rule in rules
        )
        if piece.kind is Kind.LINE:
            self.closed = (
                self.closed
                or (line in self.page.label_lines and says_when_posted(text))
                or bool(_FILES.fullmatch(text) or match_statement(text))
            )

    def _goes_on(self, piece: Piece) -> bool:
        """Whether a piece below the last sentence of the container belongs to the text."""
        line = piece.lines.start
        text = self.page.texts[line]
        is_sentence = is_plainly_prose(text) and not match_either(text)
        is_known = piece.place in self.places
        if self.closed:
            return is_sentence and is_known and line < self.own.end
        rule = match_either(text)
        is_own = rule is None or rule.scope in _OF_NOTICE
        if line >= self.own.end and not piece.is_alike:
            return self._signs(line)
        if is_known and not self.is_apart and not piece.place[1]:
            is_known = self._signs(line)
        if not self.interrupted or is_sentence or is_known:
            return True
        return self.is_apart and is_own

    def _signs(self, line: int) -> bool:
        """Whether a line signs the text: the day, or a name above it, in an element of its own."""
        texts = self.page.texts[line : line + 2]
        if len(texts[0]) > _LONGEST_NAME:
            return False
        return any(_SIGNED.fullmatch(_squeezed(text)) for text in texts)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def without_links(page: Lines, lines: range) -> list[int]:
    """The lines that are neither links, but to files, nor head a list of them."""
    links = {i for i in lines if is_other_link(page, i)}
    heads = {i - 1 for i in links if i and _LIST_HEADING.search(page.texts[i - 1])}
    return [i for i in lines if i not in links and i not in heads]
