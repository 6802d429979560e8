"""The spider: sends the requests that its run wants, and hands on what each came to."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    DownloadCancelledError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from scrapy.settings import BaseSettings

from cqcrawler.archive import Archive
from cqcrawler.archive.file.disk import check_space
from cqcrawler.archive.file.lock import writing
from cqcrawler.archive.frontier.frontier import FrontierPage
from cqcrawler.exceptions import UsageError
from cqcrawler.health import look_at, tell_changes
from cqcrawler.models import Answer, PageKind, PageResult, PageState
from cqcrawler.portals import Portal, site_of
from cqcrawler.run import Limits, PortalRun, Scope, interpret
from cqcrawler.run.tally import BLOCKED
from cqcrawler.warc import WarcSettings, check_writable

logger = logging.getLogger(__name__)

# In the `meta` of a request: the page that it is for, and what came over the network for it.
_PAGE, EXCHANGES = "page", "exchanges"


# What Scrapy does not say of these.
_MEANINGS = {
    ResponseDataLossError: "the body is cut off",
    DownloadCancelledError: "the body is larger than DOWNLOAD_MAXSIZE",
}
# Failures that would only be the same a little later.
_FINAL = (IgnoreRequest, DownloadCancelledError, UnsupportedURLSchemeError)


class Excluded(IgnoreRequest):
    """Raised by middlewares for a page that must not be fetched; says why."""


class Stopped(IgnoreRequest):
    """Raised by middlewares for a page that was still waiting when the crawl was stopped."""


class PortalSpider(Spider):
    """Crawls one portal; `spider_class` makes the class for it.

    `scrapy crawl PORTAL` may pass `-a since=YYYY-MM-DD`, `-a max_pages=N` and `-a full=1`.
    """

    portal: ClassVar[Portal]
    run: PortalRun
    resources: ExitStack
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
        cls, crawler: Crawler, *args: Any, run: PortalRun | None = None, **kwargs: Any
    ) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.resources = ExitStack()
        spider._transient = frozenset(map(int, crawler.settings.getlist("RETRY_HTTP_CODES")))
        spider.run = run or spider._own_run(**kwargs)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Send nothing: the scheduler asks the run for its pages."""
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def request(self, page: FrontierPage) -> Request:
        """Return the request for a page of the frontier."""
        return Request(
            page.url,
            callback=self.read,
            errback=self.give_up,
            headers=_validators(page),
            meta={_PAGE: page},
            dont_filter=True,
        )

    def read(self, response: Response) -> Iterator[PageResult]:
        """Yield what a response comes to, whatever its status."""
        exchanges = response.meta.pop(EXCHANGES)
        answer = Answer(
            url=response.url,
            status=response.status,
            headers=_headers(response),
            body=response.body,
            at=exchanges[-1].at,
        )
        result = interpret(answer, response.meta[_PAGE], self.portal)
        transient = response.status in self._transient
        self._judge_site(site_of(response.url), result, transient=transient)
        transient = transient and result.state is PageState.FAILED
        yield replace(result, transient=transient, exchanges=exchanges)

    def give_up(self, failure: Any) -> Iterator[PageResult]:
        """Yield what a page without a response, or with none that can be read, comes to."""
        error, meta = failure.value, failure.request.meta
        page = meta[_PAGE]
        if isinstance(error, Stopped):
            return
        excluded = isinstance(error, Excluded)
        yield PageResult(
            url=page.url,
            portal=self.portal.name,
            kind=page.kind,
            state=PageState.EXCLUDED if excluded else PageState.FAILED,
            fetched_at=datetime.now(UTC),
            error=str(error) if excluded else _describe(error),
            continues=page.listing,
            transient=not isinstance(error, _FINAL),
            exchanges=meta.pop(EXCHANGES, ()),
        )

    def _judge_site(self, site: str, result: PageResult, *, transient: bool) -> None:
        """Tell the run's patience how the site behaved; middlewares tell it of other failures."""
        error = result.error or ""
        if error.startswith(BLOCKED):
            self.run.patience.failed(site, error, refused=True)
        elif not transient:
            self.run.patience.answered(site)

    def _own_run(self, since: str = "", max_pages: str = "", full: str = "", **_: Any) -> PortalRun:
        """Return a run into the default archive, for `scrapy crawl` and scrapyd."""
        path = Path(self.settings["CQCRAWLER_ARCHIVE"])
        self.resources.enter_context(writing(path))
        archive = self.resources.enter_context(Archive(path))
        check_writable(path.parent)
        scope = replace(_scope(since, max_pages), full=full not in ("", "0"))
        limits, raw = limits_of(self.settings), warc_settings(self.settings)
        check_space(path, limits.least_free)
        # When the run has ended, and before its archive is closed.
        self.resources.callback(self._tell, archive)
        return PortalRun(archive, self.portal, scope, limits=limits, raw=raw)

    def _tell(self, archive: Archive) -> None:
        tell_of(archive, [self.portal], self.settings)


