"""The pages known and what became of them: what to fetch next, and nothing twice without need."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cqcrawler.archive.file.connection import transaction
from cqcrawler.archive.file.sections import SECTIONS, section_names
from cqcrawler.archive.file.tombstones import buried
from cqcrawler.archive.file.values import timestamp, to_json
from cqcrawler.archive.frontier.listed import (
    ONLY_BESIDE,
    listed_notices,
    make_changed_due,
    make_unlisted_due,
    record_rows,
    unchanged_rows,
)
from cqcrawler.archive.frontier.revisits import make_due
from cqcrawler.models import (
    Candidate,
    Excluded,
    Failed,
    FrontierPage,
    Gone,
    PageKind,
    PageResult,
    PageState,
    ReadFile,
    ReadListing,
    ReadNotice,
    Record,
    Rejected,
)

if TYPE_CHECKING:
    from cqcrawler.archive.frontier.files import DueFiles
    from cqcrawler.archive.frontier.standing import Standing

# Why a file of a notice is never asked for, whatever becomes of robots.txt.
ELSEWHERE = "lies on another site"
# Requests that a run spends on notices read before.
REVISITS = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """What a page was read from: the record of the answer, and the digest of its body.

    `listed` and `titled` are the date and title that a listing gives it, `reader_version` who read
    the notice on it; None where there is none. `sections` are the names of the sections that
    listings show it under.
    """

    record: Record
    digest: str | None
    listed: str | None
    titled: str | None
    sections: tuple[str, ...]
    reader_version: str | None


class Frontier:
    """The frontier of an archive: each URL once, whatever leads to it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._begun: dict[str, datetime] = {}
        self._changed_rows_left: Counter[str] = Counter()

    def rename(self, portal: str, canonical: Callable[[str], str]) -> int:
        """Give the pages of a portal the addresses that they have by today's rules."""
        from cqcrawler.archive.frontier.renaming import rename_pages

        with transaction(self._db):
            return rename_pages(self._db, portal, canonical)

    def begin(
        self,
        portal: str,
        start_urls: Collection[str],
        at: datetime,
        *,
        sweep: bool = False,
        swept_since: str | None = None,
        revisits: int | None = REVISITS,
    ) -> None:
        """Make pending what a new run has to fetch.

        That is start pages, first pages of listings, what failed or was excluded, what was found
        gone without being withdrawn, and at most `revisits` notices that are due for a revisit
        (None: all there are). What a dead run left pending stays so. A page that failed in more
        than three runs waits for half a day and then ever longer, up to a month. A `sweep` has
        every page of the listings, too, and what is of unknown kind; where an earlier one did not
        get through, what was checked since that began (`swept_since`) is left out.
        """
        self._begun[portal] = at
        self._changed_rows_left[portal] = REVISITS if revisits is None else revisits
        starts = [Candidate(url, PageKind.UNKNOWN) for url in start_urls]
        with transaction(self._db):
            add_pages(self._db, portal, starts, None, at, untouched_since="")
            self._db.executemany(
                "UPDATE pages SET portal = ?, state = 'pending', listing = NULL WHERE url = ?",
                ((portal, url) for url in start_urls),
            )
            fields = {"portal": portal, "now": timestamp(at), "elsewhere": ELSEWHERE}
            self._db.execute(_MAKE_PENDING, fields)
            if sweep:
                self._db.execute(_MAKE_SWEPT, [portal, swept_since])
            make_due(self._db, portal, at, revisits)

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
        begun = self._begun_at(portal)
        return add_pages(self._db, portal, candidates, found_on, at, untouched_since=begun)

    def record_rows_within(self, result: ReadListing, run_id: int) -> None:
        """Write what a listing's page shows, inside a transaction of the caller's."""
        portal = result.visit.portal
        self._changed_rows_left[portal] -= record_rows(
            self._db,
            result,
            run_id,
            begun=self._begun_at(portal),
            most_due=self._changed_rows_left[portal],
        )

    def record_changes_within(self, result: ReadListing) -> None:
        """Make notices due that a feed or sitemap says were changed since the last look, inside a
        transaction of the caller's."""
        portal = result.visit.portal
        most = self._changed_rows_left[portal]
        self._changed_rows_left[portal] -= make_changed_due(self._db, result, most)

    def listed_notices(self, portal: str, other_than: Collection[str]) -> Iterator[str]:
        """Yield the addresses of the notices that listings show, by their first pages other than
        these."""
        return listed_notices(self._db, portal, other_than)

    def read_notices(self, portal: str) -> Iterator[str]:
        """Yield the addresses of the notices of a portal that were read, whatever led to them."""
        rows = self._db.execute("SELECT url FROM articles WHERE portal = ?", [portal])
        return (url for (url,) in rows)

    def is_listed(self, url: str) -> bool:
        """Whether a page or a listing led to an address, and not a feed or sitemap alone."""
        find = f"SELECT 1 FROM pages WHERE url = ? AND {ONLY_BESIDE}"
        return self._db.execute(find, [url]).fetchone() is None

    def known(self, url: str) -> FrontierPage | None:
        """Return what is known of a page, to be read from a file; None for nothing."""
        from cqcrawler.archive.frontier.standing import known_page  # Only imports want it.

        page = known_page(self._db, url)
        return page and replace(page, sections=self.sections_of(url))

    def state(self, url: str) -> PageState | None:
        """Return where a page stands; None for one that is not known."""
        row = self._db.execute("SELECT state FROM pages WHERE url = ?", [url]).fetchone()
        return PageState(row[0]) if row else None

    def standing(self, url: str, at: datetime) -> Standing:
        """Return how a page, as it was at a time, stands to what the archive holds of it."""
        from cqcrawler.archive.frontier.standing import standing

        return standing(self._db, url, at)

    def _begun_at(self, portal: str) -> str:
        return timestamp(self._begun[portal]) if portal in self._begun else ""

    def unchanged_rows(self, listing: str, rows: Iterable[Candidate]) -> set[str]:
        """Return the addresses of the rows that the listing showed as they are before."""
        return unchanged_rows(self._db, listing, rows)

    def further_pages(self, listing: str) -> list[str]:
        """Return the pages that continue a listing, in the order in which they were found."""
        rows = self._db.execute("SELECT url FROM pages WHERE listing = ? ORDER BY id", [listing])
        return [url for (url,) in rows]

    def reopen(self, portal: str, url: str) -> None:
        """Make a page pending that was dealt with before; one that is pending stays as it is."""
        with transaction(self._db):
            self._db.execute(
                """UPDATE pages SET state = 'pending', taken = 0
                WHERE url = ? AND portal = ? AND state <> 'pending'""",
                [url, portal],
            )

    def leave_read(self, url: str) -> None:
        """Take back that a page, which was read in an earlier run, is to be read again."""
        with transaction(self._db):
            self._db.execute("UPDATE pages SET state = 'done', taken = 0 WHERE url = ?", [url])

    def leave_gone(self, portal: str, url: str, why: str) -> None:
        """Take a page for gone that nobody can ask for any more; it is pending again once a
        listing names it."""
        with transaction(self._db):
            self._db.execute(
                """UPDATE pages SET state = 'gone', taken = 0, error = ?, checked_at = ?
                WHERE url = ?""",
                [why, self._begun_at(portal), url],
            )

    def make_unlisted_due(self, portal: str, run_id: int, most: int) -> int:
        """Make notices pending that a sweep saw in no listing; return how many there were.

        Those of listings that could not be read to their end are left alone.
        """
        with transaction(self._db):
            return make_unlisted_due(
                self._db, portal, run_id, checked_before=self._begun[portal], most=most
            )

    def take(self, portal: str, limit: int, starts: Collection[str] = ()) -> list[FrontierPage]:
        """Hand out at most `limit` pending pages, each once a run, listings first.

        Those that failed in an earlier run are left for `take_failed`, but for start pages.
        """
        which = f"""kind <> 'file' AND (NOT ({_FAILED_BEFORE})
            OR url IN (SELECT value FROM json_each(:starts))) ORDER BY kind, id"""
        return self._take(which, portal, limit, starts=to_json([*starts]))

    def take_failed(self, portal: str, limit: int) -> list[FrontierPage]:
        """Hand out pages that failed in earlier runs, those first that wait longest."""
        which = f"kind <> 'file' AND {_FAILED_BEFORE} ORDER BY checked_at, id"
        return self._take(which, portal, limit)

    def make_files_due(self, portal: str, due: DueFiles) -> None:
        """Make the files pending that a portal's notices offer, as `DueFiles` says."""
        from cqcrawler.archive.frontier.files import make_files_due

        with transaction(self._db):
            make_files_due(self._db, portal, due)

    def take_files(self, portal: str, limit: int) -> list[FrontierPage]:
        """Hand out files that notices offer, those first that were never asked for."""
        return self._take("kind = 'file' ORDER BY attempts, checked_at, id", portal, limit)

    def _take(self, which: str, portal: str, limit: int, **values: str) -> list[FrontierPage]:
        with transaction(self._db):
            rows = self._db.execute(
                f"""UPDATE pages SET taken = 1 WHERE id IN (
                    SELECT id FROM pages WHERE portal = :portal AND state = 'pending'
                    AND taken = 0 AND {which} LIMIT :limit)
                RETURNING kind, id, url, etag, last_modified, published, title, fetched_at,
                    listing""",
                {"portal": portal, "limit": limit, **values},
            ).fetchall()
        # `listing` sorts before `notice` and `unknown`; RETURNING promises no order.
        return [FrontierPage(url, PageKind(kind), *rest) for kind, _, url, *rest in sorted(rows)]

    def sections_of(self, url: str) -> tuple[str, ...]:
        """Return the names of the sections under which listings show a notice, the surest first."""
        find = f"SELECT {SECTIONS} FROM pages WHERE url = ?"
        row = self._db.execute(find, [url]).fetchone()
        return section_names(row[0]) if row else ()

    def source_of(self, url: str) -> Source | None:
        """Return what a page was read from, None if its raw answer was not kept."""
        row = self._db.execute(
            f"""SELECT warc_file, warc_offset, digest, pages.published, pages.title, {SECTIONS},
                reader_version
            FROM pages LEFT JOIN articles USING (url)
            WHERE url = ? AND warc_file IS NOT NULL""",
            [url],
        ).fetchone()
        if row is None:
            return None
        file, offset, digest, listed, titled, sections, reader = row
        return Source(Record(file, offset), digest, listed, titled, section_names(sections), reader)

    def pending_count(self, portal: str, kind: PageKind | None = None) -> int:
        """Return how many pages are still to be fetched, those handed out included."""
        row = self._db.execute(
            """SELECT count(*) FROM pages
            WHERE portal = ?1 AND state = 'pending' AND kind = coalesce(?2, kind)""",
            [portal, kind],
        ).fetchone()
        return int(row[0])


