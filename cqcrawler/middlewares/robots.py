"""Obeying robots.txt."""

from __future__ import annotations

import asyncio
import codecs
import logging
import re
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler, load_object

from cqcrawler.downloads import CRAWL_DELAY
from cqcrawler.portals import site_of
from cqcrawler.reading.refusals import challenge
from cqcrawler.run.patience import GivenUp
from cqcrawler.run.run import described
from cqcrawler.run.tally import ROBOTS
from cqcrawler.spiders import MustNotFetch, Stopped, headers_of, spider_of

logger = logging.getLogger(__name__)

# In the `meta` of requests for robots.txt itself.
_RULES = "rules"
# Bytes that are read, which is what RFC 9309 (2.5) wants at least.
_MOST_READ = 500 * 1024
# The version behind the name that a group is for: `cqcrawler/1.0` means us as well.
_VERSION = re.compile(
    r"(?<![^\r\n])([ \t]*user-agent[ \t]*:[ \t]*[^\s/#]+)/[^\r\n]*", re.IGNORECASE
)


class RobotsMiddleware:
    """Obeys robots.txt as RFC 9309 says, and its Crawl-delay.

    Where there is none (4xx), all is allowed; while it fails, what it said last holds, and
    without that the site is given up for this run.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._parser: type[RobotParser] = load_object(crawler.settings["ROBOTSTXT_PARSER"])
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._longest = crawler.settings.getfloat("CQCRAWLER_MAX_CRAWL_DELAY")
        self._rules: dict[str, asyncio.Task[RobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get(_RULES):
            return
        site = site_of(request.url)
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._ask(request, site))
        rules = await self._rules[site]
        if not rules.allowed(request.url, self._agent):
            raise MustNotFetch(ROBOTS)
        request.meta[CRAWL_DELAY] = rules.crawl_delay(self._agent) or 0.0

    async def _ask(self, request: Request, site: str) -> RobotParser:
        body = await self._body(request, site)
        rules = build_from_crawler(self._parser, self._crawler, _VERSION.sub(r"\1", body).encode())
        delay = rules.crawl_delay(self._agent) or 0.0
        if delay > self._longest:
            raise self._given_up(
                site,
                f"robots.txt of {site} asks for {delay:g} seconds between requests, more than "
                f"{self._longest:g} (CQCRAWLER_MAX_CRAWL_DELAY)",
                refused=True,
            )
        if delay > 0:
            logger.info("robots.txt of %s asks for %g seconds between requests", site, delay)
        return rules

    async def _body(self, request: Request, site: str) -> str:
        files = spider_of(self._crawler).run.robots
        answer = await self._download(request)
        if isinstance(answer, Response):
            if not (problem := _server_error(answer)):
                text = _text(answer)
                return "" if text is None else files.answered(site, text)
        else:
            problem = described(answer)
        logger.info("robots.txt of %s cannot be had: %s", site, problem)
        kept = files.failed(site, problem)
        if kept is None:
            raise self._given_up(
                site, f"robots.txt of {site} cannot be had ({problem}), so that nothing is allowed"
            )
        return kept

    async def _download(self, request: Request) -> Response | Exception:
        url = urlparse_cached(request)
        robots = Request(
            f"{url.scheme}://{url.netloc}/robots.txt", callback=NO_CALLBACK, meta={_RULES: True}
        )
        try:
            return await self._crawler.engine.download_async(robots)
        except Stopped:
            raise
        except IgnoreRequest as error:  # It leads elsewhere, or in circles.
            logger.info("%s: %s", robots.url, error)
            return Response(robots.url, status=404)
        except Exception as error:
            return error

    def _given_up(self, site: str, reason: str, *, refused: bool = False) -> Stopped:
        given_up = spider_of(self._crawler).run.patience.given_up
        given_up.setdefault(site, GivenUp(site, reason, refused))
        return Stopped(reason)


def _server_error(response: Response) -> str:
    """Return what is wrong with an answer that says nothing about the file."""
    return f"HTTP {response.status}" if response.status >= 500 and not _refused(response) else ""


def _text(response: Response) -> str | None:
    """Return the rules of an answer, none for one without; None where it is a refusal.

    Who meets a challenge here meets it before the pages, too: those tell.
    """
    if _refused(response):
        return None
    if not 200 <= response.status < 300 or _is_html(response):
        return ""
    start = response.body[:_MOST_READ]
    # What editors on Windows call Unicode.
    wide = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return start.decode("utf-16" if wide else "utf-8-sig", errors="ignore")


def _refused(response: Response) -> bool:
    # Rules may well name a path such as /captcha.
    if response.status == 200 and not _is_html(response):
        return False
    start = response.body.decode("utf-8", errors="ignore")
    return challenge(response.status, headers_of(response), start) is not None


def _is_html(response: Response) -> bool:
    return response.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
