"""Portals that refuse, hang or are slow, and runs that are stopped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.faults.cases import CASES, GOOD, Run, fault
from tests.crawl.conftest import Page, Reply, Request, Site, notice, notice_path

CHALLENGE = "<html><script>var arg1='0123456789ABCDEF01234567';</script></html>"
TEN = range(1, 11)
# Longer than any run here may take.
_HANGS = 3600.0

_UNREACHABLE_ROBOTS: dict[str, Page] = {
    "503": Reply("busy", 503),
    "500": Reply("oops", 500),
    "a closed connection": Reply(drop=True),
}


def _robots_without_copy(site: Site, reply: Page) -> Iterator[Run]:
    site.portal(10)
    site.pages["/robots.txt"] = reply
    yield Run("unreachable", "robots")
    del site.pages["/robots.txt"]
    yield Run("ok", holds=TEN)


def _robots_with_copy(site: Site, reply: Page) -> Iterator[Run]:
    site.portal(11)
    site.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /info/detail/11.html")
    yield Run("ok", holds=TEN)
    site.pages["/robots.txt"] = reply
    yield Run(GOOD, holds=TEN)


for _name, _reply in _UNREACHABLE_ROBOTS.items():
    CASES[f"robots.txt is {_name}, without a copy"] = partial(_robots_without_copy, reply=_reply)
    CASES[f"robots.txt is {_name}, with a copy"] = partial(_robots_with_copy, reply=_reply)


@fault("Crawl-delay: 600")
def _long_delay(site: Site) -> Iterator[Run]:
    site.portal(10)
    site.pages["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 600")
    yield Run("blocked", "600")


@fault("a challenge on every page")
def _challenges(site: Site) -> Iterator[Run]:
    site.portal(10)
    well = dict(site.pages)
    site.pages = dict.fromkeys(well, Reply(CHALLENGE))
    yield Run("blocked")
    site.pages = well
    yield Run("ok", holds=TEN)
    site.pages = dict.fromkeys(well, Reply(CHALLENGE))
    yield Run("blocked", holds=TEN, options=("--full",))


@fault("a challenge before every notice")
def _challenged_notices(site: Site) -> Iterator[Run]:
    site.portal(10)
    site.pages |= {notice_path(number): Reply(CHALLENGE) for number in TEN}
    yield Run("blocked")


@fault("SIGTERM while a page hangs")
def _hanging_page(site: Site) -> Iterator[Run]:
    site.portal(10)
    site.pages["/"] = Reply(seconds=_HANGS)
    yield Run("interrupted", "signal", stop_after=2)


@fault("SIGTERM while robots.txt hangs")
def _hanging_robots(site: Site) -> Iterator[Run]:
    site.portal(10)
    site.pages["/robots.txt"] = Reply(seconds=_HANGS)
    yield Run("interrupted", "signal", stop_after=1)
    del site.pages["/robots.txt"]
    yield Run("ok", holds=TEN)


@fault("SIGTERM while the site rests")
def _resting(site: Site) -> Iterator[Run]:
    site.portal(10)
    site.pages["/"] = Reply("busy", 503, {"Retry-After": "100"})
    yield Run("interrupted", "signal", stop_after=2)


@fault("a deadline while a page hangs")
def _deadline(site: Site) -> Iterator[Run]:
    site.portal(10)
    site.pages["/"] = Reply(seconds=_HANGS)
    yield Run("timed_out", "deadline", options=("-s", "CLOSESPIDER_TIMEOUT=2"))


@fault("a deadline while robots.txt hangs")
def _deadline_robots(site: Site) -> Iterator[Run]:
    site.portal(10)
    site.pages["/robots.txt"] = Reply(seconds=_HANGS)
    yield Run("timed_out", "deadline", options=("-s", "CLOSESPIDER_TIMEOUT=2"))


@fault("connections that break")
def _breaking(site: Site) -> Iterator[Run]:
    site.portal(10)

    def second_time(number: int) -> Page:
        def page(request: Request) -> Reply:
            return Reply(notice(number)) if request.earlier else Reply(reset=True)

        return page

    site.pages |= {notice_path(number): second_time(number) for number in TEN}
    yield Run("ok", holds=TEN)
