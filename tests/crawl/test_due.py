"""`crawl --due`: what is crawled when a timer fires."""

from __future__ import annotations

import sqlite3

import pytest

from cqcrawler.archive import Archive
from cqcrawler.archive.file.lock import writing


@pytest.fixture
def due(site, other_site, crawl, pages):
    """Crawl what is due of two portals, one of them never by itself; the bundled ones are off."""
    folder = crawl.folder / "portals"
    folder.mkdir()

    def register(name, url, hours):
        (folder / f"{name}.toml").write_text(
            f'name = "{name}"\ntitle = "{name}"\nplatform = "generic"\nregion = "500000"\n'
            f'start_urls = ["{url}/"]\ninterval_hours = {hours}\n'
        )

    register("daily", site.url, 24)
    register("never", other_site.url, 0)
    for bundled in ("chongqing", "js", "sc"):
        register(bundled, f"http://{bundled}.invalid", 0)
    crawl.env["CQCRAWLER_PORTALS"] = str(folder)
    site.portal(4)

    def run(*arguments):
        options = ("--due", *pages.QUICK, "--archive", str(crawl.archive), *arguments)
        return crawl.wait(crawl.start(*options))

    return run


def age(crawl, days):
    """Make every run so much older."""
    with sqlite3.connect(crawl.archive) as db:
        db.execute(
            "UPDATE runs SET started_at = strftime('%Y-%m-%dT%H:%M:%SZ', started_at, ?)",
            [f"-{days} days"],
        )
    db.close()


def test_missed_runs_are_caught_up_once(site, other_site, crawl, due):
    first = due("--json")
    assert list(first.portals) == ["daily"]
    assert first.portals["daily"]["outcome"] == "ok"
    nothing = due()
    assert (nothing.exit, nothing.stdout) == (0, "")
    assert nothing.stderr == "nothing is due: cqcrawler portals shows what is next\n"
    age(crawl, days=9)
    assert due("--json").portals["daily"]["outcome"] == "quiet"
    empty = due("--json").json
    assert (empty["exit"], empty["portals"]) == (0, [])
    assert other_site.requests == []


def test_what_a_person_tried_postpones_nothing(site, crawl, due):
    crawl(site.url, "--max-pages", "2")
    with Archive(crawl.archive, must_exist=True) as archive:
        (run,) = archive.runs.latest()
    assert (run.portal, run.whole) == ("daily", False)
    assert due("--json").portals["daily"]["scope"] == "full"


@pytest.mark.parametrize(("options", "said"), [([], "another run"), (["--quiet"], "")])
def test_a_second_one_leaves_at_once(site, crawl, due, options, said):
    with writing(crawl.archive):
        crawled = due(*options)
    assert crawled.exit == 3
    assert said in crawled.stderr
    assert bool(crawled.stderr) is bool(said)
    assert site.requests == []


def test_a_broken_portal_file_does_not_stop_the_others(site, crawl, due):
    (crawl.folder / "portals/broken.toml").write_text("[")
    crawled = due("--quiet")
    assert crawled.exit == 2
    assert "broken.toml: cannot be read as TOML" in crawled.stderr
    assert crawled.stdout.splitlines()[1].startswith("daily\t")
