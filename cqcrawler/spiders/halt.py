"""What ends all waiting of a crawl: a stop, and the deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic
from typing import Any, TypeVar

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

_T = TypeVar("_T")

# Whoever waits looks this often whether to go on, in seconds.
_NAP = 0.5


class Stopped(IgnoreRequest):
    """Raised for a page that was under way or still waiting when the crawl was stopped."""


class Overdue(Stopped):
    """Raised for a page that was under way or still waiting when the deadline passed."""


class Halt:
    """Tells a crawl's waits and requests that it is to end.

    The deadline is CLOSESPIDER_TIMEOUT seconds away. Time in which other portals have their
    turns at a shared server does not count.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._deadline = monotonic() + (crawler.settings.getfloat("CLOSESPIDER_TIMEOUT") or inf)
        self._waiting = 0
        self._since = 0.0

    @property
    def left(self) -> float:
        """The seconds until the deadline, if nothing else has to be waited for."""
        return self._deadline - (self._since if self._waiting else monotonic())

    @contextmanager
    def waiting_for_others(self) -> Iterator[None]:
        """Put the deadline off for as long as this lasts."""
        if not self._waiting:
            self._since = monotonic()
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._deadline += monotonic() - self._since

    def check(self) -> None:
        """Raise Stopped or Overdue if the crawl is to end."""
        if not self._crawler.crawling:
            raise Stopped("the crawl was stopped")
        if self.left <= 0:
            raise Overdue("the deadline passed")

    async def sleep(self, seconds: float) -> None:
        """Sleep, for a nap at most; raise Stopped or Overdue if the crawl is to end."""
        self.check()
        await asyncio.sleep(min(seconds, _NAP))

    async def race(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Return what `work` does, or break it off and raise Stopped or Overdue."""
        task = asyncio.ensure_future(work)
        try:
            self.check()
            while not (await asyncio.wait({task}, timeout=_NAP))[0]:
                self.check()
            return task.result()
        finally:
            task.cancel()
