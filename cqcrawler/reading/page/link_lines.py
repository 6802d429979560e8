"""Links to files, and which links are lines of a text: these and printed addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cqcrawler.reading.page.lines import Anchor, Lines
from cqcrawler.text.words import any_word

# Searched for in lower case: ignoring case takes several times as long.
FILE = re.compile(rf"\.({any_word('document')})(?=$|[?&#\s\"'>】）)])")
_NUMBERED = re.compile("附[件表]?[0-9一二三四五六七八九十]{0,3}[:：.、]")


def next_other_link(page: Lines, start: int, end: int) -> int:
    """Return the first line from `start` on, before `end`, that is a link but no line of a text."""
    return next((i for i in range(start, end) if is_other_link(page, i)), end)


def is_other_link(page: Lines, line: int) -> bool:
    """Whether a line is a link to anything but a file, under a name."""
    is_text = is_address(page.texts[line]) or not page.is_link(line)
    return not is_text and not _names_file(page, line)


def is_address(text: str) -> bool:
    """Whether a text prints an address, as texts do that say where to apply."""
    return "://" in text or "www." in text


def _names_file(page: Lines, line: int) -> bool:
    text = page.texts[line]
    is_named = _NUMBERED.match(text) or FILE.search(text.lower())
    return bool(is_named or file_anchors(page, line, line + 1))


def file_anchors(page: Lines, start: int, end: int) -> Sequence[Anchor]:
    """Return the links in the lines `start` to `end` (exclusive) whose tags name a file."""
    anchors = page.anchors_in(start, end)
    tags = [page.tag_of(anchor).lower() for anchor in anchors]
    if not FILE.search("\n".join(tags)):  # most pages; a search takes less time than each of many
        return ()
    return [anchor for anchor, tag in zip(anchors, tags, strict=True) if FILE.search(tag)]
