"""Obeying robots.txt."""

from __future__ import annotations

import logging

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.robotstxt import RobotParser

from cqcrawler.downloads import queues_of
from cqcrawler.run.tally import ROBOTS
from cqcrawler.spiders import MustNotFetch, spider_of

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

    async def _slow_down(self, robotparser: RobotParser, request: Request) -> None:
        delay = robotparser.crawl_delay(self._agent)
        if delay:
            spider = spider_of(self.crawler)
            logger.info("robots.txt asks for %g seconds: %s", delay, request.url)
            spider.turns.slow_down(await queues_of(request), delay, spider.pace)