def add_pages(
    db: sqlite3.Connection,
    portal: str,
    candidates: Iterable[Candidate],
    found_on: str | None,
    at: datetime,
    *,
    untouched_since: str,
) -> int:
    """Add pages inside the caller's transaction and return how many were not known.

    Known ones learn what a listing says of them; pages that continue a listing, of which one
    it is. Those of another portal that were neither
    found nor checked since `untouched_since` become this portal's (an ad hoc crawl may have met
    them first), to be fetched again unless they are notices that were read.
    """
    new = 0
    candidates = list(candidates)
    gone = buried(db, (candidate.url for candidate in candidates))
    for candidate in candidates:
        if candidate.url in gone:
            continue
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
        added = db.execute(_ADD, page).rowcount
        new += added
        if not added:
            db.execute(_LEARN, page)
            db.execute(_TAKE_OVER, page)
        if candidate.kind is PageKind.LISTING:
            db.execute(_CONTINUE, page)
    return new


def record_page(db: sqlite3.Connection, result: PageResult, run_id: int) -> None:
    """Write what a page came to into the frontier, inside the caller's transaction."""
    visit = result.visit
    now = timestamp(visit.fetched_at)
    # Only from an answer that was of use: the validators of a challenge page would get us a 304.
    read = isinstance(result, ReadNotice | ReadListing | ReadFile)
    db.execute(
        _RECORD,
        {
            "url": visit.url,
            "run_id": run_id,
            "portal": visit.portal,
            "kind": visit.kind.value,
            "state": result.state.value,
            "status": visit.status,
            "etag": visit.etag if read else None,
            "last_modified": visit.last_modified if read else None,
            "digest": visit.digest if read else None,
            "fetched_at": now if read else None,
            "now": now,
            "failures": int(isinstance(result, Failed | Rejected)),
            "error": result.error if isinstance(result, Gone | Failed | Excluded) else None,
            "warc_file": visit.record.file if visit.record else None,
            "warc_offset": visit.record.offset if visit.record else None,
            "read": read,
            "media_type": result.media_type if isinstance(result, ReadFile) else None,
            "size": result.size if isinstance(result, ReadFile) else None,
        },
    )


