"""Scrapy's spiders are the registered portals, so `scrapy list` and scrapyd know them."""

from __future__ import annotations

import builtins
from typing import Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from cqcrawler import portals
from cqcrawler.exceptions import PortalError
from cqcrawler.spiders import spider_class


class PortalLoader:
    """A spider loader (Scrapy's `SPIDER_LOADER_CLASS`) over the portal files."""

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls()

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider of a portal; KeyError for an unknown one, as Scrapy expects."""
        try:
            return spider_class(portals.load(spider_name))
        except PortalError as error:
            raise KeyError(str(error)) from error

    def list(self) -> builtins.list[str]:
        return [*portals.portal_files()]

    def find_by_request(self, request: Request) -> builtins.list[str]:
        site = portals.site_of(request.url)
        return [portal.name for portal in portals.all_portals() if site in portal.sites]
