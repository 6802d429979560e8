"""Projects as the archive keeps them: one from agreement to production, counted once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters, Search
from cqcrawler.archive.articles.corrections import Said
from cqcrawler.models import Place
from cqcrawler.reextract import restate
from tests.archive.conftest import Crawl

WANZAI = Place("360922", "江西省", "宜春市", "万载县")
WEIYUAN = Place("511024", "四川省", "内江市", "威远县")
SIGNED = (
    "总投资18亿元 光学玻璃项目签约",
    "2024年5月6日，万载县与晶海光学股份有限公司签订投资协议，光学玻璃项目落户万载县。"
    "项目总投资18亿元，用地260亩，分两期建设，其中一期投资8亿元。",
)
STARTED = (
    "晶海光学玻璃项目动工",
    "2024年11月12日，晶海光学玻璃生产基地一期工程在万载县开工建设。一期投资8亿元，"
    "挖掘机来回穿梭，工人正在平整场地。",
)
PRODUCING = (
    "晶海光学玻璃基地投产",
    "2025年12月20日，万载县晶海光学玻璃基地首批产品下线，总投资18亿元的项目正式投产，走进车间，"
    "自动化设备有序运转。",
)
OTHER = (
    "光学玻璃项目签约崇义",
    "2024年6月1日，崇义县与远盛科技有限公司签约，光学玻璃项目落户崇义县，总投资5亿元。",
)


def save(crawl: Crawl, url: str, notice: tuple[str, str], published: str, **fields: Any) -> None:
    crawl.notice(url, *notice, published=published, place=WANZAI, **fields)


def rows(archive: Archive, sql: str) -> list[tuple[Any, ...]]:
    return archive._db.execute(sql).fetchall()


@pytest.fixture
def followed(crawl: Crawl, archive: Archive) -> Archive:
    save(crawl, "http://h/1", SIGNED, "2024-05-07")
    save(crawl, "http://h/2", STARTED, "2024-11-13")
    save(crawl, "http://h/3", PRODUCING, "2025-12-21")
    save(crawl, "http://h/4", OTHER, "2024-06-02")
    return archive


def test_one_undertaking_is_one_project(followed: Archive) -> None:
    columns = "investor, place_code, invested, unit, basis, stage, first_at, last_at, notices"
    assert rows(followed, f"SELECT {columns} FROM projects ORDER BY id") == [
        (
            *("晶海光学股份有限公司", "360922", 18e8, "CNY", "planned", "投产"),
            *("2024-05-06", "2025-12-20", 3),
        ),
        (
            *("远盛科技有限公司", "360725", 5e8, "CNY", "planned", "签约"),
            *("2024-06-01", "2024-06-01", 1),
        ),
    ]


def test_sums_count_it_once(followed: Archive) -> None:
    assert rows(followed, "SELECT sum(promised) FROM investments") == [(23e8,)]
    assert rows(followed, "SELECT sum(investment_total) FROM investment_by_region") == [(23e8,)]


def test_sums_do_not_depend_on_the_order_of_coming(crawl: Crawl, archive: Archive) -> None:
    save(crawl, "http://h/3", PRODUCING, "2025-12-21")
    save(crawl, "http://h/2", STARTED, "2024-11-13")
    save(crawl, "http://h/1", SIGNED, "2024-05-07")
    assert rows(archive, "SELECT count(*) FROM projects") == [(1,)]
    assert rows(archive, "SELECT sum(promised) FROM investments") == [(18e8,)]


@pytest.mark.parametrize(
    "changes",
    [
        {"basis": "intended"},
        {"scope": "statistic"},
        {"basis": "spent"},
        {"kind": "output", "basis": "expected", "scope": None},
    ],
)
def test_what_is_corrected_to_no_promise_leaves_that_of_a_follow_up(
    followed: Archive, changes: dict[str, Any]
) -> None:
    signed = followed.article("http://h/1")
    assert signed is not None
    said = Said("李四", datetime(2026, 1, 1, tzinfo=UTC))
    for fact in signed.facts:
        if fact.kind == "investment":
            followed.corrections.set(signed, fact, changes, said)
    assert rows(followed, "SELECT sum(promised) FROM investments") == [(8e8 + 5e8,)]


def test_a_copy_and_a_follow_up_count_nothing_more(crawl: Crawl, followed: Archive) -> None:
    crawl.portal = "sc"
    save(crawl, "http://sc/1", ("18亿元项目落子江西", SIGNED[1]), "2024-05-09")
    assert rows(followed, "SELECT sum(promised) FROM investments") == [(23e8,)]
    assert rows(followed, "SELECT notices FROM projects ORDER BY id") == [(4,), (1,)]


def test_conversion(followed: Archive) -> None:
    columns = "signed_at, started_at, producing_at, months_to_start, months_to_produce"
    found = rows(followed, f"SELECT {columns} FROM conversion ORDER BY project_id")
    assert found[0] == ("2024-05-06", "2024-11-12", "2025-12-20", 6, 13)
    assert found[1][:3] == ("2024-06-01", None, None)


def test_what_was_signed_again(crawl: Crawl, followed: Archive) -> None:
    again = SIGNED[1].replace("2024年5月6日", "2025年3月10日").replace("签订投资协议", "签约")
    save(crawl, "http://h/5", ("光学玻璃项目再签约", again), "2025-03-11")
    columns = "name, signed_at, signed_again_at, days_between"
    assert rows(followed, f"SELECT {columns} FROM repeated_signings") == [
        ("光学玻璃项目", "2024-05-06", "2025-03-10", 308)
    ]


def test_what_was_signed_again_and_has_grown(crawl: Crawl, followed: Archive) -> None:
    again = "2026年6月3日，万载县与晶海光学签订光学玻璃项目投资协议，总投资由18亿元调整为24亿元。"
    save(crawl, "http://h/5", ("光学玻璃项目再签约", again), "2026-06-04")
    assert rows(followed, "SELECT project_id FROM repeated_signings") == [(1,)]


def test_a_firm_with_two_projects_in_one_place(crawl: Crawl, followed: Archive) -> None:
    other = "2024年9月1日，万载县与晶海光学签约，建设镜头模组项目，总投资7亿元。"
    save(crawl, "http://h/5", ("晶海光学再投万载", other), "2024-09-02")
    # Which of the two is told of, nobody can say.
    save(crawl, "http://h/6", ("喜讯", "2025年3月1日，晶海万载基地二期封顶。"), "2025-03-02")
    found = rows(followed, "SELECT project_id FROM project_notices ORDER BY article_id")
    assert found == [(1,), (1,), (1,), (2,), (3,), (4,)]
    assert rows(followed, "SELECT project_id, other_id FROM possible_same") == [(1, 4), (3, 4)]


def test_where_nothing_is_named_it_is_where_the_notice_is_of(
    crawl: Crawl, archive: Archive
) -> None:
    body = "晶海光学投资建设的镜头模组项目开工，总投资7亿元。"
    save(crawl, "http://h/1", ("镜头模组项目开工", body), "2024-09-02")
    crawl.notice("http://h/2", "镜头模组项目投产", body + "首批下线。", place=WEIYUAN)
    assert rows(archive, "SELECT place_code FROM projects") == [("360922",), ("511024",)]


def test_a_copy_of_years_later_is_no_second_signing(crawl: Crawl, followed: Archive) -> None:
    save(crawl, "http://h/5", SIGNED, "2025-12-01")
    assert rows(followed, "SELECT * FROM repeated_signings") == []


def test_projects_survive_another_reading(
    followed: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql = "SELECT project_id, article_id, stage, at FROM project_notices ORDER BY 1, 2"
    before = rows(followed, sql)
    monkeypatch.setattr("cqcrawler.facts.version.facts_version", lambda: "other rules")
    restate(followed, Filters())
    assert rows(followed, sql) == before


def test_an_edit_changes_what_is_known(crawl: Crawl, followed: Archive) -> None:
    body = SIGNED[1].replace("总投资18亿元", "总投资19亿元")
    save(crawl, "http://h/1", ("光学玻璃项目签约", body), "2024-05-07")
    assert rows(followed, "SELECT id, invested, notices FROM projects") == [
        (1, 19e8, 3),
        (2, 5e8, 1),
    ]


@pytest.mark.parametrize("gone", [1, 2, 3, 4])
def test_what_is_forgotten_leaves_no_trace(followed: Archive, gone: int) -> None:
    followed.forgetting.forget(f"http://h/{gone}", (), datetime(2026, 7, 9, tzinfo=UTC))
    assert rows(followed, f"SELECT 1 FROM project_notices WHERE article_id = {gone}") == []
    assert rows(followed, "SELECT count(*) FROM projects") == [(1 if gone == 4 else 2,)]
    assert rows(followed, "SELECT 1 FROM projects WHERE notices = 0") == []
    assert followed.verification.orphans() == []


def test_doubt_makes_two_and_a_pair(crawl: Crawl, followed: Archive) -> None:
    doubtful = ("玻璃项目", "2025年2月1日，万载县光学玻璃项目开工。")
    save(crawl, "http://h/5", doubtful, "2025-02-02")
    assert rows(followed, "SELECT project_id, other_id FROM possible_same") == [(1, 3)]
    save(crawl, "http://h/5", ("通知", "园区将于近期停水。"), "2025-02-02")
    assert rows(followed, "SELECT * FROM possible_same") == []
    assert rows(followed, "SELECT count(*) FROM projects") == [(2,)]


def test_projects_of_the_articles_meant(followed: Archive) -> None:
    assert [project.name for project in followed.projects(followed.found())] == ["光学玻璃项目"] * 2
    meant = Search(filters=Filters(since="2025-01-01"))
    (project,) = followed.projects(followed.found(meant))
    largest = [each.invested for each in followed.projects(followed.found(), largest_first=True)]
    assert largest == sorted(largest, key=lambda invested: -(invested or 0))
    assert (project.place, project.stage, project.url) == (
        "江西省宜春市万载县",
        "投产",
        "http://h/1",
    )
