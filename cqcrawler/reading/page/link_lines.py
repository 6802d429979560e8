"""Links to files, and which links are lines of a text: these, sentences and printed addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cqcrawler.reading.page.lines import Anchor, Lines
from cqcrawler.text.prose import is_plainly_prose
from cqcrawler.text.words import any_word

# Searched for in lower case: ignoring case takes several times as long.
FILE = re.compile(rf"\.({any_word('document')})(?=$|[?&#\s\"'>】）)])")
# A link may also name a program that sends the file.
_OF_FILE = re.compile(rf"{FILE.pattern}|{any_word('download')}")
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
# In characters: a sentence has so many around the link in it.
_AROUND_LINK = 10
# A day at either end of a row, and the most characters that it has with what is around it.
_DAY = re.compile(
    r"(?:\d{4}[-/.年])?\d\d?[-/.月]\d\d?日?[\W_]{0,2}$|^[\W_]?\d{4}[-/.年]\d\d?[-/.月]\d\d?"
)
_LONGEST_DAY = 16
_NUMBERED = re.compile("附[件表]?[0-9一二三四五六七八九十]{0,3}[:：.、]")


def next_other_link(page: Lines, start: int, end: int) -> int:
    """Return the first line from `start` on, before `end`, that is a link but no line of a text."""
    return next((i for i in range(start, end) if is_other_link(page, i)), end)


def is_other_link(page: Lines, line: int) -> bool:
    """Whether a line is a link to anything but a file or a mailbox, under a name or with a day."""
    if not page.linked[line] or not (page.is_link(line) or _is_dated_link(page, line)):
        return False
    return not (_is_linked_text(page, line) or _names_file(page, line))


def _is_dated_link(page: Lines, line: int) -> bool:
    """Whether a line is a short link and the day of what it leads to, as rows of lists are."""
    around = len(page.texts[line]) - page.linked[line]
    return around <= _LONGEST_DAY and _DAY.search(page.texts[line]) is not None


def _is_linked_text(page: Lines, line: int) -> bool:
    """Whether a line is text though most of it is linked: it prints an address, or is a sentence
    around the long name of another document."""
    text = page.texts[line]
    around = len(text) - page.linked[line]
    return is_address(text) or (around >= _AROUND_LINK and is_plainly_prose(text))


def is_address(text: str) -> bool:
    """Whether a text prints an address, as texts do that say where to apply."""
    return "://" in text or "www." in text or ("@" in text and _MAILBOX.search(text) is not None)


def _names_file(page: Lines, line: int) -> bool:
    text = page.texts[line]
    if _NUMBERED.match(text) or FILE.search(text.lower()):
        return True
    anchors = page.anchors_in(line, line + 1)
    return any(_OF_FILE.search(page.tag_of(anchor).lower()) for anchor in anchors)


def file_anchors(page: Lines, start: int, end: int) -> Sequence[Anchor]:
    """Return the links in the lines `start` to `end` (exclusive) whose tags name a file."""
    anchors = page.anchors_in(start, end)
    tags = [page.tag_of(anchor).lower() for anchor in anchors]
    if not FILE.search("\n".join(tags)):  # most pages; a search takes less time than each of many
        return ()
    return [anchor for anchor, tag in zip(anchors, tags, strict=True) if FILE.search(tag)]
