"""How sure a date is by where it stands: the one table by which all evidence is ranked.

The surest date of a page is its publication, and the number is its confidence: of the dates with .9
or more, 99 in 100 are right. What a reader sees near the title stands above what the head claims,
which is rewritten when a site moves, and that above addresses and scripts; a day that dates the
document rather than the page stands below both, and what ends the text at the end.
"""

from __future__ import annotations

from cqcrawler.text.words import word_list

# Between title and text.
PUBLISHED_LABEL = 0.98  # 发布日期
OPEN_LABEL = 0.96  # 时间, 日期
NEAR_TITLE = 0.95  # a date without a label, in a line of particulars
SYSTEM_LABEL = 0.94  # 生成日期: systems fill it in by themselves
IN_PARTS = 0.94  # 10/29 above 2023
COMPLETED = 0.94  # 10-29, in the year of another date of the page
PRINTED = 0.93  # a date without a label that a script writes there; with one, like other labels
LABEL_BELOW_SUMMARY = 0.92
RELATIVE_OR_LINKED = 0.8  # 3天前
# What the head of the page claims, or an attribute; less for each better tag.
META, NEXT_META = 0.88, 0.01
ITEMPROP = 0.87
DOCUMENT_LABEL = 0.84  # 成文日期
ABOVE_TITLE = 0.8
YEAR_OF_FETCH = 0.74  # 10-29, and no other date that agrees
LOOSE_ABOVE_TITLE = 0.7
BELOW_TEXT = 0.7
DAY_OF_TEXT = 0.69  # （2023年10月29日） below the title of a speech
LABEL_IN_TEXT = 0.66
LABEL_FAR_ABOVE = 0.66
TIME_ELEMENT = 0.65
NAMED_IN_SCRIPT = 0.64
ADDRESS = 0.6
MAKING = 0.55  # what a system writes anew whenever it makes the page
SIGNATURE = 0.5
DAY_OF_VISIT = 0.45  # a date with a weekday or the weather, above the title

# What takes from the sureness of a label: it dates a change, stands above the title, below the
# text, or right below it and of nothing but publication.
CHANGE, LABEL_ABOVE, LABEL_BELOW, LABEL_RIGHT_BELOW = 0.06, 0.03, 0.2, 0.06
# Two dates of different origins that agree are as sure as this.
AGREED = 0.93
# With so much the page is dated: by what a reader sees, or well enough to look no further.
SEEN, SURE = 0.92, 0.7

_OF_LABELS = {
    **dict.fromkeys(word_list("date_noun"), OPEN_LABEL),
    **dict.fromkeys(word_list("label_document_date"), DOCUMENT_LABEL),
    **dict.fromkeys(word_list("label_either_date"), SYSTEM_LABEL),
}


def rank_of_label(name: str) -> float:
    """Return how sure the date behind a label is, between title and text."""
    return _OF_LABELS.get(name, PUBLISHED_LABEL)
