"""With a first date, a list that counts its pages down is read from its newest page on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cqcrawler.platforms.canonical import canonical_url
from tests.crawl.conftest import Crawler
from tests.families import vsb
from tests.families.portal import Portal, serving


@pytest.mark.parametrize("portal", vsb.PORTALS, ids=lambda portal: portal.id)
def test_what_is_new_is_on_the_first_pages(portal: Portal, tmp_path: Path) -> None:
    first = portal.notices[17].published  # on the second page
    crawl = Crawler(tmp_path)
    with serving(portal) as server:
        report = crawl(server.url + portal.start, "--since", first.isoformat()).portal
        wanted = {
            canonical_url(server.url + portal.path_of(notice))
            for notice in portal.notices
            if notice.published >= first
        }
        parts = [part for request in server.requests if (part := portal.part_of(request))]
    with sqlite3.connect(crawl.archive) as archive:
        assert {url for (url,) in archive.execute("select url from articles")} == wanted
    assert (report["outcome"], report["new"]) == ("ok", 18)
    assert parts == [2, 3]  # the third shows that there is no more
