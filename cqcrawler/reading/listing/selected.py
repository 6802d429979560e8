"""The rows and the further pages of a listing, where a portal's file says how they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from lxml import etree

from cqcrawler.models import Listing, ListingForm
from cqcrawler.reading.addresses import base_url, query_encoding, resolve, target
from cqcrawler.reading.listing.row import Hyperlink, Row, read_rows
from cqcrawler.reading.listing.row_dates import printed_date
from cqcrawler.reading.listing.unlinked_rows import TITLE_LENGTH, text_of
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.ending import BREAKS_OFF
from cqcrawler.reading.page.selectors import IN_ROW, ListingSelectors, elements, select, texts


def chosen_rows(
    document: Document, selectors: ListingSelectors, links: Sequence[Hyperlink]
) -> tuple[list[Row], list[Row]]:
    """Return the rows that a selector finds, with title and date as they are read of any row, and
    those that name no address; an element with neither link nor date is no row."""
    if not selectors.rows:
        return [], []
    known = {link.element: link for link in links}
    records = elements(document.root, selectors.rows)
    members = [(_link_of(record, known), record) for record in records]
    linked = [(link, record) for link, record in members if link]
    addresses = {element: link.url for element, link in known.items()}
    base = document.page.fetched_at
    rows = read_rows(linked, addresses, base) if linked else []
    mute = [(_mute(record), record) for link, record in members if not link]
    lost = read_rows(mute, addresses, base) if mute else []
    return rows, [row for row in lost if row.published and len(row.title) >= TITLE_LENGTH]


def _mute(record: etree._Element) -> Hyperlink:
    return Hyperlink(record, "", text_of(record), 0)


def _link_of(record: etree._Element, known: dict[etree._Element, Hyperlink]) -> Hyperlink | None:
    """Return the link of a row that says most, or the one that the row stands in."""
    inside = [known[each] for each in record.iter() if each in known]
    around = (known[each] for each in record.iterancestors() if each in known)
    return max(inside, key=lambda link: len(link.text), default=next(around, None))


def read_by_selectors(
    rows: Iterable[Row], selectors: ListingSelectors, base: datetime | None
) -> tuple[list[Row], set[str]]:
    """Return rows with titles and dates where selectors find them, and which of these two find
    something in any row."""
    read, found = [], set[str]()
    for row in rows:
        title = next(texts(row.record, selectors.title), "") if selectors.title else ""
        day = _day(row.record, selectors.date, base) if selectors.date else None
        found |= {name for name, value in (("title", title), ("date", day)) if value}
        read.append(replace(row, title=title or row.title, published=day or row.published))
    return read, found


def _day(record: etree._Element, selector: str, base: datetime | None) -> str | None:
    found = list(texts(record, selector))
    alone = (printed_date([text], base) for text in found)
    # A day and its month may stand in elements of their own.
    return next(filter(None, alone), None) or printed_date(found, base)


def with_selected_pages(
    listing: Listing, document: Document, selectors: ListingSelectors
) -> Listing:
    """Return a listing whose further pages are those that a selector finds, none else."""
    if not selectors.next or listing.form is ListingForm.SHELL:
        return listing
    pages = dict.fromkeys(_pages(document, selectors.next))
    missed = () if pages else ("listing.next",)
    pages.pop(listing.url, None)
    known = bool(pages) and listing.beyond != BREAKS_OFF
    return replace(
        listing,
        next_urls=tuple(pages),
        earlier_urls=(),
        postback=None,
        beyond="" if known else listing.beyond,
        unmatched=(*listing.unmatched, *missed),
    )


def _pages(document: Document, selector: str) -> Iterator[str]:
    base, encoding = base_url(document), query_encoding(document)
    for found in select(document.root, selector):
        if isinstance(found, str):
            url = resolve(found.strip(), base, encoding)
        else:
            leads = (target(each, base, encoding) for each in found.iter())
            url = next(filter(None, leads), None)
        if url:
            yield url


def unmatched(
    selectors: ListingSelectors, missed: Iterable[str], rows: Sequence[Row], found: set[str]
) -> Iterator[str]:
    """Yield the names of the selectors that found nothing: `missed` are of what is taken out,
    `rows` those that were chosen."""
    yield from (f"listing.exclude {selector}" for selector in missed)
    if selectors.rows and not rows:
        yield "listing.rows"
    yield from (
        f"listing.{name}" for name in IN_ROW if getattr(selectors, name) and name not in found
    )
