"""Feeds and sitemaps beside the listings: read once a run, when all else that is listed is read."""

from __future__ import annotations

from typing import Protocol

from cqcrawler.models import FeedKind, FrontierPage, ListingForm, PageKind, PageResult, ReadListing
from cqcrawler.run.scope import Scope

# Sections may have a feed each, and large sites hundreds of sitemaps; those that were read longest
# ago have their turn in the next runs.
MOST_BESIDE = 50


class Reopening(Protocol):
    """What this wants of the archive's frontier."""

    def reopen(self, portal: str, url: str) -> None: ...
    def leave_read(self, url: str) -> None: ...


class Beside:
    """The feeds and sitemaps of a run that stand beside its listings, and parts of any sitemap.

    They come last, as what a sitemap is good for shows by what the listings name. A sitemap that
    an index says is unchanged since it was read is left alone; `left` says how many were more than
    a run reads.
    """

    def __init__(self, frontier: Reopening, portal: str, scope: Scope) -> None:
        self._frontier = frontier
        self._portal = portal
        self._scope = scope
        self._held: list[FrontierPage] = []
        self._changed: dict[str, str] = {}
        self._dealt_with: set[str] = set()
        self._given = 0
        self.left = 0

    def hold(self, page: FrontierPage) -> None:
        """Keep a feed or sitemap until all else is read."""
        self._held.append(page)

    def learn(self, result: PageResult) -> None:
        """Take note of the sitemaps that an index names: each of them may have news, once a run.
        Indexes may name each other."""
        if result.visit.is_beside or result.visit.kind is PageKind.LISTING:
            self._dealt_with.add(result.visit.url)
        if not isinstance(result, ReadListing) or not _is_index(result):
            return
        for part in result.candidates:
            if part.kind is PageKind.LISTING:
                if part.url not in self._dealt_with:
                    self._frontier.reopen(self._portal, part.url)
                if part.changed:
                    self._changed[part.url] = part.changed

    def leaves_out(self, page: FrontierPage) -> bool:
        """Whether a sitemap need not be read: its index says that nothing in it has changed."""
        changed = self._changed.get(page.url)
        if changed is None or self._scope.full:
            return False
        if self._scope.since and changed[:10] < self._scope.since.isoformat():
            return True
        # A day is over when the next one has begun.
        return page.fetched_at is not None and changed < page.fetched_at[: len(changed)]

    def has_next(self) -> bool:
        """Whether there is one to be read; `next` may find that it need not be."""
        return bool(self._held) and self._given < MOST_BESIDE

    def next(self) -> FrontierPage | None:
        """Return the one to read now, those first that were read longest ago."""
        self._held.sort(key=lambda page: page.fetched_at or "", reverse=True)
        while self._held and self._given < MOST_BESIDE:
            page = self._held.pop()
            if not self.leaves_out(page):
                self._given += 1
                return page
            self._frontier.leave_read(page.url)
        for page in self._held:
            self.left += 1
            if page.kind is PageKind.LISTING:  # The others stay pending.
                self._frontier.leave_read(page.url)
        self._held.clear()
        return None


def _is_index(result: ReadListing) -> bool:
    listing = result.listing
    return listing.feed is FeedKind.SITEMAP and listing.form is ListingForm.SHELL
