"""The pages known and what became of them: what to fetch next, and never twice without need."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from cqcrawler.archive.connection import transaction
from cqcrawler.archive.values import timestamp
from cqcrawler.models import Candidate, PageKind, PageResult, PageState, Record

# A notice is looked at again for as long as portals are apt to edit or withdraw it.
REVISIT_DAYS = 30
# Requests that a run spends on that; the oldest check comes first, so all get their turn.
MOST_REVISITS = 1000


@dataclass(frozen=True, slots=True)
class FrontierPage:
    """A page to fetch, with the validators of its last answer and what its listing said.

    `fetched_at` is None for a page that was never read.
    """

    url: str
    kind: PageKind
    etag: str | None
    last_modified: str | None
    published: str | None
    title: str | None
    fetched_at: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """What a page was read from: the record of the answer, and the digest of its body.

    `listed` is the date that a listing gives it, `reader_version` who read the notice on it;
    None where there is none.
    """

    record: Record
    digest: str | None
    listed: str | None
    reader_version: str | None


class Frontier:
    """The frontier of an archive: each URL once, whatever leads to it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._begun: dict[str, str] = {}

    def begin(self, portal: str, start_urls: Collection[str], at: datetime) -> None:
        """Make pending what a new run has to fetch.

        That is start pages, listings, what failed or was excluded, and notices due for a
        revisit. What a dead run left pending stays so. A page that failed in more than three
        runs waits for half a day and then ever longer, up to a month.
        """
        self._begun[portal] = timestamp(at)
        starts = [Candidate(url, PageKind.UNKNOWN) for url in start_urls]
        with transaction(self._db):
            add_pages(self._db, portal, starts, None, at, untouched_since="")
            self._db.conn.executemany(
                "UPDATE pages SET portal = ?, state = 'pending' WHERE url = ?",
                ((portal, url) for url in start_urls),
            )
            self._db.conn.execute(_MAKE_PENDING, {"portal": portal, "now": timestamp(at)})
            self._make_due(portal, at)

    def add(
        self,
        portal: str,
        candidates: Iterable[Candidate],
        found_on: str | None,
        at: datetime | None = None,
    ) -> int:
        """Add pages that are not known yet, and return how many there were."""
        with transaction(self._db):
            return self.add_within(portal, candidates, found_on, at or datetime.now(UTC))

    def add_within(
        self, portal: str, candidates: Iterable[Candidate], found_on: str | None, at: datetime
    ) -> int:
        """Do what `add` does, inside a transaction of the caller's."""
        begun = self._begun.get(portal, "")
        return add_pages(self._db, portal, candidates, found_on, at, untouched_since=begun)

    def take(self, portal: str, limit: int) -> list[FrontierPage]:
        """Hand out at most `limit` pending pages, each once a run, listings first."""
        with transaction(self._db):
            rows = self._db.conn.execute(
                """UPDATE pages SET taken = 1 WHERE id IN (
                    SELECT id FROM pages WHERE portal = ? AND state = 'pending' AND taken = 0
                    ORDER BY kind, id LIMIT ?)
                RETURNING kind, id, url, etag, last_modified, published, title, fetched_at""",
                [portal, limit],
            ).fetchall()
        # `listing` sorts before `notice` and `unknown`; RETURNING promises no order.
        return [FrontierPage(url, PageKind(kind), *rest) for kind, _, url, *rest in sorted(rows)]

    def source_of(self, url: str) -> Source | None:
        """Return what a page was read from, None if its raw answer was not kept."""
        row = self._db.conn.execute(
            """SELECT warc_file, warc_offset, digest, pages.published, reader_version
            FROM pages LEFT JOIN articles USING (url)
            WHERE url = ? AND warc_file IS NOT NULL""",
            [url],
        ).fetchone()
        return Source(Record(*row[:2]), *row[2:]) if row else None

    def pending_count(self, portal: str) -> int:
        """Return how many pages are still to be fetched, those handed out included."""
        row = self._db.conn.execute(
            "SELECT count(*) FROM pages WHERE portal = ? AND state = 'pending'", [portal]
        ).fetchone()
        return int(row[0])

    def _make_due(self, portal: str, at: datetime) -> None:
        since = at - timedelta(days=REVISIT_DAYS)
        self._db.conn.execute(
            """UPDATE pages SET state = 'pending', taken = 0 WHERE id IN (
                SELECT pages.id FROM pages LEFT JOIN articles USING (url)
                WHERE pages.portal = :portal AND kind = 'notice'
                AND state IN ('done', 'gone', 'rejected')
                AND (found_at >= :since OR first_seen >= :since OR changed_at >= :since
                    OR withdrawn_at >= :since OR articles.published >= :since_date)
                ORDER BY checked_at LIMIT :most)""",
            {
                "portal": portal,
                "since": timestamp(since),
                "since_date": timestamp(since)[:10],
                "most": MOST_REVISITS,
            },
        )


