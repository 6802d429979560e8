"""The one spider, which crawls any portal."""

from __future__ import annotations

from cqcrawler.spiders.portal import (
    EXCHANGES,
    Excluded,
    PortalSpider,
    Stopped,
    limits_of,
    spider_class,
    spider_of,
    tell_of,
    warc_settings,
)

__all__ = [
    "EXCHANGES",
    "Excluded",
    "PortalSpider",
    "Stopped",
    "limits_of",
    "spider_class",
    "spider_of",
    "tell_of",
    "warc_settings",
]
