"""Probing a site: the crawl's own spider, downloader and manners, for four requests at most."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from cqcrawler.crawling import limits_of, load_settings
from cqcrawler.models import Excluded
from cqcrawler.portals import Portal, site_of
from cqcrawler.probe.cost import Pace
from cqcrawler.probe.look import Came
from cqcrawler.probe.report import Robots
from cqcrawler.probe.run import ProbeRun
from cqcrawler.run.tally import ROBOTS
from cqcrawler.spiders import spider_class
from cqcrawler.spiders.pace import pace_of
from cqcrawler.text.controls import PlainRecord

_COMPONENT = "cqcrawler.middlewares.BudgetMiddleware"
_BEFORE_CAPTURE = 990
_OK = 200
_SETTINGS: dict[str, str | int | float] = {
    # A failure is what a probe is to show; but a page that ends with its connection is whole where
    # it comes the same twice.
    "RETRY_TIMES": 1,
    "RETRY_EXCEPTIONS": "scrapy.exceptions.ResponseDataLossError",
    "LOG_LEVEL": "ERROR",
}


def probe(
    portal: Portal, *, overrides: Mapping[str, str | int | float], watch: Callable[[str], None]
) -> Came:
    """Ask a site for a page, the first start page of `portal`, and what it leads to.

    `overrides` are Scrapy settings above all others; `watch` is told what is being asked for.
    Scrapy's event loop runs once in a process, and so does this. Raises UsageError for settings
    that cannot be.
    """
    logging.setLogRecordFactory(PlainRecord)
    settings = load_settings({**_SETTINGS, **overrides})
    settings.set_in_component_priority_dict(
        "DOWNLOADER_MIDDLEWARES", load_object(_COMPONENT), _BEFORE_CAPTURE
    )
    run = ProbeRun(portal, limits_of(settings), watch)
    spider = spider_class(portal)
    process = AsyncCrawlerProcess(settings)
    crawl = process.crawl(spider, run=run)
    process.start()
    if crawl.done() and not crawl.cancelled() and (error := crawl.exception()):
        run.fail(error)
    spider.update_settings(settings)
    return Came(
        seen=tuple(run.seen),
        pace=_pace(run, settings),
        robots=_robots(run),
        robots_text=run.known_robots.bodies.get(site_of(portal.start_urls[0]), ""),
        requests=tuple(run.requests),
        stopped=run.stopped,
        error=run.error,
    )


def _robots(run: ProbeRun) -> Robots:
    asked = [each for each in run.requests if urlsplit(each.url).path == "/robots.txt"]
    site = site_of(run.portal.start_urls[0])
    if site in run.known_robots.failing:
        return Robots("cannot be had")
    if not asked:
        return Robots("not asked for")
    if not run.known_robots.bodies.get(site):
        status = asked[-1].status
        return Robots("has no rules" if status == _OK else f"there is none (HTTP {status})")
    forbidden = any(
        isinstance(each.result, Excluded) and each.result.error == ROBOTS for each in run.seen[:1]
    )
    return Robots("forbids the page" if forbidden else "allows the page", run.crawl_delay)


def _pace(run: ProbeRun, settings: Settings) -> Pace:
    """Return the pace that crawls of the site would have, by what asks for the longest delay."""
    pace = pace_of(settings)
    slowest = max((each.seconds or 0.0 for each in run.requests), default=0.0)
    usual = "the portal's file" if run.portal.delay else "the usual delay"
    return max(
        Pace(pace.delay, usual),
        Pace(pace.throttle.start if pace.throttle else 0.0, "the usual delay"),
        Pace(run.crawl_delay, "Crawl-delay"),
        Pace(slowest if pace.throttle else 0.0, "as slow as its answers"),
        key=lambda each: each.delay,
    )
