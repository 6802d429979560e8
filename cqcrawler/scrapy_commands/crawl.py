"""`scrapy crawl`, with an exit code that says how the run ended."""

from __future__ import annotations

import argparse

from scrapy.commands import crawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from cqcrawler.models import Outcome
from cqcrawler.spiders import PortalSpider


class Command(crawl.Command):
    """Scrapy's own exits 0 whatever happened, and schedulers go by that."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one portal: `scrapy list` knows them")
        assert self.crawler_process
        crawler = self.crawler_process.create_crawler(args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        self.exitcode = _exit_code(crawler)


def _exit_code(crawler: Crawler) -> int:
    """Return the exit code of the contract; 4 for a run that did not even begin."""
    spider = crawler.spider
    report = spider.run.report if isinstance(spider, PortalSpider) else None
    return (report.outcome if report else Outcome.FAILED).exit_code
