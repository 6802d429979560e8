"""Extensions: the end of a run in the archive, its deadline, and its progress."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.closespider import CloseSpider
from scrapy.http import Response
from scrapy.utils.asyncio import AsyncioLoopingCall, call_later, create_looping_call
from twisted.internet.task import LoopingCall

from cqcrawler.spiders import PortalSpider, page_url, spider_of

logger = logging.getLogger(__name__)

_WATCH_SECONDS = 0.5


class RunRecorder:
    """Ends the run in the archive, with any error of our own on its record."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self._failed, signals.spider_error)
        crawler.signals.connect(self._failed, signals.item_error)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _failed(self, failure: Any, response: Any = None) -> None:
        run = spider_of(self._crawler).run
        answered = isinstance(response, Response)  # Else it is the failure of a download.
        run.fail(failure.value, response.url if answered else "")
        if answered and response.request:
            run.let_go(page_url(response.request))

    def _closed(self, spider: PortalSpider, reason: str) -> None:
        stats = self._crawler.stats.get_stats()
        plain = {
            name: value for name, value in stats.items() if isinstance(value, int | float | str)
        }
        spider.run.end(reason, plain)


class Deadline(CloseSpider):
    """Ends the run at its deadline, which moves while other portals have their turns."""

    def spider_opened(self, spider: PortalSpider) -> None:  # type: ignore[override]
        self._wait(spider)

    def _wait(self, spider: PortalSpider) -> None:
        # Not more often than now and then, as the time left stands still in some waits.
        if (left := spider.halt.left) > 0:
            self.task = call_later(max(left, _WATCH_SECONDS), self._wait, spider)
        else:
            self._close_spider("closespider_timeout")


class Progress:
    """Shows how the run goes: by `show` of the spider if it has that, otherwise in the log."""

    def __init__(self, crawler: Crawler) -> None:
        self._loop: AsyncioLoopingCall | LoopingCall | None = None
        self._seconds = crawler.settings.getfloat("LOGSTATS_INTERVAL")
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _opened(self, spider: PortalSpider) -> None:
        self._loop = create_looping_call(spider.show or partial(_log, spider))
        self._loop.start(_WATCH_SECONDS if spider.show else self._seconds, now=False)

    def _closed(self, spider: PortalSpider) -> None:
        if self._loop:
            self._loop.stop()
            (spider.show or partial(_log, spider))()


def _log(spider: PortalSpider) -> None:
    logger.info("%s: %s", spider.name, spider.run.progress)
