"""Summaries of other notices, which read like sentences too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from operator import itemgetter

from cqcrawler.reading.page.lines import Anchor, Lines
from cqcrawler.reading.page.tokens import read_attributes
from cqcrawler.text.prose import reads_like_prose

_SHORTEST_TITLE = 8
_LONGEST_BELOW, _LONGEST_TIME = 40, 16


def find_teasers(page: Lines) -> list[int]:
    """Lines that sum up another notice: below its linked title, above its date, a linked name
    or the next title."""
    texts = page.texts
    above = (-1, *page.plain)
    below_links = [
        i
        for line, i in zip(above, page.plain, strict=False)
        if line < i - 1 and reads_like_prose(texts[i])
    ]
    if not below_links:
        return []  # most pages
    anchors = Counter(map(itemgetter(1), page.anchors))
    titles = {i for i, n in anchors.items() if n <= 2}.difference(page.plain)
    summaries = [
        i
        for i in below_links
        if i - 1 in titles
        and i + 1 < len(texts)
        and len(texts[i - 1]) >= _SHORTEST_TITLE
        and (anchors[i - 1] == 1 or _has_picture(page, i - 1))
    ]
    found = {i for i in summaries if _is_cut(texts[i]) or _ends_entry(page, i + 1, anchors, titles)}
    if len(found) < 2:
        # One alone may be a paragraph below a linked heading, unless it is cut short below a title
        # with its picture.
        return [i for i in found if _is_cut(texts[i]) and _is_pictured(page, i - 1)]
    # What the last one is can only be told from those above it.
    return [i for i in summaries if not found.isdisjoint((i, i - 2, i - 3))]


def _ends_entry(page: Lines, line: int, anchors: Counter[int], titles: Set[int]) -> bool:
    """Whether a line may follow a summary: the title of the next one, or whose notice it is,
    and from when or how long ago."""
    length = len(page.texts[line])
    named = anchors[line] > 0 and length <= _LONGEST_BELOW
    ago = line + 1 in titles and length <= _LONGEST_TIME
    return line in page.label_lines or line in titles or named or ago


def _is_pictured(page: Lines, line: int) -> bool:
    """Whether a picture above the title of a line, or beside it, leads where the title does."""
    title = next((a for a in page.anchors_in(line, line + 1) if page.text_of(a)), None)
    if title is None:  # a link whose text is of the line above
        return False
    at = page.anchors.index(title)
    picture = page.anchors[at - 1] if at else title
    return not page.text_of(picture) and _address(page, picture) == _address(page, title)


def _address(page: Lines, anchor: Anchor) -> str:
    return read_attributes(page.tag_of(anchor)).get("href", "")


def _is_cut(text: str) -> bool:
    return text.endswith(("…", "..."))


def _has_picture(page: Lines, line: int) -> bool:
    """Whether the first link of a line is a picture, beside the title that leads there too."""
    return not page.text_of(page.anchors_in(line, line + 1)[0])
