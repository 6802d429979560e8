"""Running crawls: several portals at once in one Scrapy process, into one archive."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from cqcrawler.archive import Archive
from cqcrawler.archive.file.disk import check_space
from cqcrawler.archive.file.lock import writing
from cqcrawler.log_file import logging_to_file
from cqcrawler.portals import Portal
from cqcrawler.run import PortalRun, Report, Scope
from cqcrawler.run.due import next_due
from cqcrawler.spiders import limits_of, spider_class, tell_of, warc_settings
from cqcrawler.warc import check_writable

Watch = Callable[[PortalRun], None]
Jobs = Sequence[tuple[Portal, Scope]]


@dataclass(frozen=True, slots=True)
class Crawled:
    """How a crawl went: `exit` is the exit code of the worst portal."""

    exit: int
    duration_s: float
    portals: tuple[Report, ...]


def crawl(
    jobs: Jobs,
    archive_path: Path,
    *,
    overrides: Mapping[str, str | int | float] | None = None,
    watch: Watch | None = None,
) -> Crawled:
    """Crawl portals into the archive and return how each went.

    `overrides` are Scrapy settings above all others. Scrapy's event loop runs once in a
    process, and so does this. Raises ArchiveLocked if another run is writing, ArchiveError if
    the archive cannot be used; whatever befalls a portal later is in its report.
    """
    return _crawl(lambda archive: jobs, archive_path, overrides or {}, watch)


def crawl_due(
    registry: Sequence[Portal],
    scope: Scope,
    archive_path: Path,
    *,
    overrides: Mapping[str, str | int | float] | None = None,
    watch: Watch | None = None,
) -> Crawled:
    """Crawl those portals of the registry that are due, as `crawl` does; maybe none."""

    def choose(archive: Archive) -> Jobs:
        now = datetime.now(UTC)
        due = (
            (portal, next_due(portal, archive.last_whole_run(portal.name), now))
            for portal in registry
        )
        return [(portal, scope) for portal, at in due if at and at <= now]

    return _crawl(choose, archive_path, overrides or {}, watch)


def _crawl(
    choose: Callable[[Archive], Jobs],
    archive_path: Path,
    overrides: Mapping[str, str | int | float],
    watch: Watch | None,
) -> Crawled:
    """Crawl what `choose` says once the archive is ours: another run may have done it till then."""
    started = time.monotonic()
    settings = load_settings(overrides)
    limits, raw = limits_of(settings), warc_settings(settings)
    with logging_to_file(settings), writing(archive_path), Archive(archive_path) as archive:
        check_writable(archive_path.parent)
        runs = [
            PortalRun(archive, portal, scope, limits=limits, raw=raw, watch=watch)
            for portal, scope in choose(archive)
        ]
        check_space(archive_path, limits.least_free)
        reports = tuple(_run_all(runs, settings))
        tell_of(archive, [run.portal for run in runs], settings)
    exit_code = max((report.outcome.exit_code for report in reports), default=0)
    return Crawled(exit_code, round(time.monotonic() - started, 3), reports)


def load_settings(overrides: Mapping[str, str | int | float]) -> Settings:
    """Return our Scrapy settings with `overrides` above them."""
    settings = Settings()
    settings.setmodule("cqcrawler.settings", priority="project")
    settings.setdict(dict(overrides), priority="cmdline")
    return settings


def _run_all(runs: Sequence[PortalRun], settings: Settings) -> list[Report]:
    if not runs:
        return []
    process = AsyncCrawlerProcess(settings)
    tasks = [process.crawl(spider_class(run.portal), run=run) for run in runs]
    process.start()
    return [_report(run, task) for run, task in zip(runs, tasks, strict=True)]


def _report(run: PortalRun, task: asyncio.Task[None]) -> Report:
    error = task.exception() if task.done() and not task.cancelled() else None
    if error:
        run.fail(error)  # It did not even start.
    if run.report and not error:
        return run.report
    return run.end("shutdown", {})  # Without a report it was stopped by force.
