"""Runs that follow: what they ask for, how far they read, and when all is read again."""

from __future__ import annotations

import sqlite3

import pytest

from cqcrawler.archive import Archive

MODIFIED = "Tue, 30 Sep 2025 08:00:00 GMT"


def validated(pages, body, **validator):
    """A page that honours one validator, `ETag` or `Last_Modified`."""
    ((name, value),) = validator.items()
    header, condition = {
        "etag": ("ETag", "If-None-Match"),
        "modified": ("Last-Modified", "If-Modified-Since"),
    }[name]

    def page(request):
        if request.headers.get(condition) == value:
            return pages.Reply(status=304, headers={header: value})
        return pages.Reply(body, headers={header: value})

    return page


def tagged(pages, body):
    return validated(pages, body, etag=f'"{hash(body)}"')


def detail_bodies(site, pages):
    """The notices that were sent in full since the requests were last cleared."""
    return [
        request.path
        for request in site.requests
        if "/detail/" in request.path
        and not (request.headers["If-None-Match"] or request.headers["If-Modified-Since"])
    ]


def listings_read(site):
    return sorted(path for path in site.hits if "/detail/" not in path)


def age(crawl, days):
    """Let the archive be so much older: move every time in it back."""
    with sqlite3.connect(crawl.archive) as db:
        for table, columns in {
            "runs": ("started_at", "ended_at"),
            "pages": ("found_at", "fetched_at", "checked_at"),
            "articles": ("first_seen", "last_seen", "changed_at", "withdrawn_at"),
        }.items():
            for column in columns:
                db.execute(
                    f"UPDATE {table} SET {column} ="
                    f" strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '-{days} days')"
                )
    db.close()


def version_counts(crawl):
    with sqlite3.connect(crawl.archive) as db:
        counts = db.execute(
            "SELECT version, count(*) FROM article_versions GROUP BY version"
        ).fetchall()
    db.close()
    return dict(counts)


@pytest.mark.parametrize("validator", ["etag", "modified"])
def test_a_hundred_notices_are_fetched_once_and_every_edit_is_found(site, crawl, pages, validator):
    def lay(notices, edited=()):
        site.portal(notices, rows=20)
        for number in range(1, notices + 1):
            text = (
                f"经核实，第{number}批项目总投资调整为99亿元，其余不变。"
                if number in edited
                else ""
            )
            body = pages.notice(number, text=text)
            value = (
                f'"{number}-{number in edited}"'
                if validator == "etag"
                else (MODIFIED if number not in edited else "Wed, 01 Oct 2025 08:00:00 GMT")
            )
            site.pages[pages.notice_path(number)] = validated(pages, body, **{validator: value})

    lay(100)
    first = crawl(site.url).portal
    assert (first["outcome"], first["scope"], first["new"]) == ("ok", "full", 100)
    assert len(detail_bodies(site, pages)) == 100

    site.requests.clear()
    again = crawl(site.url).portal
    assert (again["outcome"], again["scope"], again["unchanged"]) == ("quiet", "incremental", 100)
    assert detail_bodies(site, pages) == []

    site.requests.clear()
    lay(105, edited=(3, 20, 41, 77, 100))
    third = crawl(site.url).portal
    assert (third["new"], third["changed"], third["unchanged"]) == (5, 5, 95)
    assert version_counts(crawl) == {1: 105, 2: 5}
    assert len(detail_bodies(site, pages)) == 5


@pytest.fixture
def long_listing(site, crawl, pages):
    """A portal with a listing of eight pages, crawled once; `lay` shows other rows on them."""

    def lay(*shown, broken=()):
        for page, numbers in enumerate(shown, 1):
            body = pages.listing(numbers, page, len(shown))
            reply = pages.Reply("oops", 500) if page in broken else pages.Reply(body)
            site.pages[pages.listing_path(page)] = reply
            for number in numbers:
                site.pages[pages.notice_path(number)] = tagged(pages, pages.notice(number))
        site.requests.clear()

    lay(*in_order(range(1, 41)))
    assert crawl(site.url).portal["new"] == 40
    lay(*in_order(range(1, 41)))
    return lay


