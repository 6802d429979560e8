"""Several portals in one process, registered ones and ad hoc ones."""

from __future__ import annotations

from threading import Event

import pytest

from cqcrawler.archive import Archive
from tests.processes import PATIENCE


def register(folder, name, url, region="500000"):
    (folder / f"{name}.toml").write_text(
        f'name = "{name}"\ntitle = "{name}招商网"\nplatform = "generic"\n'
        f'region = "{region}"\nstart_urls = ["{url}/"]\n'
    )


@pytest.fixture
def registered(site, other_site, crawl):
    folder = crawl.folder / "portals"
    folder.mkdir()
    register(folder, "one", site.url)
    register(folder, "two", other_site.url, "四川省")
    crawl.env["CQCRAWLER_PORTALS"] = str(folder)
    return folder


def run(crawl, pages, *arguments):
    options = (*pages.QUICK, "--json", "--archive", str(crawl.archive))
    return crawl.wait(crawl.start(*arguments, *options))


def test_crawls_portals_side_by_side_and_the_worst_decides(
    site, other_site, crawl, pages, registered
):
    site.portal(8)
    other_site.portal(5)
    other_site.pages[pages.notice_path(1)] = pages.Reply("oops", 500)
    crawled = run(crawl, pages, "one", "two")
    outcomes = {portal["portal"]: portal["outcome"] for portal in crawled.json["portals"]}
    assert outcomes == {"one": "ok", "two": "partial"}
    assert crawled.exit == 1
    with Archive(crawl.archive, must_exist=True) as archive:
        by_portal = [article.portal for article in archive.articles()]
    assert (by_portal.count("one"), by_portal.count("two")) == (8, 4)


def test_a_url_of_a_registered_portal_is_crawled_as_that_portal(site, crawl, pages, registered):
    site.portal(12)
    crawled = run(crawl, pages, "--url", f"{site.url}/list_2.html")
    assert crawled.portal["portal"] == "one"
    assert crawled.portal["scope"] == f"incremental, from {site.url}/list_2.html"
    assert site.hits[0] == "/list_2.html"


def test_the_portals_own_region_stands_in_for_a_missing_one(other_site, crawl, pages, registered):
    other_site.portal(1)
    bare = pages.notice(1).replace("【渝北区招商】", "").replace("所属地区:重庆-渝北区", "")
    other_site.pages[pages.notice_path(1)] = pages.Reply(bare)
    run(crawl, pages, "two")
    with Archive(crawl.archive, must_exist=True) as archive:
        (article,) = archive.articles()
    assert article.province == "四川省"


def test_two_start_pages_of_one_host_are_one_portal(site, crawl, pages):
    site.portal(12)
    site.pages["/other/"] = pages.Reply(pages.listing(range(11, 13)))
    crawled = run(crawl, pages, "--url", site.url, "--url", f"{site.url}/other/")
    assert (crawled.portal["new"], crawled.portal["listing_pages"]) == (12, 3)


STEADY = ("-s", "DOWNLOAD_DELAY_JITTER=0", "-s", "AUTOTHROTTLE_ENABLED=False", "--json")


def both(*sites):
    return sorted(request.at for site in sites for request in site.requests)


def test_portals_of_one_server_are_asked_at_the_pace_of_one(site, other_site, crawl):
    """By an address and by a name that leads to it, robots.txt and redirects included."""
    site.portal(3)
    other_site.portal(3)
    named = other_site.url.replace("127.0.0.1", "localhost")
    options = ("-s", "DOWNLOAD_DELAY=0.5", *STEADY, "--archive", str(crawl.archive))
    crawled = crawl.wait(crawl.start(f"--url={site.url}", f"--url={named}", *options))
    assert [portal["new"] for portal in crawled.json["portals"]] == [3, 3]
    times = both(site, other_site)
    assert len(times) == 10
    # The mean, as a single request may be heard late and the next one on time.
    assert (times[-1] - times[0]) / 9 > 0.45


def test_the_longest_delay_that_robots_asks_for_holds_on_the_whole_server(
    site, other_site, crawl, pages
):
    site.portal(3)
    other_site.portal(3)
    site.pages["/robots.txt"] = pages.Reply("User-agent: *\nCrawl-delay: 0.8")
    assert crawl(site.url, other_site.url).exit == 0
    # From the first page on that was asked for by what robots.txt says.
    known = next(request.at for request in site.requests if request.path == "/")
    times = [at for at in both(site, other_site) if at >= known]
    assert len(times) >= 6
    assert (times[-1] - times[0]) / (len(times) - 1) > 0.7


def test_the_whole_server_is_left_alone_that_asks_for_it(site, other_site, crawl, pages):
    site.portal(2)
    other_site.portal(5)
    site.pages["/"] = lambda request: (
        pages.Reply("busy", 429, {"Retry-After": "2"})
        if request.earlier == 0
        else pages.Reply(pages.listing(range(1, 3)))
    )
    assert crawl(site.url, other_site.url).exit == 0
    refused = next(request.at for request in site.requests if request.path == "/")
    later = [at - refused for at in both(site, other_site) if at > refused]
    # All but one that was on its way.
    assert len(later) >= 6
    assert min(later[1:]) > 1.9


def test_portals_of_different_servers_do_not_wait_for_each_other(site, far_site, crawl, pages):
    site.portal(2)
    far_site.portal(2)
    done = Event()

    def last(request):
        done.set()
        return pages.Reply(pages.notice(2))

    def held(request):
        assert done.wait(PATIENCE)
        return pages.Reply(pages.listing(range(1, 3)))

    site.pages["/"] = held
    far_site.pages[pages.notice_path(2)] = last
    assert crawl(site.url, far_site.url, "-s", f"DOWNLOAD_TIMEOUT={PATIENCE}").exit == 0
