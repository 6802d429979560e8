"""Elements that a portal's file takes out of a page before it is read, or names in it.

Articles are read from tokens, listings from a tree, so an element is taken out of the markup, which
is what both begin with. The tree says which elements a selector finds: each has a mark of the tag
that begins it. What stands behind that tag says where it ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from cqcrawler.reading.page.document import Document, TakenOut, parse
from cqcrawler.reading.page.lines import Lines, read_lines
from cqcrawler.reading.page.selectors import elements
from cqcrawler.reading.page.tokens import tag_places
from cqcrawler.reading.page.visibility import EMPTY

_MARK = "cqcrawler-tag"
# Noncharacters around the number of what stood there; a page that has the first loses it.
_BEGIN, _END = "\ufdd0", "\ufdd1"
_STOOD = re.compile(f"{_BEGIN}(\\d+){_END}")
_BODY = "ucapcontent cqcrawler-body"


class _Span(NamedTuple):
    """An element in the markup: where its tag begins, where what is in it does, and the ends."""

    start: int
    inner: int
    inner_end: int
    end: int
    name: str


class _Markup:
    """The markup of a page whose elements are looked for."""

    def __init__(self, document: Document) -> None:
        self.text, self.places = tag_places(document.text)

    @cached_property
    def _tree(self) -> etree._Element:
        marked: list[str] = []
        at = 0
        for number, place in enumerate(self.places):
            if not place.name.startswith(("/", "!", "?")):
                behind = place.start + 1 + len(place.name)
                marked += self.text[at:behind], f" {_MARK}={number} "
                at = behind
        return parse("".join([*marked, self.text[at:]]))

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(_marks(self._tree))

    def spans(self, selector: str) -> list[_Span]:
        """Return where the elements stand that a selector finds, in page order, no one inside
        another."""
        spans: list[_Span] = []
        found = elements(self._tree, selector)
        for element in sorted(
            (each for each in found if _number(each) is not None), key=_number_of
        ):
            number = _number_of(element)
            if not spans or self.places[number].start >= spans[-1].end:
                spans.append(self._span(element, number))
        return spans

    def _span(self, element: etree._Element, number: int) -> _Span:
        place = self.places[number]
        if place.is_whole or place.name in EMPTY:
            return _Span(place.start, place.end, place.end, place.end, place.name)
        around = {str(each.tag) for each in element.iterancestors()}
        inner_end, end = self._end(number, frozenset(_marks(element)), around)
        return _Span(place.start, place.end, inner_end, end, place.name)

    def _end(
        self, number: int, inside: Collection[int], around: Collection[str]
    ) -> tuple[int, int]:
        """Return where the content of an element ends, and where the element does: at its end tag,
        or before what ends it without one."""
        own, opened = self.places[number].name, Counter[str]()
        for at in range(number + 1, len(self.places)):
            place = self.places[at]
            name = place.name.removeprefix("/")
            if name == place.name:
                if at in self._known and at not in inside:
                    return place.start, place.start
                opened[name] += at in inside
            elif opened[name]:
                opened[name] -= 1
            elif name == own:
                return place.start, place.end
            elif name in around:
                return place.start, place.start
        return len(self.text), len(self.text)


def _marks(element: etree._Element) -> Iterator[int]:
    return (number for each in element.iter() if (number := _number(each)) is not None)


def _number(element: etree._Element) -> int | None:
    mark = element.get(_MARK, "")
    return int(mark) if mark.isdecimal() else None


def _number_of(element: etree._Element) -> int:
    return int(element.get(_MARK, ""))


def without(document: Document, selectors: Sequence[str]) -> tuple[Document, tuple[str, ...]]:
    """Return a page without the elements that selectors find, and the selectors that find none.

    An empty element of the same name stays in the place of each, so that what stood before it and
    behind it does not run together.
    """
    if not selectors:
        return document, ()
    markup = _Markup(document)
    found = {selector: markup.spans(selector) for selector in selectors}
    missed = tuple(selector for selector, spans in found.items() if not spans)
    spans = _outermost(span for each in found.values() for span in each)
    if not spans:
        return document, missed
    kept: list[str] = []
    marked: list[str] = []
    at = 0
    for number, span in enumerate(spans):
        before, begin, end = markup.text[at : span.start], *_shell(span, len(markup.text))
        kept += before, begin, end
        marked += before.replace(_BEGIN, ""), begin, f"{_BEGIN}{number}{_END}", end
        at = span.end
    rest = markup.text[at:] + _loose_end(document.text)
    taken = TakenOut(
        tuple(markup.text[span.start : span.end] for span in spans),
        "".join([*marked, rest.replace(_BEGIN, "")]),
    )
    return replace(document, text="".join([*kept, rest]), taken_out=taken), missed


def _outermost(spans: Iterator[_Span]) -> list[_Span]:
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _shell(span: _Span, length: int) -> tuple[str, str]:
    if span.inner == span.end:  # a script, or an element without content
        return "", ""
    # A page that breaks off in such an element still breaks off.
    is_cut = span.inner_end == length
    return f"<{span.name}>", "" if is_cut else f"</{span.name}>"


def _loose_end(text: str) -> str:
    """Return the tag in the middle of which a page breaks off, if it does."""
    last = text.rfind("<")
    return text[last:] if last > text.rfind(">") else ""


def lines_taken_out(document: Document) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield what was taken out of a page as lines, each element with how many lines of the page
    stand above it; what the page would not have shown has none."""
    if document.taken_out is None:
        return
    above, markup = 0, document.taken_out.markup
    for text in read_lines(document.taken_out.marked).texts:
        for stood in _STOOD.finditer(text):
            yield above, tuple(read_lines(markup[int(stood[1])]).texts)
        above += not _STOOD.fullmatch(text)


def with_marked_body(document: Document, selector: str) -> Document | None:
    """Return a page in which the elements that a selector finds are marked as its text, None where
    it finds none."""
    markup = _Markup(document)
    spans = [span for span in markup.spans(selector) if span.inner_end > span.inner]
    if not spans:
        return None
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += markup.text[at : span.inner], f"<{_BODY}>"
        pieces += markup.text[span.inner : span.inner_end], "</ucapcontent>"
        at = span.inner_end
    return document.with_text("".join([*pieces, markup.text[at:]]))


def marked_lines(page: Lines) -> list[range]:
    """Return the lines of the elements that are marked as the text of a page."""
    return [lines for _, lines in page.elements_where(lambda tag: tag == _BODY)]
