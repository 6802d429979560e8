"""In which order kept pages are read: as a crawl does, listings before the notices they name."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from cqcrawler.importing.captures import Capture
from cqcrawler.models import PageKind, Postback, ReadListing
from cqcrawler.platforms.canonical import request_of
from cqcrawler.portals import address_of
from cqcrawler.reading.addresses import is_posted


class Captures:
    """The kept pages of one portal, by their addresses."""

    def __init__(self) -> None:
        self._by_address: dict[str, list[Capture]] = {}
        self._postbacks: dict[str, str] = {}
        self.count = 0

    def add(self, capture: Capture) -> None:
        self._by_address.setdefault(capture.address, []).append(capture)
        self.count += 1

    def take(self, others: Captures) -> None:
        """Add the pages of another site of the portal."""
        for kept in others._by_address.values():
            for capture in kept:
                self.add(capture)

    def of(self, url: str) -> Sequence[Capture]:
        """Return how a page of the frontier was kept, oldest first."""
        asked = self._postbacks.get(url) or url
        address = asked if is_posted(asked) else address_of(request_of(asked).url)
        found = self._by_address.get(address, ())
        return sorted(found, key=lambda capture: capture.at)

    def is_only_led_to(self, url: str) -> bool:
        """Whether a page was kept that is one only if another leads to it."""
        found = self.of(url)
        return bool(found) and not any(capture.may_be_page for capture in found)

    def learn(self, postback: Postback | None) -> None:
        """Take note of how a page was asked for that only the page before it leads to."""
        if postback:
            self._postbacks[postback.page] = address_of(
                f"{postback.url.partition('#')[0]}#post:{postback.form}"
            )

    def after(self, url: str, at: datetime) -> Capture | None:
        """Return what was kept of the page that a redirect led to at a time: next, or last."""
        found = self.of(address_of(url))
        later = (capture for capture in found if capture.at >= at)
        return next(later, found[-1] if found else None)

    def pages(self, starts: Iterable[str] = ()) -> list[str]:
        """Return the addresses that may be pages by themselves: those to start from, and the
        others as they were kept one after the other, for so a crawl met them."""
        found = {
            address: min(capture.at for capture in kept)
            for address, kept in self._by_address.items()
            if any(capture.may_be_page for capture in kept)
        }
        first = [url for url in starts if self.of(url)]
        return [*dict.fromkeys((*first, *sorted(found, key=found.__getitem__)))]


class Order:
    """Hands out the pages: listings, and what they lead to, before all others.

    `known` says what a page of the frontier is, `look` reads one as a listing, if it is one.
    """

    def __init__(
        self,
        captures: Captures,
        starts: Iterable[str],
        known: Callable[[str], PageKind | None],
        look: Callable[[str], ReadListing | None],
    ) -> None:
        self._captures = captures
        self._known = known
        self._look = look
        self._queue = deque(captures.pages(starts))
        self._later: deque[str] = deque()
        self._met: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        while self._queue or self._later:
            may_wait = bool(self._queue)
            url = (self._queue or self._later).popleft()
            if url not in self._met and not (may_wait and self._waits(url)):
                self._met.add(url)
                yield url

    def follow(self, listing: ReadListing) -> None:
        """Have the further pages of a listing come next, those that were kept, and later those
        notices that nobody would take for pages by themselves."""
        self._captures.learn(listing.listing.postback)
        notices = (page.url for page in listing.candidates if page.kind is PageKind.NOTICE)
        self._later.extend(filter(self._captures.is_only_led_to, notices))
        further = (page.url for page in listing.candidates if page.kind is PageKind.LISTING)
        self._queue.extendleft([url for url in further if self._captures.of(url)][::-1])

    def _waits(self, url: str) -> bool:
        """Whether a page has its turn later, as it is no listing."""
        kind = self._known(url)
        if kind is PageKind.LISTING:
            return False
        if kind is PageKind.NOTICE or self._look(url) is None:
            self._later.append(url)
            return True
        return False
