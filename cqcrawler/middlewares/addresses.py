"""Keeping out of the operator's own network."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
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

# NAT64 (RFC 6052), IPv4-compatible (RFC 4291, 2.5.5.1) and IPv4-translated (RFC 2765).
_ENDING_IN_IPV4 = tuple(map(IPv6Network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")  # RFC 8215: of one network, however it embeds.
# What stands before the IPv4 address in an ISATAP one (RFC 5214, 6.1).
_ISATAP = (0x00005EFE, 0x02005EFE)


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
    """Whether an address belongs to a single machine that everybody may reach.

    One that leads to an IPv4 address, through a translator or a tunnel, is as public as that.
    """
    if isinstance(address, IPv6Address):
        if address in _LOCAL_NAT64:
            return False
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if not all(map(is_public, _embedded(address))):
            return False
    return address.is_global and not address.is_multicast


def _embedded(address: IPv6Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address is made from."""
    last = IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in _ENDING_IN_IPV4):
        yield last
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP:
        yield last
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