# What answered without being of use has attempts too, and no error.
_FAILED_BEFORE = "attempts > 0 AND error IS NOT NULL"

# A clock that was set back must not keep a page waiting.
_MAKE_PENDING = """
UPDATE pages SET state = 'pending', taken = 0 WHERE portal = :portal
AND (kind = 'listing' AND listing IS NULL OR state = 'pending'
    OR state = 'excluded' AND (kind <> 'file' OR error <> :elsewhere)
    OR state = 'gone' AND EXISTS (SELECT 1 FROM articles
        WHERE articles.url = pages.url AND withdrawn_at IS NULL)
    OR state = 'failed'
    AND (attempts <= 3 OR checked_at > :now
        OR julianday(:now) - julianday(checked_at) >= (1 << min(attempts - 4, 5)) - 0.5))
"""

# Further pages that are gone come back when a pager names them again.
_MAKE_SWEPT = """
UPDATE pages SET state = 'pending', taken = 0
WHERE portal = ?1 AND kind IN ('listing', 'unknown') AND state <> 'gone'
AND (coalesce(checked_at < ?2, TRUE) OR state = 'rejected')
"""

# By hand, as are the other writes here: what is set depends on what is there, and sqlite-utils
# does not tell whether a row was new.
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

# A first page is known before those that continue it, so page 1, to which their pagers lead as
# well, continues none; neither does what has further pages of its own, such as a section that a
# home page numbers. A page that was gone and is named again may be there again.
_CONTINUE = """
UPDATE pages SET
    listing = coalesce(listing, first.url),
    state = iif(pages.state = 'gone' AND pages.checked_at < :before, 'pending', pages.state),
    taken = iif(pages.state = 'gone' AND pages.checked_at < :before, 0, pages.taken)
FROM (SELECT own.id, own.url FROM pages AS found JOIN pages AS own
    ON own.url = coalesce(found.listing, found.url) WHERE found.url = :found_on) AS first
WHERE pages.url = :url AND kind = 'listing' AND first.id < pages.id
AND NOT EXISTS (SELECT 1 FROM pages AS further WHERE further.listing = pages.url)
"""

