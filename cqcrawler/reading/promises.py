"""Whether a page is what the row that led to it promised."""

from __future__ import annotations

import re

from cqcrawler.models import Article
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.refusals import title_tag
from cqcrawler.text.headline_tag import without_tags
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.words import any_word

OTHER_TITLE = "the title differs from that of the row that led here"

# In characters: a shorter text names nothing (`详情`).
_SHORTEST = 4
# A page's title that is this much of the row's is the same: a row may add a place or a date.
_MOST_OF_IT = 0.5
_CUT_OFF = re.compile(r"(?:…|\.{2,})$")
_TEXT_LOOKED_AT = 500
# In characters: what says that a site is being worked on says no more than this.
_LONGEST_STATEMENT = 300
_MAINTENANCE = re.compile(any_word("maintenance"), re.IGNORECASE)


def shows_title(document: Document, article: Article, title: str) -> bool:
    """Whether a page shows the title of a row, maybe cut off there: as its own title, in `<title>`
    or where its text begins."""
    promised = title_key(title)
    if len(promised) < _SHORTEST:
        return True
    titles = [title_key(article.title), title_key(title_tag(document.text))]
    if any(promised in text for text in (*titles, title_key(article.body[:_TEXT_LOOKED_AT]))):
        return True
    return any(own in promised and len(own) >= _MOST_OF_IT * len(promised) for own in titles)


def title_key(title: str) -> str:
    """Return what a title shares with its copies, whatever stands before it or is cut off."""
    return _CUT_OFF.sub("", comparison_key(without_tags(title)))


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
