"""Pages that were stored under an address which today's rules write in another way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable


def rename_pages(db: sqlite3.Connection, portal: str, canonical: Callable[[str], str]) -> int:
    """Give pages their canonical addresses, inside the caller's transaction.

    Returns how many were renamed. Of several pages that are one, the article that was looked
    at last gets the address. Other articles stay where they are, with their history; what was
    never asked for is dropped, and listings are not read under two addresses.
    """
    db.execute("PRAGMA defer_foreign_keys = ON")  # `rejects` names pages by their addresses.
    known = [url for (url,) in db.execute(_KNOWN, [portal])]
    taken = {*known}
    renamed = 0
    for url in known:
        new = canonical(url)
        if new == url:
            continue
        if new in taken or db.execute("SELECT 1 FROM pages WHERE url = ?", [new]).fetchone():
            _set_aside(db, url, new)
        else:
            taken.add(new)
            for statement in _RENAME:
                db.execute(statement, [new, url])
            renamed += 1
    return renamed


def _set_aside(db: sqlite3.Connection, url: str, new: str) -> None:
    db.execute(_GONE, {"url": url, "new": new})
    db.execute(_UNLIST, [url])
    db.execute("DELETE FROM pages WHERE url = ? AND kind = 'notice' AND checked_at IS NULL", [url])


_KNOWN = """
SELECT pages.url
FROM pages LEFT JOIN articles USING (url)
WHERE pages.portal = ? AND kind <> 'file'
ORDER BY articles.id IS NULL, checked_at DESC, pages.id
"""

_RENAME = (
    "UPDATE rejects SET url = ?1 WHERE url = ?2",
    "UPDATE articles SET url = ?1 WHERE url = ?2",
    "UPDATE fact_corrections SET url = ?1 WHERE url = ?2",
    "UPDATE story_corrections SET url = ?1 WHERE url = ?2",
    "UPDATE story_corrections SET other_url = ?1 WHERE other_url = ?2",
    "UPDATE OR REPLACE watch_told SET url = ?1 WHERE url = ?2",
    "UPDATE pages SET listing = ?1 WHERE listing = ?2",
    "UPDATE pages SET url = ?1 WHERE url = ?2",
)

_GONE = """
UPDATE pages SET state = 'gone', taken = 0, error = 'is ' || :new,
    listing = coalesce(listing, :new)
WHERE url = :url AND kind <> 'notice'
"""

_UNLIST = """
DELETE FROM listed WHERE page_id =
    (SELECT id FROM pages WHERE url = ? AND kind = 'notice' AND checked_at IS NULL)
"""
