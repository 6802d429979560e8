"""Which lines single elements hold: a sign is set at their beginning and looked for in the lines.

Reading keeps the spans of elements without their tags, which would cost on every page; only the
rare page that needs to know one of them again pays for it.
"""

from __future__ import annotations

import re

from cqcrawler.reading.page.lines import Blocks

_SIGN = re.compile("\ue000([0-9]+)")  # of private use


def sign(number: int) -> str:
    """Return the mark-up of a sign, to be set behind the tag that begins an element."""
    return f"<p>\ue000{number}</p>"


def signed_lines(blocks: Blocks) -> list[tuple[int, range]]:
    """Return, for each sign that is a line, its number, and the range of its own line and those of
    the element that begins with it; no line for an inline element."""
    signs = {i: int(m[1]) for i, text in enumerate(blocks.texts) if (m := _SIGN.fullmatch(text))}
    ends: dict[int, list[int]] = {line: [] for line in signs}
    for start, end in blocks.spans:
        if start in ends:
            ends[start].append(end)
    # The sign is an element itself; the next one that begins with it is the one it stands in.
    return [
        (number, range(line, ends[line][1] if len(ends[line]) > 1 else line))
        for line, number in signs.items()
    ]
