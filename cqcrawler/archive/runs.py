"""The history of runs: one row per portal and run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from cqcrawler.archive.file.values import insert, timestamp, to_json, update
from cqcrawler.models import Outcome, Rejected

# Runs in which pages read as they should, however many there were.
READABLE = (Outcome.OK, Outcome.QUIET, Outcome.PARTIAL, Outcome.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class Run:
    """A row of `runs`; `outcome` is None while it runs. Times are ISO 8601 in UTC.

    `whole` is whether it set out to read all of the portal, `accepted` whether a person took it
    for what is usual from then on.
    """

    id: int
    portal: str
    started_at: str
    ended_at: str | None
    outcome: Outcome | None
    reason: str
    scope: str
    complete: bool | None
    declared_total: int | None
    counts: Mapping[str, Any]
    stats: Mapping[str, Any]
    version: str
    whole: bool
    accepted: bool = False

    @property
    def good(self) -> bool:
        """Whether it read all that it set out to, or a person said that it is fine."""
        return self.accepted or (self.outcome is not None and self.outcome.exit_code == 0)


@dataclass(frozen=True, slots=True)
class PortalState:
    """What the archive holds of a portal: `pages` counts the frontier by state."""

    portal: str
    last_run: Run | None
    articles: int
    withdrawn: int
    pages: Mapping[str, int]


def begin(
    db: Database,
    portal: str,
    *,
    scope: str,
    whole: bool,
    version: str,
    at: datetime,
    platform: str,
    region: str,
) -> int:
    """Open a run inside the caller's transaction and return its id.

    `platform` and `region` are what the portal is read by. Runs of the portal that never ended
    were killed, for there is only ever one at a time.
    """
    db.conn.execute(
        """UPDATE runs SET outcome = ?, reason = 'found dead by the next run'
        WHERE portal = ? AND outcome IS NULL""",
        [Outcome.INTERRUPTED.value, portal],
    )
    row = {
        "portal": portal,
        "started_at": timestamp(at),
        "scope": scope,
        "whole": whole,
        "version": version,
        "platform": platform,
        "region": region,
    }
    return insert(db, "runs", row)


def end(
    db: Database,
    run_id: int,
    *,
    at: datetime,
    outcome: Outcome,
    reason: str,
    complete: bool | None,
    declared_total: int | None,
    counts: Mapping[str, Any],
    stats: Mapping[str, Any],
) -> None:
    """Close a run inside the caller's transaction."""
    row = {
        "ended_at": timestamp(at),
        "outcome": outcome.value,
        "reason": reason,
        "complete": complete,
        "declared_total": declared_total,
        "counts": to_json(dict(counts)),
        "stats": to_json(dict(stats)),
    }
    update(db, "runs", run_id, row)


def sweep_due(db: Database, portal: str, at: datetime, days: float) -> bool:
    """Say whether no sweep of the portal's listings got through within the last days.

    One that did not get to its end is none; one that found a page failing or a total not
    reached is, for what is missing stays in the frontier.
    """
    since = {"portal": portal, "since": timestamp(at - timedelta(days=days)), "now": timestamp(at)}
    got_through = f"SELECT 1 FROM runs WHERE {_SWEPT} AND started_at BETWEEN :since AND :now"
    return db.conn.execute(got_through, since).fetchone() is None


def unfinished_sweep(db: Database, portal: str, at: datetime, days: float) -> str | None:
    """Return when the sweep began that runs of the last days did not get through, if any."""
    since = {"portal": portal, "since": timestamp(at - timedelta(days=days)), "now": timestamp(at)}
    row = db.conn.execute(
        f"""SELECT min(started_at) FROM runs WHERE portal = :portal AND scope = 'full'
        AND started_at BETWEEN :since AND :now
        AND id > coalesce((SELECT max(id) FROM runs WHERE {_SWEPT}), 0)""",
        since,
    ).fetchone()
    began: str | None = row[0]
    return began


_SWEPT = """portal = :portal AND scope = 'full'
    AND outcome IN ('ok', 'quiet', 'partial', 'incomplete')"""


