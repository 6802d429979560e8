"""One portal's run: it begins, records pages, and ends with exactly one outcome."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from cqcrawler.archive import Archive, Change
from cqcrawler.archive.file.disk import free_space
from cqcrawler.archive.frontier.frontier import FrontierPage, Source
from cqcrawler.exceptions import RecordError
from cqcrawler.models import Article, Outcome, PageKind, PageResult
from cqcrawler.portals import Portal
from cqcrawler.run.bounds import BoundedFeed, Limits
from cqcrawler.run.feed import Feed
from cqcrawler.run.patience import GivenUp, Patience
from cqcrawler.run.reader import notice_page, read_again, reader_version
from cqcrawler.run.scope import Scope
from cqcrawler.run.tally import Tally
from cqcrawler.run.usual import Usual, usual
from cqcrawler.run.verdict import End, Verdict, judge
from cqcrawler.warc import WarcSettings, WarcWriter, cut_torn_tails

logger = logging.getLogger(__name__)

# A tenth of a second; larger batches save nothing, and the crawl stands still meanwhile.
_INDEX_BATCH = 25
# Runs that say what is usual: a year of a daily crawl.
_HISTORY = 400
_REPORTED = (
    "listing_pages",
    "detail_pages",
    "new",
    "changed",
    "unchanged",
    "withdrawn",
    "failed",
    "rejected",
)


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended, in the shape of `crawl --json`; `run_id` is None if it never began."""

    portal: str
    run_id: int | None
    outcome: Outcome
    reason: str
    scope: str
    listing_pages: int
    detail_pages: int
    new: int
    changed: int
    unchanged: int
    withdrawn: int
    failed: int
    rejected: int
    declared_total: int | None
    complete: bool | None


