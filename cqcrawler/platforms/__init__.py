"""Families of content management systems: how each is recognised, and reads its lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cqcrawler.exceptions import PortalError
from cqcrawler.models import Listing, ListingForm
from cqcrawler.platforms.base import Part, Platform
from cqcrawler.platforms.epoint import EPOINT
from cqcrawler.platforms.generic import GENERIC
from cqcrawler.platforms.gkmlpt import GKMLPT
from cqcrawler.platforms.govcn import GOVCN
from cqcrawler.platforms.jpaas import JPAAS
from cqcrawler.platforms.jpage import JPAGE
from cqcrawler.platforms.list_api import ListApi, read_api
from cqcrawler.platforms.trs import TRS
from cqcrawler.platforms.ucap import UCAP
from cqcrawler.platforms.vsb import VSB
from cqcrawler.reading.page.ending import BREAKS_OFF
from cqcrawler.reading.page.selectors import LISTING_AS_EVER, ListingSelectors

if TYPE_CHECKING:
    from cqcrawler.reading.page.document import Document

__all__ = ["GENERIC", "Part", "Platform", "get", "names", "read_listing", "recognise"]

# The first one that has signs of a page is its platform. Answers of list APIs hold titles and
# addresses of any kind, so those who know theirs come first; signs of TRS come last: notices of its
# sites are linked to from others, and their texts are copied with its containers.
_PLATFORMS = (EPOINT, GKMLPT, GOVCN, JPAGE, JPAAS, UCAP, VSB, TRS)


def names() -> list[str]:
    """Return the names that a portal file may give as its platform."""
    return [platform.name for platform in (*_PLATFORMS, GENERIC)]


def get(name: str) -> Platform:
    """Return the platform called `name`; raises PortalError for a name that is not known."""
    for platform in (*_PLATFORMS, GENERIC):
        if platform.name == name:
            return platform
    raise PortalError(f"unknown platform {name!r}: choose one of {', '.join(names())}")


def recognise(document: Document) -> Platform:
    """Return the platform that made a page; the address says nothing if it is none."""
    if not _is_address(document.page.url):
        return GENERIC
    return next((platform for platform in _PLATFORMS if platform.signs(document)), GENERIC)


def _is_address(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True


def read_listing(
    document: Document,
    platform: Platform | None = None,
    selectors: ListingSelectors = LISTING_AS_EVER,
    apis: Sequence[ListApi] = (),
) -> Listing:
    """Read a listing, with what its platform knows of it beside what its markup shows, or a feed or
    sitemap, whatever made it.

    Without a `platform` the page's own is recognised. `selectors` and `apis` are what the portal's
    file says of its listings, and outrank the platform. Never raises.
    """
    # Imported here: commands that only look at portal files read no pages.
    from cqcrawler.reading.feeds.feeds import read_feed
    from cqcrawler.reading.listing.listing import extract_listing, listed_section

    if feed := read_feed(document):
        return feed
    platform = platform if platform and _is_address(document.page.url) else recognise(document)
    part = read_api(document, apis) or platform.read(document)
    if part is None:
        return extract_listing(document, selectors)
    if selectors.next and not (part.is_shell or part.is_answer):
        part = part._replace(pages=None, earlier=())
    if part.rows is None and part.markup is None:
        return _joined(extract_listing(document, selectors), part)
    section = "" if document.is_data else listed_section(document)
    if part.rows is not None:
        listing = Listing(document.page.url, part.rows)
    else:
        listing = extract_listing(document.with_text(part.markup or ""), selectors)
    return _joined(replace(listing, section=section), part)


def _joined(listing: Listing, part: Part) -> Listing:
    # What a shell shows without dates is the frame of its site: a menu, a box of columns.
    is_frame = part.is_shell and not any(row.published for row in listing.rows)
    rows = () if is_frame else listing.rows
    named = (part.clue,) if part.clue and not rows else part.pages
    pages = dict.fromkeys(named or ())
    others = pages | dict.fromkeys(listing.next_urls)
    others.pop(listing.url, None)
    # Which of its pages come before this one the platform knows better.
    earlier = (url for url in listing.earlier_urls if url not in pages)
    # It knows how far its list goes, but not of rows that a page has lost.
    whole = part.markup is not None or listing.beyond != BREAKS_OFF
    known = whole and named is not None and bool(rows or part.is_shell)
    total = listing.declared_total if part.declared_total is None else part.declared_total
    form = ListingForm.ANSWER if part.is_answer else ListingForm.PAGE
    return replace(
        listing,
        rows=rows,
        next_urls=tuple(others),
        declared_total=total,
        earlier_urls=(*part.earlier, *earlier),
        beyond=part.beyond or ("" if known else listing.beyond),
        form=ListingForm.SHELL if part.is_shell and not rows else form,
        unmatched=(*part.unmatched, *listing.unmatched),
    )
