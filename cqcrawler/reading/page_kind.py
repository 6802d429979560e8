"""Telling notices from listings, and both from pages that are neither."""

from __future__ import annotations

import re

from cqcrawler.models import Article, Link, Listing, ListingForm, PageKind
from cqcrawler.text.dates import find_dates
from cqcrawler.text.normalize import comparison_key
from cqcrawler.text.words import any_word

_SENTENCE_END = re.compile(r"[。！？；!?;]")
# In characters: what a text has at least; a long one, which is a notice's even where nothing dates
# it; and one that speaks for a notice as a place or a source does.
_TEXT = 40
_LONG_TEXT = 150
_FULL_TEXT = 500
# In characters: names of sections are no longer than this, headlines mostly are.
_SECTION_NAME = 10
_FIRST_ROWS = 3
_LEAST_TEXT = 15
# How the names of sections end, and a summary that is cut off.
_SECTION = re.compile(rf"[\u4e00-\u9fff]{{0,6}}{any_word('section_name')}")
_CUT = ("…", "...")
_SHORT_LINE = 40
# Origins of a date that the page itself states as its own.
_VOUCHED = ("label ", "meta ", "near title")


def is_plainly_notice(article: Article) -> bool:
    """Whether a page that was linked to as a notice reads so well as one that it is one.

    It has a title, a date that a label, a meta tag or the title vouches for, a place or a
    source, and a text in which no further dates stand alone, as they do beside summaries.
    Such a page need not be read as a listing, which costs several times as much.
    """
    return bool(
        article.title
        and _is_vouched(article)
        and (article.region or article.source)
        and len(article.body) >= _LONG_TEXT
        and _SENTENCE_END.search(article.body)
        and len(_dates_alone(article)) <= 1
    )


def page_kind(
    article: Article, listing: Listing, expected: PageKind, row_title: str = ""
) -> PageKind:
    """Decide what a page is from how it reads as a notice and how as a listing.

    `expected` is what it was linked to as, `row_title` the title of the row that leads to it. A
    page that came as a notice needs less: a title with a text, a date or a file; one that a pager
    or a portal file names as a listing is one if nothing plainly speaks against it. Any other
    page has to show a date, and a text or a file, so that `about us` is no notice. UNKNOWN means
    neither.
    """
    if listing.form is not ListingForm.PAGE and expected is not PageKind.NOTICE:
        return PageKind.LISTING
    notice = _is_notice(article, expected)
    if not _lists(listing, expected):
        return PageKind.NOTICE if notice else PageKind.UNKNOWN
    may_be_row = notice and _may_be_row(article, listing, expected)
    if may_be_row and _stands_alone(article, listing, row_title):
        return PageKind.NOTICE
    signs = sum(sign(article, listing) for sign in _SIGNS)
    if _is_dated(article) and _says(article):
        # The rows may be the related links of a complete notice, one of them like it by chance.
        complete = notice and signs <= _allowed(article, listing, expected)
        return PageKind.NOTICE if complete else PageKind.LISTING
    alone = expected is PageKind.NOTICE and not _is_paged(listing) and signs == 0
    told = _is_dated(article) or len(article.body) >= _LONG_TEXT
    return PageKind.NOTICE if notice and alone and told else PageKind.LISTING


def _may_be_row(article: Article, listing: Listing, expected: PageKind) -> bool:
    """Whether a row led to a page, or labels say that it is a notice, with a date of its own."""
    if expected is not PageKind.UNKNOWN:
        return expected is PageKind.NOTICE
    own = not (_sums_up_rows(article, listing) or _dated_by_row(article, listing))
    return own and _is_labelled(article)


def _stands_alone(article: Article, listing: Listing, row_title: str) -> bool:
    """Whether what a row leads to shows a notice of its own, however short, above other rows.

    That is so with the title of the row or one too long for a section, and a text or neighbours
    below a date; not where pagers, the title or the dates say that it is the rows it shows.
    """
    if _is_paged(listing) or _headed_by_row(article, listing) or _tells_of_rows(article, listing):
        return False
    same = bool(row_title) and comparison_key(article.title) == comparison_key(row_title)
    is_section = _SECTION.fullmatch(article.title) is not None
    if _are_neighbours(listing):
        return same or not is_section
    is_long, labelled = len(article.title) > _SECTION_NAME, _is_labelled(article)
    own = is_long or (labelled and not is_section and not _sums_up_rows(article, listing))
    dated_by_row = _dated_by_row(article, listing)
    if same and (own or not dated_by_row):
        says = _SENTENCE_END.search(article.body) is not None
        return says or labelled or (_is_vouched(article) and not dated_by_row)
    return own and _is_vouched(article) and len(article.body) >= _LEAST_TEXT