def in_order(numbers, rows=5):
    numbers = list(numbers)
    return [numbers[at : at + rows] for at in range(0, len(numbers), rows)]


def test_a_listing_without_news_is_left_after_two_pages(long_listing, site, crawl):
    again = crawl(site.url).portal
    assert listings_read(site) == ["/", "/list_2.html"]
    assert (again["scope"], again["complete"]) == ("incremental", None)


def test_news_below_pinned_rows_and_out_of_order_is_found(long_listing, site, crawl):
    pinned, rest = [38, 39, 40, 36, 37], list(range(1, 41))
    rest.insert(2, 51)
    rest.insert(13, 52)
    long_listing(pinned, *in_order(rest))
    assert crawl(site.url).portal["new"] == 2


def test_pages_that_shift_while_they_are_read_lose_nothing(long_listing, site, crawl, pages):
    newest = [61, 62, 63, 64, 65, 66, 67, *range(1, 34)]
    later = [*range(71, 76), *newest]
    long_listing(*in_order(newest))
    for number in later:
        site.pages[pages.notice_path(number)] = tagged(pages, pages.notice(number))

    def shifting(page):
        """As soon as the first page was read, five more notices come in above."""

        def answer(request):
            shown = later if "/" in site.hits[:-1] else newest
            return pages.Reply(pages.listing(in_order(shown)[page - 1], page, 8))

        return answer

    site.pages |= {pages.listing_path(page): shifting(page) for page in range(1, 9)}
    assert crawl(site.url).portal["new"] == 7
    assert crawl(site.url).portal["new"] == 5


def test_a_listing_page_that_fails_does_not_hide_what_follows(long_listing, site, crawl):
    shown = in_order([61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, *range(1, 30)])
    long_listing(*shown, broken=(2,))
    first = crawl(site.url, "-s", "CQCRAWLER_MAX_PAUSE=0.1").portal
    assert (first["outcome"], first["new"]) == ("incomplete", 6)
    assert "/list_2.html: HTTP 500" in first["reason"]
    long_listing(*shown)
    second = crawl(site.url).portal
    assert (second["outcome"], second["new"]) == ("ok", 5)


def test_a_row_that_changed_makes_an_old_notice_due(long_listing, site, crawl, pages):
    age(crawl, 6)
    with sqlite3.connect(crawl.archive) as db:
        db.execute(
            "UPDATE articles SET first_seen = '2020-01-01T00:00:00Z', published = '2020-01-01'"
        )
        db.execute("UPDATE pages SET found_at = '2020-01-01T00:00:00Z'")
    db.close()
    assert crawl(site.url).portal["unchanged"] == 0
    body = pages.listing(range(1, 6), 1, 8).replace(pages.title(3), f"(更正){pages.title(3)}")
    site.pages["/"] = pages.Reply(body)
    site.pages[pages.notice_path(3)] = pages.Reply(
        pages.notice(3).replace(pages.title(3), f"(更正){pages.title(3)}")
    )
    again = crawl(site.url).portal
    assert (again["changed"], again["unchanged"], again["new"]) == (1, 0, 0)


def test_a_sweep_falls_due_by_itself_and_finds_what_lies_deep(long_listing, site, crawl, pages):
    numbers = [n for n in range(1, 41) if n != 30]
    numbers.insert(33, 91)
    site.pages[pages.notice_path(30)] = pages.Reply(pages.notice(30))
    long_listing(*in_order(numbers))
    assert crawl(site.url).portal["new"] == 0
    age(crawl, 8)
    with sqlite3.connect(crawl.archive) as db:
        db.execute("UPDATE pages SET checked_at = '2038-01-01T00:00:00Z' WHERE kind = 'listing'")
    db.close()
    del site.pages[pages.notice_path(30)]
    report = crawl(site.url).portal
    assert (report["scope"], report["complete"]) == ("full", True)
    assert (report["new"], report["withdrawn"], report["listing_pages"]) == (1, 1, 8)
    assert crawl(site.url).portal["scope"] == "incremental"


