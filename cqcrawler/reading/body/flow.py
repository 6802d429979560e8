"""How a text goes on behind what interrupts it: boxes of links, advertisements, tools of the page.

Portals put such things into the text's own element, in its middle and above its signature, and
some print a text in several elements. What stands in a box of links goes as one; behind it, a
line is text if it is a sentence, or stands where lines of the text stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

from cqcrawler.reading.body.blocks import Block
from cqcrawler.reading.body.column import end_below, find_column, rule_of
from cqcrawler.reading.body.container import COMMENTS, NEIGHBOURS
from cqcrawler.reading.body.pieces import LIST_HEADING, Kind, Piece, Place, class_of, cut
from cqcrawler.reading.body.scores import Container
from cqcrawler.reading.body.teasers import find_teasers
from cqcrawler.reading.labels.label_lines import says_when_posted
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.page.link_lines import FILE_NUMBER, FILES_HEADING, other_links
from cqcrawler.reading.title.candidate import TitleCandidate
from cqcrawler.text.boilerplate import (
    DETAILS,
    HEADINGS,
    Scope,
    match_either,
    match_line,
    match_statement,
)
from cqcrawler.text.dates import first_date
from cqcrawler.text.outline import is_numbered
from cqcrawler.text.prose import is_plainly_prose, reads_like_prose
from cqcrawler.text.signatures import is_signed
from cqcrawler.text.words import any_word

# Names of rules, which readers of the archive see.
LINKS, LINK, TEASER, LIST_NAME = "links", "link", "teaser", "list heading"
ADVERTISEMENT = "advertisement"
ASIDE, BELOW, OF_READERS = "aside", "below the text", "comments"
UNLIKE = "unlike the text"

_INTERRUPTING = frozenset((LINKS, LINK, TEASER))

# Such a line heads what the page offers below a text, rather than attachments that the text names.
_FILES = re.compile(rf"\W*{any_word('file_heading')}[:：\W]*")
_NAMES_OF_DETAILS = ("field", "attachment")
_OF_NOTICE = DETAILS | {Scope.DATE, Scope.END, Scope.RUN}
# In characters: a name that signs a text.
_LONGEST_NAME = 30
# The mark of an advertisement in an element of its own, before what it marks.
_MARKED = re.compile(rf"{any_word('advertisement_mark')} \S{{4}}")
_LINKED_TEXT = re.compile(rf"^[^：:。]{{2,12}}[：:]|{any_word('form_link')}")
_PLAIN = ("", "p", "div")
_SHORTEST_TITLE = 6  # characters
_LONGEST_HEADING = 8  # characters
_ENDING = frozenset((Scope.FOOT, Scope.PAIR))
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
    below_labels: int,
    title: TitleCandidate | None,
    comments: int | None,
) -> Flow:
    """Return the lines of the text that begins with the line `begin`, or between it and the labels
    of the notice; `comments` is the line where those of readers begin."""
    end, own = find_column(page, container, title)
    teasers = frozenset(find_teasers(page) if any(page.linked[begin:end]) else ())
    is_apart = title is None or own.start >= title.end
    walk = _Walk(page, container, own, is_apart, teasers)
    top = min(begin, below_labels, own.start if is_apart else begin) if title else begin
    below = range(min(end, comments), end) if comments is not None else range(end, end)
    column = range(top, max(begin, below.start))
    pieces = cut(page, column, teasers, container.first, class_of(own.tag))
    if not is_apart:
        walk.summaries = _below_links(page, pieces)
    walk.headings = _headings(page, pieces)
    walk.note_places(pieces)
    pieces = pieces[walk.first_of(pieces, begin) :]
    neighbours = zip((None, *pieces), pieces, (*pieces[1:], None), strict=False)
    for above, piece, following in neighbours:
        if rule := walk.why_not(piece, above, following):
            walk.leave(piece, rule)
        else:
            walk.keep(piece)
    walk.keep_between()
    return Flow(walk.lines, walk.left_out | dict.fromkeys(below, OF_READERS), end)


def _below_links(page: Lines, pieces: Sequence[Piece]) -> set[int]:
    """The sentences below a link, or below the date of one, where all but one stand like that:
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
        above = piece.is_link or (above and line in page.label_lines)
    return found if len(found) >= max(3, sentences - 1) else set()


def _headings(page: Lines, pieces: Sequence[Piece]) -> set[int]:
    """The lines that head lists of links: the one above them, and headings above that."""
    found: set[int] = set()
    for piece, below in zip(reversed(pieces), (None, *reversed(pieces)), strict=False):
        line = piece.lines.start
        if piece.kind is not Kind.LINE or below is None or piece.is_link:
            continue
        text = page.texts[line]
        if below.is_link:
            if _scope(text) is Scope.LIST or LIST_HEADING.search(text):
                found.add(line)
        elif (
            below.lines.start in found
            and len(text) <= _LONGEST_HEADING
            and _scope(text) in HEADINGS
        ):
            found.add(line)
    return found


