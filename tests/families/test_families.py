"""Every family's portal is crawled whole, and never silently less than that."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from pathlib import Path

import pytest

from cqcrawler.platforms.canonical import canonical_url
from tests.crawl.conftest import Crawled, Crawler
from tests.families.portal import Portal, Server, serving

_FRAME = ("portal", "conftest")
_MODULES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if path.stem not in _FRAME and not path.stem.startswith(("frames", "test"))
)
PORTALS: list[Portal] = [
    portal
    for name in _MODULES
    for portal in import_module(f"tests.families.{name}").PORTALS
    if portal.family != "rows_by_api"
]
# One of each family: what is told of a page that fails does not depend on the form.
ONE_OF_EACH = list({portal.family: portal for portal in reversed(PORTALS)}.values())
by_portal = pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.id)


@pytest.fixture
def crawl(tmp_path: Path) -> Crawler:
    return Crawler(tmp_path)


def _archived(crawl: Crawler) -> dict[str, tuple[str, str]]:
    with sqlite3.connect(crawl.archive) as archive:
        rows = archive.execute("select url, title, published from articles").fetchall()
    return {url: (title, published) for url, title, published in rows}


def _wanted(server: Server) -> dict[str, tuple[str, str]]:
    portal = server.portal
    return {
        canonical_url(server.url + portal.path_of(notice)): (
            notice.title,
            notice.published.isoformat(),
        )
        for notice in portal.notices
    }


def _run(crawl: Crawler, server: Server) -> Crawled:
    return crawl(server.url + server.portal.start)


@by_portal
def test_a_portal_is_crawled_whole_though_a_page_fails_once(portal: Portal, crawl: Crawler) -> None:
    with serving(portal) as server:
        server.failing, server.failures = 2, 1
        report = _run(crawl, server).portal
        assert _archived(crawl) == _wanted(server)
        again = _run(crawl, server).portal
    assert (report["outcome"], report["complete"]) == ("ok", True), report
    assert report["declared_total"] == (len(portal.notices) if portal.declares else None)
    assert (again["outcome"], again["new"]) == ("quiet", 0), again


@pytest.mark.parametrize("portal", ONE_OF_EACH, ids=lambda portal: portal.id)
def test_a_page_that_fails_for_good_is_told(portal: Portal, crawl: Crawler) -> None:
    with serving(portal) as server:
        server.failing, server.failures = 2, 10_000
        report = _run(crawl, server).portal
    assert (report["outcome"], report["complete"]) == ("incomplete", False), report
