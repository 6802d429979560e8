"""The one spider, which crawls any portal."""

from __future__ import annotations

from cqcrawler.spiders.portal import (
    Excluded,
    PortalSpider,
    Stopped,
    limits_of,
    spider_class,
    spider_of,
)

__all__ = ["Excluded", "PortalSpider", "Stopped", "limits_of", "spider_class", "spider_of"]
