"""Which notices that were read before are looked at again, and how often."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from cqcrawler.archive.file.values import timestamp

# A notice is looked at in every run for as long as portals are apt to edit or withdraw it.
RECENT_DAYS = 30
# After that the time between two looks doubles, up to this.
LONGEST_DAYS = 365
# Without a validator a look costs a whole page, so such pages share this part of the budget.
_SHARE_WITHOUT_VALIDATORS = 10


def make_due(db: sqlite3.Connection, portal: str, at: datetime, most: int | None) -> None:
    """Make notices pending that are due for another look, inside the caller's transaction.

    At most `most`, those first that were looked at longest ago; with None, every notice that
    the portal has.
    """
    if most is None:
        db.execute(_MAKE_ALL_DUE, [portal])
        return
    since = timestamp(at - timedelta(days=RECENT_DAYS))
    fields = {
        "portal": portal,
        "now": timestamp(at),
        "since": since,
        "since_date": since[:10],
        "longest": LONGEST_DAYS,
        "most": most,
        "few": most // _SHARE_WITHOUT_VALIDATORS,
    }
    db.execute(_MAKE_DUE, fields)


_MAKE_ALL_DUE = """
UPDATE pages SET state = 'pending', taken = 0
WHERE portal = ? AND kind = 'notice' AND state IN ('done', 'gone', 'rejected')
"""

# An article is due again when as much time has passed since the last look as it had been quiet
# for by then, so the intervals double without being kept anywhere. What could not be read has
# not been quiet: its intervals double by the number of attempts.
_MAKE_DUE = """
WITH due AS (
    SELECT pages.id, checked_at, coalesce(etag, last_modified) IS NULL AND state <> 'gone' AS bare
    FROM pages INDEXED BY pages_by_check
    LEFT JOIN articles INDEXED BY articles_ages ON articles.url = pages.url
    WHERE pages.portal = :portal AND kind = 'notice' AND state IN ('done', 'gone', 'rejected')
    AND (found_at >= :since OR first_seen >= :since OR changed_at >= :since
        OR withdrawn_at >= :since OR articles.published >= :since_date
        OR julianday(:now) - julianday(checked_at) >= min(:longest, iif(state = 'rejected',
            1 << min(attempts - 1, 9),
            julianday(checked_at) - julianday(max(coalesce(first_seen, found_at),
                coalesce(changed_at, ''), coalesce(withdrawn_at, '')))))
        OR checked_at > :now)),
bare AS MATERIALIZED (SELECT id FROM due WHERE bare ORDER BY checked_at LIMIT :few),
others AS (SELECT id FROM due WHERE NOT bare ORDER BY checked_at
    LIMIT :most - (SELECT count(*) FROM bare))
UPDATE pages SET state = 'pending', taken = 0
WHERE id IN (SELECT id FROM bare UNION ALL SELECT id FROM others)
"""
