"""The same crawl under Scrapy's own command."""

from __future__ import annotations

import os

from cqcrawler import portals
from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import writing
from tests import processes
from tests.processes import ROOT

SETTINGS = "cqcrawler.settings"


def scrapy(folder, *arguments, **env):
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SCRAPY_SETTINGS_MODULE": SETTINGS, **env}
    return processes.run("-m", "scrapy", *arguments, cwd=folder, env=env)


def test_scrapy_list_names_the_portals(tmp_path):
    listed = scrapy(tmp_path, "list")
    assert listed.stdout.split() == sorted(portals.portal_files())


def test_scrapy_crawl_archives_and_records_a_run(site, pages, tmp_path):
    site.portal(6)
    (tmp_path / "mine.toml").write_text(
        'name = "mine"\ntitle = "我的"\nplatform = "generic"\nregion = "500000"\n'
        f'start_urls = ["{site.url}/"]\n'
    )
    done = scrapy(
        tmp_path,
        *("crawl", "mine", "-a", "max_pages=4", *pages.QUICK),
        CQCRAWLER_PORTALS=str(tmp_path),
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    with Archive(tmp_path / "data" / "archive.db", must_exist=True) as archive:
        assert archive.count() == 3
        (run,) = archive.runs.latest()
    assert (run.portal, run.outcome, run.scope) == ("mine", "ok", "incremental, at most 4 pages")
    assert run.counts["new"] == 3


def test_scrapy_crawl_records_truthfully_what_failed(pages, tmp_path):
    (tmp_path / "mine.toml").write_text(
        'name = "mine"\ntitle = "我的"\nplatform = "generic"\nregion = "500000"\n'
        'start_urls = ["http://127.0.0.1:9/"]\n'
    )
    quick = (*pages.QUICK, "-s", "CQCRAWLER_MAX_PAUSE=0.1")
    done = scrapy(tmp_path, "crawl", "mine", *quick, CQCRAWLER_PORTALS=str(tmp_path))
    assert "Traceback" not in done.stderr
    with Archive(tmp_path / "data" / "archive.db", must_exist=True) as archive:
        (run,) = archive.runs.latest()
    assert run.outcome == "unreachable"
    assert "refused" in run.reason


def test_scrapy_crawl_respects_the_lock(tmp_path):
    path = tmp_path / "data" / "archive.db"
    with writing(path):
        done = scrapy(tmp_path, "crawl", "chongqing")
    assert done.returncode != 0
    assert "another run" in done.stderr


def test_scrapy_crawl_exits_as_the_run_ended(site, pages, tmp_path):
    site.pages["/"] = pages.Reply("no", 403)
    (tmp_path / "mine.toml").write_text(
        'name = "mine"\ntitle = "我的"\nplatform = "generic"\nregion = "500000"\n'
        f'start_urls = ["{site.url}/"]\n'
    )
    own = {"CQCRAWLER_PORTALS": str(tmp_path)}
    assert scrapy(tmp_path, "crawl", "mine", *pages.QUICK, **own).returncode == 1
    with writing(tmp_path / "data" / "archive.db"):
        locked = scrapy(tmp_path, "crawl", "mine", *pages.QUICK, **own)
    assert locked.returncode == 4
    assert "another run" in locked.stderr
    assert scrapy(tmp_path, "crawl", **own).returncode == 2


def test_scrapy_crawl_of_an_unknown_portal_says_so(tmp_path):
    done = scrapy(tmp_path, "crawl", "chonqing")
    assert done.returncode != 0
    assert "did you mean chongqing?" in done.stderr
