"""Links to files, and which links are lines of a text: these, sentences and printed addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from cqcrawler.reading.page.lines import Anchor, Lines
from cqcrawler.text.prose import is_plainly_prose
from cqcrawler.text.words import any_word, word_list

# Searched for in lower case: ignoring case takes several times as long.
FILE = re.compile(rf"\.({any_word('document')})(?=$|[?&#\s\"'>】》（）()])")
# A link may also name a program that sends the file.
_OF_FILE = re.compile("|".join((FILE.pattern, *word_list("download"))))
# The letters that these words begin with: to look for them takes a tenth of the time.
_DOWNLOADS = {match[0] for word in word_list("download") if (match := re.match("[a-z]+", word))}
_PAGE = re.compile(r"\.s?html?$", re.IGNORECASE)
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
# In characters: a sentence has so many around the link in it.
_AROUND_LINK = 10
# A day at either end of a row, and the most characters that it has with what is around it.
_DAY = re.compile(
    r"(?:\d{4}[-/.年])?\d\d?[-/.月]\d\d?日?[\W_]{0,2}$|^[\W_]?\d{4}[-/.年]\d\d?[-/.月]\d\d?"
)
_LONGEST_DAY = 16
# What names the files of a notice: a heading, and their numbers.
FILES_HEADING = re.compile(r"(?:相关)?附件\s?[:：]")
FILE_NUMBER = re.compile(r"\d{1,2}\s?[.．、]\D")
_NUMBERED = re.compile("附[件表]?[0-9一二三四五六七八九十]{0,3}[:：.、]")


def next_other_link(page: Lines, start: int, end: int) -> int:
    """Return the first line from `start` on, before `end`, that is a link but no line of a text."""
    return next((i for i in range(start, end) if is_other_link(page, i)), end)


def other_links(page: Lines, start: int, end: int) -> list[bool]:
    """For each line from `start` to `end` (exclusive), whether it is such a link."""
    texts, linked = page.texts[start:end], page.linked[start:end]
    links = [
        n > 0 and (n * 2 > len(text) or _is_dated_link(page, i))
        for i, text, n in zip(range(start, end), texts, linked, strict=True)
    ]
    if not any(links):
        return links
    to_files = _lines_to_files(page, start, end) | _listed_files(texts, start)
    return [
        is_link and i not in to_files and not (_is_linked_text(page, i) or _is_file(text))
        for i, text, is_link in zip(range(start, end), texts, links, strict=True)
    ]


def _listed_files(texts: Sequence[str], start: int) -> Set[int]:
    """The lines that name the files of a notice by their numbers, below 附件：."""
    found: set[int] = set()
    if not any(map(FILES_HEADING.fullmatch, texts)):
        return found  # most texts
    for at, text in enumerate(texts[1:], 1):
        below = FILES_HEADING.fullmatch(texts[at - 1]) or start + at - 1 in found
        if below and FILE_NUMBER.match(text):
            found.add(start + at)
    return found


def is_other_link(page: Lines, line: int) -> bool:
    """Whether a line is a link to anything but a file or a mailbox, under a name or with a day."""
    return other_links(page, line, line + 1)[0]


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


def _is_file(text: str) -> bool:
    """Whether the text of a link names a file."""
    return bool(_NUMBERED.match(text) or ("." in text and FILE.search(text.lower())))


def file_anchors(page: Lines, start: int, end: int) -> Sequence[Anchor]:
    """Return the links in the lines `start` to `end` (exclusive) that may lead to files: their tags
    name one, or what sends one, or their lines name one."""
    anchors, tags = _anchors_with_tags(page, start, end)
    named = {i for i in range(start, min(end, len(page.texts))) if _is_file(page.texts[i])}
    if not named and not _may_lead_to_files(tags):
        return ()
    return [
        anchor
        for anchor, tag in zip(anchors, tags, strict=True)
        if anchor[1] in named or _OF_FILE.search(tag)
    ]


def file_suffix(href: str, download: str, text: str) -> str | None:
    """Return the suffix of the file that a link leads to, None if it leads to none.

    Its address names the file, or its `download` attribute; its text, too, unless the address is
    that of a page about the file.
    """
    names = (href.lower(), download.lower(), "" if _PAGE.search(href) else text.lower())
    return next((match[1] for name in names if (match := FILE.search(name))), None)


def _lines_to_files(page: Lines, start: int, end: int) -> Set[int]:
    """The lines from `start` to `end` (exclusive) with a link to a file or what sends one."""
    anchors, tags = _anchors_with_tags(page, start, end)
    if not _may_lead_to_files(tags):
        return frozenset()
    found = zip(anchors, tags, strict=True)
    return {line for (_, line), tag in found if _OF_FILE.search(tag)}


def _may_lead_to_files(tags: Sequence[str]) -> bool:
    # Most pages have no files; one search takes less time than many.
    whole = "\n".join(tags)
    return bool(FILE.search(whole)) or any(beginning in whole for beginning in _DOWNLOADS)


def _anchors_with_tags(page: Lines, start: int, end: int) -> tuple[Sequence[Anchor], list[str]]:
    """The links in a range of lines, with their tags in lower case."""
    anchors = page.anchors_in(start, end)
    return anchors, [page.tag_of(anchor).lower() for anchor in anchors]
