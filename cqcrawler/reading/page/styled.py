"""Elements whose style says what they do to the lines of a page.

Two things depend on more than a tag: letters that an element hides are seen again where one inside
of it states so (editors of WeChat set wrappers to no size, and the text inside to one), and an
inline element that its style makes a line ends where its own end tag stands. Few pages have either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from cqcrawler.reading.page.elements import (
    FAINT,
    FAINT_BLOCK,
    LINE,
    LINK_END,
    LINK_LINE,
    LINK_LINE_END,
    UNSEEN,
    UNSEEN_BLOCK,
    Elements,
    ended,
    hides,
    letters_of,
    unstyled,
)
from cqcrawler.reading.page.visibility import EMPTY

# In a drawing, letters are drawn; this element in it holds text as any page does.
_DRAWING, _TEXT_IN_DRAWING = "svg", "foreignobject"
_REACH = 200


class _Opened(NamedTuple):
    """An open element: `unseen` says what hides the letters in it, `end` what its end tag does, as
    a tag, and `at` is the index of its tag."""

    role: int
    name: str
    unseen: frozenset[str]
    end: str | None
    at: int


def end_lines(tags: list[str | None], start: int, elements: Elements) -> None:
    """Put in place of the end tags of lines, from an index on, what ends a line."""
    line_end, link_end = "/span of a line", "/a of a line"
    elements[line_end], elements[link_end] = (LINE, "span", ()), (LINK_LINE_END, "a", ())
    are_lines: defaultdict[str, list[str]] = defaultdict(list)
    for at in range(start, len(tags)):
        tag = tags[at]
        role, name, _ = elements[tag]
        if tag is None or role > LINK_LINE or name in EMPTY:
            continue
        if tag[0] != "/":
            end = {LINE: line_end, LINK_LINE: link_end}.get(role, "")
            are_lines[name].append(end)
        elif are_lines[name] and (end := are_lines[name].pop()):
            tags[at] = end


def settle(
    pieces: Sequence[str], tags: Sequence[str | None]
) -> tuple[list[str], list[str | None], Elements]:
    """Return the texts of a page without those that its styles hide, its tags with those in place
    of which others do the same, and what each tag does. No tag moves to another place."""
    settled = _Settled(list(pieces), list(tags))
    for at, tag in enumerate(tags):
        settled.pass_text(at)
        if tag is None:
            pass
        elif tag[0] == "/":
            settled.close(at, tag)
        else:
            settled.open(at, tag)
    return settled.pieces, settled.tags, settled.elements


# More tags than the elements that are known beforehand.
_KNOWN = 1000


class _Settled:
    """A page up to a tag, with the elements that are open there."""

    def __init__(self, pieces: list[str], tags: list[str | None]) -> None:
        self.pieces, self.tags = pieces, tags
        self.elements = Elements(len(tags) + _KNOWN)
        self.opened: list[_Opened] = []
        self.unseen: frozenset[str] = frozenset()
        self.last_seen = -1
        self.letters: dict[str, Mapping[str, bool]] = {}

    def pass_text(self, at: int) -> None:
        if self.unseen:
            self.pieces[at] = ""
        elif self.pieces[at] and not self.pieces[at].isspace():
            self.last_seen = at

    def close(self, at: int, tag: str) -> None:
        role, name, _ = self.elements[tag]
        levels = ended(self.opened, name)
        if not levels:
            return
        own = self.opened[-levels]
        self.tags[at] = own.end
        if role == LINK_END and self.unseen and self.last_seen <= own.at:
            self.tags[own.at] = None  # a link that nobody sees
        self._drop(levels)

    def open(self, at: int, tag: str) -> None:
        role, name, ends = self.elements[tag]
        if not name[:1].isalpha() or name in EMPTY:
            return
        while levels := _implied(self.opened, ends):
            self._drop(levels)
        if tag not in self.letters:
            self.letters[tag] = letters_of(tag)
        for reason, seen in self.letters[tag].items():
            self.unseen = self.unseen - {reason} if seen else self.unseen | {reason}
        if role in (FAINT, FAINT_BLOCK):
            role, *_ = self.elements[tag] = unstyled(tag)
        if role == UNSEEN and name == _DRAWING and not hides(tag):
            self.unseen |= {_DRAWING}
        end: str | None = f"/{name}"
        if name == _TEXT_IN_DRAWING:
            self.unseen -= {_DRAWING}
            self.tags[at] = end = "br"
        elif _DRAWING in self.unseen:
            self.tags[at] = end = None
        self.opened.append(_Opened(role, name, self.unseen, end, at))

    def _drop(self, levels: int) -> None:
        del self.opened[-levels:]
        self.unseen = self.opened[-1].unseen if self.opened else frozenset()


def _implied(opened: Sequence[_Opened], ends: tuple[str, ...]) -> int:
    """Return how many elements the beginning of another one closes, which ends those named."""
    if ends:
        for levels, element in enumerate(islice(reversed(opened), _REACH), 1):
            if element.name in ends:
                return levels
            if element.role >= UNSEEN_BLOCK:
                break
    return 0
