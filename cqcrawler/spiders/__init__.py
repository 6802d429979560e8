"""The one spider, which crawls any portal."""

from __future__ import annotations

from cqcrawler.spiders.portal import Excluded, PortalSpider, Stopped, spider_class, spider_of

__all__ = ["Excluded", "PortalSpider", "Stopped", "spider_class", "spider_of"]
