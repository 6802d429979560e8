"""The views of what notices state, against sums made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from cqcrawler.archive import Archive
from cqcrawler.models import Place
from tests.stating import read_simply

YUBEI = Place("500112", "重庆市", district="渝北区")
CHENGDU = Place("510100", "四川省", "成都市")


@pytest.fixture(autouse=True)
def _simply(monkeypatch: pytest.MonkeyPatch) -> None:
    read_simply(monkeypatch)


@pytest.fixture
def stated(crawl: Any, archive: Archive) -> Archive:
    crawl.notice(
        "http://h/1",
        body="2025-06-30，总投资30亿元，其中6亿元为设备，用地30亩。生产芯片和疫苗。",
        published="2025-07-01",
        place=YUBEI,
    )
    crawl.notice(
        "http://h/2", body="协议资金5亿元，到位资金2亿元。", published="2025-06-03", place=YUBEI
    )
    crawl.notice(
        "http://h/3",
        body="2024-01-05，芯片项目总投资9亿美元，另有总投资1亿元。",
        published="2025-06-09",
        place=CHENGDU,
    )
    crawl.notice(
        "http://h/4",
        body="2025-05-01，全市1326亿元。",
        published="2025-06-10",
        place=CHENGDU,
    )
    crawl.withdraw("http://h/3")
    return archive


def rows(archive: Archive, view: str, *columns: str) -> list[tuple[Any, ...]]:
    return archive._db.execute(f"SELECT {', '.join(columns)} FROM {view}").fetchall()


def test_investment_by_region(stated: Archive) -> None:
    columns = ("province", "city", "district", "unit", "notices", "investment_total")
    assert rows(stated, "investment_by_region", *columns, "realised_total", "withdrawn") == [
        ("重庆市", None, "渝北区", "CNY", 2, 35e8, 2e8, 0),
        ("四川省", "成都市", None, "CNY", 1, 1e8, None, 1),
        ("四川省", "成都市", None, "USD", 1, 9e8, None, 1),
    ]


def test_investment_by_industry(stated: Archive) -> None:
    columns = ("industry", "unit", "notices_naming_it", "investment_naming_it")
    assert rows(stated, "investment_by_industry", *columns, "realised_naming_it") == [
        ("集成电路", "CNY", 2, 31e8, None),
        ("生物医药", "CNY", 1, 30e8, None),
        (None, "CNY", 1, 5e8, 2e8),
        ("集成电路", "USD", 1, 9e8, None),
    ]


def test_investment_by_month(stated: Archive) -> None:
    columns = ("month", "stale", "unit", "notices", "investment_total", "realised_total")
    assert rows(stated, "investment_by_month", *columns) == [
        ("2025-06", 0, "CNY", 2, 35e8, 2e8),
        ("2024-01", 1, "CNY", 1, 1e8, None),
        ("2024-01", 1, "USD", 1, 9e8, None),
    ]


def test_every_sum_is_that_of_its_rows(stated: Archive) -> None:
    amounts = "SELECT unit, sum(promised), sum(realised) FROM investments GROUP BY unit"
    whole = stated._db.execute(amounts).fetchall()
    for view in ("investment_by_region", "investment_by_month"):
        sums = f"SELECT unit, sum(investment_total), sum(realised_total) FROM {view} GROUP BY unit"
        assert stated._db.execute(sums).fetchall() == whole
    assert whole == [("CNY", 36e8, 2e8), ("USD", 9e8, None)]


def test_official_figures_have_their_period_and_are_in_no_sum(stated: Archive) -> None:
    columns = ("event_from", "event_to", "province", "value", "sentence", "url")
    assert rows(stated, "official_figures", *columns) == [
        ("2025-05-01", "2025-05-01", "四川省", 1326e8, "2025-05-01，全市1326亿元。", "http://h/4")
    ]


def test_stale_news(stated: Archive) -> None:
    columns = ("url", "published", "event_to", "days_old", "withdrawn_at IS NOT NULL")
    assert rows(stated, "stale_news", *columns) == [
        ("http://h/3", "2025-06-09", "2024-01-05", 521, 1)
    ]


def test_every_fact_has_its_source(stated: Archive) -> None:
    columns = ("article_id", "kind", "value", "sentence", "published")
    assert rows(stated, "fact_sources", *columns)[:3] == [
        (1, kind, value, "2025-06-30，总投资30亿元，其中6亿元为设备，用地30亩。", "2025-07-01")
        for kind, value in (("investment", 30e8), ("investment", 6e8), ("area", 20000.0))
    ]


def test_sums_read_no_text(stated: Archive) -> None:
    for view in ("investment_by_region", "investment_by_industry", "investment_by_month"):
        plan = str(stated._db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view}").fetchall())
        assert "articles USING COVERING INDEX articles_of_sums" in plan
    plan = str(stated._db.execute("EXPLAIN QUERY PLAN SELECT * FROM stale_news").fetchall())
    assert "TEMP" not in plan


def test_an_empty_archive_has_empty_views(archive: Archive) -> None:
    for view in ("investment_by_region", "investment_by_month", "official_figures", "stale_news"):
        assert rows(archive, view, "*") == []
