"""Boxes in a text that are none of it, told by their form.

Portals put advertisements, codes to scan, buttons and votes among the paragraphs of a text and
above its signature. Their words are new on every site, but they are no paragraphs: they stand in
an element unlike those around the sentences, and hold little.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter

from cqcrawler.reading.page.lines import Lines, Span
from cqcrawler.reading.page.tokens import name_of
from cqcrawler.text.boilerplate import DETAILS, match_either
from cqcrawler.text.outline import is_numbered
from cqcrawler.text.prose import is_plainly_prose
from cqcrawler.text.signatures import is_signed
from cqcrawler.text.words import any_word

# Elements that hold more than a paragraph of text; rows and cells are looked at as their table.
# A list of terms has the particulars of a notice.
_BOXES = frozenset("div aside section nav form footer header ul ol center details table".split())
# In characters, and lines: a box of the page in a text is small, and what it says is short.
_MOST_TEXT, _MOST_LINES, _FEW_SENTENCES = 160, 8, 100
# With so many cells a table has data.
_CELLS = 6
_SPEAKS = re.compile(any_word("page_speech"))
_OFFERS = re.compile(any_word("page_speech", "offer_speech"))
_PARTICULAR = re.compile(r"[^：:]{2,12}[：:].")
# 您觉得本文内容： is no label of a notice.
_ASKS = re.compile("[您本]")
# Whom to ask, and under which number.
_CONTACT = re.compile(r"[：:]\s*[一-鿿]{2,4}(?:先生|女士|主任|科长|经理)?[\s，,（(].*\d{7}")
_END_OF = itemgetter(1)
_REMEMBERED = 256


def find_asides(page: Lines, first: int, column: range) -> Set[Span]:
    """The spans of such elements in a column, without its first sentence; those in others are
    among them."""
    begin = bisect_right(page.spans, column.start, key=_END_OF)
    stop = bisect_right(page.spans, column.stop, key=_END_OF)
    elements = [
        (page.spans[i], page.tags[page.elements[i]] or "")
        for i in range(begin, stop)
        if page.spans[i][0] >= column.start
    ]
    small = [
        (span, tag)
        for span, tag in elements
        if len(range(*span)) <= _MOST_LINES
        and first not in range(*span)
        and name_of(tag) in _BOXES
        and any(map(_offers, page.texts[slice(*span)]))
    ]
    if not small:
        return frozenset()  # most columns
    sums = _Sums(page, column, first, elements)
    return {span for span, tag in small if sums.is_aside(span, tag)}


class _Sums:
    """What the elements of a column hold, as differences of sums over its lines."""

    def __init__(
        self, page: Lines, lines: range, first: int, elements: Sequence[tuple[Span, str]]
    ) -> None:
        self._page, self._start, self._first = page, lines.start, first
        texts = [page.texts[i] for i in lines]
        sentences = [len(t) if is_plainly_prose(t) and not match_either(t) else 0 for t in texts]
        self._lengths = [0, *accumulate(map(len, texts))]
        self._sentences = [0, *accumulate(sentences)]
        cells = {span[0] for span, tag in elements if name_of(tag) in ("td", "th")}
        self._cells = [0, *accumulate(i in cells for i in lines)]
        self._of_text: Counter[str] = Counter()
        for span, tag in elements:
            self._of_text[tag] += self._between(self._sentences, span)
        # The innermost element with a class around a sentence, if others like it hold some, too.
        self._paragraphs: dict[int, Span] = {}
        for span, tag in elements:
            if len(range(*span)) <= _MOST_LINES and "class" in tag and self._has_others(span, tag):
                for i in range(*span):
                    if sentences[i - self._start]:
                        self._paragraphs.setdefault(i, span)

    def _between(self, sums: Sequence[int], span: Span) -> int:
        return sums[span[1] - self._start] - sums[span[0] - self._start]

    def _has_others(self, span: Span, tag: str) -> bool:
        """Whether sentences stand in other elements with the tag of this one."""
        return self._of_text[tag] > self._between(self._sentences, span)

    def _holds_paragraph(self, span: Span) -> bool:
        within = (self._paragraphs.get(i) for i in range(*span))
        return any(inner and span[0] <= inner[0] and inner[1] <= span[1] for inner in within)

    def is_aside(self, span: Span, tag: str) -> bool:
        if self._between(self._lengths, span) > _MOST_TEXT:
            return False
        if self._has_others(span, tag) or self._holds_paragraph(span):
            return False
        if self._between(self._cells, span) >= _CELLS:
            return False
        lines = range(*span)
        texts = [self._page.texts[i] for i in lines]
        if any(map(_is_of_text, texts)) or all(map(self._page.is_link, lines)):
            return False
        if sentences := [text for text in texts if is_plainly_prose(text)]:
            # A summary stands above a text, and a longer one may be a part of it.
            few = len(sentences) < len(texts) or sum(map(len, sentences)) <= _FEW_SENTENCES
            return lines.start > self._first and few and any(map(_speaks, texts))
        particulars = all(map(_PARTICULAR.match, texts))
        return any(map(_speaks if particulars else _offers, texts))


# The same line is asked about for each element around it.
@lru_cache(_REMEMBERED)
def _speaks(text: str) -> bool:
    return _SPEAKS.search(text) is not None


@lru_cache(_REMEMBERED)
def _offers(text: str) -> bool:
    return len(text) <= _MOST_TEXT and _OFFERS.search(text) is not None


@lru_cache(_REMEMBERED)
def _is_of_text(text: str) -> bool:
    """Whether a line is a detail of the notice, begins a part of it or signs it."""
    rule = match_either(text)
    if rule is not None and rule.scope in DETAILS and not _ASKS.match(text):
        return True
    return is_numbered(text) or is_signed(text) or _CONTACT.search(text) is not None
