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
from itertools import accumulate, islice
from operator import itemgetter

from cqcrawler.reading.page.lines import Lines, Span
from cqcrawler.reading.page.tokens import name_of
from cqcrawler.text.boilerplate import DETAILS, match_either
from cqcrawler.text.outline import is_numbered
from cqcrawler.text.prose import is_plainly_prose
from cqcrawler.text.signatures import is_signed
from cqcrawler.text.words import word_finder

# Elements that hold more than a paragraph of text; rows and cells are looked at as their table.
# A list of terms has the particulars of a notice.
_BOXES = frozenset("div aside section nav form footer header ul ol center details table".split())
# In characters, and lines: a box of the page in a text is small, and what it says is short.
_MOST_TEXT, _MOST_LINES, _FEW_SENTENCES = 160, 8, 100
# What a reader fills in; and, in tags, how far into an element the first of these is looked for.
_FIELD = re.compile(
    r"(?:textarea|select|input(?![^>]*type=[\"']?(?:hidden|image|submit)))\b", re.IGNORECASE
)
_LETTERS, _MOST_TAGS = "tsiTSI", 60
# An identifier or class that calls its element an advertisement.
_SOLD = re.compile(
    r"""(?:id|class)\s?=\s?["']?(?:[^"'>]{0,80}[\s_-])?(?:adv?s?|advert\w{0,8}|guanggao|sponsor\w{0,4})[\s_\d"'-]""",
    re.IGNORECASE,
)
# With so many cells a table has data.
_CELLS = 6
_speaks_to_reader = word_finder("page_speech")
_offers_to_reader = word_finder("page_speech", "offer_speech")
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
    elements = [i for i in range(begin, stop) if page.spans[i][0] >= column.start]
    boxes = [i for i in elements if page.names[i] in _BOXES]
    told = _forms(page, boxes) | {i for i in boxes if _SOLD.search(_tag(page, i))}
    offers = {i for i in boxes if _is_offer(page, i, first, is_told=i in told)}
    if not offers:
        return frozenset()  # most columns
    # 【网友来信】 is a heading of the text where 【部门回复】 is one.
    shared = {_tag(page, i) for i in boxes if i not in offers and _is_line(page, i)}
    offers -= {i for i in offers - told if "class" in _tag(page, i) and _tag(page, i) in shared}
    sums = _Sums(page, column, elements)
    return {page.spans[i] for i in offers if sums.is_unlike_text(i)}


def _tag(page: Lines, element: int) -> str:
    return page.tags[page.elements[element]] or ""


def _is_line(page: Lines, element: int) -> bool:
    start, end = page.spans[element]
    return end - start == 1


def _forms(page: Lines, elements: Sequence[int]) -> Set[int]:
    """The elements among these that hold what a reader fills in."""
    first = min((page.elements[i] for i in elements), default=len(page.tags))
    tags = enumerate(islice(page.tags, first, None), first)
    fields = [i for i, tag in tags if tag and tag[0] in _LETTERS and _FIELD.match(tag)]
    return {i for i in elements if fields and _holds_one(page, i, fields)}


def _holds_one(page: Lines, element: int, tags: Sequence[int]) -> bool:
    """Whether one of the tags stands in an element of moderate length."""
    begin, name = page.elements[element], page.names[element]
    behind = bisect_right(tags, begin)
    if behind == len(tags) or tags[behind] > begin + _MOST_TAGS:
        return False
    between = [name_of(tag) for tag in page.tags[begin + 1 : tags[behind]] if tag]
    open_ones = accumulate((n == name) - (n == f"/{name}") for n in between)
    return all(count >= 0 for count in open_ones)


def _is_offer(page: Lines, element: int, first: int, *, is_told: bool) -> bool:
    """Whether an element is small, and what it says none of the text, as far as that tells;
    `is_told` is whether its markup tells the same."""
    start, end = page.spans[element]
    if end - start > _MOST_LINES or start <= first < end:
        return False
    texts = page.texts[start:end]
    if sum(map(len, texts)) > _MOST_TEXT or not (is_told or any(map(_offers, texts))):
        return False
    if all(map(page.is_link, range(start, end))) or any(map(_is_of_text, texts)):
        return False
    if sentences := [text for text in texts if is_plainly_prose(text)]:
        # A summary stands above a text, and a longer one may be a part of it.
        few = len(sentences) < len(texts) or sum(map(len, sentences)) <= _FEW_SENTENCES
        return start > first and few and any(map(_speaks, texts))
    return not all(map(_PARTICULAR.match, texts)) or any(map(_speaks, texts))


class _Sums:
    """What the elements of a column hold, as differences of sums over its lines. Elements are
    named by their index on the page."""

    def __init__(self, page: Lines, lines: range, elements: Sequence[int]) -> None:
        self._page, self._start = page, lines.start
        texts = page.texts[lines.start : lines.stop]
        sentences = [len(t) if is_plainly_prose(t) and not match_either(t) else 0 for t in texts]
        self._sentences = [0, *accumulate(sentences)]
        cells = {page.spans[i][0] for i in elements if page.names[i] in ("td", "th")}
        self._cells = [0, *accumulate(i in cells for i in lines)]
        self._of_text: Counter[str] = Counter()
        for i in elements:
            if held := self._between(self._sentences, i):
                self._of_text[_tag(self._page, i)] += held
        # The innermost element with a class around a sentence, if others like it hold some, too.
        self._paragraphs: dict[int, Span] = {}
        for i in elements:
            start, end = span = page.spans[i]
            if (
                end - start <= _MOST_LINES
                and "class" in _tag(self._page, i)
                and self._has_others(i)
            ):
                for line in range(start, end):
                    if sentences[line - self._start]:
                        self._paragraphs.setdefault(line, span)

    def _between(self, sums: Sequence[int], element: int) -> int:
        start, end = self._page.spans[element]
        return sums[end - self._start] - sums[start - self._start]

    def _has_others(self, element: int) -> bool:
        """Whether sentences stand in other elements with the tag of this one."""
        return self._of_text[_tag(self._page, element)] > self._between(self._sentences, element)

    def _holds_paragraph(self, element: int) -> bool:
        start, end = self._page.spans[element]
        within = (self._paragraphs.get(i) for i in range(start, end))
        return any(inner and start <= inner[0] and inner[1] <= end for inner in within)

    def is_unlike_text(self, element: int) -> bool:
        """Whether an element is no table, and neither a paragraph nor around one."""
        if self._between(self._cells, element) >= _CELLS:
            return False
        return not self._has_others(element) and not self._holds_paragraph(element)


# The same line is asked about for each element around it.
@lru_cache(_REMEMBERED)
def _speaks(text: str) -> bool:
    return _speaks_to_reader(text)


@lru_cache(_REMEMBERED)
def _offers(text: str) -> bool:
    return len(text) <= _MOST_TEXT and _offers_to_reader(text)


@lru_cache(_REMEMBERED)
def _is_of_text(text: str) -> bool:
    """Whether a line is a detail of the notice, begins a part of it or signs it."""
    rule = match_either(text)
    if rule is not None and rule.scope in DETAILS and not _ASKS.match(text):
        return True
    return is_numbered(text) or is_signed(text) or _CONTACT.search(text) is not None
