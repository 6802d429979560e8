"""Families of content management systems: how each is recognised, pages and names its pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cqcrawler.exceptions import PortalError
from cqcrawler.models import Listing
from cqcrawler.platforms.base import PageLinks, Platform
from cqcrawler.platforms.generic import GENERIC
from cqcrawler.platforms.trs import TRS

if TYPE_CHECKING:
    from cqcrawler.reading.page.document import Document

__all__ = ["GENERIC", "PageLinks", "Platform", "get", "names", "read_listing", "recognise"]

# The first one that recognises a page is its platform; the generic one recognises all.
_PLATFORMS = (TRS, GENERIC)


def names() -> list[str]:
    """Return the names that a portal file may give as its platform."""
    return [platform.name for platform in _PLATFORMS]


def get(name: str) -> Platform:
    """Return the platform called `name`; raises PortalError for a name that is not known."""
    for platform in _PLATFORMS:
        if platform.name == name:
            return platform
    raise PortalError(f"unknown platform {name!r}: choose one of {', '.join(names())}")


def recognise(document: Document) -> Platform:
    """Return the platform that made a page."""
    return next(platform for platform in _PLATFORMS if platform.recognises(document))


def read_listing(document: Document, platform: Platform | None = None) -> Listing:
    """Read a listing with the pages that its platform implies beside those it links to.

    Without a `platform` the page's own is recognised. Never raises.
    """
    # Imported here: commands that only look at portal files read no pages.
    from cqcrawler.reading.listing.listing import extract_listing

    listing = extract_listing(document)
    more = (platform or recognise(document)).more_pages(document)
    others = dict.fromkeys((*more.urls, *listing.next_urls))
    others.pop(listing.url, None)
    return replace(
        listing,
        next_urls=tuple(others),
        declared_total=listing.declared_total or more.declared_total,
        earlier_urls=(*more.earlier, *listing.earlier_urls),
        beyond="" if more.urls and listing.rows else listing.beyond,
    )
