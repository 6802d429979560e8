"""Summaries of other notices, which read like sentences too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from operator import itemgetter

from cqcrawler.reading.page.lines import Blocks
from cqcrawler.reading.page.lookup import anchors_in
from cqcrawler.text.prose import reads_like_prose

_SHORTEST_TITLE = 8
_LONGEST_BELOW, _LONGEST_TIME = 40, 16


def find_teasers(blocks: Blocks, bylines: Set[int]) -> list[int]:
    """Lines that sum up another notice: below its linked title, above its date, a linked name
    or the next title."""
    texts = blocks.texts
    anchors = Counter(map(itemgetter(1), blocks.anchors))
    titles = {i for i, n in anchors.items() if n <= 2}.difference(blocks.plain)
    summaries = [
        i
        for i in blocks.plain
        if i - 1 in titles
        and i + 1 < len(texts)
        and len(texts[i - 1]) >= _SHORTEST_TITLE
        and (anchors[i - 1] == 1 or _has_picture(blocks, i - 1))
        and reads_like_prose(texts[i])
    ]
    found = {
        i
        for i in summaries
        if texts[i].endswith(("…", "...")) or _ends_entry(blocks, i + 1, anchors, bylines, titles)
    }
    if len(found) < 2:
        return []
    # Nothing but those above it tells what the last one is.
    return [i for i in summaries if not found.isdisjoint((i, i - 2, i - 3))]


def _ends_entry(
    blocks: Blocks, line: int, anchors: Counter[int], bylines: Set[int], titles: Set[int]
) -> bool:
    """Say whether a line may follow a summary: the title of the next one, or whose notice it is,
    and from when or how long ago."""
    length = len(blocks.texts[line])
    named = anchors[line] > 0 and length <= _LONGEST_BELOW
    ago = line + 1 in titles and length <= _LONGEST_TIME
    return line in bylines or line in titles or named or ago


def _has_picture(blocks: Blocks, line: int) -> bool:
    """Say whether the first link of a line is a picture, beside the title that leads there too."""
    return not blocks.text_of(anchors_in(blocks, line, line + 1)[0])
