"""The one spider, which crawls any portal."""

from __future__ import annotations

from cqcrawler.spiders.portal import (
    EXCHANGES,
    MustNotFetch,
    Overdue,
    PortalSpider,
    Stopped,
    Watch,
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
    "Watch",
    "page_url",
    "spider_class",
    "spider_of",
]