def _allowed(article: Article, listing: Listing, expected: PageKind) -> int:
    """Return how many signs of a listing a page with date and text may show as a notice."""
    named = _named_as_section(article, listing)
    if expected is PageKind.NOTICE:
        return int(not (named and listing.next_urls))
    is_of_row = expected is PageKind.LISTING and _is_of_row(article, listing)
    if is_of_row or _sums_up_rows(article, listing):
        return -1
    strong = article.region or article.source or len(article.body) >= _FULL_TEXT
    return int(bool(strong) and not named)


def _is_notice(article: Article, expected: PageKind) -> bool:
    if expected is PageKind.NOTICE:
        evidence = article.published or _SENTENCE_END.search(article.body) or article.attachments
        return bool(article.title and evidence)
    said = _says(article) or (_is_labelled(article) and _SENTENCE_END.search(article.body))
    return bool(article.title and article.published and said)


def _is_dated(article: Article) -> bool:
    """Whether the page is dated; a date that ends the text may be the last row's."""
    evidence = article.provenance.get("published")
    return article.published is not None and (evidence is None or evidence.origin != "signature")


def _is_vouched(article: Article) -> bool:
    """Whether the page itself states its date as its own."""
    evidence = article.provenance.get("published")
    return evidence is not None and evidence.origin.startswith(_VOUCHED)


def _is_labelled(article: Article) -> bool:
    """Whether labels state the date, and a place or a source."""
    evidence = article.provenance.get("published")
    labelled = evidence is not None and evidence.origin.startswith("label ")
    return labelled and bool(article.region or article.source)


def _says(article: Article) -> bool:
    """Whether there is a text or a file, not just a title."""
    text = len(article.body) >= _TEXT and _SENTENCE_END.search(article.body)
    return bool(text or article.attachments)


def _lists(listing: Listing, expected: PageKind) -> bool:
    """Whether rows may be what a page is for: the last page of a listing has but a few."""
    least = 1 if expected is PageKind.LISTING else 2
    return bool(listing.rows) and (
        _is_paged(listing)
        or len(listing.rows) > least
        or any(row.published for row in listing.rows)
    )


def _is_paged(listing: Listing) -> bool:
    total = listing.declared_total or 0
    return bool(listing.next_urls or listing.earlier_urls) or total >= len(listing.rows)


def _are_neighbours(listing: Listing) -> bool:
    """Whether the rows are the notices before and after one of images: the date above them is its
    own, and was read as that of the first."""
    return [bool(row.published) for row in listing.rows] == [True, False]


def _headed_by_row(article: Article, listing: Listing) -> bool:
    """Whether what reads as the title is one of the first rows."""
    return len(listing.rows) > 1 and _is_row(article, listing)


def _is_of_row(article: Article, listing: Listing) -> bool:
    """Whether title or date of what reads as a notice are those of a row."""
    evidence = article.provenance.get("published")
    below = evidence is not None and evidence.origin == "below text"
    return below or _is_row(article, listing)


def _dated_by_row(article: Article, listing: Listing) -> bool:
    """Whether the date is one of a row, and no row below the text has it too by chance."""
    published = article.published
    return published in _dates(listing.rows) and published not in _dates(article.related)


def _is_row(article: Article, listing: Listing) -> bool:
    title = comparison_key(article.title)
    return title in (comparison_key(row.title) for row in listing.rows[:_FIRST_ROWS])


def _tells_of_rows(article: Article, listing: Listing) -> bool:
    """Whether what reads as the text is summaries, with the dates of the rows between."""
    return len(_dates_alone(article) & _dates(listing.rows)) > 1


def _sums_up_rows(article: Article, listing: Listing) -> bool:
    """Whether all that reads as the text is cut off, as summaries on cards are, or the date of a
    row stands alone in it."""
    lines = article.paragraphs
    cut = bool(lines) and all(line.endswith(_CUT) for line in lines)
    dates = _dates(listing.rows)
    return len(listing.rows) > 1 and (cut or not _dates_alone(article).isdisjoint(dates))


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
