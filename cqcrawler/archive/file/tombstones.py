"""Addresses that were forgotten, and must not come back.

Only a hash is kept: an address may name whom its notice is about, and to know it again takes no
more. Whoever has an address can ask whether it was forgotten; the table tells nobody which.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from cqcrawler.archive.file.values import timestamp
from cqcrawler.models import Article, Excluded, PageResult, ReadListing, ReadNotice

FORGOTTEN = "it was forgotten on request (cqcrawler forget)"


def bury(db: sqlite3.Connection, url: str, at: datetime) -> None:
    """Remember an address as forgotten, inside the caller's transaction."""
    db.executemany(
        "INSERT OR IGNORE INTO tombstones (url_hash, forgotten_at) VALUES (?, ?)",
        ((_hash(form), timestamp(at)) for form in _forms(url)),
    )


def buried(db: sqlite3.Connection, urls: Iterable[str]) -> set[str]:
    """Return those of the addresses that were forgotten, however they are written."""
    if not db.execute("SELECT 1 FROM tombstones LIMIT 1").fetchone():
        return set()
    find = "SELECT 1 FROM tombstones WHERE url_hash = ?"
    return {
        url
        for url in urls
        if any(db.execute(find, [_hash(form)]).fetchone() for form in _forms(url))
    }


def without_forgotten(db: sqlite3.Connection, result: PageResult) -> PageResult:
    """Return what a page came to without what was forgotten: itself, or links to it."""
    visit = result.visit
    came_from = {visit.url, *(exchange.url for exchange in visit.exchanges)}
    if buried(db, came_from):
        return Excluded(replace(visit, exchanges=(), record=None), FORGOTTEN)
    if not isinstance(result, ReadNotice | ReadListing):
        return result
    gone = buried(db, (page.url for page in result.candidates))
    if gone:
        kept = tuple(page for page in result.candidates if page.url not in gone)
        result = replace(result, candidates=kept)
    if isinstance(result, ReadNotice):
        result = replace(result, article=without_links(db, result.article))
    return result


def without_links(db: sqlite3.Connection, article: Article) -> Article:
    """Return an article without links to what was forgotten, whose titles they print."""
    gone = buried(db, (link.url for link in article.related))
    if not gone:
        return article
    return replace(article, related=tuple(link for link in article.related if link.url not in gone))


def _forms(url: str) -> set[str]:
    # Who only reads has nothing to do with it.
    from cqcrawler.platforms.canonical import canonical_url
    from cqcrawler.portals import former_addresses

    return {url, canonical_url(url), *former_addresses(url)}


def _hash(url: str) -> str:
    return sha256(url.encode()).hexdigest()
