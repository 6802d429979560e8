"""Scrapy's scheduler over the archive's frontier."""

from __future__ import annotations

from collections import deque
from typing import Self

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from cqcrawler.spiders import spider_of


class FrontierScheduler(BaseScheduler):
    """Gives the engine the run's next pages when it has room for them.

    The engine asks its scheduler for the next request and whether there are more; answering
    from the archive makes the frontier the only queue there is. Feeding Scrapy's own queue
    from `start` or on `spider_idle` would leave a second copy that a kill loses, and gaps in
    which an engine without requests closes the spider. Retries and redirects are the only
    requests that the engine enqueues: they belong to a page in flight.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._spider = spider_of(crawler)
        self._crawler = crawler
        self._again: deque[Request] = deque()
        # One being fetched and one waiting for each connection: more would only make a stop
        # wait for them.
        self._most_active = 2 * crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def has_pending_requests(self) -> bool:
        return bool(self._again) or self._spider.run.has_next()

    def enqueue_request(self, request: Request) -> bool:
        self._again.append(request)
        return True

    def next_request(self) -> Request | None:
        if self._again:
            return self._again.popleft()
        if len(self._crawler.engine.downloader.active) >= self._most_active:
            return None
        page = self._spider.run.next_page()
        return self._spider.request(page) if page else None
