"""robots.txt, the user agent, pauses that a server asks for, and no open doors."""

from __future__ import annotations

import pytest

from cqcrawler.archive import Archive

# Writes down the ports that others could connect to.
WATCH = """
import sys

def watch(event, arguments):
    if event == "socket.bind":
        with open("bound", "a") as file:
            print(arguments[1], file=file)

sys.addaudithook(watch)
"""


def mean_gap(site):
    """The mean, as any single request may be heard late and the next one on time: over five
    gaps of 0.8 s the first may be half a second late."""
    first, *_, last = (request.at for request in site.requests)
    return (last - first) / (len(site.requests) - 1)


def test_obeys_robots(site, crawl, pages):
    site.portal(4)
    site.pages["/robots.txt"] = pages.Reply(
        "User-agent: *\nDisallow: /info/detail/2.html\n\nUser-agent: Googlebot\nDisallow: /"
    )
    crawled = crawl(site.url)
    assert crawled.exit == 0
    assert crawled.portal["new"] == 3
    assert pages.notice_path(2) not in site.hits
    with Archive(crawl.archive, must_exist=True) as archive:
        assert archive.runs.portal_state(crawled.portal["portal"]).pages["excluded"] == 1


def test_says_who_it_is_and_how_to_reach_the_operator(site, crawl):
    site.portal(1)
    crawl.env["CQCRAWLER_CONTACT"] = "https://example.org/crawler"
    crawl(site.url)
    agents = {request.headers["User-Agent"] for request in site.requests}
    assert agents == {"cqcrawler/0.1.0 (+https://example.org/crawler)"}


def test_listens_for_nobody(site, crawl):
    site.portal(1)
    crawl.prelude = WATCH
    assert crawl(site.url).portal["new"] == 1
    assert not (crawl.folder / "bound").exists()


@pytest.mark.parametrize("throttle", ["True", "False"])
def test_keeps_the_delay_that_robots_asks_for(site, crawl, pages, throttle):
    site.portal(4)
    site.pages["/robots.txt"] = pages.Reply("User-agent: *\nCrawl-delay: 0.8")
    # AutoThrottle would go below it, as this server is quick.
    assert crawl(site.url, "-s", f"AUTOTHROTTLE_ENABLED={throttle}").exit == 0
    assert len(site.requests) == 6
    assert mean_gap(site) > 0.7


@pytest.mark.parametrize("status", [429, 500, 503])
def test_comes_back_after_retry_after(site, crawl, pages, status):
    site.portal(6)

    def busy(request):
        if request.earlier == 0:
            return pages.Reply("busy", status, {"Retry-After": "1"})
        return pages.Reply(pages.notice(1))

    site.pages[pages.notice_path(1)] = busy
    assert crawl(site.url).portal["new"] == 6
    refused = next(n for n, r in enumerate(site.requests) if r.path == pages.notice_path(1))
    # The whole host is left alone, but for a request that was on its way.
    later = [request.at - site.requests[refused].at for request in site.requests[refused + 2 :]]
    assert len(later) >= 4
    assert min(later) > 0.9


def test_waits_no_longer_than_the_operator_allows(site, crawl, pages):
    site.portal(2)

    def busy(request):
        if request.earlier == 0:
            return pages.Reply("busy", 503, {"Retry-After": "99999999"})
        return pages.Reply(pages.notice(1))

    site.pages[pages.notice_path(1)] = busy
    bounds = ("-s", "CQCRAWLER_MAX_RETRY_AFTER=0.1", "-s", "CLOSESPIDER_TIMEOUT=60")
    crawled = crawl(site.url, *bounds)
    assert crawled.portal["new"] == 2
    assert "asks to come back in 0.1 seconds" in crawled.stderr


def test_a_portal_can_ask_for_a_slower_pace(site, crawl, tmp_path):
    site.portal(4)
    (tmp_path / "slow.toml").write_text(
        f'name = "slow"\ntitle = "慢"\nplatform = "generic"\nregion = "500000"\n'
        f'start_urls = ["{site.url}/"]\n'
        'delay = { seconds = 0.8, reason = "it is slow" }\n'
    )
    crawl.env["CQCRAWLER_PORTALS"] = str(tmp_path)
    crawled = crawl.wait(
        crawl.start(
            "slow", "--json", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "DOWNLOAD_DELAY_JITTER=0"
        )
    )
    assert crawled.exit == 0
    assert mean_gap(site) > 0.7
