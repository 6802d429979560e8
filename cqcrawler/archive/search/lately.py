"""What a search finds, in the order in which something last happened to it."""

from __future__ import annotations

import sqlite3
from time import monotonic

from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.matcher import Matcher

# Three walks down an index each, which SQLite merges as they are read; an article is met first
# by what happened to it last.
_LATEST_FIRST = """
SELECT id, first_seen AS at FROM articles
UNION ALL SELECT id, changed_at FROM articles WHERE changed_at IS NOT NULL
UNION ALL SELECT id, withdrawn_at FROM articles WHERE withdrawn_at IS NOT NULL
ORDER BY at DESC, id DESC
"""


def latest(db: sqlite3.Connection, search: Search, *, most: int, seconds: float) -> list[int]:
    """Return the ids of what was archived, edited or withdrawn last, as far as `seconds` go.

    Raises QueryError for a filter that names nothing.
    """
    matcher = Matcher(db, search)
    enough = monotonic() + seconds
    found: list[int] = []
    left = set(matcher.candidates)
    for article_id, _ in db.execute(_LATEST_FIRST):
        if len(found) == most or not left or monotonic() > enough:
            break
        if article_id in left:
            left.discard(article_id)
            if matcher.finds(article_id):
                found.append(article_id)
    return found
