"""A feed or sitemap as a listing: what it names, and where it goes on.

It declares no total, as it is a part of what the site has: a feed the newest notices, a sitemap the
pages that its system knows of.
"""

from __future__ import annotations

from collections.abc import Sequence

from cqcrawler.models import FeedKind, Link, Listing, ListingForm
from cqcrawler.reading.feeds.entries import (
    Entry,
    further_pages,
    is_json_feed,
    json_entries,
    json_further,
    xml_entries,
)
from cqcrawler.reading.feeds.records import read_records
from cqcrawler.reading.feeds.sitemaps import (
    changes,
    is_text_sitemap,
    map_entries,
    text_entries,
)
from cqcrawler.reading.page.document import FEED_ROOT, Document
from cqcrawler.reading.page.ending import BREAKS_OFF

_INDEX = "sitemapindex"
_MAPS = ("urlset", _INDEX)


def is_feed(document: Document) -> bool:
    """Whether what came under an address is a feed or sitemap rather than a page; cheap."""
    text = document.text
    if text[:5].lstrip("\ufeff").startswith("http"):
        return is_text_sitemap(text)
    return bool(FEED_ROOT.match(text)) or is_json_feed(document.data)


def read_feed(document: Document) -> Listing | None:
    """Read a feed or sitemap, None for anything else. Never raises."""
    url, text = document.page.url.partition("#")[0], document.whole or document.text
    if is_json_feed(document.data):
        entries = list(json_entries(document.data, url))
        return _feed(document, entries, [*json_further(document.data, url)])
    if not is_feed(document):
        return None
    records = read_records(text)
    if records is None:
        return _sitemap(document, list(text_entries(text)))
    beyond = BREAKS_OFF if records.breaks_off else ""
    if records.kind in _MAPS:
        is_index = records.kind == _INDEX
        return _sitemap(document, list(map_entries(records, url)), beyond, is_index=is_index)
    entries = list(xml_entries(records, url))
    return _feed(document, entries, [*further_pages(records, url)], beyond)


def _feed(
    document: Document, entries: Sequence[Entry], further: Sequence[str], beyond: str = ""
) -> Listing:
    return Listing(
        url=document.page.url,
        rows=_rows(entries),
        next_urls=tuple(dict.fromkeys(further)),
        beyond=beyond,
        form=ListingForm.ANSWER,
        feed=FeedKind.FEED,
        changed={entry.link.url: entry.changed for entry in entries if entry.changed},
    )


def _sitemap(
    document: Document, entries: Sequence[Entry], beyond: str = "", *, is_index: bool = False
) -> Listing:
    """Return a sitemap with its pages, or an index of sitemaps with these as its other pages."""
    rows = _rows(entries)
    return Listing(
        url=document.page.url,
        rows=() if is_index else rows,
        next_urls=tuple(row.url for row in rows) if is_index else (),
        beyond=beyond,
        form=ListingForm.SHELL if is_index else ListingForm.ANSWER,
        feed=FeedKind.SITEMAP,
        changed=changes(entries),
    )


def _rows(entries: Sequence[Entry]) -> tuple[Link, ...]:
    return tuple({entry.link.url: entry.link for entry in entries}.values())
