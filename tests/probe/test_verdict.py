"""What a probe makes of a portal's file that is in place: the same as a crawl would."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cqcrawler.models import Answer, FrontierPage, PageKind
from cqcrawler.platforms.list_api import ListApi
from cqcrawler.portals import Portal
from cqcrawler.portals.overrides import Overrides
from cqcrawler.probe.cost import Pace
from cqcrawler.probe.look import Came, look
from cqcrawler.probe.report import Probe, Robots
from cqcrawler.probe.run import Seen, fresh_page, next_page
from cqcrawler.run.interpret import interpret
from tests.crawl.conftest import notice, published, title

AT = datetime(2025, 12, 1, tzinfo=UTC)
HOST = "http://zs.example.gov.cn"
FIRST = f"{HOST}/api/news?p=1"
API = ListApi(
    at="/zsdt/",
    pages="/api/news?p={n}",
    rows="rows",
    link="/detail/{id}",
    title="title",
    date="day",
    total="total",
)
RECORDS = [{"id": n, "title": title(n), "day": published(n)} for n in range(1, 4)]
PAGES = {
    f"{HOST}/zsdt/": "<h2>招商动态</h2><div id='app'></div><script src='/x.js'></script>",
    FIRST: json.dumps({"rows": RECORDS, "total": 5}),
    **{f"{HOST}/detail/{n}": notice(n) for n in range(1, 4)},
}


def probed(api: ListApi) -> Probe:
    portal = Portal("su", "苏州", (f"{HOST}/zsdt/",), overrides=Overrides("su.toml", apis=(api,)))
    seen: list[Seen] = []
    page: FrontierPage | None = fresh_page(portal.start_urls[0], PageKind.UNKNOWN)
    while page:
        status = 200 if page.url in PAGES else 404
        answer = Answer(page.url, status, {}, PAGES.get(page.url, "").encode(), AT)
        seen.append(Seen(page, answer, interpret(answer, page, portal)))
        page = next_page(seen)
    return look(portal, Came(tuple(seen), Pace(1.0, ""), Robots("")))


def test_a_list_of_json_can_be_crawled() -> None:
    probe = probed(API)
    assert (probe.problems, probe.exit_code) == ((), 0)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"rows": "items"}, f"rows matches nothing on {FIRST}"),
        ({"total": "count"}, f"total matches nothing on {FIRST}"),
        ({"date": "time"}, f"date matches nothing on {FIRST}"),
        ({"link": "/detail/{newsId}"}, f"link matches nothing on {FIRST}"),
        ({"link": "/zsdt/#/{id}"}, f"link (the same for all rows) matches nothing on {FIRST}"),
    ],
    ids=["rows", "total", "date", "link", "one page"],
)
def test_what_it_lacks_would_end_a_crawl(wrong: dict[str, str], problem: str) -> None:
    probe = probed(replace(API, **wrong))  # type: ignore[arg-type]
    said = "a crawl would end redesigned: su.toml: listing.api at /zsdt/: "
    assert probe.problems == (said + problem,)


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("/gone/{id}", f" leads to no notice: {HOST}/gone/1: HTTP 404"),
        ("http://b.cn/{id}", ": 3 of 3 rows lead to another site or to a file"),
    ],
)
def test_a_link_that_leads_nowhere_is_named(link: str, problem: str) -> None:
    probe = probed(replace(API, link=link))
    assert probe.problems == (f"su.toml: listing.api at /zsdt/: link{problem}",)
