"""Running crawls: several portals at once in one Scrapy process, into one archive.

The `cqcrawler` command, `scrapy crawl` and scrapyd all come through here.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import BaseSettings, Settings

from cqcrawler.archive import Archive
from cqcrawler.archive.file.disk import check_space
from cqcrawler.archive.file.lock import writing
from cqcrawler.checks import check_settings
from cqcrawler.exceptions import CqcrawlerError
from cqcrawler.health import look_at, tell_changes
from cqcrawler.log_file import logging_to_file
from cqcrawler.portals import Portal
from cqcrawler.run.bounds import Limits
from cqcrawler.run.due import next_due
from cqcrawler.run.opening import open_run
from cqcrawler.run.run import PortalRun, Report, never_begun
from cqcrawler.run.scope import Scope
from cqcrawler.run.turns import Turns
from cqcrawler.spiders import spider_class
from cqcrawler.text.controls import PlainRecord
from cqcrawler.warc import WarcSettings, check_writable

logger = logging.getLogger(__name__)

Jobs = Sequence[tuple[Portal, Scope]]
Choose = Callable[[Archive], Jobs]
# Is called now and then with each run, to show how it goes.
Watch = Callable[[PortalRun], None]


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
    the archive cannot be used; whatever goes wrong with a portal later is in its report.
    """
    settings = load_settings(overrides or {})
    with logging_to_file(settings):
        return crawl_under(settings, lambda archive: jobs, archive_path, watch=watch)


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
            (portal, next_due(portal, archive.runs.last(portal.name, whole=True), now))
            for portal in registry
        )
        return [(portal, scope) for portal, at in due if at and at <= now]

    settings = load_settings(overrides or {})
    with logging_to_file(settings):
        return crawl_under(settings, choose, archive_path, watch=watch)


def crawl_under(
    settings: Settings,
    choose: Choose,
    archive_path: Path,
    *,
    process: AsyncCrawlerProcess | None = None,
    watch: Watch | None = None,
) -> Crawled:
    """Crawl what `choose` says once the archive is ours: another run may have done it by then.

    Without a Scrapy `process` one is made from the settings.
    """
    logging.setLogRecordFactory(PlainRecord)  # The log has titles and addresses of pages.
    started = time.monotonic()
    limits = limits_of(settings)
    with writing(archive_path), Archive(archive_path) as archive:
        check_writable(archive_path.parent)
        jobs = choose(archive)
        check_space(archive_path, limits.least_free)
        reports = _crawl_all(jobs, archive, settings, limits, process, watch)
        tell_of(archive, [portal for portal, _ in jobs], settings)
    exit_code = max((report.outcome.exit_code for report in reports), default=0)
    return Crawled(exit_code, round(time.monotonic() - started, 3), reports)


def load_settings(overrides: Mapping[str, str | int | float]) -> Settings:
    """Return our Scrapy settings with `overrides` above them; UsageError for what cannot be."""
    settings = Settings()
    settings.setmodule("cqcrawler.settings", priority="project")
    settings.setdict(dict(overrides), priority="cmdline")
    check_settings(settings)
    return settings


def limits_of(settings: BaseSettings) -> Limits:
    """Return what the settings bound a run by."""
    return Limits(
        max_sections=settings.getint("CQCRAWLER_MAX_SECTIONS"),
        max_pages=settings.getint("CQCRAWLER_MAX_PAGES"),
        pause_after=settings.getint("CQCRAWLER_PAUSE_AFTER"),
        give_up_after=settings.getint("CQCRAWLER_GIVE_UP_AFTER"),
        max_pause=settings.getfloat("CQCRAWLER_MAX_PAUSE"),
        least_free=settings.getint("CQCRAWLER_LEAST_FREE_MB") * 2**20,
        max_files=settings.getint("CQCRAWLER_MAX_FILES"),
    )


def warc_settings(settings: BaseSettings) -> WarcSettings:
    """Return how raw pages are kept, and what their files say of the crawl."""
    about = {
        "operator": settings["CQCRAWLER_CONTACT"],
        "http-header-user-agent": settings["USER_AGENT"],
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
    }
    return WarcSettings(settings.getint("CQCRAWLER_WARC_SIZE"), about)


def tell_of(archive: Archive, portals: Sequence[Portal], settings: BaseSettings) -> None:
    """Tell the webhook of the settings how portals are that were just crawled.

    A signal ends it: those of Scrapy's are for the crawl, which is over.
    """
    url, template = settings["CQCRAWLER_WEBHOOK"], settings["CQCRAWLER_WEBHOOK_TEMPLATE"]
    try:
        names = [portal.name for portal in portals]
        found = look_at(names, archive, portals, datetime.now(UTC), writing=False)
        with _interrupted_by_signals():
            tell_changes(archive, found, url, template)
    except KeyboardInterrupt:
        logger.warning("a signal came before the webhook was told; it is told the next time")
    except Exception as error:  # The crawl is over, and its own result is what is to be reported.
        unknown = not isinstance(error, CqcrawlerError)
        logger.error("how the portals are could not be told: %s", error, exc_info=unknown)


@contextmanager
def _interrupted_by_signals() -> Iterator[None]:
    """Have SIGINT and SIGTERM raise KeyboardInterrupt."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, signal.default_int_handler) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _crawl_all(
    jobs: Jobs,
    archive: Archive,
    settings: Settings,
    limits: Limits,
    process: AsyncCrawlerProcess | None,
    watch: Watch | None,
) -> tuple[Report, ...]:
    """Crawl all portals at once, each in a run of its own, and return how they ended."""
    if not jobs:
        return ()
    process = process or AsyncCrawlerProcess(settings)
    raw = warc_settings(settings)
    turns = Turns()
    crawls: list[tuple[PortalRun, asyncio.Task[None]] | Report] = []
    for portal, scope in jobs:
        try:
            run = open_run(archive, portal, scope, limits=limits, raw=raw)
        except Exception as error:  # The others can be crawled all the same.
            unknown = not isinstance(error, CqcrawlerError)
            logger.error("%s: the run could not begin: %s", portal.name, error, exc_info=unknown)
            crawls.append(never_begun(portal, scope, error))
        else:
            spider = spider_class(portal)
            show = partial(watch, run) if watch else None
            crawls.append((run, process.crawl(spider, run=run, show=show, turns=turns)))
    process.start()
    return tuple(each if isinstance(each, Report) else _report(*each) for each in crawls)


def _report(run: PortalRun, task: asyncio.Task[None]) -> Report:
    error = task.exception() if task.done() and not task.cancelled() else None
    if error:
        run.fail(error)  # It did not even start.
    if run.report and not error:
        return run.report
    return run.end("shutdown", {})  # Without a report it was stopped by force.
