"""The few requests of a probe."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from cqcrawler.downloads import CRAWL_DELAY
from cqcrawler.probe import run as probe
from cqcrawler.spiders import MustNotFetch, spider_of

# In the `meta` of a request: its number among those of the probe.
_NUMBER = "number"


class BudgetMiddleware:
    """Sends no more requests than a probe may, redirects and robots.txt among them, and notes how
    each was answered."""

    def __init__(self, run: probe.ProbeRun) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        run = spider_of(crawler).run
        assert isinstance(run, probe.ProbeRun)
        return cls(run)

    def process_request(self, request: Request) -> None:
        request.meta.pop(_NUMBER, None)  # A redirect has that of the request before.
        if not self._run.may_send():
            raise MustNotFetch(probe.USED_UP)
        self._run.crawl_delay = request.meta.get(CRAWL_DELAY, 0.0)
        sent = probe.Request(request.method, request.url)
        request.meta[_NUMBER] = self._run.send(sent)

    def process_response(self, request: Request, response: Response) -> Response:
        self._note(
            request,
            status=response.status,
            size=len(response.body),
            seconds=request.meta.get("download_latency"),
        )
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        self._note(request, error=type(exception).__name__)

    def _note(self, request: Request, **found: object) -> None:
        if _NUMBER in request.meta:
            sent = self._run.requests
            number = request.meta[_NUMBER]
            sent[number] = replace(sent[number], **found)
