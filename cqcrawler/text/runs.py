"""Lines of a text that stand again below, with a line more or less in one of the copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from cqcrawler.text.outline import Outline, read_outline

# In characters: a shorter line may well be meant twice.
SHORT = 20

# How two copies go on: with the next line of both, or with one that was changed or a line or two
# more in one of them; the first may have a few more (contacts). A block of fewer lines has none.
_NEXT = (1, 1)
_STEPS = (_NEXT, (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (4, 1), (5, 1))
_BRIDGED = 3

# A line and its copy; and lines that stand again below, in their order.
Pair = tuple[int, int]
Run = list[Pair]


@dataclass(frozen=True)
class Paragraphs:
    """The paragraphs of a text, what to compare, and those that are items by their markup."""

    texts: Sequence[str]
    keys: Sequence[str]
    items: Mapping[int, int]

    @cached_property
    def sizes(self) -> Mapping[int, int]:
        """How many lines the tables and lists have, by number."""
        return Counter(self.items.values())

    @cached_property
    def outline(self) -> Outline:
        return read_outline(self.texts)


def grow(text: Paragraphs, original: int, copy: int, seen: Collection[int]) -> Run:
    """Return the run around a line that stands again: lines above and below it do too."""
    keys, pair = text.keys, (original, copy)
    above = walk(keys, pair, -1, original, seen)
    top = min(i for _, i in chain(*above))
    below = walk(keys, pair, 1, top, seen)
    run = sorted({*chain(*above), *chain(*below)})
    if touch(run):
        return run
    if len(run) < _BRIDGED:
        above, below = above[:1], below[:1]
    return sorted({*_sound(above, keys), *_sound(below, keys)})


def walk(
    keys: Sequence[str], pair: Pair, step: int, middle: int, seen: Collection[int]
) -> list[Run]:
    """Return the lines that stand again from a pair on upwards or downwards, in parts between which
    one copy has a line more. No line is beyond the `middle` between the copies, or `seen`."""
    parts = [[pair]]
    while True:
        original, copy = parts[-1][-1]
        for lines, copied in _STEPS:
            o, i = original + step * lines, copy + step * copied
            inside = i > middle if step < 0 else o < middle
            if o >= 0 and inside and i < len(keys) and i not in seen and keys[o] == keys[i]:
                break
        else:
            return parts
        if (lines, copied) != _NEXT:
            parts.append([])
        parts[-1].append((o, i))


def _sound(parts: list[Run], keys: Sequence[str]) -> Run:
    """Return the parts of a run without a last one that may well be meant twice, as it is a short
    line behind one that was changed."""
    while len(parts) > 1:
        (original, copy), (line, again) = parts[-2][-1], parts[-1][0]
        is_change = abs(line - original) == abs(again - copy)
        if not is_change or len(parts[-1]) > 1 or len(keys[again]) >= SHORT:
            break
        parts = parts[:-1]
    return list(chain(*parts))


def touch(run: Run) -> bool:
    """Whether the copy begins where its original ends."""
    return run[-1][0] + 1 >= run[0][1]
