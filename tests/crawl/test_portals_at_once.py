"""Several portals in one process, registered ones and ad hoc ones."""

from __future__ import annotations

import pytest

from cqcrawler.archive import Archive


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
