"""The least that Scrapy can do on a portal: fetch, follow links, yield nothing.

`python -m benchmarks.bare_spider URL [NAME=VALUE ...]`, the latter settings of Scrapy.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class BareSpider(scrapy.Spider):
    """Follows every link of the site; those that lead nowhere are no different."""

    name = "bare"

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        yield from response.follow_all(css="a[href^='/list/'], a[href^='/info/']")


def main() -> None:
    url, *settings = sys.argv[1:]
    process = AsyncCrawlerProcess(dict(setting.split("=", 1) for setting in settings))
    process.crawl(BareSpider, start_urls=[url])
    process.start()


if __name__ == "__main__":
    main()