def test_full_asks_for_every_page_ever_archived(long_listing, site, crawl, pages):
    age(crawl, 3)
    with sqlite3.connect(crawl.archive) as db:
        db.execute("UPDATE articles SET first_seen = '2019-01-01T00:00:00Z'")
        db.execute("UPDATE pages SET found_at = '2019-01-01T00:00:00Z'")
    db.close()
    assert crawl(site.url).portal["unchanged"] == 0
    del site.pages[pages.notice_path(40)]
    report = crawl(site.url, "--full").portal
    assert (report["scope"], report["listing_pages"]) == ("full", 8)
    assert (report["unchanged"], report["withdrawn"]) == (39, 0)  # The listing still shows it.
    assert crawl(site.url).portal["withdrawn"] == 1


def test_a_sweep_that_is_stopped_is_taken_up_again(long_listing, site, crawl, pages):
    age(crawl, 8)
    site.pages["/list_5.html"] = pages.Reply("oops", 500, {"Retry-After": "60"})
    long_listing(*in_order(range(1, 41)))
    assert crawl(site.url, "-s", "CLOSESPIDER_TIMEOUT=0.01").portal["outcome"] != "ok"


def test_a_portal_says_how_often_and_how_much(site, crawl, pages, tmp_path):
    site.portal(30)
    (tmp_path / "mine.toml").write_text(
        'name = "mine"\ntitle = "我的"\nplatform = "generic"\nregion = "500000"\n'
        f'start_urls = ["{site.url}/"]\nsweep_days = 2\nrevisits = 50\n'
    )
    crawl.env["CQCRAWLER_PORTALS"] = str(tmp_path)
    assert crawl("mine").portal["new"] == 30
    assert crawl("mine").portal["unchanged"] == 5  # A tenth, as there are no validators.
    age(crawl, 3)
    assert crawl("mine").portal["scope"] == "full"


def test_the_archive_says_how_many_rows_were_declared_and_seen(site, crawl, pages):
    site.portal(14)
    for page, rows in ((1, range(1, 11)), (2, range(11, 15))):
        site.pages[pages.listing_path(page)] = pages.Reply(pages.listing(rows, page, 2, total=14))
    assert crawl(site.url).portal["complete"] is True
    with Archive(crawl.archive, must_exist=True) as archive:
        (run,) = archive.runs.latest()
    assert (run.declared_total, run.counts["seen"], run.complete) == (14, 14, True)


@pytest.mark.parametrize("shown", [1, 4], ids=["the same page", "a few pages in turn"])
def test_a_pager_without_end_is_read_as_far_as_it_shows_news(site, crawl, pages, shown):
    site.portal(40)

    def turn(number):
        first = (number - 1) % shown * 10 + 1
        onward = f'<a href="{pages.listing_path(number + 1)}">下一页</a></body>'
        rows = pages.listing(range(first, first + 10))
        return pages.Reply(rows.replace("</body>", f"<b>{number}</b> {onward}"))

    site.pages |= {pages.listing_path(number): turn(number) for number in range(1, 100)}
    crawled = crawl(site.url)
    assert crawled.portal["new"] == 10 * shown
    assert crawled.portal["listing_pages"] <= shown + 3
    assert crawl(site.url).portal["listing_pages"] <= shown + 3
    assert crawl(site.url, "--full").portal["listing_pages"] <= shown + 3


def test_a_portal_of_more_pages_than_a_run_may_fetch_is_read_in_a_few(site, crawl, pages):
    site.portal(60)
    most = ("-s", "CQCRAWLER_MAX_PAGES=30")
    runs = [crawl(site.url, *most).portal for _ in range(4)]
    assert sum(run["new"] for run in runs) == 60
    assert [run["outcome"] for run in runs[:2]] == ["incomplete", "incomplete"]
