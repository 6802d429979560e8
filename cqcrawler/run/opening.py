"""How a run begins: entered into the archive, with the pages that it is to read pending."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from cqcrawler.archive import Archive
from cqcrawler.archive.runs import Run
from cqcrawler.portals import Portal
from cqcrawler.run.bounds import Limits
from cqcrawler.run.reader import reader_version
from cqcrawler.run.run import Begun, PortalRun
from cqcrawler.run.scope import Scope
from cqcrawler.run.usual import usual
from cqcrawler.warc import WarcSettings, WarcWriter, cut_torn_tails

# A run may spend one in so many of its pages on revisits: first comes what was never read.
_SHARE_OF_REVISITS = 3
# Runs that say what is usual: a year of a daily crawl.
_HISTORY = 400


def open_run(
    archive: Archive, portal: Portal, scope: Scope, *, limits: Limits, raw: WarcSettings
) -> PortalRun:
    """Begin a run of a portal; the caller must `end` it.

    A run of the whole portal becomes a full one where the last sweep is too long ago.
    """
    now = datetime.now(UTC)
    earlier = archive.runs.latest(portal=portal.name, limit=_HISTORY, crawls=True)
    folder = archive.path.parent
    cut_torn_tails(folder, portal.name, archive.runs.endless(portal.name))
    if earlier and earlier[0].version != reader_version(portal):
        archive.frontier.rename(portal.name, portal.address)
    period = (portal.name, now, portal.sweep_days)
    asked = scope.full
    most = (portal.max_pages or limits.max_pages) // _SHARE_OF_REVISITS
    swept_since = None
    if not asked and scope.whole and archive.runs.sweep_due(*period):
        scope = replace(scope, full=True)
        swept_since = archive.runs.unfinished_sweep(*period)
    # Before the run has its row: if we are killed in between, the sweep is still due.
    archive.frontier.begin(
        portal.name,
        portal.start_urls,
        now,
        sweep=scope.full,
        swept_since=swept_since,
        revisits=None if asked else min(portal.revisits, most),
    )
    run_id = archive.runs.begin(
        portal.name,
        scope=str(scope),
        whole=scope.whole,
        version=reader_version(portal),
        at=now,
        platform=portal.platform,
        region=portal.region,
    )
    begun = Begun(
        id=run_id,
        portal=portal,
        scope=scope,
        at=now,
        resumed=swept_since is not None,
        history=any(run.outcome and run.outcome.exit_code == 0 for run in earlier),
        known=any(map(_read_notices, earlier)),
        usual=usual(earlier),
    )
    raw = replace(raw, offline=frozenset(archive.upkeep.offline()))
    return PortalRun(archive, begun, WarcWriter(folder, portal.name, run_id, raw), limits)


def _read_notices(run: Run) -> bool:
    return any(run.counts.get(name) for name in ("new", "changed", "unchanged"))
