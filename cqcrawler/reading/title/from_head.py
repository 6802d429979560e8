"""The title that the head of a page states, and the lines that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from cqcrawler.reading.page.head import Metadata
from cqcrawler.reading.page.lines import Lines
from cqcrawler.reading.title.candidate import (
    BESIDE_WEIGHT,
    HEADING_LENGTH,
    LONGEST,
    OWNERS,
    SHORTEST,
    TitleCandidate,
    stands_above_labels,
)
from cqcrawler.text.headline_tag import is_tag
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.words import any_word

# In characters: a line that the head states counts its length, at most the first of these; one that
# it states whole, at least the second.
_FULL_LENGTH, _LEAST_WHOLE = 40.0, 7.0
_PART = 5
# The name of a site or of a column counts this part.
_NAME_WEIGHT = 0.3
# In characters: the longest name of a column; a longer link may be the title in a list of others.
_COLUMN = 8
_MOST_LINES = 4
_SITE_NAME = rf"[^-–—·\s]{{2,20}}{any_word('site', 'owner')}"
_SEPARATOR = re.compile(
    r"\s*[_|｜»›>]+\s*|\s+[-–—·]+\s+|--+|(?<![-–—])[-–—]++(?=[^-–—]{2,20}$)"
    rf"|(?:(?<![-–—])[-–—]++|[·\s])(?={_SITE_NAME}(?:[-–—]|$))"
)
# Less divides the name of a site from what stands behind it.
_SITE_FIRST = re.compile(rf"({_SITE_NAME})[·\s](?=.)")
_LAST_WORD = re.compile(r"[-–—]+\s*([^-–—]{2,8})$")
_FIRST_WORD = re.compile(r"([^-–—]{2,8}?)\s*[-–—]+(?=.)")
# A date, a source or a count may share the line of the title, behind it. A bracket, the number of
# an issue, what a place announces belong to the title.
_PARTICULARS = f"{any_word('source', 'author', 'date_noun', 'count')}"
_DAY = r"(?:19|20)\d\d(?:[-/.]\d\d?[-/.]\d|年\d\d?月\d)"
_REST = re.compile(
    rf"[\s（(【\[|｜]*(?:{_DAY}|.{{0,4}}{_PARTICULARS}\s?[:：]|发布|{any_word('tool_opening')})"
    r"|\s+[【\[][^】\]]{1,8}[】\]]$"
)
# Before it stand a label or the path to the page.
_LEAD = re.compile(r"(?:.*[>＞»:：】\]]\s*)?")
_POSTED = re.compile(rf"(?:19|20)\d\d[-/.年]|{_PARTICULARS}|发布")
_BESIDE_TITLE = 80


class Statement(NamedTuple):
    """What the head of a page states: the likeliest `title`, the `parts` of the title tag, and
    `names`, the parts that name the site or a column rather than the notice."""

    title: str
    title_tag: str
    parts: tuple[str, ...]
    names: frozenset[str]

    @property
    def own(self) -> Set[str]:
        """What may be the title of the notice, without names of the site and its columns."""
        return {self.title, *self.parts} - self.names

    def states(self, text: str) -> bool:
        """Whether a text is what the head states of the notice, whole and between its signs."""
        if text in self.names:
            return False
        stated = f" {self.title_tag}\n{self.title} "
        at = stated.find(text)
        # No pattern: to compile one for every page takes longer than all that is done for titles.
        while at >= 0 and (_is_word(stated[at - 1]) or _is_word(stated[at + len(text)])):
            at = stated.find(text, at + 1)
        return at >= 0

    def is_name(self, text: str, endings: tuple[str, ...]) -> bool:
        """Whether a text names a site or a column; a headline may end in the name of its site."""
        if text in self.names:
            return True
        ends = any(text.endswith(part) and text != part for part in self.parts if part)
        return text.endswith(endings) and not ends


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def read_statement(page: Lines, metadata: Metadata) -> Statement:
    """Read what the head states, and tell names of the site and of columns from the title: those
    of sites end like names, those of columns are links in menus and in the path to the page."""
    parts = tuple(each for part in title_parts(metadata) for each in _without_column(page, part))
    stated = {name for _, name in metadata.values.get("site", ())}
    sites = {part for part in parts if part.endswith(OWNERS) or part in stated}
    columns = {part for part in parts if part not in sites and _is_column(page, part)}
    metas = [title for _, title in metadata.values.get("title", ())]
    titles = [part for part in parts if part not in sites]
    own = [part for part in titles if part not in columns]
    title = metas[0] if metas else max(own or titles or parts, key=_size)
    return Statement(title, metadata.title_tag, parts, frozenset(sites | columns))


def _without_column(page: Lines, part: str) -> Iterator[str]:
    """The name of a column at the end or beginning of a part, behind or before a dash, and the
    rest: dashes divide titles too."""
    if (match := _LAST_WORD.search(part)) and _is_column(page, match[1]):
        yield part[: match.start()].strip()
        yield match[1]
    elif (match := _FIRST_WORD.match(part)) and _is_column(page, match[1]):
        yield match[1]
        yield part[match.end() :].strip()
    else:
        yield part


def _size(part: str) -> int:
    return len(part.encode(errors="replace"))


def _is_column(page: Lines, text: str) -> bool:
    length = len(text)
    if not 0 < length <= _COLUMN:
        return False
    lines = zip(page.linked, page.texts, strict=True)
    return any(linked >= length and text in line for linked, line in lines)


def title_parts(metadata: Metadata) -> list[str]:
    """Return the parts of the title tag: the title, the names of a column and of the site."""
    parts = [part.strip() for part in _SEPARATOR.split(metadata.title_tag)]
    if site := _SITE_FIRST.match(parts[0]):
        parts[:1] = [site[1], parts[0][site.end() :]]
    return parts


def stated_lines(page: Lines, statement: Statement) -> Iterator[TitleCandidate]:
    """The lines that say what the head states, whole or in part."""
    texts, title, title_tag = page.texts, statement.title, statement.title_tag
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
        if whole and len(text) < HEADING_LENGTH and heads_labels(page, statement, text, end):
            weight += BESIDE_WEIGHT  # other short lines there may be tags
        elif statement.is_name(text, OWNERS):
            weight *= _NAME_WEIGHT
        yield TitleCandidate(text, i, end, weight, "title tag")
    if _longest(texts, found) * 2 < len(title) >= SHORTEST:
        for i in page.plain:
            if text := _within(texts[i], title, head):
                weight = min(len(text), _FULL_LENGTH)
                weight *= _NAME_WEIGHT if statement.is_name(text, OWNERS) else 1
                yield TitleCandidate(text, i, i + 1, weight, "title tag")


def heads_labels(page: Lines, statement: Statement, text: str, end: int) -> bool:
    """Whether the labels of a notice follow a short line: those of a column stand further down."""
    if end in page.label_lines:
        return True
    if text in statement.names or not stands_above_labels(page, end):
        return False
    return not _is_column(page, text)


def words_before_site(page: Lines, parts: Sequence[str]) -> Iterator[TitleCandidate]:
    """A title of a word or two, right above labels, that the head states before other names."""
    words = {part for part in (parts[:-1] or parts) if 2 <= len(part) < SHORTEST}
    if words:
        for i, text in enumerate(page.texts):
            if text in words and not page.label_lines.isdisjoint((i - 1, i + 1, i + 2)):
                yield TitleCandidate(text, i, i + 1, BESIDE_WEIGHT, "title tag")


def _within(line: str, title: str, head: str) -> str:
    """Return the title that shares its line with a date or a source, not with a sentence, or else
    nothing."""
    if "。" in line:
        return ""
    if title in line and len(line) <= len(title) + _BESIDE_TITLE:
        if _is_cut(line, title):
            return line
        return title if adds_particulars(line, title) else ""
    end = HEADING_LENGTH
    if line[:end] not in head or len(line) > LONGEST + _BESIDE_TITLE:
        return ""
    while end < len(line) and line[: end + 1] in head:
        end += 1
    return line[:end].strip() if _REST.match(line, end) else ""


def adds_particulars(line: str, title: str) -> bool:
    """Whether a line is a title with nothing but particulars or the name of the site beside it,
    rather than a longer title that has these words in it."""
    before, _, rest = line.partition(title)
    if not _LEAD.fullmatch(before):
        return False
    if _SEPARATOR.match(rest) and rest.endswith(OWNERS):
        return True
    return not rest or _REST.match(rest) is not None


def _is_cut(line: str, title: str) -> bool:
    """Whether a title goes on in the middle of a word, where the head states but so much."""
    longer = line.startswith(title) and HEADING_LENGTH <= len(title) < len(line) <= LONGEST
    whole = title.endswith(OWNERS) or adds_particulars(line, title)
    return longer and not whole and not _POSTED.search(line, len(title)) and "。" not in line


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
    """Whether a heading has the words of a line that the head states and more, unless these are
    particulars: the tag of a place before them, the number of an issue, a subtitle."""
    if heading.text.endswith(line.text) and is_tag(heading.text[: -len(line.text)]):
        return True
    return line.text in heading.text and not adds_particulars(heading.text, line.text)
