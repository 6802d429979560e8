from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.statistics import Doubtful, MonthOfChanges, Totals
from cqcrawler.exceptions import QueryError
from cqcrawler.models import Evidence, Outcome, Place, SectionKind

YUBEI = Place("500112", "重庆市", None, "渝北区")
CHENGDU = Place("510100", "四川省", "成都市")
JINNIU = Place("510106", "四川省", "成都市", "金牛区")
SICHUAN = Place("510000", "四川省")


@pytest.fixture
def filled(archive: Archive, crawl: Any, make_crawl: Any) -> Archive:
    """Six notices of two portals; one was edited a month later and one withdrawn."""
    for number, (place, day, source) in enumerate(
        [
            (YUBEI, "2025-05-02", "渝北招商"),
            (YUBEI, "2025-06-02", "渝北招商"),
            (CHENGDU, "2025-06-03", "成都投促"),
            (JINNIU, "2025-06-04", None),
            (SICHUAN, "2025-06-05", ""),
            (None, None, "渝北招商"),
        ]
    ):
        tags = ("制造业", "电子") if number < 2 else ("制造业",)
        crawl.notice(f"http://h/{number}", place=place, published=day, source=source, tags=tags)
    archive.runs.end(crawl.run_id, at=crawl.at, outcome=Outcome.OK, counts={}, stats={})
    later = make_crawl(archive, "sc", crawl.at + timedelta(days=31))
    fields = {"place": YUBEI, "published": "2025-05-02", "tags": ("制造业", "电子")}
    later.notice("http://h/0", "改题", page={"portal": "cq"}, **fields)
    later.withdraw("http://h/1", portal="cq")
    return archive


def test_totals(filled: Archive) -> None:
    expected = Totals(6, 1, 1, portals=2, regions=4, oldest="2025-05-02", newest="2025-06-05")
    assert filled.statistics.totals() == expected


def test_doubtful_notices_by_portal(archive: Archive, crawl: Any, make_crawl: Any) -> None:
    sure = {name: Evidence("label", "", 0.98) for name in ("published", "title")}
    unsure = {**sure, "published": Evidence("url", "", 0.6)}
    crawl.notice("http://h/1", provenance=sure)
    crawl.notice("http://h/2", provenance=unsure, warnings=("the date 2031-01-01 is to come",))
    crawl.notice("http://h/3", provenance=unsure, warnings=("no body found",))
    make_crawl(archive, "sc").notice("http://h/4", provenance=sure)
    assert archive.statistics.doubts() == {"cq": Doubtful(published=2, title=0, body=1)}
    reasons = archive._db.execute("SELECT * FROM doubts WHERE article_id = 2").fetchall()
    assert reasons == [
        (2, 0, "published", 0.6, "the date 2031-01-01 is to come"),
        (2, 1, "published", 0.6, "not sure: url"),
    ]
    crawl.notice("http://h/2", provenance=sure)
    assert archive.statistics.doubts() == {"cq": Doubtful(published=1, title=0, body=1)}


def test_totals_of_nothing(archive: Archive) -> None:
    assert archive.statistics.totals() == Totals(0, 0, 0, 0, 0, None, None)
    assert archive.statistics.by_month() == archive.statistics.changes_by_month() == []


def test_what_came_since(filled: Archive) -> None:
    since = filled.statistics.since
    assert since("2025-08-01T00:00:00Z") == {"new": 0, "changed": 1, "withdrawn": 1}
    assert since("2025-07-01T00:00:00Z")["new"] == 6


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [("2025-05", 1), ("2025-06", 4)]),
        (Filters(region="四川"), [("2025-06", 3)]),
        (Filters(tag="电子"), [("2025-05", 1), ("2025-06", 1)]),
        (Filters(region="渝北", since="2025-06-01"), [("2025-06", 1)]),
    ],
)
def test_months(filled: Archive, filters: Filters, expected: list[tuple[str, int]]) -> None:
    assert filled.statistics.by_month(filters) == expected


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        (None, [("510000", "四川省", 3, True), ("500000", "重庆市", 2, True)]),
        ("四川", [("510100", "成都市", 2, True), ("510000", "四川省", 1, True)]),
        ("成都", [("510100", "成都市", 1, False), ("510106", "金牛区", 1, False)]),
        ("重庆", [("500112", "渝北区", 2, False)]),
    ],
)
def test_regions(filled: Archive, region: str | None, expected: list[Any]) -> None:
    counts = filled.statistics.by_region(Filters(region=region))
    assert [(c.code, c.name, c.notices, c.narrower) for c in counts] == expected


