"""How a page that somebody saved stands to what the archive holds of it."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from enum import StrEnum

from cqcrawler.archive.file.values import timestamp
from cqcrawler.models import FrontierPage, PageKind


class Standing(StrEnum):
    """NEWER than what is held, or nothing is; HELD already; or OLDER, so that it can be no version
    behind those there are: they are numbered as they were found, and cited by their numbers."""

    NEWER = "newer"
    HELD = "held"
    OLDER = "older"


def known_page(db: sqlite3.Connection, url: str) -> FrontierPage | None:
    """Return what is known of a page, without its validators and sections; None for nothing."""
    row = db.execute(
        "SELECT kind, published, title, fetched_at, listing FROM pages WHERE url = ?", [url]
    ).fetchone()
    if row is None:
        return None
    kind, published, title, fetched_at, listing = row
    return FrontierPage(url, PageKind(kind), None, None, published, title, fetched_at, listing)


def standing(db: sqlite3.Connection, url: str, at: datetime) -> Standing:
    """Return how the page at `url`, as it was then, stands to what the archive holds of it.

    A page that was asked for in vain is not held, unless it was gone, or read from files in vain.
    """
    row = db.execute(_STANDING, {"url": url, "at": timestamp(at)}).fetchone()
    return Standing(row[0]) if row else Standing.NEWER


_STANDING = """
SELECT CASE
    WHEN :at IN (fetched_at, checked_at, last_seen)
        OR EXISTS (SELECT 1 FROM article_versions
            WHERE article_id = articles.id AND captured_at = :at) THEN 'held'
    WHEN :at < max(coalesce(fetched_at, ''), coalesce(last_seen, ''), coalesce(withdrawn_at, ''),
        iif(state = 'gone' OR EXISTS (SELECT 1 FROM rejects JOIN runs ON runs.id = run_id
            WHERE rejects.url = pages.url AND imported <> ''), checked_at, '')) THEN 'older'
    ELSE 'newer' END
FROM pages LEFT JOIN articles USING (url) WHERE url = :url
"""