def record_reject(db: Database, rejected: Rejected, run_id: int) -> None:
    """Write why a page gave no article, inside the caller's transaction."""
    db.conn.execute(
        """INSERT INTO rejects (url, run_id, reason, detail) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET reason = excluded.reason, detail = excluded.detail""",
        [rejected.visit.url, run_id, rejected.reason, rejected.detail],
    )


def misread(db: Database, run_id: int) -> int:
    """Return how many listed pages a run could not read as notices.

    Those that did not read in an earlier run either, which was good all the same, are odd pages
    of the portal and not counted.
    """
    readable = ", ".join(f"'{outcome.value}'" for outcome in READABLE)
    row = db.conn.execute(
        f"""SELECT count(*) FROM rejects JOIN pages USING (url)
        WHERE run_id = :run AND kind = 'notice' AND NOT EXISTS (
            SELECT 1 FROM rejects AS before JOIN runs ON runs.id = before.run_id
            WHERE before.url = rejects.url AND before.run_id < :run
            AND (runs.outcome IN ({readable}) OR accepted))""",
        {"run": run_id},
    ).fetchone()
    return int(row[0])


def accept(db: Database, portal: str) -> int | None:
    """Take the last run of a portal that ended for usual, inside the caller's transaction."""
    (run_id,) = db.conn.execute(
        "SELECT max(id) FROM runs WHERE portal = ? AND outcome IS NOT NULL", [portal]
    ).fetchone()
    if run_id is not None:
        update(db, "runs", run_id, {"accepted": 1})
    return None if run_id is None else int(run_id)


def accepted_rejects(db: Database, portal: str) -> set[str]:
    """Return the pages that did not read in runs which a person accepted."""
    rows = db.conn.execute(
        """SELECT DISTINCT url FROM rejects JOIN runs ON runs.id = run_id
        WHERE portal = ? AND accepted""",
        [portal],
    )
    return {url for (url,) in rows}


def list_runs(db: Database, portal: str | None, limit: int, *, whole: bool = False) -> list[Run]:
    """Return the latest runs, of one portal or all, newest first; maybe only whole ones."""
    cursor = db.conn.execute(
        """SELECT id, portal, started_at, ended_at, outcome, reason, scope, complete,
            declared_total, counts, stats, version, whole, accepted
        FROM runs WHERE (:portal IS NULL OR portal = :portal) AND whole >= :whole
        ORDER BY id DESC LIMIT :limit""",
        {"portal": portal, "limit": limit, "whole": whole},
    )
    return [_run(*row) for row in cursor]


def portals(db: Database) -> list[str]:
    """Return the names of all portals that were ever crawled."""
    return [name for (name,) in db.conn.execute("SELECT DISTINCT portal FROM runs ORDER BY 1")]


def alarms(db: Database) -> dict[str, str]:
    """Return what the webhook was last told of each portal."""
    return dict(db.conn.execute("SELECT portal, state FROM alarms").fetchall())


def note_alarm(db: Database, portal: str, state: str, at: datetime) -> None:
    """Write what the webhook was told, inside the caller's transaction."""
    db.conn.execute(
        """INSERT INTO alarms (portal, state, told_at) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET state = excluded.state, told_at = excluded.told_at""",
        [portal, state, timestamp(at)],
    )


def portal_state(db: Database, portal: str) -> PortalState:
    """Return where a portal stands; all zero for one that was never crawled."""
    articles, withdrawn = db.conn.execute(
        "SELECT count(*), count(withdrawn_at) FROM articles WHERE portal = ?", [portal]
    ).fetchone()
    pages = db.conn.execute(
        "SELECT state, count(*) FROM pages WHERE portal = ? GROUP BY state", [portal]
    )
    last_run = next(iter(list_runs(db, portal, 1)), None)
    return PortalState(portal, last_run, articles, withdrawn, dict(pages.fetchall()))


def _run(*row: Any) -> Run:
    *head, complete, declared_total, counts, stats, version, whole, accepted = row
    run_id, portal, started_at, ended_at, outcome, reason, scope = head
    return Run(
        run_id,
        portal,
        started_at,
        ended_at,
        outcome and Outcome(outcome),
        reason,
        scope,
        None if complete is None else bool(complete),
        declared_total,
        json.loads(counts),
        json.loads(stats),
        version,
        bool(whole),
        bool(accepted),
    )
