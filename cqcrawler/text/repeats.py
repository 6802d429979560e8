"""Paragraphs that a page prints more than once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.outline import NOWHERE
from cqcrawler.text.places import SENTENCE_END, belongs_to_its_place, is_between_others
from cqcrawler.text.prose import CLAUSE_END
from cqcrawler.text.runs import SHORT, Paragraphs, Run, grow, touch, walk
from cqcrawler.text.summaries import (
    find_summaries,
    first_letters,
    is_summary_heading,
    repeated_summaries,
)

BLOCK, SINGLE = "repeated block", "repeat"
SUMMARY, HEADING = "summary", "summary heading"

_NO_ITEMS: Mapping[int, int] = MappingProxyType({})

# In characters. A short line may well be meant twice: a heading, a label, a cell of a table. So may
# a longer line up to this length, unless it is a sentence,
_BARE = 40
# and up to this one a field, a row of a table, an exclamation or a question.
_FIELD = 60
_FIELD_OR_ROW = re.compile(r"[^：:，。]{1,10}[：:]|.*[|｜\t]")
_REFRAIN = re.compile(r"[!！?？][”’\"'）)」』】]*$")

# Short lines alone make a block only right below the first, and only if there is some text in it:
# no more lines than this, so many different ones, so many characters.
_BLOCK_LINES, _BLOCK_DIFFERENT, _BLOCK_LENGTH = 40, 3, 40
# A signature, a date and what else a second copy of a whole text may lack at its end, in lines.
_TAIL = 4


def find_repeats(texts: Sequence[str], items: Mapping[int, int] = _NO_ITEMS) -> dict[int, str]:
    """Return the index of every paragraph that says again what another says, with the rule.

    `repeat` is a single later copy; `repeated block` a run of them, in which short lines and
    headings go too, though one copy has a line more; `summary` a paragraph that is the start of
    the one above it or of those below, cut short with dots, or the first of all; `summary heading`
    the line above a summary. Copies may differ in white space, width and case, but in no digit or
    word. What belongs to its place is no copy: `items`, which are cells of tables and items of
    lists by their markup, with the number of the table or list; numbered items below different
    lines; and what is said of two things in the same words.
    """
    keys = _keys(texts)
    found: dict[int, str] = {}
    if len(set(keys)) < len(keys):
        for find in (_find_headed, _find_doubled, _find_copies):
            left = [i for i in range(len(texts)) if i not in found]
            inside = {rank: items[i] for rank, i in enumerate(left) if i in items}
            text = Paragraphs([texts[i] for i in left], [keys[i] for i in left], inside)
            found.update((left[rank], rule) for rank, rule in find(text).items())
    found |= dict.fromkeys(find_summaries(texts, found), SUMMARY)
    headings = (i - 1 for i, rule in found.items() if rule == SUMMARY and i)
    return found | {i: HEADING for i in headings if i not in found and is_summary_heading(texts[i])}


def _keys(texts: Sequence[str]) -> list[str]:
    """Return what to compare. Keys cost time, so only texts that begin like another one get one."""
    starts = [first_letters(text) for text in texts]
    count = Counter(starts)
    return [
        comparison_key(text) if count[start] > 1 else text
        for text, start in zip(texts, starts, strict=True)
    ]


def _find_headed(text: Paragraphs) -> dict[int, str]:
    return dict.fromkeys(repeated_summaries(text.texts, text.keys), SUMMARY)


def _find_doubled(text: Paragraphs) -> dict[int, str]:
    """Return the lines that stand twice in a row, and short ones beside them that do so too: some
    portals print every line twice."""
    doubled = [
        i
        for i in range(1, len(text.keys))
        if _is_doubled(text, i) and _is_plain(text.texts[i], len(text.keys[i]))
    ]
    found = dict.fromkeys(doubled, SINGLE)
    for i in doubled:
        for step in (-2, 2):
            beside = i + step
            while beside not in found and _is_doubled(text, beside):
                found[beside] = SINGLE
                beside += step
    return found


def _is_doubled(text: Paragraphs, i: int) -> bool:
    return 0 < i < len(text.keys) and text.keys[i] == text.keys[i - 1] and i not in text.items


def _find_copies(text: Paragraphs) -> dict[int, str]:
    """Return the later copies of single lines and of runs of lines."""
    above = _copies_above(text.keys)
    found: dict[int, str] = {}
    seen: set[int] = set()
    kept: set[int] = set()
    for i, original in enumerate(above):
        if original != NOWHERE and i not in seen and _may_stand_alone(text, original, i):
            run = grow(text, original, i, seen)
            copies = [copy for _, copy in run]
            seen.update(copies)
            if _is_repeat(text, run, kept):
                found |= _named(text, run)
            else:
                kept.update(copies)
    for run in _short_blocks(text, above, found):
        found |= _named(text, run)
    return found


def _named(text: Paragraphs, run: Run) -> dict[int, str]:
    """Return the copies of a run with their rule, but for cells and items of tables and lists that
    do not stand again whole."""
    again = Counter(text.items[copy] for _, copy in run if copy in text.items)
    torn = {number for number, count in again.items() if count < text.sizes[number]}
    rule = BLOCK if len({text.keys[copy] for _, copy in run}) > 1 else SINGLE
    return {copy: rule for _, copy in run if text.items.get(copy) not in torn}


def _copies_above(keys: Sequence[str]) -> list[int]:
    """For each paragraph, the nearest one above it that is the same."""
    last: dict[str, int] = {}
    above = []
    for i, key in enumerate(keys):
        above.append(last.get(key, NOWHERE))
        last[key] = i
    return above


def _may_stand_alone(text: Paragraphs, original: int, i: int) -> bool:
    """Whether a second copy may be a repeat by itself, outside a repeated block."""
    if i in text.items or original in text.items:
        return False
    is_plain = _is_plain(text.texts[i], len(text.keys[i]))
    return is_plain and not belongs_to_its_place(text, original, i)


def _is_plain(line: str, length: int) -> bool:
    """Whether a line is long enough, and prose enough for its length, not to be meant twice in a
    row or in a block."""
    if length < SHORT or length >= _FIELD:
        return length >= _FIELD
    if _FIELD_OR_ROW.match(line):
        return False
    return length >= _BARE or CLAUSE_END.search(line) is not None


def _stands_alone(line: str, length: int) -> bool:
    """Whether a line is not meant twice elsewhere either: it is no title, verse or refrain."""
    if not _is_plain(line, length) or length >= _FIELD:
        return length >= _FIELD
    if length < _BARE:
        return SENTENCE_END.search(line) is not None
    return _REFRAIN.search(line) is None


def _is_repeat(text: Paragraphs, run: Run, kept: Collection[int]) -> bool:
    """Whether a run stands again by mistake, rather than because it says the same of something
    else, as copies do that were `kept`: what stands twice rightly does so a third time."""
    lines = [pair for pair in run if pair[1] not in text.items]
    alone = [o for o, i in lines if _stands_alone(text.texts[i], len(text.keys[i]))]
    if touch(run):
        # The headings of a table of contents have text between them where they stand again.
        return bool(alone) or run[-1][1] - run[0][1] < len(run)
    if all(original in kept for original in alone):
        return False
    bound = [i for o, i in lines if belongs_to_its_place(text, o, i)]
    are_bound = 2 * _length(text, bound) >= _length(text, [i for _, i in lines])
    return not are_bound and not is_between_others(text, run)


def _length(text: Paragraphs, lines: Sequence[int]) -> int:
    return sum(len(text.keys[i]) for i in lines)


def _short_blocks(text: Paragraphs, above: Sequence[int], copies: Collection[int]) -> Iterator[Run]:
    """Yield blocks of short lines that stand again right below, with at most a line more; and
    whole texts of short lines, the second time without the end."""
    taken = set(copies)
    for i, original in enumerate(above):
        if original == NOWHERE or i in taken or i - original > _BLOCK_LINES:
            continue
        run = list(chain(*walk(text.keys, (original, i), 1, i, taken)))
        end, end_copy = run[-1]
        more = (end - original) + (end_copy - i) + 2 - 2 * len(run)
        is_whole = original == 0 and end_copy == len(above) - 1 and i - end <= _TAIL
        if more > 1 or not (touch(run) or is_whole):
            continue
        if _has_text([text.keys[copy] for _, copy in run]):
            taken.update(copy for _, copy in run)
            yield run


def _has_text(block: Sequence[str]) -> bool:
    return len(set(block)) >= _BLOCK_DIFFERENT and sum(map(len, block)) >= _BLOCK_LENGTH
