"""The title that the head of a page states, and the lines that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cqcrawler.reading.page.head import Metadata
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import (
    BESIDE_WEIGHT,
    HEADING_LENGTH,
    LONGEST,
    SHORTEST,
    TitleCandidate,
)
from cqcrawler.text.headline_tag import is_tag
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.words import any_word

# In characters: a line that the head states counts its length, at most the first of these; one that
# it states whole, at least the second.
_FULL_LENGTH, _LEAST_WHOLE = 40.0, 7.0
_PART = 5
_MOST_LINES = 4
_SEPARATOR = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|--+|(?<![-–—])[-–—]++(?=[^-–—]{2,20}$)")
# A date and a source may share the line of the title.
_PARTICULARS = f"{any_word('source', 'author', 'date_noun')}|发布"
_REST = re.compile(rf"\s|[（(【\[]|(?:19|20)\d\d(?:[-/.]|年\d\d?月)|{_PARTICULARS}")
_POSTED = re.compile(rf"(?:19|20)\d\d[-/.年]|{_PARTICULARS}")
_BESIDE_TITLE = 80


def stated_title(metadata: Metadata) -> str:
    """Return the title that the head states, without the name of the site or its software."""
    for _, title in metadata.values.get("title", ()):
        return title
    return max(title_parts(metadata), key=lambda part: len(part.encode(errors="replace")))


def title_parts(metadata: Metadata) -> list[str]:
    """Return the parts of the title tag: the title, the names of a column and of the site."""
    return [part.strip() for part in _SEPARATOR.split(metadata.title_tag)]


def stated_lines(page: Lines, title_tag: str, title: str) -> Iterator[TitleCandidate]:
    texts = page.texts
    head = "\n".join((title_tag, title))
    key = "\n".join(map(comparison_key, (title_tag, title)))
    shortest = min(SHORTEST, len(title) or SHORTEST)
    lines = [
        i
        for i, text in enumerate(texts)
        if shortest <= len(text) <= LONGEST and i not in page.label_lines
    ]
    stem = title.rstrip(".…")
    is_cut = stem != title
    found = [i for i in lines if texts[i] in head or (is_cut and texts[i].startswith(stem))]
    if _longest(texts, found) * 2 < len(title):
        found = [i for i in lines if comparison_key(texts[i]) in key]
    title_key = comparison_key(title)
    for i in found:
        text, end = _joined(texts, i, key)
        whole = comparison_key(text) == title_key or (is_cut and text.startswith(stem))
        length = min(len(text), len(title) if is_cut else LONGEST, _FULL_LENGTH)
        # A long part of what the head states is the title without the name of the site.
        part = _PART if len(text) >= HEADING_LENGTH else 0
        weight = max(length * 1.5, _LEAST_WHOLE) if whole else length + part
        yield TitleCandidate(text, i, end, weight, "title tag")
    if _longest(texts, found) * 2 < len(title) >= SHORTEST:
        for i in page.plain:
            if text := _within(texts[i], title, head):
                yield TitleCandidate(text, i, i + 1, min(len(text), _FULL_LENGTH), "title tag")


def words_before_site(page: Lines, first: str) -> Iterator[TitleCandidate]:
    """A title of a word or two, right above labels, that the head states before other names."""
    if 2 <= len(first) < SHORTEST:
        for i, text in enumerate(page.texts):
            if text == first and not page.label_lines.isdisjoint((i - 1, i + 1, i + 2)):
                yield TitleCandidate(text, i, i + 1, BESIDE_WEIGHT, "title tag")


def _within(line: str, title: str, head: str) -> str:
    """Return the title that shares its line with a date or a source, not with a sentence, or else
    nothing."""
    if "。" in line:
        return ""
    if title in line and len(line) <= len(title) + _BESIDE_TITLE:
        return line if _is_cut(line, title) else title
    end = HEADING_LENGTH
    if line[:end] not in head or len(line) > LONGEST + _BESIDE_TITLE:
        return ""
    while end < len(line) and line[: end + 1] in head:
        end += 1
    return line[:end].strip() if _REST.match(line, end) else ""


def _is_cut(line: str, title: str) -> bool:
    """Whether a title goes on in the middle of a word, where the head states but so much."""
    longer = line.startswith(title) and HEADING_LENGTH <= len(title) < len(line) <= LONGEST
    parts = _REST.match(line, len(title)) or _SEPARATOR.match(line, len(title))
    return longer and not parts and not _POSTED.search(line, len(title)) and "。" not in line


def _longest(texts: Sequence[str], lines: Sequence[int]) -> int:
    return max((len(texts[i]) for i in lines), default=0)


def _joined(texts: Sequence[str], start: int, key: str) -> tuple[str, int]:
    """Put together a title that a line break cuts in two but the head states in one piece."""
    text, end = texts[start], start + 1
    while end < min(len(texts), start + _MOST_LINES) and 2 <= len(texts[end]) <= LONGEST:
        longer = f"{text} {texts[end]}"
        if comparison_key(longer) not in key:
            break
        text, end = longer, end + 1
    return text, end


def goes_on(heading: TitleCandidate, line: TitleCandidate) -> bool:
    """Whether a heading begins like a title that the head states shorter: what follows is
    part of it, unless something parts them, and so is the tag of a place before it."""
    rest = len(line.text)
    if heading.text.endswith(line.text) and is_tag(heading.text[:-rest]):
        return True
    longer = heading.start == line.start and heading.text.startswith(line.text)
    parts = _REST.match(heading.text, rest) or _SEPARATOR.match(heading.text, rest)
    return longer and rest < len(heading.text) and not parts
