"""Who may ask a server next: one queue for all portals of a process that share one."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from math import inf
from time import monotonic


@dataclass(frozen=True, slots=True)
class Throttle:
    """How a delay follows the latency of a server: Scrapy's settings `AUTOTHROTTLE_…`."""

    start: float
    longest: float
    concurrency: float


@dataclass(frozen=True, slots=True)
class Pace:
    """How a portal is to be asked: seconds between the starts of two requests, by which part of
    them that varies, and how many requests are under way at once."""

    delay: float = 0.0
    jitter: float = 0.0
    at_once: int = 1
    throttle: Throttle | None = None


class _Queue:
    """The requests for one domain or address. Of what several portals want the largest holds."""

    def __init__(self, at_once: int) -> None:
        self.places = asyncio.Semaphore(at_once)
        self.portals: set[str] = set()
        self.last = self.resume = -inf
        self.asked = 0.0  # by robots.txt
        self._delay = self._adapted = 0.0

    def join(self, portal: str, pace: Pace) -> None:
        if portal not in self.portals:
            self.portals.add(portal)
            self._delay = max(self._delay, pace.delay)
            if pace.throttle:
                self._adapted = max(self._adapted, pace.throttle.start)

    def shared(self, portal: str) -> bool:
        return self.places.locked() and self.portals != {portal}

    def next_start(self, jitter: float) -> float:
        gap = max(self.asked, max(self._delay, self._adapted) * jitter)
        return max(self.last + gap, self.resume)

    def adapt(self, throttle: Throttle, latency: float, *, good: bool) -> None:
        """Go half the way to the latency, at once where that is slower, as AutoThrottle does."""
        target = latency / throttle.concurrency
        adapted = max(target, (self._adapted + target) / 2)
        adapted = min(max(self._delay, adapted), throttle.longest)
        # Error pages come quickly, which is no reason to ask more often.
        if good or adapted > self._adapted:
            self._adapted = adapted


class Turns:
    """The queues of a process, each by the name of a domain or an address.

    A request waits for its turn in all queues that it belongs to, in the order of arrival, so
    that portals take turns. Whoever waits can be cancelled.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._queues: dict[str, _Queue] = {}

    @asynccontextmanager
    async def turn(
        self,
        portal: str,
        names: Sequence[str],
        pace: Pace,
        waiting: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> AsyncIterator[None]:
        """Wait for a turn and have it for the `async with` block; `waiting` is entered while
        other portals have theirs.

        The names must come in one order everywhere, or two requests wait for each other.
        """
        queues = [self._queue(name, pace) for name in names]
        async with AsyncExitStack() as held:
            for queue in queues:
                queue.join(portal, pace)
                with waiting() if queue.shared(portal) else nullcontext():
                    await held.enter_async_context(queue.places)
            jitter = 1 + random.uniform(-pace.jitter, pace.jitter)
            # Again after each sleep: others may have begun, or been asked to wait.
            while (left := self._left(queues, jitter)) > 0:
                await asyncio.sleep(left)
            for queue in queues:
                queue.last = self._clock()
            yield

    def slow_down(self, names: Sequence[str], seconds: float, pace: Pace) -> None:
        """Leave so many seconds between requests from now on, as robots.txt asks."""
        for name in names:
            queue = self._queue(name, pace)
            queue.asked = max(queue.asked, seconds)

    def leave_alone(self, names: Sequence[str], seconds: float) -> None:
        """Let some time pass before the next request, as the server asks."""
        for queue in filter(None, map(self._queues.get, names)):
            queue.resume = max(queue.resume, self._clock() + seconds)

    def answered(self, names: Sequence[str], pace: Pace, latency: float, *, good: bool) -> None:
        """Adapt to a server that answered after so many seconds."""
        if pace.throttle:
            for queue in filter(None, map(self._queues.get, names)):
                queue.adapt(pace.throttle, latency, good=good)

    def _queue(self, name: str, pace: Pace) -> _Queue:
        if name not in self._queues:
            self._queues[name] = _Queue(pace.at_once)
        return self._queues[name]

    def _left(self, queues: Sequence[_Queue], jitter: float) -> float:
        start = max((queue.next_start(jitter) for queue in queues), default=-inf)
        return start - self._clock()
