"""One portal's pages out of files: read and saved as a crawl does, but for what they cannot tell.

That is: nothing is withdrawn, what failed is counted and not entered, and no page that is older
than what is held becomes the newest.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from cqcrawler.archive import Archive, Change
from cqcrawler.archive.frontier.standing import Standing
from cqcrawler.exceptions import CqcrawlerError
from cqcrawler.importing.captures import Capture, Refused
from cqcrawler.importing.order import Captures, Order
from cqcrawler.importing.verdict import judge
from cqcrawler.models import (
    Answer,
    Article,
    Exchange,
    Excluded,
    Failed,
    FeedKind,
    FrontierPage,
    Gone,
    Outcome,
    PageKind,
    PageResult,
    PageState,
    ReadListing,
    ReadNotice,
    Rejected,
    Visit,
)
from cqcrawler.portals import Portal
from cqcrawler.reading.addresses import resolve, without_userinfo
from cqcrawler.reading.page.decoding import LARGEST
from cqcrawler.run.interpret import cleaned, interpret
from cqcrawler.run.run import described
from cqcrawler.run.saving import Saving
from cqcrawler.run.strangers import Strangers
from cqcrawler.run.tally import Tally
from cqcrawler.warc import WarcWriter
from cqcrawler.warc.foreign import Damaged, Unusable
from cqcrawler.warc.payload import TooLarge, answer_to

logger = logging.getLogger(__name__)

_MOST_REDIRECTS = 5
_MOST_TOLD = 100  # pages that the row of a run names which are not in the archive


class _Read(NamedTuple):
    """A kept page, what it was expected to be, and what it came to."""

    capture: Capture
    page: FrontierPage
    result: PageResult


class Ended(NamedTuple):
    """How a run ended, with all that was counted."""

    outcome: Outcome
    reason: str
    counts: Counter[str]


class ImportRun:
    """An open run that reads the kept pages of one portal into an archive.

    `tally` counts as a crawl's does, `counts` what only an import knows: pages `held` already,
    `older` ones, `others` that are neither notices nor listings, and `unasked` scripts, data and
    files that no page led to; `tally` has `listed_gone`, too, rows of which nothing else is held.
    `refused` are pages that could not be read. Without `keep_raw` no raw page is written.
    """

    def __init__(
        self,
        archive: Archive,
        portal: Portal,
        run_id: int,
        warc: WarcWriter,
        captures: Captures,
        *,
        keep_raw: bool = True,
    ) -> None:
        self.portal = portal
        self.run_id = run_id
        self.tally = Tally(frozenset(portal.start_urls))
        self.counts = Counter(held=0, older=0, others=0)
        self.refused: list[Refused] = []
        self._error = ""
        self._said: Counter[str] = Counter()
        self._others: list[str] = []
        self._archive = archive
        self._warc = warc
        self._saving = Saving(archive, portal, run_id, warc, self._failed_to_read)
        self._strangers = Strangers(partial(archive.address_with, portal.name))
        self._captures = captures
        self._order = Order(captures, portal.start_urls, self._kind, self._look)
        self._keep_raw = keep_raw
        self._named: dict[str, PageKind] = {}
        self._led_to: set[Capture] = set()
        self._counted: set[str] = set()
        self._last: _Read | None = None

    def read(self, progress: Callable[[float], None]) -> None:
        """Read all pages; `progress` is told which share of them is done."""
        done = 0
        for url in self._order:
            kept = self._captures.of(url)
            for capture in kept:
                if capture not in self._led_to or self._archive.frontier.known(url):
                    self._take(url, capture)
            done += len(kept)
            progress(min(1.0, done / self._captures.count))
        self.counts["unasked"] = self._captures.count - done
        for held in self._strangers.rest():
            self._save(held)

    def fail(self, error: Exception) -> None:
        """Take note of an error of our own; the first one is the run's reason."""
        if not isinstance(error, CqcrawlerError):
            logger.error("%s: the import failed", self.portal.name, exc_info=error)
        self._error = self._error or described(error)

    def end(self, *, interrupted: bool) -> Ended:
        """Finish the index and enter how the run ended."""
        for step in (self._warc.close, self._archive.index_all, self._compare):
            try:
                step()
            except Exception as error:
                self.fail(error)
        missing = self._missing()
        self.counts["missing"] = len(missing)
        outcome, reason = judge(
            self.tally,
            error=self._error,
            interrupted=interrupted,
            missing=missing,
            refused=len(self.refused),
            held=self.counts["held"] + self.counts["older"],
        )
        counts = self.tally.counts + self.counts
        told = [f"{refused.where}: {refused.why}" for refused in self.refused[:_MOST_TOLD]]
        self._archive.runs.end(
            self.run_id,
            at=datetime.now(UTC),
            outcome=outcome,
            reason=reason,
            counts=counts,
            stats={"refused": told, "others": self._others[:_MOST_TOLD], "said": dict(self._said)},
        )
        return Ended(outcome, reason, counts)

    def _compare(self) -> None:
        self.tally.note_listings()
        self.tally.note_cut_short(self._archive.runs.cut_short(self.run_id))

    def _missing(self) -> list[str]:
        """Return the pages that the listings name and that nobody has read."""
        return [url for url in self._named if self._is_unread(url)]

    def _is_unread(self, url: str) -> bool:
        """Whether nobody has read a page, and no state of it was counted here."""
        unread = (PageState.PENDING, PageState.FAILED)
        return url not in self._counted and self._archive.frontier.state(url) in unread

    def _kind(self, url: str) -> PageKind | None:
        known = self._archive.frontier.known(url)
        return known.kind if known else None

    def _look(self, url: str) -> ReadListing | None:
        """Return a page as a listing, by the first state of it that is news, if it is one."""
        for capture in self._captures.of(url):
            if self._standing(url, capture) is not Standing.HELD:
                result = self._read(capture, self._page(url)).result
                return result if isinstance(result, ReadListing) else None
        return None

    def _take(self, url: str, capture: Capture) -> None:
        page, standing = self._page(url), self._standing(url, capture)
        if page.kind is PageKind.FILE:  # A page in place of a file is none; a crawl asks for it.
            self.counts["others"] += 1
            self._others.append(url)
            return
        if standing is not Standing.NEWER:
            self.counts[standing.value] += 1
            if page.kind is PageKind.NOTICE:
                return
        result = self._archive.without_forgotten(self._read(capture, page).result)
        if isinstance(result, ReadListing):
            result = self._without_the_rest(result)
            self._order.follow(result)
            named = (page for page in result.candidates if page.kind is not PageKind.UNKNOWN)
            self._named |= {page.url: page.kind for page in named}
        if standing is Standing.NEWER:
            self._judge(result, capture)
        elif standing is Standing.OLDER and isinstance(result, ReadListing):
            self._archive.learn(result, self.run_id)

    def _without_the_rest(self, result: ReadListing) -> ReadListing:
        """Return a listing; of a sitemap, which may name all that a site has, what was kept."""
        if result.listing.feed is not FeedKind.SITEMAP:
            return result
        kept = (page for page in result.candidates if self._captures.of(page.url))
        return replace(result, candidates=tuple(kept))

    def _judge(self, result: PageResult, capture: Capture) -> None:
        """Save what was read. What was not is counted: that it failed says nothing of today."""
        url = result.visit.url
        if isinstance(result, Rejected) and result.visit.kind is PageKind.UNKNOWN:
            self.counts["others"] += 1
            self._others.append(url)
            return
        source = self._archive.frontier.source_of(url)
        before = self._saving.read_before(result, source)
        if isinstance(result, ReadNotice | ReadListing | Rejected):
            if not self._keep_raw:
                result = replace(result, visit=replace(result.visit, exchanges=()))
            self._said.update(capture.said)
            judged = self._strangers.judge(self._saving.keep(result, source))
            if judged:
                self._save(judged, before)
            return
        self.tally.add(result, Change.NONE)
        if isinstance(result, Gone) and url in self._named and self._is_unread(url):
            self.tally.counts["listed_gone"] += 1
            self.tally.samples.setdefault("listed_gone", f"{url}: {result.error}")
        if isinstance(result, Failed):
            self.refused.append(Refused(capture.where, f"{url}: {result.error}"))
        if not isinstance(result, Excluded):
            self._counted.add(url)

    def _save(self, result: PageResult, before: Article | None = None) -> None:
        self.tally.add(result, self._saving.save(result, before))

    def _standing(self, url: str, capture: Capture) -> Standing:
        return self._archive.frontier.standing(url, capture.at)

    def _page(self, url: str) -> FrontierPage:
        known = self._archive.frontier.known(url)
        return known or FrontierPage(url, PageKind.UNKNOWN, None, None, None, None, None)

    def _read(self, capture: Capture, page: FrontierPage) -> _Read:
        """Return what a kept page comes to; that of the last one is remembered."""
        if self._last is None or self._last[:2] != (capture, page):
            self._last = _Read(capture, page, self._result(capture, page))
        return self._last

    def _result(self, capture: Capture, page: FrontierPage) -> PageResult:
        visit = Visit(page.url, self.portal.name, page.kind, capture.at, continues=page.listing)
        try:
            exchanges = self._exchanges(capture)
            answer = answer_to(exchanges[-1], max_size=LARGEST)
        except _LeadsAway as error:
            return Excluded(visit, str(error))
        except (Damaged, Unusable, TooLarge) as error:
            return Failed(visit, str(error))
        except OSError as error:
            return Failed(visit, error.strerror or str(error))
        result = self._interpret(answer, page, visit)
        if isinstance(result, ReadNotice):
            warnings = (*result.article.warnings, *capture.said)
            result = replace(result, article=replace(result.article, warnings=warnings))
        return replace(result, visit=replace(result.visit, exchanges=exchanges))

    def _exchanges(self, capture: Capture) -> tuple[Exchange, ...]:
        """Return what was kept of a page, and before that the redirects that lead there."""
        exchanges: list[Exchange] = []
        while True:
            kept = capture.read()
            kept = replace(kept, url=without_userinfo(kept.url))
            exchanges.append(kept)
            if not capture.location:
                return tuple(exchanges)
            url = resolve(capture.location, kept.url) or capture.location
            following = self._captures.after(url, capture.at)
            if following is None or len(exchanges) > _MOST_REDIRECTS:
                raise _LeadsAway(f"leads to {url}, which was not kept")
            self._led_to.add(following)
            capture = following

    def _interpret(self, answer: Answer, page: FrontierPage, visit: Visit) -> PageResult:
        try:
            return cleaned(interpret(answer, page, self.portal), self.portal)
        except Exception as error:
            return self._failed_to_read(replace(visit, status=answer.status), error)

    def _failed_to_read(self, visit: Visit, error: Exception) -> Failed:
        logger.error("%s: cannot be read", visit.url, exc_info=error)
        self._error = self._error or described(error, visit.url)
        return Failed(visit, described(error))


class _LeadsAway(Exception):
    """Raised for a redirect to a page that was not kept."""
