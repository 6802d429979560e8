"""Which page of the frontier a run fetches next."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Collection
from enum import IntEnum
from typing import Protocol

from cqcrawler.models import BESIDE, Excluded, FrontierPage, PageKind, PageResult
from cqcrawler.run.beside import Beside
from cqcrawler.run.paging import Paging, Rows
from cqcrawler.run.postbacks import Postbacks
from cqcrawler.run.repeats import Repeats
from cqcrawler.run.scope import Scope

logger = logging.getLogger(__name__)

# Small, so that little is held in memory.
_BATCH = 50


class _Rank(IntEnum):
    """What is fetched first. Without a budget all is fetched, and the order matters little."""

    START = 0
    FRESH = 1  # Notices that were never read.
    LISTING = 2
    UNKNOWN = 3
    KNOWN = 4  # Notices that are looked at again.


class Frontier(Rows, Protocol):
    """What a feed wants of the archive's frontier."""

    def take(self, portal: str, limit: int, starts: Collection[str]) -> list[FrontierPage]: ...
    def take_failed(self, portal: str, limit: int) -> list[FrontierPage]: ...
    def reopen(self, portal: str, url: str) -> None: ...
    def leave_read(self, url: str) -> None: ...
    def leave_gone(self, portal: str, url: str, why: str) -> None: ...


class Feed:
    """The pending pages of one portal, in the order and within the bounds of a run's scope.

    - A page budget goes to the start pages, then to notices not read yet, then to further
      listings: listings first would use it up before a single notice is read, and notices due
      for a revisit would use it up again in every run.
    - Listings are paged one by one for as long as they have news (see `Paging`), unless the
      run is to read all of them.
    - Pages that only the page before them leads to follow one another (see `Postbacks`).
    - Where a listing's pages only repeat each other, those that were read before are left alone.
    - At most `max_sections` pages of unknown kind are tried, as a home page may link to
      anything. What is left out stays pending in the archive.
    - Pages that failed in earlier runs are given apart from the others, the start pages excepted,
      and so are feeds and sitemaps beside the listings (see `Beside`).
    """

    def __init__(
        self,
        frontier: Frontier,
        portal: str,
        *,
        scope: Scope,
        start_urls: Collection[str],
        max_sections: int,
        repeats: Repeats,
    ) -> None:
        self._frontier = frontier
        self._repeats = repeats
        self._portal = portal
        self._scope = scope
        self._starts = frozenset(start_urls)
        self._budget = scope.max_pages
        self._sections_left = max_sections
        self._ready: tuple[deque[FrontierPage], ...] = tuple(deque() for _ in _Rank)
        self._failed: deque[FrontierPage] = deque()
        self._paging = None if scope.full and not scope.since else Paging(frontier, scope)
        self._waiting: dict[str, FrontierPage] = {}
        self._postbacks = Postbacks(frontier, portal)
        self.beside = Beside(frontier, portal, scope)

    @property
    def unread(self) -> frozenset[str]:
        """The first pages of the listings that were not read to their end, by decision."""
        return frozenset(self._paging.unread if self._paging else ())

    def has_next(self) -> bool:
        """Whether a page is ready to be fetched; `fill` may make one so."""
        return self._budget != 0 and any(self._ready)

    def fill(self) -> bool:
        """Take pages out of the frontier until one is ready, and return whether one is."""
        if self._budget != 0:
            while not self._stocked() and (batch := self._take()):
                for page in filter(self._wanted, batch):
                    self._ready[self._rank(page)].append(page)
        return self.has_next()

    def fill_failed(self) -> bool:
        """Do what `fill` does, for pages that failed in earlier runs."""
        if self._budget != 0:
            while not self._failed and (batch := self._frontier.take_failed(self._portal, _BATCH)):
                self._failed.extend(filter(self._wanted, batch))
        return self._budget != 0 and bool(self._failed)

    def fill_beside(self) -> bool:
        """Do what `fill` does, for feeds and sitemaps beside the listings."""
        return self._budget != 0 and self.beside.has_next()

    def next(self) -> FrontierPage | None:
        """Return the page to fetch now, None while there is none."""
        if not self.fill():
            return None
        return self._give(next(queue for queue in self._ready if queue))

    def next_failed(self) -> FrontierPage | None:
        """Return a page to fetch that failed in an earlier run, or one that leads there; None while
        there is none."""
        return self._give(self._failed) if self.fill_failed() else self.next_beside()

    def next_beside(self) -> FrontierPage | None:
        """Return a feed or sitemap to read, or a page that others led to; None while there is
        none."""
        if self.fill():
            return self.next()
        page = self.beside.next() if self._budget != 0 else None
        return self._give(deque([page])) if page else None

    def learn(self, result: PageResult) -> None:
        """Take note of what a page came to, before it is saved."""
        self.beside.learn(result)
        if isinstance(result, Excluded) and self._budget is not None:
            self._budget += 1  # It was not fetched.
        if held := self._postbacks.learn(result):
            self._ready[self._rank(held)].append(held)
        url = self._paging.learn(result) if self._paging else None
        if url and result.visit.continues not in self._repeats.ended:
            if page := self._waiting.pop(url, None):
                self._ready[self._rank(page)].append(page)
            else:
                self._frontier.reopen(self._portal, url)

    def _give(self, queue: deque[FrontierPage]) -> FrontierPage:
        if self._budget is not None:
            self._budget -= 1
        return self._postbacks.given(queue.popleft())

    def _take(self) -> list[FrontierPage]:
        return self._frontier.take(self._portal, _BATCH, self._starts)

    def _stocked(self) -> bool:
        # A budget is for the best pages, so it looks for them behind the others.
        best = self._ready if self._budget is None else self._ready[: _Rank.FRESH + 1]
        return any(best)

    def _rank(self, page: FrontierPage) -> _Rank:
        if page.url in self._starts:
            return _Rank.START
        if page.kind is PageKind.LISTING:
            return _Rank.LISTING
        if page.kind is PageKind.UNKNOWN:
            return _Rank.UNKNOWN
        return _Rank.KNOWN if page.fetched_at else _Rank.FRESH

    def _wanted(self, page: FrontierPage) -> bool:
        if page.url.endswith(BESIDE):
            self.beside.hold(page)
            return False
        match page.kind:
            case PageKind.NOTICE:
                return not self._scope.leaves_out(page.published)
            case PageKind.UNKNOWN if page.url not in self._starts:
                return self._try_section()
            case PageKind.LISTING if self.beside.leaves_out(page):
                self._frontier.leave_read(page.url)
                return False
            case PageKind.LISTING if page.fetched_at and page.listing in self._repeats.ended:
                self._frontier.leave_read(page.url)
                return False
            case PageKind.LISTING if self._paging and self._paging.holds_back(page):
                self._waiting[page.url] = page
                return False
            case PageKind.LISTING:
                return not self._postbacks.holds_back(page)
        return True

    def _try_section(self) -> bool:
        if self._sections_left == 0:
            logger.warning(
                "%s: links to more than CQCRAWLER_MAX_SECTIONS pages of unknown kind; "
                "the others wait for the next run",
                self._portal,
            )
        self._sections_left -= 1
        return self._sections_left >= 0
