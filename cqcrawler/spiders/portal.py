"""The spider: sends the requests that its run wants, and hands on what each came to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CloseSpider,
    DownloadCancelledError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.settings import BaseSettings

from cqcrawler.exceptions import UsageError
from cqcrawler.models import (
    TOO_LARGE,
    Answer,
    Excluded,
    Failed,
    FrontierPage,
    PageKind,
    PageResult,
    Rejected,
    Visit,
)
from cqcrawler.platforms.canonical import request_of
from cqcrawler.portals import Portal
from cqcrawler.run.errand import Errand
from cqcrawler.run.interpret import interpret
from cqcrawler.run.turns import Pace, Turns
from cqcrawler.spiders.halt import Halt, Overdue, Stopped
from cqcrawler.spiders.pace import pace_of

# In the `meta` of a request: the page that it is for, and what came over the network for it.
_PAGE, EXCHANGES = "page", "exchanges"
_MOST = "download_maxsize"  # Scrapy's own name
# The priority of a setting that not even the command line outranks.
_ABOVE_ALL = 50


_FORM = "application/x-www-form-urlencoded"

# What Scrapy does not say of these.
_MEANINGS = {
    ResponseDataLossError: "the body is cut off",
    DownloadCancelledError: "the body is larger than DOWNLOAD_MAXSIZE",
}
# Failures that would be the same a little later.
_FINAL = (IgnoreRequest, DownloadCancelledError, UnsupportedURLSchemeError)


class MustNotFetch(IgnoreRequest):
    """Raised by middlewares for a page that must not be fetched; says why."""


class PortalSpider(Spider):
    """Crawls one portal; `spider_class` makes the class for it.

    `run` is open and says what to fetch; `show`, if there is one, is called now and then
    to show how it goes.
    Its requests have their `turns` among those of all portals, at its own `pace`; `halt` ends
    them with the crawl.
    """

    portal: ClassVar[Portal]
    run: Errand
    show: Callable[[], None] | None
    turns: Turns
    pace: Pace
    halt: Halt
    _transient: frozenset[int]

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        if cls.portal.delay is not None:
            settings.set("DOWNLOAD_DELAY", cls.portal.delay, priority="spider")
        if cls.portal.deadline is not None:
            settings.set("CLOSESPIDER_TIMEOUT", cls.portal.deadline * 60, priority="spider")

    @classmethod
    def from_crawler(
        cls,
        crawler: Crawler,
        *args: Any,
        run: Errand | None = None,
        show: Callable[[], None] | None = None,
        turns: Turns | None = None,
        **kwargs: Any,
    ) -> Self:
        if run is None:
            raise UsageError(f"{cls.name} is crawled by cqcrawler crawl or scrapy crawl only")
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._transient = frozenset(map(int, crawler.settings.getlist("RETRY_HTTP_CODES")))
        spider.run, spider.show = run, show
        spider.turns, spider.pace = turns or Turns(), pace_of(crawler.settings)
        spider.halt = Halt(crawler)
        # Scrapy's own queues know one portal each, and what waits in them cannot be stopped.
        crawler.settings.set("DOWNLOAD_DELAY", 0, priority=_ABOVE_ALL)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Send nothing: the scheduler asks the run for its pages."""
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def request(self, page: FrontierPage) -> Request:
        """Return the request for a page of the frontier."""
        asked = request_of(page.url, page.postback)
        return Request(
            asked.url,
            method=asked.method,
            body=asked.body,
            callback=self.read,
            errback=self.give_up,
            headers=_headers(page, asked.method),
            meta={_PAGE: page} | self._bounds(page),
            dont_filter=True,
        )

    def _bounds(self, page: FrontierPage) -> dict[str, int]:
        """Return how many bytes a file may have; pages have the bound of Scrapy's setting."""
        if page.kind is not PageKind.FILE:
            return {}
        return {_MOST: self.crawler.settings.getint("CQCRAWLER_FILE_MAXSIZE")}

    def read(self, response: Response) -> Iterator[PageResult]:
        """Yield what a response comes to, whatever its status."""
        exchanges = response.meta.pop(EXCHANGES)
        answer = Answer(
            url=response.url,
            status=response.status,
            headers=headers_of(response),
            body=response.body,
            at=exchanges[-1].at,
        )
        result = self._interpret(answer, response.meta[_PAGE])
        yield replace(result, visit=replace(result.visit, exchanges=exchanges))

    def _interpret(self, answer: Answer, page: FrontierPage) -> PageResult:
        try:
            result = interpret(answer, page, self.portal)
        except Exception as error:
            visit = self._visit(page, answer.at)
            return self.run.failed_to_read(replace(visit, status=answer.status), error)
        if isinstance(result, Failed):
            return replace(result, transient=answer.status in self._transient)
        return result

    def _visit(self, page: FrontierPage, at: datetime) -> Visit:
        return Visit(page.url, self.portal.name, page.kind, at, continues=page.listing)

    def give_up(self, failure: Any) -> Iterator[PageResult]:
        """Yield what a page without a response, or with none that can be read, comes to."""
        error, meta = failure.value, failure.request.meta
        if isinstance(error, Overdue):
            # Scrapy's timer began later than ours: without pages to wait for, the run would
            # end before it goes off, as if all had been read.
            raise CloseSpider("closespider_timeout")
        page = meta[_PAGE]
        if isinstance(error, Stopped):
            self.run.let_go(page.url)
            return
        exchanges = meta.pop(EXCHANGES, ())
        visit = replace(self._visit(page, datetime.now(UTC)), exchanges=exchanges)
        if isinstance(error, MustNotFetch):
            yield Excluded(visit, str(error))
        elif page.kind is PageKind.FILE and isinstance(error, DownloadCancelledError):
            yield Rejected(visit, TOO_LARGE, f"has more than {self._bounds(page)[_MOST]:,} bytes")
        else:
            yield Failed(visit, _describe(error), transient=not isinstance(error, _FINAL))


def spider_class(portal: Portal) -> type[PortalSpider]:
    """Return the spider of `portal`: Scrapy wants its name and settings on a class."""
    return type("PortalSpider", (PortalSpider,), {"name": portal.name, "portal": portal})


def spider_of(crawler: Crawler) -> PortalSpider:
    """Return the spider of a crawler that has been started."""
    assert isinstance(crawler.spider, PortalSpider)
    return crawler.spider


def page_url(request: Request) -> str:
    """Return the address of the page that a request is for, its own if it is for none."""
    page: FrontierPage | None = request.meta.get(_PAGE)
    return page.url if page else request.url


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error) or _MEANINGS.get(type(error), '')}"


def headers_of(response: Response) -> dict[str, str]:
    """Return the headers of a response by their names in lower case."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def _headers(page: FrontierPage, method: str) -> dict[str, str]:
    # Some list APIs answer nobody who does not say which page asks.
    referer = {"Referer": request_of(page.listing).url} if page.listing else {}
    form = {"Content-Type": _FORM} if method == "POST" else {}
    return _validators(page) | referer | form


def _validators(page: FrontierPage) -> dict[str, str]:
    # A listing is always read: an unchanged page of it says nothing about the next one, and
    # servers that build it for each request often answer with validators that lie.
    if page.kind not in (PageKind.NOTICE, PageKind.FILE):
        return {}
    headers = {"If-None-Match": page.etag, "If-Modified-Since": page.last_modified}
    return {name: value for name, value in headers.items() if value}
