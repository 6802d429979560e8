"""The raw pages of one archive, brought into another."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests import processes
from tests.crawl.conftest import Crawler, Reply, Site, notice, notice_path
from tests.families import aspnet, epoint, post_form
from tests.families.portal import Portal, serving
from tests.importing.conftest import tables

# One each: pages behind postbacks, behind forms, and behind what scripts tell of an API.
PORTALS = [aspnet.PORTALS[0], post_form.PORTALS[0], epoint.PORTALS[0]]


def arguments(crawl: Crawler, *options: str) -> list[str]:
    files = sorted(map(str, (crawl.folder / "warc").rglob("*.warc.gz")))
    other = str(crawl.folder / "other" / "archive.db")
    return ["-m", "cqcrawler", "import", *files, "--archive", other, "--json", *options]


def bring(crawl: Crawler) -> dict[str, Any]:
    done = processes.run(*arguments(crawl), cwd=crawl.folder, env=crawl.env)
    assert done.returncode == 0, done.stdout + done.stderr
    (report,) = json.loads(done.stdout)["portals"]
    return dict(report)


def both(crawl: Crawler, *, but: frozenset[str] = frozenset()) -> list[Any]:
    """The tables of both archives, without when a start page was first known."""
    found = [tables(path) for path in (crawl.archive, crawl.folder / "other" / "archive.db")]
    for dumped in found:
        for rows in dumped.values():
            for row in rows:
                for name in {"found_at", *but}:
                    row.pop(name, None)
    return found


def test_the_same_articles_come_of_the_same_raw_pages(site: Site, crawl: Crawler) -> None:
    site.portal(25)
    site.pages[notice_path(7)] = Reply("<h1>404</h1>", 404)
    crawl(site.url)
    report = bring(crawl)
    assert (report["outcome"], report["new"], report["gone"]) == ("ok", 24, 1)
    crawled, imported = both(crawl)
    for name in crawled:
        assert imported[name] == crawled[name], name
    # Another run with an edit: unchanged pages are kept as revisits, and tell nothing new.
    site.pages[notice_path(3)] = Reply(notice(3, text="第3批项目总投资调整为九十亿元，特此更正。"))
    time.sleep(1)  # The archive tells times to the second.
    crawl(site.url)
    report = bring(crawl)
    assert (report["changed"], report["new"]) == (1, 0)
    crawled, imported = both(crawl)
    assert imported["versions"] == crawled["versions"]
    assert len(imported["versions"]) == 25


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.id)
def test_lists_behind_forms_are_put_together_again(portal: Portal, crawl: Crawler) -> None:
    with serving(portal) as server:
        crawl(server.url + portal.start)
    assert bring(crawl)["new"] == len(portal.notices)
    crawled, imported = both(crawl, but=frozenset({"postback"}))
    for name in ("articles", "versions", "listed", "pages"):
        assert imported[name] == crawled[name], name


def test_a_second_start_goes_on_after_a_kill(site: Site, crawl: Crawler) -> None:
    site.portal(60)
    crawl(site.url)
    other = crawl.folder / "other" / "archive.db"
    process = processes.start(*arguments(crawl), cwd=crawl.folder, env=crawl.env)
    while count(other) < 5 and process.poll() is None:
        pass
    process.kill()
    process.communicate()
    assert count(other) >= 5
    report = bring(crawl)
    assert (report["outcome"], report["missing"]) == ("ok", 0)
    crawled, imported = both(crawl)
    for name in ("articles", "versions", "listed", "pages"):
        assert imported[name] == crawled[name], name
    checked = processes.run("-m", "cqcrawler", "verify", "--archive", str(other), env=crawl.env)
    assert checked.returncode == 0, checked.stdout


def count(path: Path) -> int:
    """How many articles an archive has, which another process may be making."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
