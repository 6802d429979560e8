"""Keeping out of the operator's own network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from cqcrawler.downloads import is_proxied, look_up
from cqcrawler.spiders import MustNotFetch, spider_of
from cqcrawler.spiders.halt import Halt

# Names that only mean something inside one machine or network (RFC 6761, 6762, 8375, 9476).
_PRIVATE_SUFFIXES = (".localhost", ".local", ".home.arpa", ".internal", ".lan", ".intranet")


class PublicAddressMiddleware:
    """Refuses a public name that leads to a private address.

    Scrapy looks a name up once and connects to the address in its cache, which is the one that
    is looked at here; so a name that changes its answer in between leads nowhere else. Should a
    resolver without that cache be set, the answer of a private address is refused.
    """

    def __init__(self, halt: Halt, *, allow_private: bool) -> None:
        self._halt = halt
        self._allow_private = allow_private

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        spider = spider_of(crawler)
        starts = spider.portal.start_urls
        named = any(is_private_host(urlsplit(url).hostname or "") for url in starts)
        allowed = crawler.settings.getbool("CQCRAWLER_PRIVATE_ADDRESSES")
        return cls(spider.halt, allow_private=named or allowed)

    async def process_request(self, request: Request) -> None:
        if self._allow_private or is_proxied(request):
            return
        host = urlparse_cached(request).hostname or ""
        self._check(host, await self._halt.race(look_up(host)))

    def process_response(self, request: Request, response: Response) -> Response:
        if not self._allow_private and not is_proxied(request):
            self._check(urlparse_cached(request).hostname or "", response.ip_address)
        return response

    def _check(self, host: str, address: IPv4Address | IPv6Address | None) -> None:
        if address is not None and not is_public(address):
            raise MustNotFetch(
                f"{host} leads to {address}, a private address "
                "(-s CQCRAWLER_PRIVATE_ADDRESSES=True allows it)"
            )


def is_private_host(host: str) -> bool:
    """Whether a host names itself as private: by its address, or by a name of local use."""
    try:
        return not is_public(ip_address(host))
    except ValueError:
        return "." not in host or host.rstrip(".").endswith(_PRIVATE_SUFFIXES)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to a single machine that everybody may reach."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_global and not address.is_multicast