def test_portals_sources_and_tags(filled: Archive) -> None:
    statistics = filled.statistics
    assert statistics.by_portal() == [("cq", 6)]
    assert statistics.by_source() == [("渝北招商", 2), ("成都投促", 1)]
    assert statistics.by_tag() == [("制造业", 6), ("电子", 2)]
    assert statistics.by_tag(limit=1) == [("制造业", 6)]
    assert statistics.by_tag(Filters(region="渝北")) == [("制造业", 2), ("电子", 2)]
    assert statistics.by_source(Filters(region="渝北")) == [("渝北招商", 1)]
    assert statistics.by_source(Filters(since="2025-06-01"), limit=1) == [("成都投促", 1)]
    assert statistics.by_portal(Filters(tag="电子")) == [("cq", 2)]


def test_sections_and_their_kinds(archive: Archive, crawl: Any) -> None:
    for number, (section, kind) in enumerate(
        [("招商政策", "policy"), ("惠企政策", "policy"), ("招商政策", "policy"), (None, "park")]
    ):
        named = {"section": section, "section_kind": SectionKind(kind), "place": YUBEI}
        crawl.notice(f"http://h/{number}", source="渝北招商", **named)
    crawl.notice("http://h/9", section="走进江城")
    statistics = archive.statistics
    assert statistics.by_kind() == [("policy", 3), ("park", 1)]
    assert statistics.by_kind(Filters(region="渝北", section="招商政策")) == [("policy", 2)]
    assert statistics.by_section() == [("招商政策", 2), ("惠企政策", 1), ("走进江城", 1)]
    assert statistics.by_section(limit=1) == [("招商政策", 2)]
    assert statistics.by_source(Filters(section="policy")) == [("渝北招商", 3)]


def test_a_bad_filter_is_named(filled: Archive) -> None:
    with pytest.raises(QueryError, match="亚特兰蒂斯"):
        filled.statistics.by_month(Filters(region="亚特兰蒂斯"))


def test_changes_over_time(filled: Archive) -> None:
    assert filled.statistics.changes_by_month() == [
        MonthOfChanges("2025-07", new=6, changed=0, withdrawn=0),
        MonthOfChanges("2025-08", new=0, changed=1, withdrawn=1),
    ]


def test_the_latest_runs_of_each_portal(filled: Archive, make_crawl: Any) -> None:
    make_crawl(filled, "sc")
    runs = filled.statistics.latest_runs(each=1)
    assert [(run.id, run.portal, run.outcome) for run in runs] == [
        (1, "cq", Outcome.OK),
        (3, "sc", None),
    ]


def test_counting_reads_no_rows(filled: Archive) -> None:
    statements: list[str] = []
    connection = filled._db
    connection.set_trace_callback(statements.append)
    statistics = filled.statistics
    statistics.totals(), statistics.since("2025"), statistics.changes_by_month()
    for filters in (Filters(), Filters(region="重庆"), Filters(tag="电子", since="2025-06-01")):
        statistics.by_month(filters), statistics.by_region(filters), statistics.by_portal(filters)
        statistics.by_tag(filters), statistics.by_source(filters)
    connection.set_trace_callback(None)
    for statement in statements:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        bare = [step for *_, step in plan if step in ("SCAN articles", "SCAN article_versions")]
        assert not bare, statement
