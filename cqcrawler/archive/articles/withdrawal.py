"""Which notices that are gone are withdrawn at once, and which only when they stay gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cqcrawler.archive.file.connection import Connection
from cqcrawler.archive.file.values import timestamp

# So many notices, and more than one in so many of those looked at, do not go by chance.
_MANY, _ONE_IN = 5, 5
# A few old rows may be pinned to the top of a listing.
_OLDER_ROWS = 3


@dataclass(frozen=True, slots=True)
class GoneNotices:
    """What became of the notices that a run found gone.

    `withdrawn` is how many were marked so, `listed` how many a listing shows all the same, `fresh`
    how many of these it never showed before, `together` how many went with so many others that it
    may be the portal's failure; they are withdrawn when the next run finds them gone again.
    """

    withdrawn: int = 0
    listed: int = 0
    fresh: int = 0
    together: int = 0


def by_no_chance(notices: int, of: int) -> bool:
    """Whether so many of the notices looked at fail together that the portal may have failed."""
    return notices >= _MANY and _ONE_IN * notices > of


def withdraw(
    db: Connection, portal: str, run_id: int, *, begun: datetime, looked_at: int
) -> GoneNotices:
    """Withdraw the notices that a run found gone, inside the caller's transaction.

    At once those that no listing shows. Those that one still shows, and all if many went together,
    only if an earlier run found them gone, too. `looked_at` is how many known notices the run asked
    for and found.
    """
    fields = {"portal": portal, "run_id": run_id, "begun": timestamp(begun)}
    lately, listed, fresh, live = db.execute(_COUNTS, fields).fetchone()
    together = lately if by_no_chance(lately, looked_at + live) else 0
    withdrawn = db.execute(_WITHDRAW, {**fields, "together": together > 0}).rowcount
    if withdrawn:
        from cqcrawler.archive.articles import stories  # Only writers want it.

        stories.lead_again(db)
    return GoneNotices(withdrawn, listed, fresh, together)


_GONE = """pages.portal = :portal AND kind = 'notice' AND state = 'gone' AND checked_at >= :begun"""
_SHOWN = "EXISTS (SELECT 1 FROM listed WHERE page_id = pages.id AND run_id = :run_id)"
# A row that was seen in an earlier run counts, unless this run read the only page of its listing,
# or several rows of it that are older.
_MAYBE_SHOWN = f"""EXISTS (
    SELECT 1 FROM listed AS row JOIN pages AS first ON first.id = row.listing_id
    WHERE page_id = pages.id AND (run_id = :run_id OR NOT (
        first.state = 'done' AND first.checked_at >= :begun
        AND NOT EXISTS (SELECT 1 FROM pages AS further WHERE further.listing = first.url)
        OR {_OLDER_ROWS} = (SELECT count(*) FROM (SELECT 1 FROM listed AS older
            WHERE older.listing_id = row.listing_id AND older.run_id = :run_id
            AND older.published < row.published LIMIT {_OLDER_ROWS})))))"""
_LIVE = "articles.id IS NOT NULL AND withdrawn_at IS NULL"

# How many are gone for the first time, how many a listing shows and shows for the first time, how
# many were not withdrawn yet.
_COUNTS = f"""
SELECT count(*) FILTER (WHERE {_LIVE} AND gone_in = :run_id), count(*) FILTER (WHERE {_SHOWN}),
    count(*) FILTER (WHERE {_SHOWN} AND found_at >= :begun),
    count(*) FILTER (WHERE {_LIVE})
FROM pages LEFT JOIN articles USING (url) WHERE {_GONE}
"""

_WITHDRAW = f"""
UPDATE articles SET withdrawn_at = pages.checked_at FROM pages
WHERE pages.url = articles.url AND {_GONE} AND {_LIVE}
AND (gone_in < :run_id OR NOT (:together OR {_MAYBE_SHOWN}))
"""
