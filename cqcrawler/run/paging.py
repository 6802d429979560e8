"""How far a run reads into each listing: page by page, for as long as there is news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from cqcrawler.models import (
    Candidate,
    FeedKind,
    FrontierPage,
    Gone,
    PageKind,
    PageResult,
    ReadListing,
)
from cqcrawler.reading.addresses import postback_number
from cqcrawler.run.scope import Scope

# Known rows may be pinned to the top and fill a page; two pages of them end a listing.
_MOST_QUIET = 2


class Rows(Protocol):
    """What paging wants of the archive's frontier."""

    def unchanged_rows(self, listing: str, rows: Iterable[Candidate]) -> set[str]: ...
    def further_pages(self, listing: str) -> list[str]: ...


@dataclass
class _Progress:
    """How far one listing was read: its further pages in their order, and which is next."""

    pages: list[str] = field(default_factory=list)
    reached: int = 0
    awaited: str | None = None
    quiet: int = 0
    met: set[str] = field(default_factory=set)

    def know(self, urls: Iterable[str], *, first: bool = False) -> None:
        """Learn of pages; what the first page names is in its order."""
        order = (*urls, *self.pages) if first else (*self.pages, *urls)
        self.pages = list(dict.fromkeys(order))


class Paging:
    """The listings of a run that need not read all of their pages.

    - A listing is read on until two pages in a row show nothing but rows that it showed before,
      with the same title and date. Rows met on an earlier page of the run do not count: neither
      pinned ones nor those that move on while we read say anything of what lies behind them.
    - With a first date, a listing is read on until all rows of a page are older.
    - A page that fails does not end a listing whose other pages are known.
    - The parts of a sitemap stand in no order: all that have changed are read (see `Beside`), and
      feeds and sitemaps beside the listings are none of them.
    """

    def __init__(self, rows: Rows, scope: Scope) -> None:
        self._rows = rows
        self._scope = scope
        self._listings: dict[str, _Progress] = {}
        self._read: set[str] = set()
        self._reached: set[str] = set()
        self.unread: set[str] = set()

    def holds_back(self, page: FrontierPage) -> bool:
        """Whether a page must wait for its turn; without a first date, new pages need not."""
        if self._scope.since is None or page.listing is None:
            return False
        return page.url not in self._reached

    def learn(self, result: PageResult) -> str | None:
        """Take note of a page before it is saved; return the one to read on with, if any.

        `unread` has the first pages of the listings that were not read to their end.
        """
        visit = result.visit
        if visit.kind is not PageKind.LISTING or visit.is_beside:
            return None
        if isinstance(result, ReadListing) and result.listing.feed is FeedKind.SITEMAP:
            self._reached.update(_pages(result))
            return None
        first = visit.continues is None
        listing = visit.continues or visit.url
        progress = self._listings.setdefault(listing, _Progress())
        self._read.add(visit.url)
        if isinstance(result, ReadListing):
            progress.know(_pages(result), first=first)
        if first:
            # Those that only follow one another come to be known one by one.
            known = self._rows.further_pages(listing)
            progress.know(url for url in known if postback_number(url) is None)
            self.unread.add(listing)
        elif progress.awaited != visit.url:
            return None  # It was left over from an earlier run, and is read beside the others.
        if first and isinstance(result, Gone):
            return None
        if isinstance(result, ReadListing):
            self._note_news(listing, result, progress)
        return self._read_on(listing, progress)

    def _read_on(self, listing: str, progress: _Progress) -> str | None:
        progress.awaited = None
        if progress.quiet >= (1 if self._scope.since else _MOST_QUIET):
            return None
        for url in progress.pages[progress.reached :]:
            progress.reached += 1
            if url not in self._read:
                progress.awaited = url
                self._reached.add(url)
                return url
        self.unread.discard(listing)
        return None

    def _note_news(self, listing: str, result: ReadListing, progress: _Progress) -> None:
        if self._scope.since:
            rows = result.listing.rows
            old = bool(rows) and all(self._scope.leaves_out(row.published) for row in rows)
            progress.quiet = int(old)
            return
        unmet = [row for row in _rows(result) if row.url not in progress.met]
        progress.met.update(row.url for row in unmet)
        if unmet:
            unchanged = self._rows.unchanged_rows(listing, unmet)
            progress.quiet = progress.quiet + 1 if len(unchanged) == len(unmet) else 0


def _pages(result: ReadListing) -> Iterable[str]:
    return (page.url for page in result.candidates if page.kind is PageKind.LISTING)


def _rows(result: ReadListing) -> Iterable[Candidate]:
    return (row for row in result.candidates if row.kind is PageKind.NOTICE)
