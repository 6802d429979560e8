"""Staying on the portal."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from cqcrawler.portals import site_of
from cqcrawler.spiders import MustNotFetch, spider_of


class SameSiteMiddleware:
    """Refuses requests to any site but the portal's own.

    Links to others are never followed, so these are redirects. It also means that a portal
    cannot send us to an address inside the operator's network.
    """

    def __init__(self, sites: frozenset[str]) -> None:
        self._sites = sites

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(spider_of(crawler).portal.sites)

    def process_request(self, request: Request) -> None:
        if site_of(request.url) not in self._sites:
            raise MustNotFetch(f"redirects to {request.url}, which is another site")
