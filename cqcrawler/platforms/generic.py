"""The platform of pages that no family recognises: all there is to know stands in the links."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from cqcrawler.platforms.base import PageLinks, Platform
from cqcrawler.platforms.passing import lasting_path, lasting_query
from cqcrawler.reading.addresses import normalise
from cqcrawler.reading.page.document import Document


# The pages of a listing name each other, and are asked for under the same addresses.
@lru_cache(maxsize=8192)
def canonical_url(url: str) -> str:
    """Return the one address of the page at `url`, by what is safe for every site.

    One spelling of scheme, host, port and characters, no fragment, query parameters in the
    order of their names, and no sessions, random numbers or names of who sent the reader.
    `index.html` and a trailing slash stay: they tell pages apart on some sites. What is no http
    address is returned as it is.
    """
    address = normalise(url)
    if address is None:
        return url
    parts = urlsplit(address)
    path = lasting_path(parts.path)
    query = _sorted_query(lasting_query(path, parts.query)) if parts.query else ""
    return parts._replace(path=path, query=query).geturl()


def _sorted_query(query: str) -> str:
    pairs = query.split("&")
    if not all("=" in pair for pair in pairs):
        return query  # not parameters at all, such as `?2180` or `?/news/5`
    return "&".join(sorted(pairs, key=lambda pair: pair.partition("=")[0]))


def _recognises(document: Document) -> bool:
    return True


def _more_pages(document: Document) -> PageLinks:
    return PageLinks()


GENERIC = Platform("generic", _recognises, _more_pages, canonical_url)
