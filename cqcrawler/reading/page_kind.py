"""Telling notices from listings, and both from pages that are neither."""

from __future__ import annotations

import re

from cqcrawler.models import Article, Link, Listing, PageKind
from cqcrawler.text.dates import find_dates
from cqcrawler.text.normalize import comparison_key

_SENTENCE_END = re.compile(r"[。！？；!?;]")
# In characters: what a text has at least; a long one, which is a notice's even where nothing dates
# it; and one that speaks for a notice as a place or a source does.
_TEXT = 40
_LONG_TEXT = 150
_FULL_TEXT = 500
# In characters: names of sections are no longer than this, headlines mostly are.
_SECTION_NAME = 10
_FIRST_ROWS = 3
_SHORT_LINE = 40
# Origins of a date that the page itself states as its own.
_VOUCHED = ("label ", "meta ", "near title")


def is_plainly_notice(article: Article) -> bool:
    """Whether a page that was linked to as a notice reads so well as one that it is one.

    It has a title, a date that a label, a meta tag or the title vouches for, a place or a
    source, and a text in which no further dates stand alone, as they do beside summaries.
    Such a page need not be read as a listing, which costs several times as much.
    """
    evidence = article.provenance.get("published")
    return bool(
        article.title
        and evidence
        and evidence.origin.startswith(_VOUCHED)
        and (article.region or article.source)
        and len(article.body) >= _LONG_TEXT
        and _SENTENCE_END.search(article.body)
        and len(_dates_alone(article)) <= 1
    )


def page_kind(article: Article, listing: Listing, expected: PageKind) -> PageKind:
    """Decide what a page is from how it reads as a notice and how as a listing.

    `expected` is what it was linked to as. A page that came as a notice needs less: a title with
    a text, a date or a file. Any other page has to show a date, and a text or a
    file, so that `about us` is no notice. UNKNOWN means neither.
    """
    notice = _is_notice(article, expected)
    if not _lists(listing):
        return PageKind.NOTICE if notice else PageKind.UNKNOWN
    signs = sum(sign(article, listing) for sign in _SIGNS)
    if _is_dated(article) and _says(article):
        # The rows may be the related links of a complete notice, one of them like it by chance.
        complete = notice and signs <= _allowed(article, listing, expected)
        return PageKind.NOTICE if complete else PageKind.LISTING
    beside = _outweighed(article, listing) and _are_neighbours(listing)
    alone = expected is PageKind.NOTICE and not _is_paged(listing) and signs == int(beside)
    told = _is_dated(article) or len(article.body) >= _LONG_TEXT
    return PageKind.NOTICE if notice and alone and told else PageKind.LISTING


def _allowed(article: Article, listing: Listing, expected: PageKind) -> int:
    """Return how many signs of a listing a page with date and text may show as a notice."""
    if expected is PageKind.NOTICE:
        return 1
    strong = article.region or article.source or len(article.body) >= _FULL_TEXT
    return int(bool(strong) and not _named_as_section(article, listing))


def _is_notice(article: Article, expected: PageKind) -> bool:
    if expected is PageKind.NOTICE:
        evidence = article.published or _SENTENCE_END.search(article.body) or article.attachments
        return bool(article.title and evidence)
    return bool(article.title and article.published and _says(article))


def _is_dated(article: Article) -> bool:
    """Whether the page is dated; a date that ends the text may be the last row's."""
    evidence = article.provenance.get("published")
    return article.published is not None and (evidence is None or evidence.origin != "signature")


def _says(article: Article) -> bool:
    """Whether there is a text or a file, not just a title."""
    text = len(article.body) >= _TEXT and _SENTENCE_END.search(article.body)
    return bool(text or article.attachments)


def _lists(listing: Listing) -> bool:
    return bool(listing.rows) and (
        _is_paged(listing) or len(listing.rows) > 2 or any(row.published for row in listing.rows)
    )


def _is_paged(listing: Listing) -> bool:
    return bool(listing.next_urls) or listing.declared_total is not None


def _are_neighbours(listing: Listing) -> bool:
    """Whether the rows are the notices before and after one of images: the date above them is its
    own, and was read as that of the first."""
    return [bool(row.published) for row in listing.rows] == [True, False]


def _headed_by_row(article: Article, listing: Listing) -> bool:
    """Whether what reads as the title is one of the first rows."""
    title = comparison_key(article.title)
    first = (comparison_key(row.title) for row in listing.rows[:_FIRST_ROWS])
    return len(listing.rows) > 1 and title in first


def _tells_of_rows(article: Article, listing: Listing) -> bool:
    """Whether what reads as the text is summaries, with the dates of the rows between."""
    return len(_dates_alone(article) & _dates(listing.rows)) > 1


def _dates_alone(article: Article) -> set[str]:
    """Return the dates in short lines of the text."""
    short = [line for line in article.paragraphs if len(line) <= _SHORT_LINE]
    return {found.date.isoformat() for line in short for found in find_dates(line)}


def _named_as_section(article: Article, listing: Listing) -> bool:
    """Whether the title is a section's name, over a pager or over the first row's date."""
    dated_by_row = article.published is not None and article.published == listing.rows[0].published
    named = len(article.title) <= _SECTION_NAME or article.title == article.section
    return named and (_is_paged(listing) or dated_by_row)


def _outweighed(article: Article, listing: Listing) -> bool:
    """Whether the text is less than the titles of the rows, and one of them gave the date."""
    titles = sum(len(row.title) for row in listing.rows)
    return len(article.body) < titles and article.published in _dates(listing.rows)


def _dates(rows: tuple[Link, ...]) -> set[str]:
    return {row.published for row in rows if row.published}


# What shows that a listing was read as a notice: a notice with related links has none of them,
# or one by chance.
_SIGNS = (_headed_by_row, _tells_of_rows, _named_as_section, _outweighed)
