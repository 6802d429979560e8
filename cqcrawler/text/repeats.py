"""Paragraphs that a page prints more than once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.words import any_word

# In characters. A line shorter than this may well be meant twice: a heading, a label, a cell of a
# table.
_SHORT = 20
# So may a longer line without any clause in it (the name of an office), up to this length,
_BARE = 40
# and a field or a row of a table, up to this one.
_FIELD = 60
_CLAUSE = re.compile(r"[，。；！？]|[,;!?](?!\d)")
_FIELD_OR_ROW = re.compile(r"[^：:，。]{1,10}[：:]|.*[|｜\t]")

# Short lines alone make a repeated block only right below the first, and only if there is some
# text in it: so many lines, so many different ones, so many characters.
_BLOCK_LINES = range(3, 41)
_BLOCK_DIFFERENT = 3
_BLOCK_LENGTH = 40

_NOT_HAN = re.compile("[^\u4e00-\u9fff]+")
_START = 8
_DOTS = re.compile(rf"(?:…+|\.{{3,}}|。{{3,}}) ?[\[【(（]?{any_word('read_on')}?[\]】)）]?$")
_DOTS_LENGTH = 16
# What portals print before the beginning of a text, which may take up several paragraphs.
_SUMMARY = re.compile(rf"^[\[【]?{any_word('summary_label')}\s?[:：\]】]\s?")
_SUMMED_UP = 12
# What ends like this may end in dots; a look at the end is cheaper than a search.
_MAY_BE_DOTS = ("…", "...", "。。。", "]", "】", ")", "）")


def find_repeats(texts: Sequence[str]) -> dict[int, str]:
    """Return the index of every paragraph that says again what another says, with the rule.

    `repeat` is a single later copy; `repeated block` a run of them, in which short lines and
    headings go too; `summary` a paragraph that is the start of the one above it or of those below,
    cut short with dots, or the first of all. Copies may differ in white space, width and case, but
    in no digit or word.
    """
    keys = _keys(texts)
    copies: dict[int, int] = {}
    if len(set(keys)) < len(keys):
        copies = _copies(texts, keys)
        _extend(keys, copies)
        _add_short_blocks(keys, copies)
    found = {i: _rule(copies, i) for i in sorted(copies)}
    return found | _summaries(texts, found)


def _keys(texts: Sequence[str]) -> list[str]:
    """Return what to compare. Keys cost time, so only texts that begin like another one get one."""
    starts = [_start(text) for text in texts]
    count = Counter(starts)
    return [
        comparison_key(text) if count[start] > 1 else text
        for text, start in zip(texts, starts, strict=True)
    ]


def _start(text: str) -> str:
    """Return the first Chinese characters: neither width nor white space changes them."""
    start = _NOT_HAN.sub("", text[: 4 * _START])
    if len(start) < _START:
        start = _NOT_HAN.sub("", text)
    return start[:_START]


def _copies(texts: Sequence[str], keys: Sequence[str]) -> dict[int, int]:
    """Map each later copy of a paragraph to the first."""
    first: dict[str, int] = {}
    copies = {}
    for i, key in enumerate(keys):
        original = first.setdefault(key, i)
        if original != i and _stands_alone(texts[i], len(key)):
            copies[i] = original
    return copies


def _stands_alone(text: str, length: int) -> bool:
    """Whether a second copy is a repeat by itself, outside a repeated block."""
    if length < _SHORT or length >= _FIELD:
        return length >= _FIELD
    if _FIELD_OR_ROW.match(text):
        return False
    return length >= _BARE or _CLAUSE.search(text) is not None


def _extend(keys: Sequence[str], copies: dict[int, int]) -> None:
    """Add the lines around each copy that also stand around its original."""
    for step in (-1, 1):
        for copy in list(copies):
            i, original = copy + step, copies[copy] + step
            while 0 <= original < i < len(keys) and i not in copies and keys[i] == keys[original]:
                copies[i] = original
                i, original = i + step, original + step


def _add_short_blocks(keys: Sequence[str], copies: dict[int, int]) -> None:
    """Add blocks of short lines that are repeated right below."""
    distances = _distances(keys)
    i = 0
    while i < len(keys):
        size = distances[i]
        block = keys[i : i + size] if size in _BLOCK_LINES else []
        if block and block == keys[i + size : i + 2 * size] and _has_text(block):
            copies.update({j: j - size for j in range(i + size, i + 2 * size) if j not in copies})
            i += size
        else:
            i += 1


def _distances(keys: Sequence[str]) -> list[int]:
    """For each paragraph, how far below it the next copy stands; 0 for none."""
    following: dict[str, int] = {}
    distances = [0] * len(keys)
    for i in range(len(keys) - 1, -1, -1):
        distances[i] = following.get(keys[i], i) - i
        following[keys[i]] = i
    return distances


def _has_text(block: Sequence[str]) -> bool:
    return len(set(block)) >= _BLOCK_DIFFERENT and sum(map(len, block)) >= _BLOCK_LENGTH


def _rule(copies: dict[int, int], i: int) -> str:
    original = copies[i]
    in_block = copies.get(i - 1) == original - 1 or copies.get(i + 1) == original + 1
    return "repeated block" if in_block else "repeat"


def _summaries(texts: Sequence[str], gone: dict[int, str]) -> dict[int, str]:
    left = [i for i in range(len(texts)) if i not in gone]
    found = {}
    for rank, i in enumerate(left):
        if start := _cut_short(texts[i]):
            above = (texts[j] for j in left[max(rank - 1, 0) : rank])
            if any(_continues(text, start) for text in (*above, _below(texts, left, rank))):
                found[i] = "summary"
        elif rank == 0 and _is_summary(texts[i], _below(texts, left, rank)):
            found[i] = "summary"
    return found


def _below(texts: Sequence[str], left: Sequence[int], rank: int) -> str:
    return "".join(texts[i] for i in left[rank + 1 : rank + 1 + _SUMMED_UP])


def _is_summary(text: str, below: str) -> bool:
    """Whether the text below goes on from its first paragraph: systems print its beginning
    above it, cut anywhere without dots, or as a sentence that ends sooner."""
    text = _SUMMARY.sub("", text)
    if len(text) < _SHORT or _start(text) != _start(below) or not _CLAUSE.search(text):
        return False
    return comparison_key(below).startswith(comparison_key(text).rstrip("."))


def _cut_short(text: str) -> str:
    """Return the key of a text that ends in dots, without them; nothing for other texts."""
    if not text.endswith(_MAY_BE_DOTS):
        return ""
    dots = _DOTS.search(text, max(len(text) - _DOTS_LENGTH, 0))
    key = comparison_key(_SUMMARY.sub("", text[: dots.start()])) if dots else ""
    return key if len(key) >= _SHORT else ""


def _continues(text: str, start: str) -> bool:
    return not _cut_short(text) and comparison_key(text).startswith(start)
