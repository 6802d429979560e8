"""A page as the lines that a reader sees.

A line is a run of inline content between two boundaries: the start or end of a block-level
element, or a line break. Whatever reads an article works on lines and on the ranges of lines
that elements span; nothing walks the markup again.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from dataclasses import dataclass, field
from html import unescape
from operator import itemgetter

from cqcrawler.reading.page.elements import (
    BLOCK,
    BREAK,
    BULLET,
    ELEMENTS,
    END,
    FAINT,
    FAINT_BLOCK,
    FILMS,
    HEADING,
    IMAGE,
    INLINE,
    LINK,
    LINK_END,
    LINK_LINE,
    LINK_LINE_END,
    META,
    PREFORMATTED,
    UNSEEN,
    UNSEEN_BLOCK,
    Element,
    Elements,
    ended,
    letters_of,
    shown_anyway,
)
from cqcrawler.reading.page.styled import end_lines, settle
from cqcrawler.reading.page.tokens import (
    RAW_TEXT,
    UNSEEN_RAW_TEXT,
    escape_raw_text,
    name_of,
    split_markup,
    text_behind,
)

# A line break in the source between two wide characters is no space: CSS Text Module Level 3,
# segment break transformation rules.
_WIDE = "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
_LINE_BREAK = re.compile(rf"(?<={_WIDE})[^\S\n]*+\n\s*+(?={_WIDE})")

# A letter that a font of symbols shows as the mark of a list's item, or the private one that it
# stands for. Some others are the boxes of forms, ticked or not, and digits are numbers.
_BULLET = re.compile(r"(?![\d¨oxýþ])[!-\u024f\uf020-\uf0ff]")

# In characters: a longer line is text, and the spaces between its elements do not matter.
_SPACED_LONGEST = 120

# The range of lines that a block-level element holds: (start, end), end exclusive.
Span = tuple[int, int]


# A link: the index of its tag on the page, and of the line in which it begins.
Anchor = tuple[int, int]

_LINE = _END_OF = itemgetter(1)


# Elements whose tag hides them are shown all the same where this is what to show.
ALL = range(sys.maxsize)


@dataclass(slots=True, eq=False)
class Lines:
    """The lines of a page in reading order, the spans of its elements (inner ones first), and
    its links.

    `texts` are the lines with white space collapsed; `linked` says, for each, how many of its
    characters stand inside links. They are parallel lists because a page has hundreds of lines.
    `plain` are the indices of the lines that are no links, `label_lines` those of labels, dates
    and page tools (`labels.label_lines` finds them), `event_times` those that say when something
    happens. `spaced` holds short lines of several
    inline elements again, with a space between these: labels, values and tags often have nothing
    but style sheets between them. `elements` are the tags that begin the elements of `spans`,
    `names` the names of these.
    `headings` are `h1` to `h4` and `ucaptitle` with their lines; `images` says, for each image
    that is no link and stands on a line of its own, how many lines are above it. `pieces` are the
    texts of the markup and `tags` the tags behind them, as `split_markup` cuts them; other lists
    name a tag by its index. `title_tag` is the text of `<title>`, `metas` are `<meta>` and
    `<base>`.
    """

    pieces: Sequence[str] = ()
    tags: Sequence[str | None] = ()
    texts: list[str] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    plain: list[int] = field(default_factory=list)
    label_lines: Set[int] = frozenset()
    event_times: Set[int] = frozenset()
    spaced: dict[int, str] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    headings: list[tuple[str, int, int]] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    title_tag: str = ""
    metas: list[str] = field(default_factory=list)

    def is_link(self, line: int) -> bool:
        """Whether a line is a link rather than text with a link in it."""
        return self.linked[line] * 2 > len(self.texts[line])

    def text_of(self, anchor: Anchor) -> str:
        """Return the text of a link on one line."""
        return text_behind(self.pieces, self.tags, anchor[0], "a")

    def tag_of(self, anchor: Anchor) -> str:
        """Return the tag of a link, as written."""
        return self.tags[anchor[0]] or ""

    def anchors_in(self, start: int, end: int) -> Sequence[Anchor]:
        """Return the links that begin in the lines `start` to `end` (exclusive)."""
        first = bisect_left(self.anchors, start, key=_LINE)
        return self.anchors[first : bisect_left(self.anchors, end, key=_LINE)]

    def spans_around(self, first: int, last: int, most: int | None = None) -> Iterator[Span]:
        """The elements that hold the lines `first` to `last` (inclusive), inner ones first; of
        those that end below them, no more than `most` are looked at."""
        spans = self.spans
        begin = bisect_right(spans, last, key=_END_OF)
        end = len(spans) if most is None else min(begin + most, len(spans))
        return (spans[i] for i in range(begin, end) if spans[i][0] <= first)

    def tag_around(self, line: int) -> int | None:
        """The index of the tag of the smallest element that holds nothing but a line; None where
        a line break parts it from others."""
        at = bisect_left(self.spans, line + 1, key=_END_OF)
        own = at < len(self.spans) and self.spans[at] == (line, line + 1)
        return self.elements[at] if own else None

    def look(self, line: int) -> str:
        """That tag as written, or nothing."""
        at = self.tag_around(line)
        return "" if at is None else self.tags[at] or ""

    def elements_where(self, wanted: Callable[[str], bool]) -> Iterator[tuple[int, range]]:
        """The elements whose tags are `wanted`: the index of the tag, and their lines."""
        for at, (start, end) in zip(self.elements, self.spans, strict=True):
            if wanted(self.tags[at] or ""):
                yield at, range(start, end)

    def tags_of(self, name: str) -> Iterator[str]:
        """All tags of a name, as written."""
        return (tag for tag in self.tags if tag and name_of(tag) == name)

    def add_image(self, pieces: list[str], image: int) -> None:
        """Note an image that ends with its line, unless that has text or a link."""
        if image > 0 and not "".join(pieces).strip():
            self.images.append(len(self.texts))

    def add_lines(self, pieces: list[str], length: int, text: str, *, linked: bool) -> int:
        """End the line that `pieces` begin, and others, where a preformatted text breaks; leave the
        beginning of the next line in `pieces`, and return how much of that is linked."""
        first, *others = text.split("\n")
        pieces.append(first)
        length += len(first) if linked else 0
        for line in others:
            self.add(pieces, length)
            pieces[:], length = [line], len(line) if linked else 0
        return length

    def add(self, pieces: list[str], linked: int) -> None:
        """End a line: put its pieces together and collapse their white space."""
        text = "".join(pieces)
        words = text.split()
        if len(words) == 1:  # most lines
            text = words[0]
        elif not words:  # an empty line, or entities that are white space
            return
        else:
            if "\n" in text:
                words = _LINE_BREAK.sub("", text.strip()).split()
            text = " ".join(words)
        length = len(text)
        if len(pieces) > 1 and length <= _SPACED_LONGEST:
            self.spaced[len(self.texts)] = " ".join(" ".join(pieces).split())
        if linked * 2 <= length:
            self.plain.append(len(self.texts))
        self.texts.append(text)
        self.linked.append(linked if linked < length else length)


# No block-level element begins inside these.
_ENDED_BY_BLOCKS = ("p", "title")

# What may lack end tags inside lists and tables: none is open behind them.
_HOLDERS = {
    **dict.fromkeys(("ul", "ol", "menu", "dir"), dict.fromkeys(("p", "li"), 0)),
    "dl": dict.fromkeys(("p", "dt", "dd"), 0),
    "table": dict.fromkeys(("p", "td", "th", "tr"), 0),
}

_SHOWN_RAW_TEXT = (*RAW_TEXT, "textarea")

# An open element: role, name, first line and the index of its tag.
_Open = tuple[int, str, int, int]


class _Unseen:
    """An element without lines, such as a hidden one, and how many are open inside it by name."""

    def __init__(self, name: str, *, faint: bool = False) -> None:
        self.name, self.faint = name, faint
        self.may_show = faint or name == "svg"
        self.raw_text = name in UNSEEN_RAW_TEXT
        self.inner: defaultdict[str, int] = defaultdict(int)

    def shows_again(self, tag: str | None, name: str) -> bool:
        """Whether letters may be seen behind a tag, though the element goes on."""
        if self.faint:
            return tag is not None and any(letters_of(tag).values())
        return name == "foreignobject" and self.name == "svg"

    def lasts(self, tag: str, element: Element, opened: list[_Open]) -> bool:
        """Whether the element goes on behind a tag: authors forget end tags, and would hide
        the rest of the page. It ends with the element around it too, and where the beginning of
        another one implies its end."""
        role, name, ends = element
        if tag.startswith("/"):
            if self.inner[name] > 0:
                self.inner[name] -= 1
                if name in _HOLDERS:
                    self.inner.update(_HOLDERS[name])
                return True
            return name != self.name and not (role == END and ended(opened, name))
        if "p" in ends and self.name in _ENDED_BY_BLOCKS:
            return False
        if self.name in ends and not any(self.inner.values()):
            return False
        if role > BREAK or name == self.name:
            self.inner[name] += 1
        return True


def read_lines(  # noqa: C901
    markup: str, shown: Collection[int] = (), *, escaped: bool = False, settled: bool = False
) -> Lines:
    """Return the visible lines of a page.

    `shown` are the tags whose elements are shown though they hide them, by their index; `escaped`
    says that `escape_raw_text` has been over the page, `settled` that `settle` goes over it. One
    flat loop over the texts and the tags behind them, with next to no calls: a page has as many
    of them as its tree would have nodes.
    """
    pieces, tags = split_markup(markup)
    tags.append("/html")
    page = Lines(pieces, tags)
    if shown:
        tags = [shown_anyway(tag) if at in shown else tag for at, tag in enumerate(tags)]
    texts, elements = page.texts, ELEMENTS
    if settled:
        pieces, tags, elements = settle(pieces, tags)
    opened: list[_Open] = []
    gathered: list[str] = []
    linked = link = preformatted = 0  # `link` is how many elements are open around it, and one
    image = 0  # 1 for an image in the line, -1 for a linked one
    unseen: _Unseen | None = None
    lines_end = False
    in_order = zip(pieces, map(elements.__getitem__, tags), strict=False)
    for at, (text, (role, name, ends)) in enumerate(in_order):
        if unseen:
            tag = tags[at]
            if unseen.raw_text and not escaped and (tag is None or "</" in tag):
                return read_lines(escape_raw_text(markup), shown, escaped=True, settled=settled)
            if unseen.may_show and not settled and unseen.shows_again(tag, name):
                return read_lines(markup, shown, escaped=escaped, settled=True)
            if tag is None or unseen.lasts(tag, (role, name, ends), opened):
                continue
            text, own, unseen = "", name == unseen.name and tag[0] == "/", None
            if own:
                continue
        if not text:
            pass
        elif preformatted and "\n" in text:
            linked = page.add_lines(gathered, linked, unescape(text), linked=link > 0)
        elif not text.isspace():
            if "&" in text:  # most are this one
                text = unescape(text.replace("&nbsp;", "\xa0"))
            gathered.append(text)
            if link:
                linked += len(text)
        elif gathered and role < END:
            gathered.append(" ")
        if role >= END:
            if image:
                page.add_image(gathered, image)
                image = 0
            if gathered:
                page.add(gathered, linked)
                gathered, linked = [], 0
            if role >= BLOCK:
                while opened and opened[-1][1] in ends:
                    preformatted -= _close(opened, page)
                if link and link > len(opened) + 1:
                    link = 0
                opened.append((role, name, len(texts), at))
                if role == PREFORMATTED:
                    if name in _SHOWN_RAW_TEXT and not escaped:
                        markup = escape_raw_text(markup)
                        return read_lines(markup, shown, escaped=True, settled=settled)
                    preformatted += 1
            elif role == END:
                if opened and opened[-1][1] == name:
                    preformatted -= _close(opened, page)
                else:
                    for _ in range(ended(opened, name)):
                        preformatted -= _close(opened, page)
                if link and link > len(opened) + 1:
                    link = 0
            elif role == BREAK:
                pass
            elif role >= UNSEEN_BLOCK:
                unseen = _Unseen(name, faint=role == FAINT_BLOCK)
            elif role == LINK_LINE_END:
                link = 0
            else:  # a line
                if page.tags is tags:
                    page.tags = tags.copy()
                if not lines_end:
                    lines_end = True
                    end_lines(tags, at, elements)
                if role == LINK_LINE:
                    link = len(opened) + 1
                    page.anchors.append((at, len(texts)))
        elif role == INLINE:
            continue
        elif role == LINK:
            link = len(opened) + 1
            page.anchors.append((at, len(texts)))
        elif role == LINK_END:
            link = 0
        elif role == IMAGE:
            image = -1 if link else image or 1
        elif role == UNSEEN:
            unseen = _Unseen(name)
            if name in FILMS:
                image = -1 if link else image or 1
            elif name == "title" and not page.title_tag:
                if not escaped and name_of(tags[at + 1]) != "/title":
                    markup = escape_raw_text(markup)
                    return read_lines(markup, shown, escaped=True, settled=settled)
                page.title_tag = text_behind(pieces, tags, at, "title")
        elif role == FAINT:
            unseen = _Unseen(name, faint=True)
        elif role == META:
            page.metas.append(tags[at] or "")
        elif role == BULLET and not any(piece[:99].strip() for piece in gathered[:4]):
            _drop_bullet(pieces, at + 1, tags, elements)  # at the start of a line
    while opened:
        _close(opened, page)
    return page


def _drop_bullet(
    pieces: list[str], at: int, tags: Sequence[str | None], elements: Elements
) -> None:
    """Drop the mark of a list's item, if the first text from an index on is one.

    What begins at another such tag is looked at there, or this takes quadratic time.
    """
    while at < len(tags) and not pieces[at].strip() and elements[tags[at]][0] == INLINE:
        at += 1
    if _BULLET.fullmatch(unescape(pieces[at]).strip()):
        pieces[at] = ""


def _close(opened: list[_Open], page: Lines) -> bool:
    """Close the innermost element; return whether it is preformatted."""
    role, name, start, at = opened.pop()
    end = len(page.texts)
    if end > start:
        page.spans.append((start, end))
        page.elements.append(at)
        page.names.append(name)
        if role == HEADING:
            page.headings.append((name, start, end))
    return role == PREFORMATTED
