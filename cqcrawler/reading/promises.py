"""Whether a page is what the row that led to it promised."""

from __future__ import annotations

import re
from itertools import chain, islice
from math import ceil

from lxml import etree

from cqcrawler.models import Article
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.refusals import title_tag
from cqcrawler.text.headline_tag import without_tags
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.traditional import fold
from cqcrawler.text.words import any_word

OTHER_TITLE = "the title differs from that of the row that led here"

# In characters: a shorter text names nothing (`详情`).
_SHORTEST = 4
# A page's title that is this much of the row's is the same: a row may add a place or a date.
_MOST_OF_IT = 0.5
# In characters: what is shorter may stand in the titles of two notices by chance.
_TELLING = 8
# What shows that a title is cut off, maybe with a date or a mark in brackets behind it.
_CUT_OFF = re.compile(
    r"[\[(<]?(?:\.{2,}|⋯+|-{3,})(?:[\[(<][^\[\]()<>]{1,12}[\])>]|[^\w]|[\d年月日])*$"
)
_NOT_WORDS = re.compile(r"[\W_]+")
# Elements that a title may stand in, and how much longer than a row's title that may be.
_HOLDING = ("h1", "h2", "h3", "h4", "h5", "h6", "div", "p", "td", "th", "span", "strong", "font")
_MOST_BESIDE = 3
_MOST_PIECES = 16
_TEXT_LOOKED_AT = 500
# In characters: what says that a site is being worked on says no more than this.
_LONGEST_STATEMENT = 300
_MAINTENANCE = re.compile(any_word("maintenance"), re.IGNORECASE)


def shows_title(document: Document, article: Article, title: str) -> bool:
    """Whether a page shows the title of a row, maybe cut off there: as its own title, in `<title>`,
    where its text begins, or in another element that holds nothing else."""
    promised = title_key(title)
    if len(promised) < _SHORTEST:
        return True
    titles = [title_key(article.title), title_key(title_tag(document.text))]
    if any(promised in text for text in (*titles, title_key(article.body[:_TEXT_LOOKED_AT]))):
        return True
    if any(_is_most_of(own, promised) or _begins_late(own, promised) for own in titles):
        return True
    return len(promised) >= _TELLING and _is_printed(document, promised)


def title_key(title: str) -> str:
    """Return what a title shares with its copies, whatever stands before it, is cut off or how it
    is punctuated."""
    key = _CUT_OFF.sub("", comparison_key(fold(without_tags(title))))
    return _NOT_WORDS.sub("", key)


def _is_most_of(own: str, promised: str) -> bool:
    return own in promised and len(own) >= _MOST_OF_IT * len(promised)


def _begins_late(own: str, promised: str) -> bool:
    """Whether the row is a title cut off, behind a date, a place or the name of a section."""
    latest = len(promised) - max(_TELLING, ceil(_MOST_OF_IT * len(promised)))
    return any(own.startswith(promised[start:]) for start in range(1, latest + 1))


def _is_printed(document: Document, promised: str) -> bool:
    """Whether an element outside of links begins with it, and holds little else.

    So a title is found that is not read as such: one of several lines, or far from the text.
    """
    longest = _MOST_BESIDE * len(promised)
    for element in document.root.iter(*_HOLDING):
        text = "".join(map(str, islice(element.itertext(), _MOST_PIECES)))
        key = title_key(text[:_TEXT_LOOKED_AT]) if len(text) >= len(promised) else ""
        if key.startswith(promised) and len(key) <= longest and not _leads_on(element):
            return element not in document.unseen
    return False


def _leads_on(element: etree._Element) -> bool:
    near = chain(element.iter(), element.iterancestors())
    return any(each.tag == "a" or each.get("onclick") is not None for each in near)


def is_maintenance(article: Article) -> bool:
    """Whether a page says that its site is being worked on, and little else."""
    text = f"{article.title}\n{article.body}"
    return len(text) <= _LONGEST_STATEMENT and bool(_MAINTENANCE.search(text))


def states_date(article: Article) -> bool:
    """Whether a page says itself when it was published; an address does so for error pages, too."""
    evidence = article.provenance.get("published")
    return article.published is not None and (evidence is None or evidence.origin != "url")


def says_nothing(article: Article) -> bool:
    """Whether a page shows neither what a notice states beside its text, nor much of a text."""
    stated = states_date(article) or article.region or article.source or article.attachments
    return not stated and len(article.body) < _LONGEST_STATEMENT
