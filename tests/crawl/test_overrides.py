"""Portals that their files tell how to read: whole, and never silently less than that."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

import pytest

from tests.crawl.conftest import (
    QUICK,
    Crawled,
    Crawler,
    Reply,
    Site,
    listing_path,
    notice,
    notice_path,
    published,
    title,
)
from tests.families import trs
from tests.families.portal import serving

Run = Callable[..., Crawled]
OLD = range(901, 907)
HOT = "".join(
    f'<li class="hot"><a href="/hot/{n}.html">{title(n)}</a> {published(n)}</li>' for n in OLD
)


def tell(crawl: Crawler, lines: str, start: str) -> None:
    """Write the file of a portal that has these lines beside the usual ones."""
    folder = crawl.folder / "portals"
    folder.mkdir(exist_ok=True)
    crawl.env["CQCRAWLER_PORTALS"] = str(folder)
    (folder / "suzhou.toml").write_text(
        f"""name = "suzhou"
title = "苏州投资促进网"
platform = "generic"
region = "320500"
start_urls = ["{start}"]
{lines}"""
    )


@pytest.fixture
def run(crawl: Crawler, site: Site) -> Run:
    """Crawls a portal by such a file."""

    def run(lines: str = "", start: str = "") -> Crawled:
        tell(crawl, lines, start or f"{site.url}/")
        archive = ("--archive", str(crawl.archive), "--json")
        return crawl.wait(crawl.start("suzhou", *QUICK, *archive))

    return run


def urls(crawl: Crawler) -> set[str]:
    with sqlite3.connect(crawl.archive) as archive:
        return {url for (url,) in archive.execute("SELECT url FROM articles")}


def test_a_portal_of_a_known_family_takes_a_short_file(run: Run, crawl: Crawler) -> None:
    (portal, *_) = trs.PORTALS
    with serving(portal) as server:
        report = run(start=server.url + portal.start).portal
    file = crawl.folder / "portals/suzhou.toml"
    assert len(file.read_text().splitlines()) <= 15
    assert (report["outcome"], report["new"]) == ("ok", len(portal.notices)), report


def test_what_nobody_reached_is_crawled_by_name_and_says_so(run: Run, site: Site) -> None:
    site.portal(2)
    crawled = run('verified = false\nnote = "from a directory"')
    assert crawled.portal["outcome"] == "ok"
    assert "cqcrawler: suzhou: nobody has reached it yet: from a directory" in crawled.stderr


def test_a_portal_that_moved_keeps_its_notices(
    run: Run, crawl: Crawler, site: Site, far_site: Site
) -> None:
    far_site.portal(6, rows=3)
    run(start=f"{far_site.url}/")
    forgotten = far_site.url + notice_path(2)
    assert crawl.run("forget", forgotten, "--yes").returncode == 0
    # Its new host links to the old one here and there.
    site.portal(7, rows=3)
    old = site.pages["/"].body.replace(
        'href="/info/detail/3', f'href="{far_site.url}/info/detail/3'
    )
    site.pages["/"] = Reply(old.replace('href="/list_2', f'href="{far_site.url}/list_2'))
    far_site.requests.clear()
    report = run(f'formerly = ["{far_site.url.removeprefix("http://")}"]').portal
    assert (report["outcome"], report["new"], report["withdrawn"]) == ("ok", 1, 0), report
    assert urls(crawl) == {site.url + notice_path(number) for number in (1, 3, 4, 5, 6, 7)}
    assert not far_site.requests
    shown = crawl.run("show", far_site.url + notice_path(3), "--json")
    assert json.loads(shown.stdout)["url"] == site.url + notice_path(3)
    assert crawl.run("verify").returncode == 0


def with_hot_rows(site: Site) -> None:
    """A portal of two pages, each with notices of another section among the rows of its list:
    only their class, which the general rules do not look at, tells them from the others."""
    site.portal(16, rows=8)
    for page in (1, 2):
        body = site.pages[listing_path(page)].body
        site.pages[listing_path(page)] = Reply(body.replace("<ul>", f"<ul>{HOT}"))
    for number in OLD:
        site.pages[f"/hot/{number}.html"] = Reply(notice(number))


def test_one_line_mends_what_is_read_wrong(run: Run, crawl: Crawler, site: Site) -> None:
    with_hot_rows(site)
    own = {site.url + notice_path(number) for number in range(1, 17)}
    run()
    assert urls(crawl) > own
    crawl.archive.unlink()
    report = run(
        '[listing]\nreason = "old notices stand among the rows"\nexclude = [".hot"]'
    ).portal
    assert (report["outcome"], urls(crawl)) == ("ok", own), report


def test_what_a_changed_file_changes_is_seen_before_it_is_kept(
    run: Run, crawl: Crawler, site: Site
) -> None:
    site.portal(3)
    run()
    lines = '[notice]\nreason = "the last line is ours"\nexclude = ["p:nth-child(3)"]'
    tell(crawl, lines, f"{site.url}/")
    shown = json.loads(crawl.run("reextract", "--dry-run", "--json").stdout)
    assert (shown["versions"], shown["fields"]["suzhou"]["body"]) == (3, 3)
    assert crawl.run("reextract").returncode == 0
    with sqlite3.connect(crawl.archive) as archive:
        rows = archive.execute("SELECT body, reader_version FROM articles").fetchall()
        rules = {rule for (rule,) in archive.execute("SELECT rule FROM removed_text")}
    (version,) = {version for _, version in rows}
    assert version.startswith(f"{shown['reader_version']}.")
    assert not any("(二)" in body for body, _ in rows)
    assert "suzhou.toml notice.exclude" in rules
    again = run(lines).portal
    assert (again["outcome"], again["changed"]) == ("quiet", 0), again


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ('[listing]\nrows = ".list li"', "listing.rows matches nothing on {url}/"),
        (
            '[listing]\nexclude = [".hot", ".cold"]',
            "listing.exclude .cold matches nothing on any of 2 pages of listings",
        ),
        ('[notice]\nbody = ".text"', "notice.body matches nothing on 22 of 22 notices"),
    ],
)
def test_what_matches_nothing_is_told(run: Run, site: Site, lines: str, reason: str) -> None:
    with_hot_rows(site)
    lines = lines.replace("]\n", ']\nreason = "why"\n', 1)
    report = run(lines).portal
    assert report["outcome"] == "redesigned", report
    assert report["reason"] == f"suzhou.toml: {reason.format(url=site.url)}"


API = """[listing]
reason = "its list is drawn by script"
[[listing.api]]
at = "/zsdt/"
pages = "/api/news?size=2&pageNo={n}"
rows = "data.records"
link = "/info/detail/{id}.html"
title = "title"
date = "day"
total = "data.total"
"""


@pytest.fixture
def by_script(site: Site) -> str:
    """Five notices, two in each answer; returns the address of their list."""
    site.pages["/zsdt/"] = Reply(
        "<h2>招商动态</h2><div id='app'></div><script src='/x.js'></script>"
    )
    for number in range(1, 6):
        site.pages[notice_path(number)] = Reply(notice(number))
    for page, numbers in enumerate(((1, 2), (3, 4), (5,)), start=1):
        site.pages[f"/api/news?pageNo={page}&size=2"] = answer(numbers)
    return f"{site.url}/zsdt/"


def answer(numbers: tuple[int, ...], rows: str = "records") -> Reply:
    records = [{"id": n, "title": title(n), "day": published(n)} for n in numbers]
    return Reply(json.dumps({"data": {"total": 5, rows: records}}))


def test_a_list_of_json_is_read_whole(run: Run, crawl: Crawler, site: Site, by_script: str) -> None:
    report = run(API, start=by_script).portal
    assert (report["outcome"], report["declared_total"]) == ("ok", 5), report
    assert urls(crawl) == {site.url + notice_path(number) for number in range(1, 6)}


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("/info/{newsId}.html", "matches nothing on {url}/api/news?pageNo=1&size=2"),
        (
            "/info/{id}.html",
            "leads to no notice: 5 listed pages are gone, such as {url}/info/1.html: HTTP 404",
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_named(
    run: Run, site: Site, by_script: str, link: str, reason: str
) -> None:
    report = run(API.replace("/info/detail/{id}.html", link), start=by_script).portal
    assert (report["outcome"], report["reason"]) == (
        "redesigned",
        f"suzhou.toml: listing.api at /zsdt/: link {reason.format(url=site.url)}",
    )


def test_an_answer_that_changed_is_told(run: Run, site: Site, by_script: str) -> None:
    site.pages["/api/news?pageNo=2&size=2"] = answer((3, 4), rows="items")
    report = run(API, start=by_script).portal
    assert report["outcome"] == "redesigned", report
    assert report["reason"] == (
        "suzhou.toml: listing.api at /zsdt/: rows matches nothing on "
        f"{site.url}/api/news?pageNo=2&size=2"
    )
