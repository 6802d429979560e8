"""One portal's open run: it records pages, and ends with exactly one outcome."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from cqcrawler.archive import Archive
from cqcrawler.archive.file.disk import free_space
from cqcrawler.archive.frontier.files import DueFiles
from cqcrawler.exceptions import CqcrawlerError
from cqcrawler.models import (
    Article,
    Candidate,
    Failed,
    FrontierPage,
    Outcome,
    PageKind,
    PageResult,
    Visit,
)
from cqcrawler.portals import Portal, site_of
from cqcrawler.reading.addresses import beside_address
from cqcrawler.run.bounds import BoundedFeed, Limits
from cqcrawler.run.feed import Feed
from cqcrawler.run.files import Files
from cqcrawler.run.patience import Patience
from cqcrawler.run.repeats import Repeats
from cqcrawler.run.robots import RobotsFiles
from cqcrawler.run.saving import Saving
from cqcrawler.run.scope import Scope
from cqcrawler.run.selections import Selections
from cqcrawler.run.sitemaps import Sitemaps
from cqcrawler.run.strangers import Strangers
from cqcrawler.run.tally import BLOCKED, Tally
from cqcrawler.run.usual import Usual
from cqcrawler.run.verdict import FINISHED, End, Verdict, judge
from cqcrawler.warc import WarcWriter, is_readable

logger = logging.getLogger(__name__)

_REPORTED = (
    "listing_pages",
    "detail_pages",
    "new",
    "changed",
    "unchanged",
    "withdrawn",
    "failed",
    "rejected",
    "seen",
    "pending",
)


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended, in the shape of `crawl --json`; `run_id` is None if it never began.

    `seen` of the `declared_total` notices were listed; `pending` pages are left to a later run
    where something ended this one before it had read all.
    """

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
    seen: int
    pending: int
    declared_total: int | None
    complete: bool | None


@dataclass(frozen=True, slots=True)
class Begun:
    """A run as it was entered into the archive.

    `scope` is what it set out to read; a `resumed` sweep leaves out what an earlier run has read.
    `history` is whether an earlier run of the portal was good, `known` whether one read any notice,
    `usual` what the good ones were like.
    """

    id: int
    portal: Portal
    scope: Scope
    at: datetime
    resumed: bool
    history: bool
    known: bool
    usual: Usual


