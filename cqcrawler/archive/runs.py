"""The history of runs: one row per portal and run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cqcrawler.archive.file.connection import Connection, transaction
from cqcrawler.archive.file.values import timestamp, to_json
from cqcrawler.archive.frontier.listed import ONLY_BESIDE
from cqcrawler.archive.search import index
from cqcrawler.models import CUT_SHORT, STRANGE, TWIN, Outcome, Rejected

# Runs in which pages read as they should, however many there were.
READABLE = (Outcome.OK, Outcome.QUIET, Outcome.PARTIAL, Outcome.INCOMPLETE)


@dataclass(frozen=True, slots=True)
class Run:
    """A row of `runs`; `outcome` is None while it runs. Times are ISO 8601 in UTC.

    `whole` is whether it set out to read all of the portal, `accepted` whether a person took it
    for what is usual from then on, `imported` the files that it read in place of the portal.
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
    imported: str = ""

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


class Runs:
    """The runs of an archive, and what is known of portals through them."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def begin(
        self,
        portal: str,
        *,
        scope: str,
        version: str,
        at: datetime,
        whole: bool = True,
        platform: str = "",
        region: str = "",
        imported: str = "",
    ) -> int:
        """Open a run and return its id.

        `platform` and `region` are what the portal is read by, `imported` names the files that
        are read in its place. Runs of the portal that never
        ended were killed, as there is only ever one at a time, and are marked.
        """
        row = {
            "portal": portal,
            "started_at": timestamp(at),
            "scope": scope,
            "whole": whole,
            "version": version,
            "platform": platform,
            "region": region,
            "imported": imported,
        }
        with transaction(self._db):
            index.drop_outdated(self._db)
            self._db.execute(
                """UPDATE runs SET outcome = ?, reason = 'found dead by the next run'
                WHERE portal = ? AND outcome IS NULL""",
                [Outcome.INTERRUPTED.value, portal],
            )
            return self._db.insert("runs", row)

    def end(
        self,
        run_id: int,
        *,
        at: datetime,
        outcome: Outcome,
        reason: str = "",
        complete: bool | None = None,
        declared_total: int | None = None,
        counts: Mapping[str, Any],
        stats: Mapping[str, Any],
    ) -> None:
        """Close a run with how it ended."""
        row = {
            "ended_at": timestamp(at),
            "outcome": outcome.value,
            "reason": reason,
            "complete": complete,
            "declared_total": declared_total,
            "counts": to_json(dict(counts)),
            "stats": to_json(dict(stats)),
        }
        with transaction(self._db):
            self._db.table("runs").update(run_id, row)

    def latest(
        self,
        portal: str | None = None,
        limit: int = 20,
        whole: bool = False,
        crawls: bool = False,
    ) -> list[Run]:
        """Return the latest runs, of one portal or all, newest first; maybe only whole ones, or
        only `crawls`: what was read from files says nothing of how a portal is."""
        cursor = self._db.execute(
            """SELECT id, portal, started_at, ended_at, outcome, reason, scope, complete,
                declared_total, counts, stats, version, whole, accepted, imported
            FROM runs WHERE (:portal IS NULL OR portal = :portal) AND whole >= :whole
            AND (NOT :crawls OR imported = '')
            ORDER BY id DESC LIMIT :limit""",
            {"portal": portal, "limit": limit, "whole": whole, "crawls": crawls},
        )
        return [_run(*row) for row in cursor]

    def endless(self, portal: str) -> list[int]:
        """Return the runs of a portal that have not ended; all but one under way are dead."""
        rows = self._db.execute(
            "SELECT id FROM runs WHERE portal = ? AND outcome IS NULL ORDER BY id DESC", [portal]
        )
        return [run_id for (run_id,) in rows]

    def last(self, portal: str, *, whole: bool = False) -> Run | None:
        """Return the latest crawl of a portal, or the latest that set out to read all of it."""
        return next(iter(self.latest(portal, limit=1, whole=whole, crawls=True)), None)

    def sweep_due(self, portal: str, at: datetime, days: float) -> bool:
        """Whether no sweep of the portal's listings got through within the last days.

        One that did not get to its end does not count; one that found a page failing or a total
        not reached does, as what is missing stays in the frontier.
        """
        got_through = f"SELECT 1 FROM runs WHERE {_SWEPT} AND started_at BETWEEN :since AND :now"
        return self._db.execute(got_through, _period(portal, at, days)).fetchone() is None

    def unfinished_sweep(self, portal: str, at: datetime, days: float) -> str | None:
        """Return when the sweep began that runs of the last days did not get through, if any."""
        row = self._db.execute(
            f"""SELECT min(started_at) FROM runs WHERE portal = :portal AND scope = 'full'
            AND started_at BETWEEN :since AND :now
            AND id > coalesce((SELECT max(id) FROM runs WHERE {_SWEPT}), 0)""",
            _period(portal, at, days),
        ).fetchone()
        began: str | None = row[0]
        return began

    def misread(self, run_id: int) -> int:
        """Return how many listed pages a run could not read as notices.

        Those that did not read in an earlier run either, which was good all the same, are odd
        pages of the portal and not counted.
        """
        readable = ", ".join(f"'{outcome.value}'" for outcome in READABLE)
        row = self._db.execute(
            f"""SELECT count(*) FROM rejects JOIN pages USING (url)
            WHERE run_id = :run AND kind = 'notice' AND reason NOT IN (:strange, :cut_short, :twin)
            AND NOT coalesce({ONLY_BESIDE}, FALSE)
            AND NOT EXISTS (
                SELECT 1 FROM rejects AS before JOIN runs ON runs.id = before.run_id
                WHERE before.url = rejects.url AND before.run_id < :run
                AND (runs.outcome IN ({readable}) AND imported = '' OR accepted))""",
            {"run": run_id, "strange": STRANGE, "cut_short": CUT_SHORT, "twin": TWIN},
        ).fetchone()
        return int(row[0])

    def unreadable(self, run_id: int) -> list[str]:
        """Return the pages of notices of the archive that a run could not read, those left out
        that a person accepted."""
        rows = self._db.execute(
            """SELECT rejects.url FROM rejects JOIN articles USING (url)
            WHERE run_id = :run AND withdrawn_at IS NULL AND reason != :cut_short
            AND NOT EXISTS (
                SELECT 1 FROM rejects AS before JOIN runs ON runs.id = before.run_id
                WHERE before.url = rejects.url AND accepted)""",
            {"run": run_id, "cut_short": CUT_SHORT},
        )
        return [url for (url,) in rows]

    def cut_short(self, run_id: int) -> list[str]:
        """Return the pages of which a run got only the beginning."""
        rows = self._db.execute(
            "SELECT url FROM rejects WHERE run_id = ? AND reason = ?", [run_id, CUT_SHORT]
        )
        return [url for (url,) in rows]

    def accept(self, portal: str) -> int | None:
        """Take the last crawl of a portal that ended for usual from now on.

        Return its id, None without one.
        """
        with transaction(self._db):
            (run_id,) = self._db.execute(
                """SELECT max(id) FROM runs
                WHERE portal = ? AND outcome IS NOT NULL AND imported = ''""",
                [portal],
            ).fetchone()
            if run_id is None:
                return None
            self._db.table("runs").update(run_id, {"accepted": 1})
            return int(run_id)

    def imported(self, article_id: int, version: int) -> tuple[int, str] | None:
        """Return the run that read a version of an article from files, and those; None for one
        that a crawl found."""
        row: tuple[int, str] | None = self._db.execute(
            """SELECT runs.id, imported FROM article_versions JOIN runs ON runs.id = run_id
            WHERE article_id = ? AND article_versions.version = ? AND imported <> ''""",
            [article_id, version],
        ).fetchone()
        return row

    def accepted_rejects(self, portal: str) -> set[str]:
        """Return the pages that did not read in runs which a person accepted."""
        rows = self._db.execute(
            """SELECT DISTINCT url FROM rejects JOIN runs ON runs.id = run_id
            WHERE portal = ? AND accepted""",
            [portal],
        )
        return {url for (url,) in rows}

    def portals(self) -> list[str]:
        """Return the names of all portals that were ever crawled."""
        rows = self._db.execute("SELECT DISTINCT portal FROM runs ORDER BY 1")
        return [name for (name,) in rows]

    def portal_state(self, portal: str) -> PortalState:
        """Return a portal's last run and what is held of it; zero if it was never crawled."""
        articles, withdrawn = self._db.execute(
            "SELECT count(*), count(withdrawn_at) FROM articles WHERE portal = ?", [portal]
        ).fetchone()
        pages = self._db.execute(
            "SELECT state, count(*) FROM pages WHERE portal = ? GROUP BY state", [portal]
        )
        return PortalState(portal, self.last(portal), articles, withdrawn, dict(pages.fetchall()))

    def alarms(self) -> dict[str, str]:
        """Return what the webhook was last told of each portal."""
        return dict(self._db.execute("SELECT portal, state FROM alarms").fetchall())

    def note_alarm(self, portal: str, state: str, at: datetime) -> None:
        """Remember what the webhook was told."""
        row = {"portal": portal, "state": state, "told_at": timestamp(at)}
        with transaction(self._db):
            self._db.table("alarms").insert(row, replace=True)


def record_reject(db: Connection, rejected: Rejected, run_id: int) -> None:
    """Write why a page gave no article, inside the caller's transaction."""
    why = {"reason": rejected.reason, "detail": rejected.detail}
    row = {"url": rejected.visit.url, "run_id": run_id, **why}
    db.table("rejects").insert(row, replace=True)


_SWEPT = """portal = :portal AND scope = 'full'
    AND outcome IN ('ok', 'quiet', 'partial', 'incomplete')"""


def _period(portal: str, at: datetime, days: float) -> dict[str, str]:
    since = timestamp(at - timedelta(days=days))
    return {"portal": portal, "since": since, "now": timestamp(at)}


def _run(*row: Any) -> Run:
    *head, complete, declared_total, counts, stats, version, whole, accepted, imported = row
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
        imported,
    )
