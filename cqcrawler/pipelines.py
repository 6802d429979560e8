"""Item pipelines: clean, then archive."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from cqcrawler.models import PageResult
from cqcrawler.run.errand import Errand
from cqcrawler.run.interpret import cleaned
from cqcrawler.spiders import spider_of


class CleaningPipeline:
    """Takes repeats and boilerplate out of a notice, and keeps what it took out."""

    def __init__(self, run: Errand) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(spider_of(crawler).run)

    def process_item(self, item: PageResult) -> PageResult:
        try:
            return cleaned(item, self._run.portal)
        except Exception as error:
            return self._run.failed_to_read(item.visit, error)


class ArchivePipeline:
    """Saves each page with its notice and its links in one transaction."""

    def __init__(self, run: Errand) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(spider_of(crawler).run)

    def process_item(self, item: PageResult) -> PageResult:
        self._run.record(item)
        return item
