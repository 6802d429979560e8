"""The beginning of a text that a portal prints above it, and the heading of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.prose import CLAUSE_END
from cqcrawler.text.runs import SHORT
from cqcrawler.text.words import any_word

# In Chinese characters: so many at the start tell most texts apart.
_START = 8
_NOT_HAN = re.compile("[^\u4e00-\u9fff]+")
_STARTS = re.compile(f"[\u4e00-\u9fff]{{{_START}}}")
_DOTS = re.compile(rf"(?:…+|\.{{3,}}|。{{3,}}) ?[\[【(（]?{any_word('read_on')}?[\]】)）]?$")
_DOTS_LENGTH = 16
# What portals print before the beginning of a text, which may take up several paragraphs; or above
# it, on a line of its own.
_LABEL = re.compile(rf"^[\[【]?{any_word('summary_label')}\s?[:：\]】]\s?")
_CALLED = re.compile(rf"^[\W_]{{0,4}}{any_word('summary_label')}[\W_]{{0,4}}(?=\w)")
_HEADING = re.compile(rf"[\W_]{{0,4}}{any_word('summary_label')}[\W_]{{0,4}}")
_HEADING_LENGTH = 16
_SUMMED_UP = 12
# In lines: so far down the page stands a summary, or so far below it its text.
_TOP = 5
# What ends like this may end in dots; a look at the end is cheaper than a search.
_MAY_BE_DOTS = ("…", "...", "。。。", "]", "】", ")", "）")


def repeated_summaries(texts: Sequence[str], keys: Sequence[str]) -> Iterator[int]:
    """Yield the paragraphs below the heading of a summary that stand again further below: their
    place is there. `keys` are what to compare."""
    for i in range(1, min(_TOP, len(texts))):
        if is_summary_heading(texts[i - 1]) and len(keys[i]) >= SHORT:
            first = copy = _next_copy(keys, i)
            while i < first and copy < len(keys) and keys[i] == keys[copy]:
                yield i
                i, copy = i + 1, copy + 1


def find_summaries(texts: Sequence[str], gone: Collection[int]) -> Iterator[int]:
    """Yield the paragraphs that are the start of the one above or of those below them, cut short
    with dots, above all others, or below the heading of a summary. `gone` went already."""
    left = [i for i in range(len(texts)) if i not in gone]
    headed, on_top = False, True
    for rank, i in enumerate(left):
        if rank < _TOP and _sums_up(texts[i], _below(texts, left, rank), headed=headed):
            yield i
        elif start := _cut_short(texts[i]):
            above = (texts[j] for j in left[max(rank - 1, 0) : rank])
            below = (_below(texts, left, r) for r in range(rank, rank + (_TOP if headed else 1)))
            if any(_continues(text, start) for text in (*above, *below)):
                yield i
        elif on_top and _is_summary(texts[i], _below(texts, left, rank)):
            yield i
        on_top = headed = is_summary_heading(texts[i])


def is_summary_heading(text: str) -> bool:
    """Whether a line is nothing but the heading of a summary."""
    return len(text) <= _HEADING_LENGTH and _HEADING.fullmatch(text) is not None


def first_letters(text: str) -> str:
    """Return the first Chinese characters: neither width nor white space changes them."""
    if at_once := _STARTS.match(text):
        return at_once[0]
    start = _NOT_HAN.sub("", text[: 4 * _START])
    if len(start) < _START:
        start = _NOT_HAN.sub("", text)
    return start[:_START]


def _next_copy(keys: Sequence[str], i: int) -> int:
    """Return where a line stands again below, or the number of lines."""
    return next((j for j in range(i + 1, len(keys)) if keys[j] == keys[i]), len(keys))


def _below(texts: Sequence[str], left: Sequence[int], rank: int) -> str:
    return "".join(texts[i] for i in left[rank + 1 : rank + 1 + _SUMMED_UP])


def _is_summary(text: str, below: str) -> bool:
    """Whether the text below goes on from its first paragraph: systems print its beginning
    above it, cut anywhere without dots, or as a sentence that ends sooner."""
    text = _LABEL.sub("", text)
    if len(text) < SHORT or first_letters(text) != first_letters(below):
        return False
    if not CLAUSE_END.search(text):
        return False
    return comparison_key(below).startswith(comparison_key(text).rstrip("."))


def _sums_up(text: str, below: str, *, headed: bool) -> bool:
    """Whether a summary that is called one stands somewhere in the text below."""
    label = _CALLED.match(text)
    if not (label or headed):
        return False
    text = text[label.end() :] if label else text
    key = _cut_short(text) or comparison_key(text).rstrip(".")
    return len(key) >= SHORT and key in comparison_key(below)


def _cut_short(text: str) -> str:
    """Return the key of a text that ends in dots, without them; nothing for other texts."""
    if not text.endswith(_MAY_BE_DOTS):
        return ""
    dots = _DOTS.search(text, max(len(text) - _DOTS_LENGTH, 0))
    key = comparison_key(_LABEL.sub("", text[: dots.start()])) if dots else ""
    return key if len(key) >= SHORT else ""


def _continues(text: str, start: str) -> bool:
    return not _cut_short(text) and comparison_key(text).startswith(start)
