"""Public names that lead into the operator's own network."""

from __future__ import annotations

from ipaddress import ip_address
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from cqcrawler.middlewares import PublicAddressMiddleware
from cqcrawler.spiders import MustNotFetch
from cqcrawler.spiders.halt import Halt

# Every name leads to this machine, and each look-up is written down.
RESOLVER = """
from pathlib import Path
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ThreadedResolver
from twisted.internet.defer import succeed

def here(self, name, timeout=()):
    with Path("lookups").open("a") as file:
        print(name, file=file)
    return succeed("127.0.0.1")

ThreadedResolver.getHostByName = here
Resolver = CachingThreadedResolver
"""


@pytest.fixture
def named(site, crawl):
    """Crawl the site by a public name, with settings."""

    def crawled(*settings):
        (crawl.folder / "names.py").write_text(RESOLVER)
        url = site.url.replace("127.0.0.1", "portal.example.com")
        return crawl(url, "-s", "TWISTED_DNS_RESOLVER=names.Resolver", *settings)

    return crawled


def test_a_public_name_with_a_private_address_is_not_asked(site, named):
    site.portal(3)
    crawled = named()
    assert (crawled.exit, crawled.portal["outcome"]) == (1, "unreachable")
    assert "portal.example.com leads to 127.0.0.1, a private" in crawled.portal["reason"]
    assert site.requests == []


def test_the_operator_can_allow_it_and_a_name_is_looked_up_once(site, crawl, named):
    """So a name that leads elsewhere the second time (DNS rebinding) leads nowhere else."""
    site.portal(3)
    assert named("-s", "CQCRAWLER_PRIVATE_ADDRESSES=True").portal["new"] == 3
    assert (crawl.folder / "lookups").read_text().split() == ["portal.example.com"]


FORBIDDEN = """
import socket

def look_up(name):
    assert name == "127.0.0.1", name
    return name

socket.gethostbyname = look_up
"""


def test_behind_a_proxy_no_name_is_looked_up(site, crawl, pages):
    """The proxy does that, and often nobody else can."""
    site.portal(3)
    name = "http://portal.example.com"
    site.pages = {f"{name}{path}": page for path, page in site.pages.items()}
    site.pages[f"{name}/robots.txt"] = pages.Reply("User-agent: *\nCrawl-delay: 0.1")
    crawl.env["http_proxy"] = site.url
    crawl.prelude = FORBIDDEN
    crawled = crawl(f"{name}/")
    assert (crawled.exit, crawled.portal["new"]) == (0, 3), crawled.stderr


def test_whom_one_was_connected_to_has_the_last_word():
    crawler = SimpleNamespace(crawling=True, settings=Settings())
    middleware = PublicAddressMiddleware(Halt(crawler), allow_private=False)
    request = Request("http://portal.example.com/")
    for address, proxy in (("223.5.5.5", {}), (None, {}), ("10.0.0.1", {"proxy": "http://p"})):
        response = Response(request.url, ip_address=address and ip_address(address))
        assert middleware.process_response(request.replace(meta=proxy), response) is response
    with pytest.raises(MustNotFetch, match=r"10\.0\.0\.1, a private address"):
        middleware.process_response(
            request, Response(request.url, ip_address=ip_address("10.0.0.1"))
        )
