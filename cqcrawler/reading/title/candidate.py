"""A line that may be the title, and what no title looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from cqcrawler.reading.page.lines import Lines
from cqcrawler.text.boilerplate import Scope, match_line
from cqcrawler.text.words import any_word, word_list

# In characters: the length of a title. A heading shorter than the third may be a column's name.
SHORTEST, LONGEST, HEADING_LENGTH = 4, 120, 8
# A weight of no more than this says nothing: the heading of a list of links, the name of a site.
WEAK = 5.0
# What standing beside labels weighs.
BESIDE_WEIGHT = 15.0
# How the names of sites end, and of those who run them.
SITES = word_list("site")
OWNERS = (*SITES, *word_list("owner"))
# Sentences, labels, breadcrumbs, menus in one line, addresses, subtitles, headings of sections,
# times, telephones, numbers of documents, and what has no word in it.
NO_TITLE = re.compile(
    rf"。|[；：:，]$|{any_word('place_label')}\s*[:：]|{any_word('home')}|[>＞»]|[|｜].*[|｜]"
    rf"|^【?{any_word('tool_opening')}"
    r"|^(?:[（(]?[一二三四五六七八九十]{1,3}[、)）]|第[一二三四五六七八九十]{1,3}[章节条])"
    rf"|^第?\s?\w{{1,4}}版|^[【\[]?{any_word('name_label', 'title_label')}\s?[】\]:：]"
    r"|^(?:https?:|www\.|[—－]|--)|^[\W\d_]*$|^[^\u4e00-\u9fff]*\d{4}[^\u4e00-\u9fff]*$"
    rf"|^.{{0,6}}(?:{any_word('date_noun')}\s?[:：]|(?:电话|热线)\s?[:：]\s?\d)"
    r"|[〔\[（(]\d{4}[〕\]）)]\s*第?\d+号$"
)
# The summary of another notice above ends like this.
_CUT = ("…", "...")
_FURNITURE, _LONGEST_TOOL = (Scope.LINE, Scope.FOOT), 20
_TAG_LENGTH = 7
# How many lines above the labels of a notice its title may stand: tags and a share bar lie between.
ABOVE = 8
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


def may_be_title(page: Lines, i: int) -> bool:
    text = page.texts[i]
    linked = page.is_link(i) or page.linked[i] > _TAG_LENGTH
    if linked or len(text) > LONGEST or NO_TITLE.search(text):
        return False
    above = page.texts[i - 1] if i else ""
    if "。" in above and not above.endswith(_CUT):
        return False  # it heads a section or signs the text
    words = page.spaced.get(i, text).split(" ")
    if max(map(len, words)) <= _TAG_LENGTH and not text.startswith("【"):
        return False
    rule = match_line(text) if len(text) <= _LONGEST_TOOL else None
    return rule is None or rule.scope not in _FURNITURE
