"""`--max-pages` and `--since`: how far a crawl goes."""

from __future__ import annotations


def test_max_pages_is_exact_for_each_portal(site, other_site, crawl):
    site.portal(25)
    other_site.portal(5)
    reports = crawl(site.url, other_site.url, "--max-pages", "7").portals
    assert (len(site.hits), len(other_site.hits)) == (7, 6)
    # Of the first, four notices of the first page and the two other pages of the list are left.
    for portal, fetched, pending in ((site, 7, 6), (other_site, 6, 0)):
        report = reports[portal.name]
        assert report["pending"] == pending
        assert (report["outcome"], report["scope"]) == ("ok", "incremental, at most 7 pages")
        assert report["complete"] is None
        assert report["listing_pages"] + report["detail_pages"] == fetched


def test_a_small_budget_reads_notices_before_further_listings(site, crawl, pages):
    site.portal(50)
    assert crawl(site.url, "--max-pages", "8").portal["new"] == 7
    assert site.hits[0] == "/"
    assert {pages.listing_path(n) for n in range(2, 6)}.isdisjoint(site.hits)


def test_runs_with_a_budget_get_on(site, crawl):
    site.portal(25)
    new = [crawl(site.url, "--max-pages", "12").portal["new"] for _ in range(3)]
    assert new == [10, 10, 5]


def test_pages_excluded_by_robots_cost_no_budget(site, crawl, pages):
    site.portal(5)
    site.pages["/robots.txt"] = pages.Reply("User-agent: *\nDisallow: /info/detail/1.html")
    assert crawl(site.url, "--max-pages", "5").portal["new"] == 4


def test_since_reads_what_is_new_enough_and_pages_no_further(site, crawl, pages):
    site.portal(50)
    report = crawl(site.url, "--since", pages.published(14)).portal
    assert (report["outcome"], report["new"]) == ("ok", 14)
    assert report["scope"] == f"incremental, since {pages.published(14)}"
    listings = [path for path in site.hits if "list" in path]
    # The third page is all older; it shows that there is no need for the fourth.
    assert listings == ["/list_2.html", "/list_3.html"]


def test_since_holds_in_later_runs_that_know_all_pages(site, crawl, pages):
    site.portal(50)
    crawl(site.url)
    site.requests.clear()
    report = crawl(site.url, "--since", pages.published(5)).portal
    assert report["listing_pages"] == 2
    assert "/list_3.html" not in site.hits


def test_pinned_old_rows_do_not_stop_the_paging(site, crawl, pages):
    site.portal(50)
    site.pages["/"] = pages.Reply(pages.listing(range(1, 11), 1, 5, pinned=[49, 50]))
    report = crawl(site.url, "--since", pages.published(14)).portal
    assert report["new"] == 14


def test_rows_without_dates_are_read(site, crawl, pages):
    site.portal(20)
    for page in (1, 2):
        rows = range(page * 10 - 9, page * 10 + 1)
        site.pages[pages.listing_path(page)] = pages.Reply(
            pages.listing(rows, page, 2, dates=False)
        )
    assert crawl(site.url, "--since", pages.published(1)).portal["new"] == 20