class PortalRun:
    """A run of one portal into an archive, whatever fetches the pages.

    `watch` is called now and then to show how it goes.
    """

    def __init__(
        self,
        archive: Archive,
        portal: Portal,
        scope: Scope,
        *,
        limits: Limits,
        raw: WarcSettings,
        watch: Callable[[PortalRun], None] | None = None,
    ) -> None:
        self.portal = portal
        self.scope = scope
        self.watch = watch
        self.tally = Tally(frozenset(portal.start_urls))
        self.report: Report | None = None
        self.patience = Patience(limits.pause_after, limits.give_up_after, limits.max_pause)
        self._archive = archive
        self._folder = archive.path.parent
        self._raw = raw
        self._warc: WarcWriter | None = None
        self._limits = limits
        self._feed = self._make_feed()
        self._id: int | None = None
        self._began = datetime.min.replace(tzinfo=UTC)
        self._history = False
        self._usual = Usual()
        self._error = ""
        self._broken = False
        self._disk_full = False
        self._unindexed = 0
        self._resumed = False
        self._unlisted_due = False

    def begin(self) -> None:
        """Enter the run into the archive, and make the pages that it is to read pending."""
        name, now = self.portal.name, datetime.now(UTC)
        self._began = now
        earlier = self._archive.runs(portal=name, limit=_HISTORY)
        self._usual = usual(earlier)
        self._history = any(run.outcome and run.outcome.exit_code == 0 for run in earlier)
        cut_torn_tails(self._folder, name, (run.id for run in earlier if run.outcome is None))
        asked = self.scope.full
        since = None if asked else self._fall_due(now)
        # First: should we die in between, the sweep is still due.
        self._archive.frontier.begin(
            name,
            self.portal.start_urls,
            now,
            sweep=self.scope.full,
            swept_since=since,
            revisits=None if asked else self.portal.revisits,
        )
        self._id = self._archive.begin_run(
            name,
            scope=str(self.scope),
            whole=self.scope.whole,
            version=reader_version(),
            at=now,
            platform=self.portal.platform,
            region=self.portal.region,
        )
        self._warc = WarcWriter(self._folder, name, self._id, self._raw)
        self._feed = self._make_feed()  # The scope may have grown.

    def _make_feed(self) -> BoundedFeed:
        feed = Feed(
            self._archive.frontier,
            self.portal.name,
            scope=self.scope,
            start_urls=self.portal.start_urls,
            max_sections=self._limits.max_sections,
        )
        most = self.portal.max_pages or self._limits.max_pages
        return BoundedFeed(feed, self.patience, max_pages=most)

    def _fall_due(self, now: datetime) -> str | None:
        """Make the run a full one if it is time; return when one began that it continues."""
        period = (self.portal.name, now, self.portal.sweep_days)
        if not self.scope.whole or not self._archive.sweep_due(*period):
            return None
        self.scope = replace(self.scope, full=True)
        since = self._archive.unfinished_sweep(*period)
        self._resumed = since is not None
        return since

    def has_next(self) -> bool:
        """Whether there is a page to fetch now."""
        if self._broken or self._disk_full:
            return False
        return self._feed.has_next() or (self._look_for_unlisted() and self._feed.has_next())

    def next_page(self) -> FrontierPage | None:
        """Return the page to fetch now, None if there is none."""
        return self._feed.next() if self.has_next() else None

    def _look_for_unlisted(self) -> bool:
        """Once all listings are read, make notices due that they show no more; say if any are."""
        name, frontier = self.portal.name, self._archive.frontier
        sweep = self.scope.full and not self.scope.narrowed and self._id is not None
        if not sweep or self._unlisted_due or frontier.pending_count(name, PageKind.LISTING):
            return False
        self._unlisted_due = True
        assert self._id is not None
        return frontier.make_unlisted_due(name, self._id, self.portal.revisits) > 0

    def pending(self) -> int:
        """Return how many pages of the portal are waiting to be read."""
        return self._archive.frontier.pending_count(self.portal.name)

    def record(self, result: PageResult) -> None:
        """Save what a page came to. What cannot be saved ends the run: more would be lost."""
        with self._ended_by_errors(result.url):
            source = self._archive.frontier.source_of(result.url)
            before = self._read_before(result, source)
            result = self._keep(result, source)
        if self._feed.settle(result):
            self._save(result, before)

    def _save(self, result: PageResult, before: Article | None = None) -> None:
        assert self._id is not None
        with self._ended_by_errors(result.url):
            change = self._archive.save(result, self._id, before)
            self._index_some(change)
        self.tally.add(result, change)
        self._disk_full = (
            self._disk_full or free_space(self._archive.path) < self._limits.least_free
        )

    @contextmanager
    def _ended_by_errors(self, url: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self._broken = True
            self.fail(error, url)
            raise

    def _read_before(self, result: PageResult, source: Source | None) -> Article | None:
        """Return what today's rules make of the page as it was, if others read it then.

        So what a changed rule reads otherwise is not taken for an edit of the portal.
        """
        if result.article is None or source is None or source.digest == result.digest:
            return None
        if source.reader_version in (None, reader_version()):
            return None
        page = notice_page(result.url, source.listed)
        try:
            return read_again(self._folder, source.record, page, self.portal).article
        except RecordError as error:
            logger.warning("%s: cannot tell an edit from a changed rule: %s", result.url, error)
            return None

    def _keep(self, result: PageResult, source: Source | None) -> PageResult:
        """Write what came over the network, and return the result with where that lies."""
        if not result.exchanges:
            return result
        assert self._warc is not None
        record = self._warc.write(result.exchanges, source.record if source else None)
        return replace(result, exchanges=(), record=record)

    def fail(self, error: BaseException, where: str = "") -> None:
        """Take note of an error of our own; the first one is the run's reason."""
        place = f"{where}: " if where else ""
        self._error = self._error or f"{place}{type(error).__name__}: {error}"

    def end(self, finish: str, stats: Mapping[str, object]) -> Report:
        """Finish the index, judge the run and enter its end; `finish` is Scrapy's reason.

        Never raises: an end that cannot be entered makes the run a failed one.
        """
        for failure in self._feed.failures():
            self._try(partial(self._save, failure))
        if self._warc:
            self._try(self._warc.close)
        self._try(self._archive.index_all)
        self._try(self._compare)
        self._try(partial(self._enter_end, self._judge(finish), stats))
        self.report = self._report(self._judge(finish))
        return self.report

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception as error:
            logger.exception("%s: the run could not be ended properly", self.portal.name)
            self.fail(error)

    def _compare(self) -> None:
        """Count what is odd by the portal's own measure."""
        self.tally.note_usual_body(self._usual.body)
        if self._id is not None:
            self.tally.counts["misread"] = self._archive.misread(self._id)
        if self.tally.emptied:
            self.tally.forgive(self._archive.accepted_rejects(self.portal.name))

    def _judge(self, finish: str) -> Verdict:
        end = End(
            finish,
            self._error,
            self._given_up(),
            exhausted=self._feed.exhausted,
            full=self._disk_full,
            resumed=self._resumed,
            unread=self._feed.unread,
        )
        return judge(self.tally, self.scope, end, history=self._history, usual=self._usual)

    def _given_up(self) -> GivenUp | None:
        return next(iter(self.patience.given_up.values()), None)

    def _enter_end(self, verdict: Verdict, stats: Mapping[str, object]) -> None:
        if self._id is not None:
            self._archive.end_run(
                self._id,
                at=max(self._began, datetime.now(UTC)),  # A clock may have been set back.
                outcome=verdict.outcome,
                reason=verdict.reason,
                complete=verdict.complete,
                declared_total=self.tally.declared.total,
                counts=self.tally.counts,
                stats=stats,
            )

    def _index_some(self, change: Change) -> None:
        self._unindexed += change in (Change.NEW, Change.CHANGED)
        if self._unindexed >= _INDEX_BATCH:
            self._archive.index_pending(_INDEX_BATCH)
            self._unindexed = 0

    def _report(self, verdict: Verdict) -> Report:
        counts = {name: self.tally.counts[name] for name in _REPORTED}
        return Report(
            portal=self.portal.name,
            run_id=self._id,
            outcome=verdict.outcome,
            reason=verdict.reason,
            scope=str(self.scope),
            declared_total=self.tally.declared.total,
            complete=verdict.complete,
            **counts,
        )
