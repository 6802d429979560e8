"""Downloads: each has its turn at the server, and none outlasts the crawl."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import DNSLookupError

from cqcrawler.domains import registered_domain, use_bundled_list
from cqcrawler.spiders import spider_of

# In the `meta` of a request: the queues that it waited in, and the seconds between requests that
# robots.txt asks for.
QUEUES, CRAWL_DELAY = "queues", "crawl_delay"


class PoliteHandler(HTTP11DownloadHandler):
    """Downloads when it is the portal's turn, and breaks off when the crawl ends.

    Everything that is sent comes through here: pages, robots.txt, redirects and retries. What
    is waited does not count towards DOWNLOAD_TIMEOUT.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        use_bundled_list()
        self._spider = spider_of(crawler)

    async def download_request(self, request: Request) -> Response:
        return await self._spider.halt.race(self._download(request))

    async def _download(self, request: Request) -> Response:
        spider = self._spider
        queues = request.meta[QUEUES] = await queues_of(request)
        spider.turns.slow_down(queues, request.meta.get(CRAWL_DELAY, 0.0), spider.pace)
        waiting = spider.halt.waiting_for_others
        async with spider.turns.turn(spider.name, queues, spider.pace, waiting):
            response = await super().download_request(request)
        latency = request.meta.get("download_latency", 0.0)
        spider.turns.answered(queues, spider.pace, latency, good=response.status == 200)
        return response


async def queues_of(request: Request) -> tuple[str, ...]:
    """Return the queues of a request: of its registered domain, and of its address.

    Domains come first everywhere, so that no two requests wait for each other.
    """
    host = urlparse_cached(request).hostname or ""
    if is_proxied(request):
        return (registered_domain(host),)
    address = str(await look_up(host))
    return (address,) if host == address else (registered_domain(host), address)


def is_proxied(request: Request) -> bool:
    """Whether a proxy looks up the name, and is the one connected to."""
    return "proxy" in request.meta


async def look_up(host: str) -> IPv4Address | IPv6Address:
    """Return the address that Scrapy connects to."""
    from twisted.internet import reactor  # Scrapy chooses it after this is imported.

    resolve: Any = reactor.resolve  # The types of Twisted want a sequence of numbers here.
    try:
        return ip_address(await maybe_deferred_to_future(resolve(host)))
    except DNSLookupError as error:
        raise CannotResolveHostError(str(error)) from error  # As the download would.
