"""The lines that may be the title because of the labels beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import (
    ABOVE,
    BESIDE_WEIGHT,
    CLOSE,
    ELEMENTS_AROUND,
    HEADING_LENGTH,
    LONGEST,
    NO_TITLE,
    OWNERS,
    SHORTEST,
    TitleCandidate,
    may_be_title,
    reads_like_title,
    whole_title,
)
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import any_word

_SHORT_WEIGHT, _NAMED_WEIGHT = 6.0, 22.0
# With a text between it and its labels, a line heads that text: the labels above it have the title.
_INSIDE = 0.5
_SHORT_TITLE = 16
_LONGEST_TAG = 8
# Whatever a title is of (信件标题, 咨询主题); what a letter asks is its title. In a
# cell of its own a label needs no colon.
_NAME_LABEL = re.compile(
    rf"[【\[]?\s?(?:(?:信息|文件|公文)?{any_word('name_label')}"
    rf"|[\u4e00-\u9fff]{{0,4}}?{any_word('title_label')}|{any_word('asked')})"
    r"(?:\s?[】\]:：]+\s?|(?<=[题问])$)"
)
# Where one is asked after the other, they are the text.
_ASKED = re.compile(rf"[【\[]?\s?{any_word('asked')}\s?[】\]:：]")
_IS_TITLE = re.compile(any_word("title_label"))
_COLONS = (":", "：")
# Who wrote a text, on a line of its own.
_BY = re.compile(f"[□■◆◎○●▲△]|本[报刊]|{any_word('writer', 'correspondent', 'author')}|文[/／|｜]")
# Lists of other notices carry dates too; only the first groups of labels are the notice's own.
_GROUPS = 3


def lines_beside_labels(page: Lines, stated: Set[str], silent: bool) -> Iterator[TitleCandidate]:
    """The next long line above each group of labels, over tags and tools, or else below it; where
    the head is `silent` about the title, a short line right above, too."""
    group_end, titled = -1, False
    for first, last in _groups(page):
        short = _short_line(page, first, last) if silent else None
        if short:
            yield short
        elif silent:
            yield from _below_form(page, range(first + 1, last))
        above = _upward(page, first, max(first - ABOVE - 1, group_end, -1))
        among, below = range(first + 1, last), range(last + 1, min(last + 2, len(page.texts)))
        found = short.weight == BESIDE_WEIGHT if short else page.texts[first - 1] in stated
        for origin, lines in (("above", above), ("among", among), ("below", below)):
            # Below a text such a line of labels is its date, and the foot of the page follows.
            if lines is below and (found or _has_stop(page, first)):
                continue
            beside = (
                i
                for i in lines
                if i not in page.label_lines
                and may_be_title(page, i)
                and not (page.texts[i].endswith(OWNERS) and _is_headed(page, range(i + 1, first)))
            )
            if (i := next(beside, None)) is not None:
                i -= _is_subtitle(page, i, stated)
                inside = titled and origin == "above" and _has_prose(page, range(i + 1, first))
                weight = BESIDE_WEIGHT * (_INSIDE if inside else 1)
                start, end = whole_title(page, i)
                text = " ".join(page.texts[start:end])
                yield TitleCandidate(text, start, end, weight, f"{origin} labels")
                found = True
        group_end, titled = last, titled or found


def _short_line(page: Lines, first: int, last: int) -> TitleCandidate | None:
    """A short line right above labels: it may be a tag, but is the title where no longer line
    stands in the element that holds it with its labels and the line below these."""
    line = first - 1
    while line > 0 and _are_tags(page, line) and _may_be_short(page, line - 1):
        line -= 1
    if line < 0 or not _may_be_short(page, line):
        return None
    is_doubtful = _has_stop(page, first) or _has_rival(page, first, last)
    weight = _SHORT_WEIGHT if is_doubtful else BESIDE_WEIGHT
    return TitleCandidate(page.texts[line], line, line + 1, weight, "above labels")


def _are_tags(page: Lines, line: int) -> bool:
    """Whether a line has several short words, in elements of their own."""
    words = page.spaced.get(line, "").split()
    return len(words) > 1 and not any(
        len(word) > _LONGEST_TAG or ":" in word or "：" in word for word in words
    )


def _below_form(page: Lines, among: range) -> Iterator[TitleCandidate]:
    """Short lines among labels, right below one whose value is to be filled in."""
    for i in among:
        is_below = page.texts[i - 1].endswith(_COLONS) and i not in page.label_lines
        if is_below and i + 1 in page.label_lines and _may_be_short(page, i):
            yield TitleCandidate(page.texts[i], i, i + 1, _SHORT_WEIGHT, "among labels")


def _may_be_short(page: Lines, line: int) -> bool:
    text = page.texts[line]
    fits = 2 <= len(text) <= _SHORT_TITLE and not page.is_link(line)
    return fits and not (NO_TITLE.search(text) or may_be_title(page, line))


def _has_rival(page: Lines, first: int, last: int) -> bool:
    below = min(last + 1, len(page.texts) - 1)
    start, _ = next(page.spans_around(first - 1, below, ELEMENTS_AROUND), (0, 0))
    return any(may_be_title(page, i) for i in range(max(start, first - ABOVE), first - 1))


def _is_headed(page: Lines, lines: range) -> bool:
    """Whether a heading stands among lines: what is above it is the name of the site."""
    return any(start in lines for _, start, _ in page.headings)


def _has_prose(page: Lines, lines: range) -> bool:
    return any(reads_like_prose(page.texts[i]) for i in lines)


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
    return reads_like_title(text) and not _BY.match(text)


def named_lines(page: Lines) -> Iterator[TitleCandidate]:
    """The lines that say again what a table of particulars gives for the name of the document, or
    else the line of that name."""
    texts = page.texts
    for i, text in enumerate(texts):
        if (label := _NAME_LABEL.match(text)) and not _is_asked_on(texts, i):
            at = i if label.end() < len(text) else i + 1
            name = text[label.end() :] if at == i else "".join(texts[at : at + 1])
            if not SHORTEST <= len(name) <= LONGEST or name.endswith(_COLONS):
                continue
            again = name in texts[at + 1 :]
            start = texts.index(name, at + 1) if again else at
            is_sure = again or _IS_TITLE.search(label[0])
            weight = _NAMED_WEIGHT if is_sure else _SHORT_WEIGHT
            yield TitleCandidate(name, start, start + 1, weight, "named by a label")
            return


def _is_asked_on(texts: Sequence[str], line: int) -> bool:
    """Whether a line is the first question of several."""
    asked = _ASKED.match(texts[line])
    return asked is not None and any(text.startswith(asked[0]) for text in texts[line + 1 :])


def _groups(page: Lines) -> list[tuple[int, int]]:
    """The first and last line of the first groups of labels; lists of other notices follow."""
    groups: list[tuple[int, int]] = []
    for i in page.label_lines:
        if groups and i - groups[-1][1] <= 2:
            groups[-1] = (groups[-1][0], i)
        else:
            groups.append((i, i))
    return groups[:_GROUPS]
