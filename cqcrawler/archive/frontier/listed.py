"""What listings show: which of their rows are news, and which notices they no longer show."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from cqcrawler.archive.file.values import timestamp, to_json
from cqcrawler.models import BESIDE, Candidate, PageKind, ReadListing


def unchanged_rows(db: sqlite3.Connection, listing: str, rows: Iterable[Candidate]) -> set[str]:
    """Return the addresses of the rows that the listing showed before, with title and date.

    `listing` is its first page.
    """
    same = (db.execute(_IS_UNCHANGED, _row(listing, row)).fetchone() and row.url for row in rows)
    return {url for url in same if url}


def record_rows(
    db: sqlite3.Connection, result: ReadListing, run_id: int, *, begun: str, most_due: int
) -> int:
    """Write the rows of a listing's page, inside the caller's transaction.

    What counts is how a run meets a row first: a pinned one may stand there twice, and not the
    same. A notice whose row changed is due at once, and so is one that was found gone or not to be
    read before the run began and is listed anew. Returns how many that were, `most_due` at most.
    """
    listing = result.visit.continues or result.visit.url
    name, headings = result.listing.section, result.listing.headings
    if name or headings:  # what says nothing of itself is what it was
        db.execute(_NAME, {"url": result.visit.url, "section": name or None})
    due = 0
    for row in result.candidates:
        if row.kind is PageKind.NOTICE:
            fields = {**_row(listing, row), "run_id": run_id, "begun": begun}
            fields["section"] = row.section or None
            if due < most_due:
                due += db.execute(_MAKE_DUE, fields).rowcount
            db.execute(_RECORD, fields)
            db.execute(_RETITLE, fields)
    return due


def keep_rows(db: sqlite3.Connection, result: ReadListing, run_id: int) -> None:
    """Write the rows of an older state of a listing, inside the caller's transaction: those that
    nothing newer tells of."""
    listing = result.visit.continues or result.visit.url
    for row in result.candidates:
        if row.kind is PageKind.NOTICE:
            fields = {**_row(listing, row), "run_id": run_id, "section": row.section or None}
            db.execute(_KEEP, fields)


def make_unlisted_due(
    db: sqlite3.Connection, portal: str, run_id: int, *, checked_before: datetime, most: int
) -> int:
    """Make notices due that no listing showed in a sweep, and return how many there were.

    The listing must have been read to its end. What a listing no longer shows is deleted from its
    rows, so that a notice is looked at once for it; inside the caller's transaction.
    """
    fields = {"portal": portal, "run_id": run_id, "before": timestamp(checked_before), "most": most}
    lost = db.execute(_LOST, fields).fetchall()
    db.executemany("DELETE FROM listed WHERE listing_id = ? AND page_id = ?", lost)
    pages = {(page_id, fields["before"]) for _, page_id in lost}
    return db.executemany(_MAKE_LOST_DUE, pages).rowcount if pages else 0


def make_changed_due(db: sqlite3.Connection, result: ReadListing, most: int) -> int:
    """Make notices due that a feed or sitemap says were changed since they were looked at, and
    return how many there were; inside the caller's transaction."""
    due = 0
    for row in result.candidates:
        if row.changed and row.kind is PageKind.NOTICE and due < most:
            values = [row.url, row.changed, timestamp(result.visit.fetched_at)]
            due += db.execute(_MAKE_CHANGED_DUE, values).rowcount
    return due


def listed_notices(
    db: sqlite3.Connection, portal: str, other_than: Collection[str]
) -> Iterator[str]:
    """Yield the addresses of notices that listings show, by their first pages other than these."""
    rows = db.execute(_LISTED, {"portal": portal, "other_than": to_json([*other_than])})
    return (url for (url,) in rows)


def _row(listing: str, row: Candidate) -> dict[str, str | None]:
    return {"listing": listing, "url": row.url, "title": row.title, "published": row.published}


_THE_ROW = """
listing_id = (SELECT id FROM pages WHERE url = :listing)
AND page_id = (SELECT id FROM pages WHERE url = :url)
"""

# What only files showed says nothing of how far a crawl has read a listing.
_IS_UNCHANGED = f"""
SELECT 1 FROM listed WHERE {_THE_ROW} AND title = :title AND published IS :published
AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = run_id AND imported <> '')
"""

_MAKE_DUE = f"""
UPDATE pages SET state = 'pending', taken = 0
WHERE url = :url AND kind = 'notice' AND CASE
    (SELECT title = :title AND published IS :published FROM listed
        WHERE {_THE_ROW} AND run_id < :run_id)
    WHEN 1 THEN FALSE
    WHEN 0 THEN state IN ('done', 'gone', 'rejected')
    ELSE state IN ('gone', 'rejected') AND checked_at < :begun END
"""

_INSERT = """
INTO listed (listing_id, page_id, title, published, run_id, section)
SELECT first.id, notice.id, :title, :published, :run_id, :section
FROM pages AS first, pages AS notice
WHERE first.url = :listing AND notice.url = :url
"""

_KEEP = f"INSERT OR IGNORE {_INSERT}"

_RECORD = f"""
INSERT {_INSERT} ON CONFLICT DO UPDATE SET
    title = excluded.title, published = excluded.published, run_id = excluded.run_id,
    section = excluded.section
WHERE listed.run_id < excluded.run_id
"""

_NAME = "UPDATE pages SET section = :section WHERE url = :url AND section IS NOT :section"

# Of a row of `pages`: only a feed or sitemap beside the listings led there.
ONLY_BESIDE = f"""(pages.found_on LIKE '%{BESIDE}'
    AND NOT EXISTS (SELECT 1 FROM listed WHERE page_id = pages.id))"""

# A day without a time has begun before any look on it; what is to come is no change.
_MAKE_CHANGED_DUE = """
UPDATE pages SET state = 'pending', taken = 0
WHERE url = ?1 AND kind = 'notice' AND state IN ('done', 'gone', 'rejected') AND checked_at < ?2
AND ?2 <= ?3
"""

_LISTED = """
SELECT DISTINCT notice.url FROM listed
JOIN pages AS first ON first.id = listing_id JOIN pages AS notice ON notice.id = page_id
WHERE first.portal = :portal AND notice.kind = 'notice'
AND notice.state NOT IN ('gone', 'rejected', 'excluded')
AND first.url NOT IN (SELECT value FROM json_each(:other_than))
"""

# What a page is to show is what its row says now.
_RETITLE = "UPDATE pages SET title = :title WHERE url = :url AND title <> :title"

_LOST = """
SELECT listing_id, page_id FROM listed JOIN pages AS first ON first.id = listing_id
WHERE first.portal = :portal AND listed.run_id < :run_id
AND first.kind = 'listing' AND first.state IN ('done', 'gone')
AND NOT EXISTS (SELECT 1 FROM pages AS further
    WHERE further.listing = first.url AND further.state NOT IN ('done', 'gone'))
LIMIT :most
"""

_MAKE_LOST_DUE = """
UPDATE pages SET state = 'pending', taken = 0
WHERE id = ?1 AND kind = 'notice' AND state = 'done' AND checked_at < ?2
AND NOT EXISTS (SELECT 1 FROM listed WHERE page_id = ?1)
"""