def _scope(text: str) -> Scope | None:
    rule = match_line(text)
    return rule.scope if rule else None


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
    signed: bool = False
    closed: bool = False
    ended: bool = False

    def keep(self, piece: Piece) -> None:
        self.lines += piece.lines
        self.links = self.dates = 0
        if not self.is_apart and is_signed(self.page.texts[piece.lines[0]]):
            self.signed = True
        if self._is_prose(piece):
            self.places.add(piece.place)
            self.interrupted = False

    def note_places(self, pieces: Sequence[Piece]) -> None:
        """Note where the sentences of the container stand, or its lines if none is a sentence."""
        first, last = self.container.first, self.container.last
        lines = [p for p in pieces if p.kind is Kind.LINE and first <= p.lines.start <= last]
        prose = [piece for piece in lines if self._is_prose(piece)]
        self.places.update(piece.place for piece in prose or lines)

    def first_of(self, pieces: Sequence[Piece], begin: int) -> int:
        """The index of the piece with which the text begins: that of the line `begin`, or above
        it a line right where sentences stand, though links may stand between them."""
        first = next((i for i, p in enumerate(pieces) if p.lines.stop > begin), len(pieces))
        for i in range(first - 1, -1, -1):
            if self._opens(pieces[i]):
                first = i
            elif not self._interrupts(pieces[i]):
                break
        return first

    def _opens(self, piece: Piece) -> bool:
        line = piece.lines.start
        text = self.page.texts[line]
        if piece.kind is Kind.TABLE:
            labels = sum(i in self.page.label_lines for i in piece.lines)
            return self.is_apart and 2 * labels < len(piece.lines)
        if piece.kind in (Kind.BOX, Kind.ASIDE) or line in self.headings:
            return False
        if piece.place not in self.places:
            return False
        if self.page.is_link(line) or line in self.page.label_lines:
            return False
        # Among lines that only breaks divide, below the title, a number opens a text.
        opens = self.is_apart or piece.place[1] or is_numbered(text)
        rule = match_either(text)
        return bool(opens) and (rule is None or rule.scope in DETAILS)

    def _interrupts(self, piece: Piece) -> bool:
        """Whether a piece above the text is a box or a link with a title, rather than a button."""
        line = piece.lines.start
        if piece.kind in (Kind.BOX, Kind.ASIDE) or line in self.headings:
            return True
        return piece.is_link and self.page.linked[line] >= _SHORTEST_TITLE

    def _is_prose(self, piece: Piece) -> bool:
        return any(map(reads_like_prose, self.page.texts[piece.lines.start : piece.lines.stop]))

    def leave(self, piece: Piece, rule: str) -> None:
        for line in piece.lines:
            known = match_either(self.page.texts[line]) if rule == UNLIKE else None
            self.left_out[line] = known.name if known else rule
        self.interrupted = self.interrupted or rule in _INTERRUPTING
        self.links += 0 if piece.kind is Kind.TABLE else len(piece.lines)
        if self.is_apart:
            return
        if piece.kind is Kind.BOX:
            self.dates += sum(first_date(self.page.texts[i]) is not None for i in piece.lines)
        is_below = piece.lines.start > self.container.last
        if is_below and (self.links >= _LINES_OF_LIST or self.dates > 1):
            self.ended = True

    def keep_between(self) -> None:
        """Keep what stands between two lines of the text and was left out for its place alone:
        cards, say, between the introduction of a text and its contacts."""
        last = self.lines[-1] if self.lines else -1
        between = [i for i, rule in self.left_out.items() if i < last and self._is_alone(i, rule)]
        for i in between:
            del self.left_out[i]
        self.lines = sorted((*self.lines, *between))

    def _is_alone(self, line: int, rule: str) -> bool:
        if rule in (ASIDE, BELOW):
            return True
        known = match_either(self.page.texts[line]) if rule in _NAMES_OF_DETAILS else None
        return known is not None and known.scope in DETAILS

    def why_not(self, piece: Piece, above: Piece | None, below: Piece | None) -> str | None:
        """The rule by which a piece is no text, or None; a table is judged by its first line."""
        line = piece.lines.start
        text = self.page.texts[line]
        if line > self.container.last and piece.kind is not Kind.ASIDE:
            self._close(piece)
        if (rule := self._of_others(piece)) is not None:
            return rule
        if piece.is_link:
            row = [other for other in (above, below) if other and other.kind is Kind.LINE]
            alone = not any(other.is_link for other in row)
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

    def _of_others(self, piece: Piece) -> str | None:
        """The rule for a box, an advertisement, or a part of a row or of a card."""
        line = piece.lines.start
        if piece.kind is Kind.BOX:
            return LINKS
        if piece.kind is Kind.ASIDE:
            return UNLIKE
        if _MARKED.match(self.page.spaced.get(line, "")):
            return ADVERTISEMENT
        is_teaser = line in self.teasers and not self._stands_in_text(piece)
        if is_teaser or line in self.summaries:
            return TEASER
        text = self.page.texts[line]
        is_dated = self.links and line in self.page.label_lines and first_date(text)
        if is_dated and not is_signed(text):
            self.dates += 1
            return LINKS
        return None

    def _stands_in_text(self, piece: Piece) -> bool:
        """Whether a line stands where sentences of the text stand."""
        line = piece.lines.start
        inside = self.container.first <= line <= self.container.last
        is_known = piece.is_alike or piece.place in self.places
        return inside or (line < self.own.end and is_known)

    def _is_linked_text(self, piece: Piece) -> bool:
        """Whether a link among sentences of the text is a line of it: it has a label, or leads to
        a form or to the whole of a document."""
        text = self.page.texts[piece.lines.start]
        around, own = piece.place
        beside = around != "div" and own in _PLAIN and around in self._parents()
        if self.ended or not (beside or piece.place in self.places) or match_either(text):
            return False
        if LIST_HEADING.match(re.split("[:：】]", text, maxsplit=1)[0].lstrip("【[")):
            return False
        return _LINKED_TEXT.search(text) is not None

    def _close(self, piece: Piece) -> None:
        """Note what a piece below the last sentence of the container does to the text."""
        if self.ended:
            return
        line = piece.lines.start
        text = self.page.texts[line]
        rules = [rule for i in piece.lines if (rule := rule_of(self.page, i))]
        if line >= self.own.end and COMMENTS.fullmatch(text):
            self.ended = True
        self.ended = self.ended or any(
            rule.scope in _ENDING or rule.name == NEIGHBOURS for rule in rules
        )
        if piece.kind is Kind.LINE:
            self.closed = (
                self.closed
                or (line in self.page.label_lines and says_when_posted(text))
                or (_FILES.fullmatch(text) is not None and not self._lists_files(line))
                or match_statement(text) is not None
            )

    def _lists_files(self, line: int) -> bool:
        """Whether the files below a heading are those of the text: it counts them."""
        heading, *below = self.page.texts[line : line + 2]
        return FILES_HEADING.fullmatch(heading) is not None and any(map(FILE_NUMBER.match, below))

    def _goes_on(self, piece: Piece) -> bool:
        """Whether a piece below the last sentence of the container belongs to the text."""
        line = piece.lines.start
        text = self.page.texts[line]
        rule = match_either(text)
        is_sentence = rule is None and is_plainly_prose(text)
        is_known = piece.place in self.places
        if self.closed:
            return is_sentence and is_known and line < self.own.end
        is_detail = rule is not None and rule.scope in DETAILS
        is_own = rule is None or rule.scope in _OF_NOTICE
        if line >= self.own.end and not piece.is_alike:
            if piece.place[0] == self.own.tag and self.own.name == "td" and not self.interrupted:
                return is_own
            if piece.kind is Kind.TABLE and self.own.name == "td" and self._is_prose(piece):
                return True  # a section of a text that has a cell for each
            is_part = is_sentence and piece.place[0] == self.own.tag != "div"
            if is_part or self._signs(line):
                return True
            belongs = is_sentence or is_detail or (rule is None and self._leads_on(text))
            return belongs and self._is_next(piece)
        if self._signs(line):
            return True
        if self.signed and not is_sentence:
            return is_detail or self.page.linked[line] > 0
        if not self.interrupted or is_known:
            return True
        is_beside = piece.kind is Kind.TABLE and piece.place[0] in self._parents()
        return is_beside or (self.is_apart and (is_own or is_sentence))

    def _parents(self) -> set[str]:
        """The tags around the elements in which sentences of the text stand."""
        return {tag for tag, _ in self.places}

    def _is_next(self, piece: Piece) -> bool:
        """Whether a piece is a paragraph, as sentences of the text are, right below its element."""
        is_paragraph = piece.place[1] == "p" and any(name == "p" for _, name in self.places)
        return is_paragraph and not self.interrupted

    def _leads_on(self, text: str) -> bool:
        """Whether a line below the text's own element is a heading of it, or follows others that
        belong to it there."""
        follows = bool(self.lines) and self.lines[-1] >= self.own.end
        return follows or is_numbered(text)

    def _signs(self, line: int) -> bool:
        """Whether a line signs the text: the day, or a name above it, in an element of its own."""
        texts = self.page.texts[line : line + 2]
        if len(texts[0]) > _LONGEST_NAME:
            return False
        return any(is_signed(text) for text in texts)


def no_text(page: Lines, title: TitleCandidate | None) -> Flow:
    """The column of a page without text: what is left out of it are links to files, say."""
    return Flow((), {}, end_below(page, title) if title else 0)


def without_links(page: Lines, lines: range) -> list[int]:
    """The lines that are neither links, but to files, nor head a list of them."""
    links = {*compress(lines, other_links(page, lines.start, lines.stop))}
    heads = {i - 1 for i in links if i and LIST_HEADING.search(page.texts[i - 1])}
    return [i for i in lines if i not in links and i not in heads]
