"""The files that notices offer: which of them a run asks for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cqcrawler.archive.file.values import timestamp
from cqcrawler.archive.frontier.frontier import ELSEWHERE

# Of one notice. A list of attachments that is longer is an index of something else.
MOST_OF_A_NOTICE = 20


@dataclass(frozen=True, slots=True)
class DueFiles:
    """How the files of a portal are made due: those on its `own` sites, at a time. With `again`
    so many that were had before are looked at once more, if they have validators."""

    own: Callable[[str], bool]
    at: datetime
    again: int = 0


def make_files_due(db: sqlite3.Connection, portal: str, due: DueFiles) -> None:
    """Make the files of a portal's notices pending, inside the caller's transaction: those that
    are not known yet, and those whose notice was edited since they were looked at."""
    fields = {"portal": portal, "most": MOST_OF_A_NOTICE, "again": due.again}
    for url, name, notice in db.execute(_UNKNOWN, fields).fetchall():
        own = due.own(url)
        page = {"url": url, "title": name or None, "found_on": notice, "at": timestamp(due.at)}
        state = {"state": "pending" if own else "excluded", "error": None if own else ELSEWHERE}
        db.execute(_ADD, {**fields, **page, **state})
    db.execute(_OF_EDITED, fields)
    db.execute(_AGAIN, fields)


_UNKNOWN = """
SELECT attachments.url, min(name), min(articles.url)
FROM articles JOIN attachments ON article_id = articles.id
WHERE articles.portal = :portal AND withdrawn_at IS NULL AND position < :most
AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.url = attachments.url)
GROUP BY attachments.url ORDER BY max(article_id) DESC
"""

_ADD = """
INSERT OR IGNORE INTO pages (url, portal, kind, state, title, found_on, found_at, error)
VALUES (:url, :portal, 'file', :state, :title, :found_on, :at, :error)
"""

_OF_EDITED = """
UPDATE pages SET state = 'pending', taken = 0
WHERE portal = :portal AND kind = 'file' AND state IN ('done', 'gone', 'rejected')
AND EXISTS (SELECT 1 FROM attachments JOIN articles ON articles.id = article_id
    WHERE attachments.url = pages.url AND changed_at >= checked_at)
"""

_AGAIN = """
UPDATE pages SET state = 'pending', taken = 0
WHERE id IN (SELECT id FROM pages WHERE portal = :portal AND kind = 'file' AND state = 'done'
    AND coalesce(etag, last_modified) IS NOT NULL ORDER BY checked_at LIMIT :again)
"""