_TAKE_OVER = """
UPDATE pages SET
    portal = :portal,
    state = iif(kind = 'notice' AND state IN ('done', 'gone'), state, 'pending'),
    taken = 0,
    listing = NULL,
    found_on = :found_on,
    found_at = :found_at
WHERE url = :url AND portal <> :portal AND max(found_at, coalesce(checked_at, '')) < :before
"""

_RECORD = """
INSERT INTO pages (url, portal, kind, state, status, etag, last_modified, digest, fetched_at,
    checked_at, found_at, attempts, error, gone_in, warc_file, warc_offset, media_type, size)
VALUES (:url, :portal, :kind, :state, :status, :etag, :last_modified, :digest, :fetched_at,
    :now, :now, :failures, :error, iif(:state = 'gone', :run_id, NULL), :warc_file, :warc_offset,
    :media_type, :size)
ON CONFLICT (url) DO UPDATE SET
    portal = excluded.portal,
    kind = iif(excluded.kind = 'unknown', kind, excluded.kind),
    state = excluded.state,
    taken = 0,
    status = excluded.status,
    etag = iif(:read, excluded.etag, etag),
    last_modified = iif(:read, excluded.last_modified, last_modified),
    digest = iif(:read, excluded.digest, digest),
    media_type = iif(:read, excluded.media_type, media_type),
    size = iif(:read, excluded.size, size),
    fetched_at = iif(:read, excluded.fetched_at, fetched_at),
    checked_at = excluded.checked_at,
    attempts = iif(excluded.attempts, attempts + 1, 0),
    error = excluded.error,
    gone_in = CASE excluded.state
        WHEN 'done' THEN NULL
        WHEN 'gone' THEN coalesce(gone_in, excluded.gone_in)
        ELSE gone_in END,
    warc_file = iif(:read OR digest IS NULL, excluded.warc_file, warc_file),
    warc_offset = iif(:read OR digest IS NULL, excluded.warc_offset, warc_offset)
"""
