"""Elements that a page hides by style until its script shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate

from cqcrawler.reading.page.lines import read_blocks
from cqcrawler.reading.page.signs import sign, signed_lines
from cqcrawler.reading.page.visibility import HIDING
from cqcrawler.text.prose import reads_like_prose

# Each begins with letters in one case, because other patterns have no fast search.
_HIDING = [
    re.compile(
        rf"{name}\s{{0,9}}:\s{{0,9}}(?:{value}|{value.upper()})(?=\s{{0,9}}[;\"'!>])", re.ASCII
    )
    for property_, value in HIDING.items()
    for name in (property_, property_.upper())
] + [re.compile(r" hidden(?=[\s=/>])")]

# A change of the mark-up: where it begins and ends, and what comes there instead.
_Change = tuple[int, int, str]


def show_hidden(markup: str, least: int) -> str:
    """Return a page with the hidden element shown that holds the most sentences, `least` characters
    of them, and with those around it; what is hidden inside of it, or elsewhere, stays so."""
    tags: list[list[_Change]] = []
    signs: list[_Change] = []
    for start, end in sorted(m.span() for pattern in _HIDING for m in pattern.finditer(markup)):
        if not signs or start >= signs[-1][0]:
            tag_end = markup.find(">", end) + 1 or len(markup)
            signs.append((tag_end, tag_end, sign(len(tags))))
            tags.append([])
        tags[-1].append((start, end, ""))
    blocks = read_blocks(_changed(markup, sorted([*signs, *(cut for tag in tags for cut in tag)])))
    masses = (
        len(text) if reads_like_prose(text) and not blocks.is_link(i) else 0
        for i, text in enumerate(blocks.texts)
    )
    sums = [0, *accumulate(masses)]
    held = {
        number: (sums[lines.stop] - sums[lines.start], -len(lines), lines)
        for number, lines in signed_lines(blocks)
        if lines
    }
    best = max(held.values(), key=lambda item: item[:2], default=None)
    if not best or best[0] < least:
        return markup
    around = (number for number, (*_, lines) in held.items() if _holds(lines, best[2]))
    return _changed(markup, [cut for number in sorted(around) for cut in tags[number]])


def _holds(lines: range, others: range) -> bool:
    return lines.start <= others.start and others.stop <= lines.stop


def _changed(markup: str, changes: Iterable[_Change]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, text in changes:
        pieces += markup[at:start], text
        at = end
    return "".join([*pieces, markup[at:]])
