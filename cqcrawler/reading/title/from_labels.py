"""The lines that may be the title because of the labels beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import (
    ABOVE,
    BESIDE_WEIGHT,
    CLOSE,
    HEADING_LENGTH,
    LONGEST,
    NO_TITLE,
    OWNERS,
    SHORTEST,
    TitleCandidate,
    may_be_title,
)
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import any_word

_SHORT_WEIGHT, _NAMED_WEIGHT = 6.0, 22.0
_SHORT_TITLE = 12
_NAME_LABEL = re.compile(
    rf"[【\[]?\s?(?:(?:信息|文件|公文)?{any_word('name_label')}"
    rf"|(?:信息|文件|信件|来信|留言)?{any_word('title_label')})\s?[】\]:：]+\s?"
)
# Who wrote a text, on a line of its own.
_BY = re.compile(f"[□■◆◎○●▲△]|本[报刊]|{any_word('writer', 'correspondent', 'author')}|文[/／|｜]")
# Lists of other notices carry dates too; only the first groups of labels are the notice's own.
_GROUPS = 3


def lines_beside_labels(page: Lines, stated: Set[str]) -> Iterator[TitleCandidate]:
    """The next long line above each group of labels, over tags and tools, or else below it."""
    group_end = -1
    for first, last in _groups(page):
        above = _upward(page, first, max(first - ABOVE - 1, group_end, -1))
        group_end = last
        among, below = range(first + 1, last), range(last + 1, min(last + 2, len(page.texts)))
        found = False
        for origin, lines in (("above", above), ("among", among), ("below", below)):
            # Below a text such a line of labels is its date, and the foot of the page follows.
            if lines is below and (found or _has_stop(page, first)):
                continue
            beside = (i for i in lines if i not in page.label_lines and may_be_title(page, i))
            if (i := next(beside, None)) is not None:
                i -= _is_subtitle(page, i, stated)
                yield TitleCandidate(page.texts[i], i, i + 1, BESIDE_WEIGHT, f"{origin} labels")
                found = True


def _is_subtitle(page: Lines, line: int, stated: Set[str]) -> bool:
    """Whether a line is a heading right below a long one of a higher rank, or any line right
    below one that the head states."""
    above = page.texts[line - 1] if line else ""
    if not above or above.endswith(OWNERS):
        return False
    if above in stated:
        return True
    ranks = {start: tag for tag, start, end in page.headings if end == start + 1}
    is_lower = ranks.get(line - 1, "z") < ranks.get(line, "")
    return is_lower and len(above) >= HEADING_LENGTH


def _has_stop(page: Lines, line: int) -> bool:
    """Whether one of the lines right above is a sentence."""
    return any("。" in text for text in page.texts[max(line - CLOSE, 0) : line])


def _upward(page: Lines, first: int, end: int) -> Iterator[int]:
    """The lines from `first` (exclusive) up to `end` (exclusive), as far as the second sentence:
    labels may stand below a short text, but its title is above all of a longer one."""
    sentences = 0
    for i in range(first - 1, end, -1):
        sentences += reads_like_prose(page.texts[i]) and "。" in page.texts[i]
        if sentences > 1:
            return
        yield i


def short_lines(page: Lines) -> Iterator[TitleCandidate]:
    """Short lines right above labels; where nothing else is known they are no mere tags."""
    for first, _ in _groups(page):
        text = page.texts[first - 1] if first else ""
        if 2 <= len(text) <= _SHORT_TITLE and not page.is_link(first - 1):
            yield TitleCandidate(text, first - 1, first, _SHORT_WEIGHT, "above labels")


def opening_lines(page: Lines) -> Iterator[TitleCandidate]:
    """The longest of the lines between links and a text, on the page of a newspaper that states
    but its own name: another may be the name of a column, or of the author."""
    texts = page.texts
    for i in page.plain:
        if i and page.is_link(i - 1):
            opening = range(i, min(i + 1 + CLOSE, len(texts)))
            first = next((j for j in opening if reads_like_prose(texts[j])), i)
            lines = [
                j for j in range(i, first) if j not in page.label_lines and _may_name(texts[j])
            ]
            if best := max(lines, key=lambda j: len(texts[j]), default=None):
                yield TitleCandidate(texts[best], best, best + 1, _SHORT_WEIGHT, "above text")


def _may_name(text: str) -> bool:
    return SHORTEST <= len(text) <= LONGEST and not (_BY.match(text) or NO_TITLE.search(text))


def named_lines(page: Lines) -> Iterator[TitleCandidate]:
    """The lines that say again what a table of particulars gives for the name of the document, or
    else the line of that name."""
    texts = page.texts
    for i, text in enumerate(texts):
        if label := _NAME_LABEL.match(text):
            at = i if label.end() < len(text) else i + 1
            name = text[label.end() :] if at == i else "".join(texts[at : at + 1])
            if SHORTEST <= len(name) <= LONGEST:
                again = name in texts[at + 1 :]
                start = texts.index(name, at + 1) if again else at
                is_sure = again or "题" in label[0]
                weight = _NAMED_WEIGHT if is_sure else _SHORT_WEIGHT
                yield TitleCandidate(name, start, start + 1, weight, "named by a label")
            return


def _groups(page: Lines) -> list[tuple[int, int]]:
    """The first and last line of the first groups of labels; lists of other notices follow."""
    groups: list[tuple[int, int]] = []
    for i in page.label_lines:
        if groups and i - groups[-1][1] <= 2:
            groups[-1] = (groups[-1][0], i)
        else:
            groups.append((i, i))
    return groups[:_GROUPS]
