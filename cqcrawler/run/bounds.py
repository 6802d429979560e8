"""What bounds a run whatever its scope, and the second chance of pages that failed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from cqcrawler.models import Excluded, Failed, FrontierPage, PageResult, PageState
from cqcrawler.portals import site_of
from cqcrawler.run.patience import Patience

# Kept in memory until the run ends; more failures than this are no passing trouble.
_MOST_SECOND_CHANCES = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings `CQCRAWLER_…` of the same names, where each has its reason."""

    max_sections: int
    max_pages: int
    pause_after: int
    give_up_after: int
    max_pause: float
    least_free: int = 0  # bytes
    max_files: int = 1000


class Pages(Protocol):
    """What is bounded: a feed."""

    def has_next(self) -> bool: ...

    def fill(self) -> bool: ...

    def next(self) -> FrontierPage | None: ...

    def fill_failed(self) -> bool: ...

    def next_failed(self) -> FrontierPage | None: ...

    def fill_beside(self) -> bool: ...

    def next_beside(self) -> FrontierPage | None: ...

    def learn(self, result: PageResult) -> None: ...

    @property
    def unread(self) -> frozenset[str]: ...


class BoundedFeed:
    """The pages of a feed, as many as a run may fetch, of the sites that are not given up.

    A page that failed for a reason which may pass is asked for once more when all others have
    had their turn; until then it stays pending in the archive. So are, before them, pages that
    failed in earlier runs: they must not keep others from being read.
    """

    def __init__(
        self, feed: Pages, patience: Patience, *, max_pages: int, ended: Callable[[str], bool]
    ) -> None:
        self._feed = feed
        self._ended = ended  # Whether a listing is asked for no further pages, by its first one.
        self._patience = patience
        self.exhausted = False  # There were more pages than the run may fetch.
        self._left = max_pages
        self._out: dict[str, FrontierPage] = {}
        self._awaited: set[str] = set()
        self._again: deque[FrontierPage] = deque()
        self._failures: dict[str, Failed] = {}
        self._read = False

    @property
    def unread(self) -> frozenset[str]:
        """The first pages of the listings that were not read to their end, by decision."""
        return self._feed.unread

    @property
    def awaits(self) -> bool:
        """Whether a page was handed out of which nothing is known yet."""
        return bool(self._awaited)

    def may_ask(self, url: str) -> bool:
        """Whether the site of an address is not given up."""
        return site_of(url) not in self._patience.given_up

    def has_next(self) -> bool:
        """Whether a page is ready to be fetched."""
        again = bool(self._again) and not self._awaited
        return self._left > 0 and (self._feed.has_next() or again)

    def next(self) -> FrontierPage | None:
        """Return the page to fetch now, None while there is none."""
        if self._left <= 0:
            more = self._feed.fill() or self._feed.fill_beside() or self._feed.fill_failed()
            self.exhausted |= more or bool(self._again)
            return None
        page = next((page for page in self._next_pages() if self._may_ask(page)), None)
        if page is not None:
            self._left -= 1
            self._out[page.url] = page
            self._awaited.add(page.url)
        return page

    def settle(self, result: PageResult) -> bool:
        """Whether a result is final: False for a failure that gets a second chance."""
        url = result.visit.url
        page = self._out.pop(url, None)
        self._awaited.discard(url)
        self._left += isinstance(result, Excluded)  # It was not fetched.
        self._read |= result.state is PageState.DONE
        if page is not None and isinstance(result, Failed) and self._deserves_another(result):
            self._again.append(page)
            self._failures[url] = result
            return False
        self._failures.pop(url, None)
        self._feed.learn(result)
        return True

    def let_go(self, url: str) -> None:
        """Wait no longer for a page that was handed out."""
        self._awaited.discard(url)

    def failures(self) -> list[Failed]:
        """Return the failures whose second chance did not come, when the run ends."""
        left = [*self._failures.values()]
        self._failures.clear()
        return left

    def _next_pages(self) -> Iterator[FrontierPage]:
        while page := self._feed.next():
            yield page
        if self._awaited:
            return  # They may lead to others, which come first.
        while page := self._feed.next_beside():
            yield page
        while page := self._feed.next_failed():
            yield page
        while self._again:
            yield self._again.popleft()

    def _may_ask(self, page: FrontierPage) -> bool:
        if page.listing is not None and self._ended(page.listing):
            return False
        return self.may_ask(page.url)

    def _deserves_another(self, result: Failed) -> bool:
        # If nothing else was read in between, a second try would follow the first at once.
        return (
            self._read
            and result.transient
            and result.visit.url not in self._failures
            and len(self._failures) < _MOST_SECOND_CHANCES
        )