class PortalRun:
    """An open run of one portal into an archive, whatever fetches the pages.

    `open_run` begins one. `report` is None until it has ended.
    """

    def __init__(self, archive: Archive, begun: Begun, warc: WarcWriter, limits: Limits) -> None:
        self.begun = begun
        # A portal made up from an address may be a single notice; one that has a file is not.
        starts, has_file = frozenset(begun.portal.start_urls), bool(begun.portal.platform)
        self._selections = Selections(begun.portal)
        self.tally = Tally(starts, expects_lists=has_file, selections=self._selections)
        self.patience = Patience(limits.pause_after, limits.give_up_after, limits.max_pause)
        self.robots = RobotsFiles(archive.robots)
        self.report: Report | None = None
        self._archive = archive
        self._warc = warc
        self._saving = Saving(archive, begun.portal, begun.id, warc, self.failed_to_read)
        self._least_free = limits.least_free
        known = None if begun.scope.full else archive.frontier.unchanged_rows
        self._repeats = Repeats(known)
        self._sitemaps = Sitemaps(archive.frontier, begun.portal.name, begun.scope)
        feed = Feed(
            archive.frontier,
            begun.portal.name,
            scope=begun.scope,
            start_urls=begun.portal.start_urls,
            max_sections=limits.max_sections,
            repeats=self._repeats,
        )
        self._beside = feed.beside
        most = begun.portal.max_pages or limits.max_pages
        self._feed = BoundedFeed(
            feed, self.patience, max_pages=most, ended=self.tally.listings.has_ended
        )
        self._files = Files(
            archive.frontier,
            begun.portal,
            DueFiles(
                lambda url: site_of(url) in begun.portal.sites,
                begun.at,
                begun.portal.revisits if begun.scope.full else 0,
            ),
            min(limits.max_files, begun.scope.max_pages or limits.max_files),
        )
        self._strangers = Strangers(partial(archive.address_with, begun.portal.name))
        self._error = ""
        self._broken = False
        self._disk_full = False
        self._sitemaps_known = 0
        self._unlisted_due = False
        self._offline = archive.upkeep.offline()

    @property
    def portal(self) -> Portal:
        """The portal that is crawled."""
        return self.begun.portal

    def has_next(self) -> bool:
        """Whether a page is ready to be fetched; `next_page` may find one all the same."""
        files = self._files.waits and not self._feed.awaits
        return self._may_save and (self._feed.has_next() or files)

    def next_page(self) -> FrontierPage | None:
        """Return the page to fetch now, None while there is none."""
        if not self._may_save:
            return None
        page = self._feed.next()
        if page is None and (self._add_sitemaps() or self._make_unlisted_due()):
            page = self._feed.next()
        if page is None and not self._feed.awaits:
            page = self._files.next(self._feed.may_ask)
        return page and self._conditional(self._filed(page))

    def _filed(self, page: FrontierPage) -> FrontierPage:
        """Return a notice's page with its sections by the listings that were read until now."""
        if page.kind is not PageKind.NOTICE:
            return page
        return replace(page, sections=self._archive.frontier.sections_of(page.url))

    def _conditional(self, page: FrontierPage) -> FrontierPage:
        """Return the page with its validators only if what they stand for can be read.

        A server that says "not modified" of a raw page that is lost would keep it lost.
        """
        source = (
            self._archive.frontier.source_of(page.url) if page.etag or page.last_modified else None
        )
        if source is None or source.record.file in self._offline:
            return page
        if is_readable(self._archive.path.parent, source.record):
            return page
        logger.warning("%s: its raw page is lost, so it is fetched anew", page.url)
        return replace(page, etag=None, last_modified=None)

    @property
    def _may_save(self) -> bool:
        return not (self._broken or self._disk_full)

    def _add_sitemaps(self) -> bool:
        """Add the sitemaps that robots.txt names, once it is read; returns whether any is new."""
        fresh = self.robots.sitemaps[self._sitemaps_known :]
        if not fresh:
            return False
        self._sitemaps_known += len(fresh)
        urls = map(self.portal.address, fresh)
        own = (url for url in urls if site_of(url) in self.portal.sites)
        others = (url for url in own if url not in self.portal.start_urls)
        pages = [Candidate(beside_address(url), PageKind.UNKNOWN) for url in others]
        return self._archive.frontier.add(self.portal.name, pages, None) > 0

    def _make_unlisted_due(self) -> bool:
        """Once all listings are read, make notices due that they no longer show.

        Returns whether there are any.
        """
        scope, frontier, name = self.begun.scope, self._archive.frontier, self.portal.name
        sweep = scope.full and not scope.narrowed
        if not sweep or self._unlisted_due or frontier.pending_count(name, PageKind.LISTING):
            return False
        self._unlisted_due = True
        return frontier.make_unlisted_due(name, self.begun.id, self.portal.revisits) > 0

    def let_go(self, url: str) -> None:
        """Wait no longer for a page of which nothing will be recorded; it stays pending."""
        self._feed.let_go(url)

    @property
    def progress(self) -> str:
        """How far it is, for people."""
        counts = self.tally.counts
        return (
            f"{counts['listing_pages']} listing pages, {counts['detail_pages']} other pages, "
            f"{self.tally.notices} notices ({counts['new']} new), {counts['failed']} failed, "
            f"{self.pending()} pending"
        )

    def pending(self) -> int:
        """Return how many pages of the portal are waiting to be read."""
        return self._archive.frontier.pending_count(self.portal.name)

    def record(self, result: PageResult) -> None:
        """Save what a page came to. What cannot be saved ends the run: more would be lost."""
        self._feed.let_go(result.visit.url)  # Whatever becomes of it, it is there.
        result = self._archive.without_forgotten(result)
        self._judge_site(result)
        with self._ended_by_errors(result.visit.url):
            source = self._archive.frontier.source_of(result.visit.url)
            before = self._saving.read_before(result, source)
            result = self._repeats.cut(self._sitemaps.select(result))
            result = self.tally.listings.judge(result)
            judged = self._strangers.judge(self._saving.keep(result, source))
        if judged and (judged.visit.kind is PageKind.FILE or self._feed.settle(judged)):
            self._save(judged, before)

    def _judge_site(self, result: PageResult) -> None:
        """Tell how the site behaved that answered; middlewares tell of those that did not."""
        if result.visit.status is None or not result.visit.exchanges:
            return
        site = site_of(result.visit.exchanges[-1].url)
        if isinstance(result, Failed) and result.error.startswith(BLOCKED):
            self.patience.failed(site, result.visit.url, result.error, refused=True)
        elif not (isinstance(result, Failed) and result.transient):
            self.patience.answered(site)

    def _save(self, result: PageResult, before: Article | None = None) -> None:
        with self._ended_by_errors(result.visit.url):
            change = self._saving.save(result, before)
            listed = self._archive.frontier.is_listed(result.visit.url)
            self.tally.add(result, change, listed=listed)
        self._disk_full |= free_space(self._archive.path) < self._least_free

    @contextmanager
    def _ended_by_errors(self, url: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self._broken = True
            self.fail(error, url)
            raise

    def failed_to_read(self, visit: Visit, error: Exception) -> Failed:
        """Take note of an error of our own in reading a page; return what the page comes to.

        The run goes on with the others, and the raw page is kept for whoever mends the error.
        """
        logger.error("%s: cannot be read", visit.url, exc_info=error)
        self.fail(error, visit.url)
        return Failed(visit, described(error))

    def fail(self, error: BaseException, where: str = "") -> None:
        """Take note of an error of our own; the first one is the run's reason."""
        self._error = self._error or described(error, where)

    def end(self, finish: str, stats: Mapping[str, object]) -> Report:
        """Finish the index, judge the run and enter its end; `finish` is Scrapy's reason.

        Never raises: an end that cannot be entered makes the run a failed one.
        """
        for failure in self._feed.failures():
            self._try(partial(self._save, failure))
        if finish == FINISHED:  # Otherwise those held back stay pending.
            for held in self._strangers.rest():
                self._try(partial(self._save, held))
        self._try(self._warc.close)
        self._try(self._archive.index_all)
        self._try(self._withdraw)
        self._try(self._compare)
        if finish != FINISHED or self._is_cut:
            self._try(self._count_pending)
        self._try(partial(self._enter_end, self._judge(finish), stats))
        self.report = self._report(self._judge(finish))
        return self.report

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception as error:
            unknown = not isinstance(error, CqcrawlerError)
            message = "%s: the run could not be ended properly: %s"
            logger.error(message, self.portal.name, error, exc_info=unknown)
            self.fail(error)

    def _withdraw(self) -> None:
        gone = self._archive.withdraw_gone(
            self.portal.name, self.begun.id, begun=self.begun.at, looked_at=self.tally.looked_at
        )
        self.tally.note_gone(gone)

    def _compare(self) -> None:
        """Count what is odd, by itself and compared with the portal's own earlier runs."""
        if self.portal.attachments:
            waiting = self._archive.frontier.pending_count(self.portal.name, PageKind.FILE)
            self.tally.counts["files_waiting"] = waiting
        self.tally.note_listings()
        self.tally.counts["left_out"] = sum(self._sitemaps.left_out.values())
        self.tally.note_cut_short(self._archive.runs.cut_short(self.begun.id))
        self.tally.note_unreadable(self._archive.runs.unreadable(self.begun.id))
        self.tally.note_usual_body(self.begun.usual.body)
        if fallen_back := self._selections.fallen_back:
            self.tally.counts["unmatched"] = fallen_back
        self.tally.counts["misread"] = self._archive.runs.misread(self.begun.id)
        if self.tally.emptied:
            self.tally.forgive(self._archive.runs.accepted_rejects(self.portal.name))

    @property
    def _is_cut(self) -> bool:
        """Whether a bound ended the run, or a site or disk that allowed no more."""
        bounded = self._feed.exhausted or self.begun.scope.max_pages is not None
        return bounded or self._disk_full or bool(self.patience.given_up)

    def _count_pending(self) -> None:
        # How many files wait is said apart.
        waiting = self._archive.frontier.pending_count(self.portal.name, PageKind.FILE)
        self.tally.counts["pending"] = self.pending() - waiting

    def _judge(self, finish: str) -> Verdict:
        begun = self.begun
        end = End(
            finish,
            self._error,
            next(iter(self.patience.given_up.values()), None),
            exhausted=self._feed.exhausted,
            full=self._disk_full,
            resumed=begun.resumed,
            unread=self._feed.unread | self._sitemaps.starts,
        )
        verdict = judge(
            self.tally,
            begun.scope,
            end,
            history=begun.history,
            known=begun.known,
            usual=begun.usual,
        )
        beside = [*self.tally.notes(), *self._sitemaps.notes()]
        if left := self._beside.left:
            beside.append(f"{left} feeds and sitemaps wait for the next run")
        if left := self.tally.counts["files_waiting"]:
            beside.append(f"{left} files of notices wait for the next run")
        reasons = filter(None, [verdict.reason, *self.robots.notes, *beside])
        return replace(verdict, reason="; ".join(reasons))

    def _enter_end(self, verdict: Verdict, stats: Mapping[str, object]) -> None:
        self._archive.runs.end(
            self.begun.id,
            at=max(self.begun.at, datetime.now(UTC)),  # A clock may have been set back.
            outcome=verdict.outcome,
            reason=verdict.reason,
            complete=verdict.complete,
            declared_total=self.tally.listings.declared_total,
            counts=self.tally.counts,
            stats=stats,
        )

    def _report(self, verdict: Verdict) -> Report:
        return Report(
            portal=self.portal.name,
            run_id=self.begun.id,
            outcome=verdict.outcome,
            reason=verdict.reason,
            scope=str(self.begun.scope),
            declared_total=self.tally.listings.declared_total,
            complete=verdict.complete,
            **{name: self.tally.counts[name] for name in _REPORTED},
        )


def never_begun(portal: Portal, scope: Scope, error: BaseException) -> Report:
    """Return the report of a run that an error kept from beginning."""
    return Report(
        portal=portal.name,
        run_id=None,
        outcome=Outcome.FAILED,
        reason=described(error),
        scope=str(scope),
        declared_total=None,
        complete=None,
        **dict.fromkeys(_REPORTED, 0),
    )


def described(error: BaseException, where: str = "") -> str:
    """Return an error as a reason for people."""
    place = f"{where}: " if where else ""
    kind = "" if isinstance(error, CqcrawlerError) else f"{type(error).__name__}: "
    return f"{place}{kind}{error}"
