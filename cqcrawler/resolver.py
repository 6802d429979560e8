"""Looking up names without holding up the end of a crawl."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import TypeVar

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import DelayedCall, ThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

_T = TypeVar("_T")


class _DaemonResolver(ThreadedResolver):
    """Looks names up in threads of their own.

    Twisted's are waited for when the event loop ends, and a look-up without an answer cannot be
    broken off.
    """

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        found: Deferred[str] = Deferred()

        def tell(result: str | Failure) -> None:
            if not found.called:
                found.callback(result)

        def look_up() -> None:
            result: str | Failure
            try:
                result = socket.gethostbyname(name)
            except (OSError, UnicodeError) as error:
                result = _failure(name, str(error))
            with suppress(RuntimeError):  # The event loop has ended meanwhile.
                self.reactor.callFromThread(tell, result)

        limit = self.reactor.callLater(sum(timeout), tell, _failure(name, "timeout error"))
        found.addBoth(_cancelling, limit)
        Thread(target=look_up, daemon=True).start()
        return found


class Resolver(CachingThreadedResolver, _DaemonResolver):
    """Scrapy's resolver, with its cache and DNS_TIMEOUT, over threads that nobody waits for."""


def _failure(name: str, why: str) -> Failure:
    error = DNSLookupError(f"address {name!r} not found: {why}")
    return Failure(error)  # type: ignore[no-untyped-call]


def _cancelling(result: _T, limit: DelayedCall) -> _T:
    if limit.active():
        limit.cancel()
    return result
