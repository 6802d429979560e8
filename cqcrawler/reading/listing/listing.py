"""Listing pages: the notices they link to, their other pages, and the sections beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import NamedTuple

from lxml import etree

from cqcrawler.models import Link, Listing
from cqcrawler.reading.addresses import (
    base_url,
    clickable,
    is_posted,
    postback_number,
    query_encoding,
    resolve,
    split_form,
    target,
)
from cqcrawler.reading.listing.beyond import Extent, beyond
from cqcrawler.reading.listing.choose_list import is_site_link, notice_rows
from cqcrawler.reading.listing.clicks import Clicks
from cqcrawler.reading.listing.frames import with_frames
from cqcrawler.reading.listing.groups import Group, find_groups
from cqcrawler.reading.listing.headings import list_headings, only_heading, section_name
from cqcrawler.reading.listing.pager_blocks import pager_links
from cqcrawler.reading.listing.pager_marks import PagerLink, Role, pager_marks
from cqcrawler.reading.listing.pagers import leads_back, other_pages
from cqcrawler.reading.listing.row import Hyperlink, Row
from cqcrawler.reading.listing.row_text import is_read_more, lines
from cqcrawler.reading.listing.sections import neighbours
from cqcrawler.reading.listing.selected import (
    chosen_rows,
    read_by_selectors,
    unmatched,
    with_selected_pages,
)
from cqcrawler.reading.listing.totals import declared_total, linked_total, page_count
from cqcrawler.reading.listing.unlinked_pages import Shown, unlinked_pages
from cqcrawler.reading.listing.unlinked_rows import (
    TITLE_LENGTH,
    say_unlinked,
    text_of,
    unlinked_rows,
    without_menu,
)
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.exclusion import without
from cqcrawler.reading.page.selectors import LISTING_AS_EVER, ListingSelectors

_LONGEST_TOTAL = 20  # characters
_MOST_LINES = 20_000


class _Parts(NamedTuple):
    """A page at `here`, taken apart: all that can be clicked, the links among it, and what says
    what pagers say."""

    here: str
    scripts: list[str]
    elements: list[etree._Element]
    links: list[Hyperlink]
    clicks: Clicks
    marks: list[PagerLink]
    no_rows: AbstractSet[etree._Element]


def extract_listing(document: Document, selectors: ListingSelectors = LISTING_AS_EVER) -> Listing:
    """Read a page as a listing; one that lists nothing has no rows. Never raises.

    `selectors` are how the portal's file reads its listings. Where one finds nothing, the page is
    read as any other, and the listing says so.

    Nor has a list that the page hides: no rows, no pager and no total are read from it. So a page
    of tabs gives the rows of the open one; the others have sections of their own, which its links
    lead to, hidden ones too, since menus are hidden until they are pointed at. A page whose only
    list is hidden has no rows, and the run says so, as of any listing that lost its rows. A page
    that hides all of itself is read as if it were shown: it waits for its script.
    """
    document, missed = without(document, selectors.exclude)
    parts = _take_apart(document)
    here, scripts, elements, links, clicks, marks, _ = parts
    pager = pager_links(marks, here)
    sizes = (mark for mark in marks if mark.role is Role.SIZE)
    paging = {mark.element for mark in (*pager, *sizes)}
    chosen, lost = chosen_rows(document, selectors, links)
    rows = chosen
    if not chosen:
        rows, lost = _general_rows(document, parts, _last_place(elements, paging))
    rows, found = read_by_selectors(rows, selectors, document.page.fetched_at)
    records = frozenset(row.record for row in rows)
    texts = list(islice(lines(document.root, without=records), _MOST_LINES))
    merged = tuple(_best_of_each_url(rows))
    total, count = declared_total(texts, scripts), page_count(texts)
    if total is None:
        total = linked_total((each.get("title") or "", _start_of(each)) for each in elements)
    headings = list_headings(rows)
    heading = only_heading(headings, merged)
    own = here + split_form(document.page.url)[1]
    count = count._replace(current=count.current or postback_number(own))
    unlinked = unlinked_pages(clicks, pager, elements, scripts, Shown(own, count, len(merged)))
    if unlinked.urls:
        pager = [mark for mark in pager if not is_posted(mark.url or "")]
    others = other_pages(pager, own, count, fills=(total or 0, len(merged)))
    total = unlinked.declared_total if total is None else total
    extent = Extent(
        rows=len(merged),
        declared=total,
        count=count,
        names_pages=bool(others.urls) or unlinked.is_known,
        leads_back=leads_back(marks, count),
        goes_on=bool(unlinked.urls),
    )
    beside = (link for link in links if link.element not in paging)
    listing = Listing(
        url=document.page.url,
        rows=merged,
        next_urls=tuple(dict.fromkeys((*unlinked.urls, *others.urls))),
        declared_total=total,
        earlier_urls=(*unlinked.earlier, *others.earlier),
        beyond=say_unlinked(lost) or beyond(document, pager, texts, scripts, extent),
        sections=neighbours(beside, here, {row.link.url for row in rows}),
        section=section_name(document, texts, heading),
        headings={} if heading else headings,
        postback=unlinked.postback,
        unmatched=tuple(unmatched(selectors, missed, chosen, found)),
    )
    said = sum(map(len, texts)) - sum(
        len(link.text) for link in links if link.element not in document.unseen
    )
    return with_selected_pages(with_frames(listing, document, said), document, selectors)


def _general_rows(
    document: Document, parts: _Parts, pager_at: int | None
) -> tuple[list[Row], list[Row]]:
    """Return the rows of a page, and those that name no address."""
    rows = notice_rows(_groups(document, parts), parts.here, pager_at)
    base = document.page.fetched_at
    lost = unlinked_rows(parts.elements, parts.links, rows, parts.no_rows, base)
    return without_menu(rows, lost), lost


def link_groups(document: Document) -> list[Group]:
    """Return the lists of links that a page shows beside its pager, of notices or not."""
    return _groups(document, _take_apart(document))


def _take_apart(document: Document) -> _Parts:
    here = resolve(document.page.url, "") or document.page.url
    scripts = [text for script in document.root.iter("script") if (text := script.text)]
    elements = clickable(document.root)
    links = list(_hyperlinks(document, elements, Clicks(document, scripts)))
    shown = [element for element in elements if element not in document.unseen]
    clicks = Clicks(document, scripts)
    marks = pager_marks(document, shown, clicks)
    no_rows = document.unseen | {mark.element for mark in marks}
    return _Parts(here, scripts, elements, links, clicks, marks, no_rows)


def _groups(document: Document, parts: _Parts) -> list[Group]:
    rows = _candidates(parts.links, parts.here, parts.no_rows)
    return find_groups(rows, document.page.fetched_at)


def listed_section(document: Document) -> str:
    """Return the name of the section that a page lists, whatever gives its rows."""
    texts = list(islice(lines(document.root), _MOST_LINES))
    return section_name(document, texts)


def _start_of(element: etree._Element) -> str:
    return "".join(map(str, islice(element.itertext(), 4)))[:_LONGEST_TOTAL].strip()


def _hyperlinks(
    document: Document, elements: Sequence[etree._Element], clicks: Clicks
) -> Iterator[Hyperlink]:
    base, encoding = base_url(document), query_encoding(document)
    for position, element in enumerate(elements):
        text = text_of(element) or element.get("title") or ""
        url = target(element, base, encoding)
        if url is None and len(text) >= TITLE_LENGTH:
            url = clicks.opens(element)
        if url:
            yield Hyperlink(element, url, text, position)


def _candidates(
    links: Sequence[Hyperlink], here: str, no_rows: AbstractSet[etree._Element]
) -> list[Hyperlink]:
    """Leave out links that cannot be rows: hidden ones, of the site's frame, of pagers, a second
    `more`."""
    links = [link for link in links if link.element not in no_rows]
    titled = {link.url for link in links if not is_read_more(link.text)}
    return [
        link
        for link in links
        if link.url != here
        and not is_site_link(link.text)
        and not (link.url in titled and is_read_more(link.text))
    ]


def _last_place(
    elements: Sequence[etree._Element], wanted: AbstractSet[etree._Element]
) -> int | None:
    return max((i for i, element in enumerate(elements) if element in wanted), default=None)


def _best_of_each_url(rows: Sequence[Row]) -> Iterator[Link]:
    """Merge rows that lead to one page, such as a picture and a title."""
    merged: dict[str, Link] = {}
    for row in rows:
        link = merged.get(row.link.url, Link(row.link.url))
        title = row.title if len(row.title) > len(link.title) else link.title
        merged[link.url] = Link(link.url, title, link.published or row.published)
    return (link for link in merged.values() if link.title)
