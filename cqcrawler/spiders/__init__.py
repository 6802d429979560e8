"""The one spider, which crawls any portal."""

from __future__ import annotations

from cqcrawler.spiders.halt import Overdue, Stopped
from cqcrawler.spiders.portal import (
    EXCHANGES,
    MustNotFetch,
    PortalSpider,
    headers_of,
    page_url,
    spider_class,
    spider_of,
)

__all__ = [
    "EXCHANGES",
    "MustNotFetch",
    "Overdue",
    "PortalSpider",
    "Stopped",
    "headers_of",
    "page_url",
    "spider_class",
    "spider_of",
]
