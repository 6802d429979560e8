"""A line that may be the title, and what no title looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from cqcrawler.reading.page.lines import Lines
from cqcrawler.text.boilerplate import Scope, match_line
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import any_word, word_list

# In characters: the length of a title. A tender that lists its plots has a title of two hundred; a
# line that neither a heading nor the head vouches for is text where it is longer than `PLAIN` and
# has a comma. A heading shorter than the last may be a column's name.
SHORTEST, LONGEST, PLAIN, HEADING_LENGTH = 4, 300, 120, 8
# A weight of no more than this says nothing: the heading of a list of links, the name of a site.
WEAK = 5.0
# What standing beside labels weighs.
BESIDE_WEIGHT = 15.0
# How the names of sites end, and of those who run them.
SITES = word_list("site")
OWNERS = (*SITES, *word_list("owner"))
# Sentences, labels, breadcrumbs, menus in one line, addresses, subtitles, headings of sections,
# times, telephones, numbers of documents, buttons in brackets, and what has no word in it.
NO_TITLE = re.compile(
    rf"。|[；：:，]$|{any_word('place_label')}\s*[:：]|{any_word('home')}|[>＞»]|[|｜].*[|｜]"
    rf"|^【?{any_word('tool_opening')}|{any_word('prompt')}"
    r"|^(?:[（(]?[一二三四五六七八九十]{1,3}[、)）]|第[一二三四五六七八九十]{1,3}[章节条])"
    rf"|^第?\s?\w{{1,4}}版|^[【\[]?{any_word('name_label', 'title_label')}\s?[】\]:：]"
    r"|^(?:https?:|www\.|[—－]|--)|^[\W\d_]*$|^[^\u4e00-\u9fff]*\d{4}[^\u4e00-\u9fff]*$"
    rf"|^.{{0,6}}(?:{any_word('date_noun')}\s?[:：]|(?:电话|热线)\s?[:：]\s?\d)"
    rf"|^[\u4e00-\u9fff]{{0,4}}{any_word('region_noun')}\s?[:：]"
    r"|[〔\[（(]\d{4}[〕\]）)]\s*第?\d+号$|^(?:\[[^\[\]]+\]\s?)+$|^(?:【[^【】]+】\s?){2,}$"
)
# What begins the second line of a title: ——致企业家的邀请函.
_DASHES = "—－-"
_CLAUSES = re.compile("[，,；;]")
# The summary of another notice above ends like this.
_CUT = ("…", "...")
_FURNITURE, _LONGEST_TOOL = (Scope.LINE, Scope.FOOT), 20
_TAG_LENGTH = 7
# How many lines above the labels of a notice its title may stand: tags and a share bar lie between.
ABOVE = 8
# How many lines a title has, and how many elements that end below a line are looked at for those
# around it.
_MOST_LINES, ELEMENTS_AROUND = 4, 100
_HEADING, _CELL = re.compile("h[12]"), re.compile("t[dhr]|li|d[dt]")
# A line so few lines above the text is its title if nothing else says which line is.
CLOSE = 3


class TitleCandidate(NamedTuple):
    """A line that may be the title: the lines `start` to `end` (exclusive) and how well the
    page supports it (`weight`, comparable within a page only)."""

    text: str
    start: int
    end: int
    weight: float
    origin: str


def likeliest(candidates: Sequence[TitleCandidate]) -> TitleCandidate | None:
    """Return the candidate with the best support, wherever it stands."""
    return max(candidates, key=attrgetter("weight"), default=None)


def reads_like_title(text: str) -> bool:
    """Whether a line reads like a title where nothing but its place speaks for it."""
    longest = PLAIN if _CLAUSES.search(text) else LONGEST
    return SHORTEST <= len(text) <= longest and not NO_TITLE.search(text)


def may_be_title(page: Lines, i: int) -> bool:
    text = page.texts[i]
    linked = page.is_link(i) or page.linked[i] > _TAG_LENGTH
    if linked or not reads_like_title(text):
        return False
    above = page.texts[i - 1] if i else ""
    if "。" in above and not above.endswith(_CUT):
        return False  # it heads a section or signs the text
    words = page.spaced.get(i, text).split(" ")
    are_tags = max(map(len, words)) <= _TAG_LENGTH and not text.startswith("【")
    if are_tags and not _has_subtitle(page, i):
        return False
    rule = match_line(text) if len(text) <= _LONGEST_TOOL else None
    return rule is None or rule.scope not in _FURNITURE


def stands_above_labels(page: Lines, end: int) -> bool:
    """Whether labels follow the line before `end`, but for tools, tips and codes to scan."""
    for i in range(end, min(end + ABOVE, len(page.texts))):
        if i in page.label_lines:
            return True
        if len(page.texts[i]) > _LONGEST_TOOL or may_be_title(page, i):
            return False
    return False


def whole_title(page: Lines, line: int) -> tuple[int, int]:
    """Return the lines of a title that line breaks or equal elements cut in a few: all that the
    element around them holds, or headings right below each other."""
    look = page.look(line)
    is_heading = _HEADING.match(look) is not None
    if is_heading and look not in (page.look(line - 1), page.look(line + 1)):
        return line, line + 1  # most headings
    around = page.spans_around(line, line, ELEMENTS_AROUND)
    start, end = next((span for span in around if span[1] - span[0] > 1), (line, line + 1))
    if is_heading:
        start = next((i + 1 for i in range(line - 1, start - 1, -1) if page.look(i) != look), start)
        end = next((i for i in range(line + 1, end) if page.look(i) != look), end)
    lines = range(start, end)
    if _CELL.match(look) or len(lines) > _MOST_LINES:
        return line, line + 1
    whole = all(page.look(i) == look and not _is_no_part(page, i) for i in lines)
    return (start, end) if whole else (line, line + 1)


def _has_subtitle(page: Lines, line: int) -> bool:
    """Whether a line behind dashes goes on with this one in the same element."""
    below = "".join(page.texts[line + 1 : line + 2])
    return below.startswith(tuple(_DASHES)) and whole_title(page, line)[1] > line + 1


def _is_no_part(page: Lines, line: int) -> bool:
    text = page.texts[line]
    start, end = next(page.spans_around(line, line, ELEMENTS_AROUND), (line, line + 1))
    if end - start > 1:  # a line break divides it from the title that it is a subtitle of
        text = text.lstrip(_DASHES)
    is_other = line in page.label_lines or page.linked[line] > 0 or reads_like_prose(text)
    return is_other or text.endswith(SITES) or NO_TITLE.search(text) is not None
