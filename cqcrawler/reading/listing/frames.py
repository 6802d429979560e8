"""Pages that stand in a frame of another one: a list, or all of an old site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from cqcrawler.models import Link, Listing, ListingForm
from cqcrawler.reading.addresses import (
    base_url,
    is_file,
    path_of,
    query_encoding,
    resolve,
    same_host,
)
from cqcrawler.reading.listing.sections import lists_nothing
from cqcrawler.reading.page.document import Document
from cqcrawler.text.words import any_word

# What every page has around its content, by the name of its file or folder.
_SURROUNDINGS = re.compile(rf"(?:^|[/_-]){any_word('frame_of_site')}(?:[/_.-]|$)", re.IGNORECASE)
_PIXELS = re.compile(r"(\d{1,5})(?:px)?\s*")
# In pixels: what is smaller in either direction holds no list.
_SMALLEST = 150
_MOST_SAID = 300  # characters


def with_frames(listing: Listing, document: Document, said: int) -> Listing:
    """Return a listing with what stands in frames of its page: other sections, or the list itself
    where the page shows no rows and has hardly `said` anything, in characters beside its links."""
    frames = {frame.url: frame for frame in _own_frames(document)}
    if not frames:
        return listing
    if listing.rows or listing.next_urls or said >= _MOST_SAID:
        known = {link.url for link in (*listing.rows, *listing.sections)}
        others = (frame for url, frame in frames.items() if url not in known)
        return replace(listing, sections=(*listing.sections, *others))
    return replace(listing, next_urls=tuple(frames), beyond="", form=ListingForm.SHELL)


def _own_frames(document: Document) -> Iterator[Link]:
    """Yield the pages of the same site in frames that are large enough for a list."""
    here, base, encoding = document.page.url, base_url(document), query_encoding(document)
    for frame in document.root.iter("iframe", "frame"):
        url = resolve(frame.get("src") or "", base, encoding)
        if url and url != here and same_host(url, here) and _may_list(frame, url, document):
            yield Link(url, frame.get("title") or url.rpartition("/")[2] or url)


def _may_list(frame: etree._Element, url: str, document: Document) -> bool:
    is_content = not (is_file(url) or lists_nothing(url) or _SURROUNDINGS.search(path_of(url)))
    return is_content and frame not in document.unseen and not _is_small(frame)


def _is_small(frame: etree._Element) -> bool:
    sizes = (_PIXELS.fullmatch(frame.get(name) or "") for name in ("width", "height"))
    return any(size is not None and int(size[1]) < _SMALLEST for size in sizes)
