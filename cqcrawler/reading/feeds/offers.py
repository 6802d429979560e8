"""Where a page and a robots.txt say that feeds and sitemaps are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from cqcrawler.reading.addresses import base_url, query_encoding, resolve
from cqcrawler.reading.page.document import Document

_FEED = re.compile(r"application/(?:(?:rss|atom|rdf)\+xml|feed\+json)", re.IGNORECASE)
# Feeds of what readers say of the notices.
_COMMENTS = re.compile("comment", re.IGNORECASE)
_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_SITEMAP_PAGE = re.compile(r"sitemap[\w-]{0,20}\.xml(?:\.gz)?$", re.IGNORECASE)


def offered_feeds(document: Document) -> tuple[str, ...]:
    """Return the feeds that the head of a page offers (`<link rel="alternate">`)."""
    base = base_url(document)
    links = (link for link in document.root.iter("link") if _is_feed(link.get("type") or ""))
    urls = (resolve(link.get("href") or "", base, query_encoding(document)) for link in links)
    return tuple(dict.fromkeys(url for url in urls if url and not _COMMENTS.search(_path(url))))


def _is_feed(kind: str) -> bool:
    return _FEED.fullmatch(kind.partition(";")[0].strip()) is not None


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


def sitemaps_in(robots: str) -> list[str]:
    """Return the sitemaps that a robots.txt names, each once."""
    urls = (resolve(url, "") for url in _SITEMAP.findall(robots))
    return list(dict.fromkeys(url for url in urls if url and url.startswith("http")))


def linked_sitemaps(document: Document) -> Iterator[str]:
    """Yield the sitemaps that a page links to, by their names."""
    base = base_url(document)
    for link in document.root.iter("a", "link"):
        url = resolve(link.get("href") or "", base)
        if url and _SITEMAP_PAGE.search(url):
            yield url