def tell_of(archive: Archive, portals: Sequence[Portal], settings: BaseSettings) -> None:
    """Tell the webhook of the settings how portals are that were just crawled."""
    url, template = settings["CQCRAWLER_WEBHOOK"], settings["CQCRAWLER_WEBHOOK_TEMPLATE"]
    try:
        names = [portal.name for portal in portals]
        found = look_at(names, archive, portals, datetime.now(UTC), writing=False)
        tell_changes(archive, found, url, template)
    except Exception:  # The crawl has ended well or not, and that is what is to be reported.
        logger.exception("how the portals are could not be told")


def limits_of(settings: BaseSettings) -> Limits:
    """Return what the settings bound a run by."""
    return Limits(
        max_sections=settings.getint("CQCRAWLER_MAX_SECTIONS"),
        max_pages=settings.getint("CQCRAWLER_MAX_PAGES"),
        pause_after=settings.getint("CQCRAWLER_PAUSE_AFTER"),
        give_up_after=settings.getint("CQCRAWLER_GIVE_UP_AFTER"),
        max_pause=settings.getfloat("CQCRAWLER_MAX_PAUSE"),
        least_free=settings.getint("CQCRAWLER_LEAST_FREE_MB") * 2**20,
    )


def warc_settings(settings: BaseSettings) -> WarcSettings:
    """Return how raw pages are kept, and what their files say of the crawl."""
    about = {
        "operator": settings["CQCRAWLER_CONTACT"],
        "http-header-user-agent": settings["USER_AGENT"],
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
    }
    return WarcSettings(settings.getint("CQCRAWLER_WARC_SIZE"), about)


def spider_class(portal: Portal) -> type[PortalSpider]:
    """Return the spider of `portal`: Scrapy wants its name and settings on a class."""
    return type("PortalSpider", (PortalSpider,), {"name": portal.name, "portal": portal})


def spider_of(crawler: Crawler) -> PortalSpider:
    """Return the spider of a crawler that has been started."""
    assert isinstance(crawler.spider, PortalSpider)
    return crawler.spider


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error) or _MEANINGS.get(type(error), '')}"


def _headers(response: Response) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def _validators(page: FrontierPage) -> dict[str, str]:
    # A listing is always read: an unchanged page of it says nothing about the next one, and
    # servers that make it anew for each request often answer with validators that lie.
    if page.kind is not PageKind.NOTICE:
        return {}
    headers = {"If-None-Match": page.etag, "If-Modified-Since": page.last_modified}
    return {name: value for name, value in headers.items() if value}


def _scope(since: str, max_pages: str) -> Scope:
    try:
        first = date.fromisoformat(since) if since else None
        return Scope(first, int(max_pages) if max_pages else None)
    except ValueError as error:
        message = f"-a since wants a date (YYYY-MM-DD), -a max_pages a number: {error}"
        raise UsageError(message) from error
