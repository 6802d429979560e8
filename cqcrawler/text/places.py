"""Whether lines that are the same belong each to its place: said of two things in the same words,
rather than printed twice."""

from __future__ import annotations

import re
from itertools import pairwise

from cqcrawler.text.numerals import NUMERALS
from cqcrawler.text.outline import NOWHERE
from cqcrawler.text.runs import SHORT, Paragraphs, Run

SENTENCE_END = re.compile(r"[。；;.…][”’\"'）)」』】]*$")
# A paragraph of several sentences is no item of a list.
_SENTENCES = re.compile("。(?!$)")
_LABEL = re.compile(r"([^：:，。]{1,10})[：:]")
_LEAD_IN = ("：", ":")
_NO_HEADING = re.compile(r"[，。；！？：,;!?:]|^[（(].*[)）]$")
_DIGIT = re.compile(r"\d")
_NUMBERS = re.compile(rf"[{NUMERALS}]+")
# Of two lines that say much the same of two things, so many pairs of letters are equal; in lines of
# fewer letters that says nothing. What lies behind so many letters is not looked at.
_ALIKE, _ALIKE_LENGTH, _COMPARED = 0.5, 10, 300
# So many sentences around a changed one say that it was changed.
_CHANGED_AMONG = 2
# So many lines above a paragraph its heading is looked for.
_PART_LINES = 8
# How many lists inside one another are looked at.
_DEPTH = 8


def belongs_to_its_place(text: Paragraphs, original: int, copy: int) -> bool:
    """Whether two lines that are the same are under different ones: as items of lists, or as
    paragraphs of two articles of a law."""
    outline = text.outline
    one, other = outline.parents[original], outline.parents[copy]
    if outline.enumerators[copy] is None and not _are_same(text, one, other):
        one, other = outline.articles[original], outline.articles[copy]
    is_short = not _SENTENCES.search(text.texts[copy])
    for _ in range(_DEPTH):
        if NOWHERE in (one, other) or one == other:
            return False
        if _head_parts(text, one, other, of_short_items=is_short):
            return True
        one, other = outline.parents[one], outline.parents[other]
    return False


def _are_same(text: Paragraphs, one: int, other: int) -> bool:
    return NOWHERE not in (one, other) and text.keys[one] == text.keys[other]


def _head_parts(text: Paragraphs, one: int, other: int, *, of_short_items: bool) -> bool:
    """Whether two lines head different parts of a text. A sentence heads items that are no more
    than one sentence; others may follow one that was changed."""
    if not of_short_items:
        return text.keys[one] != text.keys[other] and bool(
            _shapes(text, one) & _shapes(text, other)
        )
    if _are_parallel(text, one, other):
        return True
    are_sentences = all(SENTENCE_END.search(text.texts[line]) for line in (one, other))
    return are_sentences and text.keys[one] != text.keys[other]


def is_between_others(text: Paragraphs, run: Run) -> bool:
    """Whether the lines around both copies differ and are alike: rows of a table without its
    markup, questions and answers, parts of a text about two things."""
    first, (last, last_copy) = run[0][0], run[-1]
    if text.outline.enumerators[first] is None and _is_below_parts(text, run):
        return True
    below, below_copy = last + 1, last_copy + 1
    if _has_sentences(text, run) or below_copy >= len(text.texts):
        return False
    label = _label(text.texts[below])
    if label and label == _label(text.texts[below_copy]) != _label(text.texts[first]):
        return text.keys[below] != text.keys[below_copy]
    return _are_alike(text, below, below_copy)


def _is_below_parts(text: Paragraphs, run: Run) -> bool:
    """Whether both copies stand below lines that are alike, or in parts of the text with headings
    alike: a single paragraph anywhere, others as far below the one heading as below the other. What
    is printed again below a text stands in no part of it."""
    first, first_copy = run[0]
    may_be_changed = _has_sentences(text, run) and "。" in text.texts[first - 1]
    if first and not may_be_changed and _are_alike(text, first - 1, first_copy - 1):
        return True
    heading, heading_copy = _heading(text, first), _heading(text, first_copy)
    if NOWHERE in (heading, heading_copy) or text.keys[heading] == text.keys[heading_copy]:
        return False
    if not _shapes(text, heading) & _shapes(text, heading_copy):
        return False
    is_single = len(run) == 1 and first_copy + 1 < len(text.texts)
    return is_single or first - heading == first_copy - heading_copy


def _heading(text: Paragraphs, line: int) -> int:
    """Return the nearest line above that may head others, or `NOWHERE`."""
    above = range(line - 1, max(line - 1 - _PART_LINES, -1), -1)
    return next((i for i in above if _shapes(text, i)), NOWHERE)


def _has_sentences(text: Paragraphs, run: Run) -> bool:
    """Whether a run is so long that a sentence beside it which is nearly the same was changed."""
    return sum("。" in text.texts[copy] for _, copy in run) >= _CHANGED_AMONG


def _are_parallel(text: Paragraphs, one: int, other: int) -> bool:
    """Whether two lines say something else in the same way."""
    if text.keys[one] == text.keys[other]:
        return False
    return bool(_shapes(text, one) & _shapes(text, other)) or _are_alike(text, one, other)


def _shapes(text: Paragraphs, i: int) -> set[object]:
    """Return how a line is built: its numbering, its label, the colon at its end; or that it is
    short and neither a sentence nor in brackets, with digits or without."""
    line, enumerator = text.texts[i], text.outline.enumerators[i]
    shapes: set[object] = {enumerator.style} if enumerator else set()
    if line.endswith(_LEAD_IN):
        shapes.add(_LEAD_IN)
    elif label := _label(line):
        shapes.add(label)
    elif not shapes and len(line) < SHORT and not _NO_HEADING.search(line):
        shapes.add(_DIGIT.search(line) is None)
    return shapes


def _label(line: str) -> str:
    """Return the label of a line without its number: that of 岗位二 is that of 岗位一."""
    label = _LABEL.match(line)
    return _NUMBERS.sub("", label[1]) if label else ""


def _are_alike(text: Paragraphs, one: int, other: int) -> bool:
    """Whether two lines differ and share most of their pairs of letters."""
    if text.keys[one] == text.keys[other]:
        return False
    pairs, other_pairs = (set(pairwise(text.texts[i][:_COMPARED])) for i in (one, other))
    fewer = min(len(pairs), len(other_pairs))
    return fewer >= _ALIKE_LENGTH and len(pairs & other_pairs) >= _ALIKE * fewer
