"""Pages of listings that are asked for with what only the page before them holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from cqcrawler.models import FrontierPage, PageKind, PageResult, Postback, ReadListing
from cqcrawler.reading.addresses import postback_number

_UNLED = "no page of its listing leads there any more"


class Reopening(Protocol):
    """What postbacks want of the archive's frontier."""

    def reopen(self, portal: str, url: str) -> None: ...
    def leave_gone(self, portal: str, url: str, why: str) -> None: ...


class Postbacks:
    """The pages of a run that follow one another, each asked for with what the last one holds.

    A state of the server is good for a while, so it is not kept from run to run. A page that is
    due while nobody knows how to ask for it is held back, and the listing is read again up to it,
    also where there is no other need. One that is held back when its listing has come to its end is
    gone; where a page fails instead, those behind it stay pending.
    """

    def __init__(self, frontier: Reopening, portal: str) -> None:
        self._frontier = frontier
        self._portal = portal
        self._known: dict[str, Postback] = {}
        self._held: dict[str, FrontierPage] = {}
        # By the first page of a listing, the page behind the one that was read last; None at the
        # end of the listing.
        self._onward: dict[str, str | None] = {}

    def holds_back(self, page: FrontierPage) -> bool:
        """Whether a page cannot be asked for yet."""
        if postback_number(page.url) is None or page.url in self._known:
            return False
        self._held[page.url] = page
        if page.listing in self._onward:
            self._reach(page.listing)
        return True

    def given(self, page: FrontierPage) -> FrontierPage:
        """Return a page with what it is asked for with."""
        postback = self._known.pop(page.url, None)
        return replace(page, postback=postback) if postback else page

    def learn(self, result: PageResult) -> FrontierPage | None:
        """Take note of a page before it is saved; return one that was held back until now."""
        visit = result.visit
        if visit.kind is not PageKind.LISTING or not isinstance(result, ReadListing):
            return None
        first, postback = visit.continues or visit.url, result.listing.postback
        if visit.continues is not None and postback_number(visit.url) is None:
            return None
        self._onward[first] = postback.page if postback else None
        if postback is None:
            self._reach(first)
            return None
        self._known[postback.page] = postback
        page = self._held.pop(postback.page, None)
        if page is None:
            self._reach(first)
        return page

    def _reach(self, first: str) -> None:
        """Go on towards the pages of a listing that are held back, or give them up."""
        held = [page.url for page in self._held.values() if page.listing == first]
        onward = self._onward[first]
        if held and onward in self._known:
            self._frontier.reopen(self._portal, onward)
        elif onward is None:
            for url in held:
                del self._held[url]
                self._frontier.leave_gone(self._portal, url, _UNLED)