def add_pages(
    db: Database,
    portal: str,
    candidates: Iterable[Candidate],
    found_on: str | None,
    at: datetime,
    *,
    untouched_since: str,
) -> int:
    """Add pages inside the caller's transaction and return how many were not known.

    Known ones learn what a listing says of them. Those of another portal that were neither
    found nor checked since `untouched_since` become this portal's (an ad hoc crawl may have met
    them first), to be fetched again unless they are notices that were read.
    """
    new = 0
    for candidate in candidates:
        page = {
            "url": candidate.url,
            "portal": portal,
            "kind": candidate.kind.value,
            "title": candidate.title or None,
            "published": candidate.published,
            "found_on": found_on,
            "found_at": timestamp(at),
            "before": untouched_since,
        }
        added = db.conn.execute(_ADD, page).rowcount
        new += added
        if not added:
            db.conn.execute(_LEARN, page)
            db.conn.execute(_TAKE_OVER, page)
    return new


def record_page(db: Database, result: PageResult) -> None:
    """Write what a page came to into the frontier, inside the caller's transaction."""
    now = timestamp(result.fetched_at)
    # Only of an answer that was any use: validators of a challenge page would get us a 304.
    read = result.article is not None or result.listing is not None
    db.conn.execute(
        _RECORD,
        {
            "url": result.url,
            "portal": result.portal,
            "kind": result.kind.value,
            "state": result.state.value,
            "status": result.status,
            "etag": result.etag if read else None,
            "last_modified": result.last_modified if read else None,
            "digest": result.digest if read else None,
            "fetched_at": now if read else None,
            "now": now,
            "failures": int(result.state is PageState.FAILED),
            "error": result.error,
            "warc_file": result.record.file if result.record else None,
            "warc_offset": result.record.offset if result.record else None,
            "read": read,
        },
    )


# A clock that was set back must not keep a page waiting.
_MAKE_PENDING = """
UPDATE pages SET state = 'pending', taken = 0 WHERE portal = :portal
AND (kind = 'listing' OR state IN ('pending', 'excluded') OR state = 'failed'
    AND (attempts <= 3 OR checked_at > :now
        OR julianday(:now) - julianday(checked_at) >= (1 << min(attempts - 4, 5)) - 0.5))
"""

_ADD = """
INSERT OR IGNORE INTO pages (url, portal, kind, state, title, published, found_on, found_at)
VALUES (:url, :portal, :kind, 'pending', :title, :published, :found_on, :found_at)
"""

_LEARN = """
UPDATE pages SET
    kind = iif(kind = 'unknown', :kind, kind),
    title = coalesce(title, :title),
    published = coalesce(published, :published)
WHERE url = :url
AND (kind = 'unknown' AND :kind <> 'unknown' OR title IS NULL AND :title IS NOT NULL
    OR published IS NULL AND :published IS NOT NULL)
"""

_TAKE_OVER = """
UPDATE pages SET
    portal = :portal,
    state = iif(kind = 'notice' AND state IN ('done', 'gone'), state, 'pending'),
    taken = 0,
    found_on = :found_on,
    found_at = :found_at
WHERE url = :url AND portal <> :portal AND max(found_at, coalesce(checked_at, '')) < :before
"""

_RECORD = """
INSERT INTO pages (url, portal, kind, state, status, etag, last_modified, digest, fetched_at,
    checked_at, found_at, attempts, error, warc_file, warc_offset)
VALUES (:url, :portal, :kind, :state, :status, :etag, :last_modified, :digest, :fetched_at,
    :now, :now, :failures, :error, :warc_file, :warc_offset)
ON CONFLICT (url) DO UPDATE SET
    kind = iif(excluded.kind = 'unknown', kind, excluded.kind),
    state = excluded.state,
    taken = 0,
    status = excluded.status,
    etag = iif(:read, excluded.etag, etag),
    last_modified = iif(:read, excluded.last_modified, last_modified),
    digest = iif(:read, excluded.digest, digest),
    fetched_at = iif(:read, excluded.fetched_at, fetched_at),
    checked_at = excluded.checked_at,
    attempts = iif(excluded.attempts, attempts + 1, 0),
    error = excluded.error,
    warc_file = iif(:read OR digest IS NULL, excluded.warc_file, warc_file),
    warc_offset = iif(:read OR digest IS NULL, excluded.warc_offset, warc_offset)
"""
