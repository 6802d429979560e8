"""Trying again, and leaving a server alone that asks for it."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from cqcrawler.spiders import Stopped

logger = logging.getLogger(__name__)

# A pause looks this often whether the crawl was stopped, in seconds.
_NAP = 0.5


class PatientRetryMiddleware(RetryMiddleware):
    """Retries what may pass, and leaves a host alone for as long as its Retry-After says."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._longest = settings.getfloat("CQCRAWLER_MAX_RETRY_AFTER")
        self._resume: dict[str, float] = {}

    async def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).netloc
        while (left := self._resume.get(host, 0.0) - monotonic()) > 0:
            if not self.crawler.crawling:
                raise Stopped("the crawl was stopped while waiting for Retry-After")
            await asyncio.sleep(min(left, _NAP))

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        if response.status in (429, 503):
            value = (response.headers.get("Retry-After") or b"").decode("latin-1")
            wait = min(retry_after(value, datetime.now(UTC)), self._longest)
            if wait > 0:
                host = urlparse_cached(request).netloc
                logger.info("%s asks to come back in %g seconds", host, wait)
                self._resume[host] = max(self._resume.get(host, 0.0), monotonic() + wait)
        return super().process_response(request, response)


def retry_after(value: str, now: datetime) -> float:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3).

    It is a number of seconds or an HTTP date; 0 for anything else, and for a date gone by.
    """
    if value.strip().isascii() and value.strip().isdecimal():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
