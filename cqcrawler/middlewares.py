"""Downloader middlewares: staying on the portal, robots.txt, and patience."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from cqcrawler.portals import site_of
from cqcrawler.run.tally import ROBOTS
from cqcrawler.spiders import Excluded, Stopped, spider_of

logger = logging.getLogger(__name__)

# A pause looks this often whether the crawl was stopped, in seconds.
_NAP = 0.5


class SameSiteMiddleware:
    """Refuses requests to any site but the portal's own.

    Links to others are never followed, so these are redirects. It also means that a portal
    cannot send us to an address inside the operator's network.
    """

    def __init__(self, sites: frozenset[str]) -> None:
        self._sites = sites

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(spider_of(crawler).portal.sites)

    def process_request(self, request: Request) -> None:
        if site_of(request.url) not in self._sites:
            raise Excluded(f"redirects to {request.url}, which is another site")


def _play_down(record: logging.LogRecord) -> bool:
    """Log a robots.txt that cannot be had as one line: the page it is for fails as well."""
    if record.exc_info:
        record.exc_info, record.levelno, record.levelname = None, logging.INFO, "INFO"
    return True


class RobotsMiddleware(RobotsTxtMiddleware):
    """Obeys robots.txt, its Crawl-delay included."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        logging.getLogger(RobotsTxtMiddleware.__module__).addFilter(_play_down)
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        crawler.signals.connect(self._slow_down, signals.robots_parsed)

    # Scrapy is about to drop the spider argument of these methods.
    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        try:
            await super().process_request(request)
        except IgnoreRequest as error:
            raise Excluded(ROBOTS) from error

    def _slow_down(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self._agent)
        if not delay:
            return
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        delay = max(delay, self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        logger.info("robots.txt of %s asks for %g seconds between requests", key, delay)
        # Without jitter, which would come below it. Slots that rest a while are made anew
        # from these settings, and AutoThrottle moves delays between its own bounds.
        downloader.per_slot_settings[key] = {"delay": delay, "jitter": 0.0}
        if slot := downloader.slots.get(key):
            slot.delay, slot.jitter = delay, 0.0
        if throttle := self.crawler.get_extension(AutoThrottle):
            throttle.mindelay = max(throttle.mindelay, delay)
            throttle.maxdelay = max(throttle.maxdelay, delay)


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
