"""`scrapy crawl`: the crawl of `cqcrawler crawl`, by Scrapy's own command and so by scrapyd."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from scrapy.commands import crawl
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError

from cqcrawler import portals
from cqcrawler.checks import check_settings
from cqcrawler.crawling import crawl_under
from cqcrawler.exceptions import CqcrawlerError, PortalError
from cqcrawler.exceptions import UsageError as OurUsageError
from cqcrawler.models import Outcome
from cqcrawler.run.scope import Scope

logger = logging.getLogger(__name__)


class Command(crawl.Command):
    """Crawls one portal; `-a since=YYYY-MM-DD`, `-a max_pages=N` and `-a full=1` narrow it.

    Scrapy's own exits 0 whatever happened, and schedulers go by that.
    """

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("name one portal: `scrapy list` knows them")
        process = self.crawler_process
        if not isinstance(process, AsyncCrawlerProcess):
            raise UsageError("crawls run on asyncio: leave TWISTED_REACTOR and its like alone")
        assert self.settings is not None
        try:
            check_settings(self.settings)
            job = (portals.load(args[0]), _scope(opts.spargs))
        except (OurUsageError, PortalError) as error:
            raise UsageError(str(error)) from error
        path = Path(self.settings["CQCRAWLER_ARCHIVE"])
        try:
            crawled = crawl_under(self.settings, lambda archive: [job], path, process=process)
        except CqcrawlerError as error:
            logger.error("%s", error)
            self.exitcode = Outcome.FAILED.exit_code
        else:
            self.exitcode = crawled.exit


def _scope(arguments: Mapping[str, str]) -> Scope:
    """Read the `-a` of the command; others, such as scrapyd's job, are ignored."""
    since, most = arguments.get("since"), arguments.get("max_pages")
    try:
        return Scope(
            date.fromisoformat(since) if since else None,
            int(most) if most else None,
            full=arguments.get("full", "") not in ("", "0"),
        )
    except ValueError as error:
        message = f"-a since wants a date (YYYY-MM-DD), -a max_pages a number: {error}"
        raise UsageError(message) from error
