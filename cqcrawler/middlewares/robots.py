"""Obeying robots.txt."""

from __future__ import annotations

import logging

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.robotstxt import RobotParser

from cqcrawler.run.tally import ROBOTS
from cqcrawler.spiders import MustNotFetch

logger = logging.getLogger(__name__)


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
            raise MustNotFetch(ROBOTS) from error

    def _slow_down(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self._agent)
        if not delay:
            return
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        delay = max(delay, self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        logger.info("robots.txt of %s asks for %g seconds between requests", key, delay)
        # Without jitter, which would come below it. Slots that rest a while are made again
        # from these settings, and AutoThrottle moves delays between its own bounds.
        downloader.per_slot_settings[key] = {"delay": delay, "jitter": 0.0}
        if slot := downloader.slots.get(key):
            slot.delay, slot.jitter = delay, 0.0
        if throttle := self.crawler.get_extension(AutoThrottle):
            throttle.mindelay = max(throttle.mindelay, delay)
            throttle.maxdelay = max(throttle.maxdelay, delay)
