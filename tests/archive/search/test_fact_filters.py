"""Filters and orders by what articles state."""

from __future__ import annotations

from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters, Order, Search
from cqcrawler.exceptions import QueryError
from cqcrawler.models import Place
from tests.stating import read_simply

NOTICES = {
    "large": ("集中签约", "2025-03-01，渝北区项目签约，总投资30亿元，生产芯片。", "2025-07-01"),
    "small": ("疫苗项目开工", "成都市项目，总投资9000万元。", "2025-07-02"),
    "part": ("芯片项目投产", "2024-01-05，江北区，总投资12亿元，其中40亿元另计。", "2025-07-03"),
    "dollars": ("光伏项目签约", "两江新区，总投资80亿美元。", "2025-07-04"),
    "none": ("招商政策", "没有金额。远处有渝北区。", "2025-07-05"),
}


@pytest.fixture(autouse=True)
def _simply(monkeypatch: pytest.MonkeyPatch) -> None:
    read_simply(monkeypatch)


@pytest.fixture
def notices(crawl: Any, archive: Archive) -> Archive:
    for name, (title, body, day) in NOTICES.items():
        crawl.notice(name, title=title, body=body.replace("9000万", "1亿"), published=day)
    archive.index_all()
    return archive


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"place": "渝北"}, "large dollars"),  # What lies inside a place is in it.
        ({"place": "500112"}, "large dollars"),
        ({"place": "重庆"}, "part large dollars"),
        ({"place": "两江新区"}, "dollars"),
        ({"place": "四川"}, "small"),
        ({"place": "成都市"}, "small"),
        ({"place": "武汉"}, ""),
        ({"stage": "签约"}, "large dollars"),
        ({"stage": "竣工"}, ""),
        ({"industry": "集成电路"}, "large part"),
        ({"industry": "轻纺"}, ""),
        ({"min_amount": "1亿"}, "large small part"),
        ({"min_amount": "30亿"}, "large"),
        ({"min_amount": "3e9"}, "large"),
        ({"min_amount": "30.1亿"}, ""),
        ({"min_amount": "0"}, "large small part"),
        ({"event_since": "2025-03-01"}, "large"),
        ({"event_since": "2024-01-01"}, "large part"),
        ({"event_until": "2024-12-31"}, "part"),
        ({"event_since": "2024-01-05", "event_until": "2024-01-05"}, "part"),
        ({"stage": "签约", "min_amount": "1亿", "place": "重庆"}, "large"),
        ({"stage": "签约", "since": "2025-07-02"}, "dollars"),
    ],
)
def test_a_filter_lets_through(notices: Archive, filters: dict[str, str], expected: str) -> None:
    asked = Filters(**filters)
    assert {hit.url for hit in notices.search("", asked)} == set(expected.split())
    assert {article.url for article in notices.articles(asked)} == set(expected.split())
    assert notices.count("", asked) == len(expected.split())
    named = {hit.url for hit in notices.search("项目", asked)}
    assert named == set(expected.split()) - {"none"}


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"stage": "签"}, r"no stage '签': did you mean 签约\?"),
        ({"stage": "在建设"}, r"no stage '在建设': did you mean 在建\?"),
        ({"stage": "完"}, "no stage '完': it is one of 洽谈, 签约, 开工, 在建, 竣工, 投产"),
        ({"industry": "汽车"}, r"no industry '汽车': did you mean 智能网联新能源汽车\?"),
        ({"industry": "生物医疗"}, r"no industry '生物医疗': did you mean 生物医药"),
        ({"industry": "X"}, "no industry 'X': it is one of 智能网联新能源汽车, "),
        ({"industry": ""}, "it is one of"),
        ({"place": "无此地"}, "no region is called '无此地'"),
        ({"min_amount": "很多"}, "'很多' is no amount: write it like 10亿, 5000万 or 1.2e9"),
        ({"event_since": "早年"}, "'早年' is no date"),
        ({"event_until": "2025-13-01"}, "'2025-13-01' is no date"),
    ],
)
def test_a_filter_that_names_nothing_says_what_there_is(
    notices: Archive, filters: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        notices.search("", Filters(**filters))


def test_a_name_that_notices_print_is_found_though_no_list_has_it(
    notices: Archive,
) -> None:
    notices._db.execute("UPDATE article_places SET name = '鼓楼', code = NULL WHERE article_id = 2")
    assert [hit.url for hit in notices.search("", Filters(place="鼓楼"))] == ["small"]
    with pytest.raises(QueryError, match="320106"):
        notices.search("", Filters(place="鼓楼区"))


def test_a_place_is_the_region_or_what_title_and_first_sentence_name(
    crawl: Any, archive: Archive
) -> None:
    stated = Place("500112", "重庆市", None, "渝北区")
    crawl.notice("stated", "项目", "签约。", place=stated, region="重庆渝北")
    crawl.notice("title", "渝北区项目", "签约。", region="重庆")
    crawl.notice("lead", "项目", "渝北区签约。", region="重庆")
    crawl.notice("text", "项目", "签约。距渝北区不远。", region="重庆")
    found = archive.search("", Filters(place="渝北"))
    said = {hit.url: (hit.place, hit.place_stands) for hit in found}
    assert said == {
        "stated": ("重庆渝北", "region"),
        "title": ("渝北区", "title"),
        "lead": ("渝北区", "lead"),
    }
    assert all(hit.place is None for hit in archive.search("项目"))


@pytest.mark.parametrize("typed", ["西部(重庆)科学城", "西部（重庆）科学城"])
@pytest.mark.parametrize("printed", ["西部(重庆)科学城", "西部（重庆）科学城"])
def test_a_zone_is_found_with_brackets_of_either_width(
    notices: Archive, typed: str, printed: str
) -> None:
    notices._db.execute(
        "UPDATE article_places SET name = ?, code = '500000' WHERE article_id = 2", [printed]
    )
    assert [hit.url for hit in notices.search("", Filters(place=typed))] == ["small"]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("", "large part small none dollars"),
        ("项目", "large part small dollars"),
        ("芯片", "large part"),
        ("-芯片", "small none dollars"),
        ("政策", "none"),
    ],
)
def test_the_largest_amount_comes_first_and_what_has_none_last(
    notices: Archive, terms: str, expected: str
) -> None:
    hits = notices.search(terms, order=Order.AMOUNT)
    assert [hit.url for hit in hits] == expected.split()
    ids = notices.find(terms, order=Order.AMOUNT).ids
    assert [hit.url for hit in notices.hits(ids, terms)] == expected.split()
    found = notices.found(Search(terms, order=Order.AMOUNT))
    assert [article.url for article in notices.these(found)] == expected.split()


def test_what_is_not_indexed_yet_is_sorted_in(crawl: Any, notices: Archive) -> None:
    crawl.notice("new", title="芯片", body="总投资20亿元。")
    found = notices.search("芯片", order=Order.AMOUNT)
    assert [hit.url for hit in found] == ["large", "new", "part"]


def test_a_hit_says_what_it_is_sorted_by(notices: Archive) -> None:
    hits = {hit.url: hit for hit in notices.search("")}
    assert (hits["part"].amount, hits["dollars"].amount) == (1.2e9, None)
    large = hits["large"]
    assert (large.event_from, large.event_to, large.stage) == ("2025-03-01", "2025-03-01", "签约")


def test_sorting_by_amount_walks_its_index(notices: Archive) -> None:
    statements: list[str] = []
    notices._db.set_trace_callback(statements.append)
    notices.search("", Filters(stage="签约"), order=Order.AMOUNT, limit=1)
    notices._db.set_trace_callback(None)
    (statement,) = [sql for sql in statements if "CROSS JOIN" in sql]
    plan = str(notices._db.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall())
    assert "facts_by_amount" in plan
    assert "TEMP" not in plan


@pytest.mark.parametrize("filters", [{"stage": "签约"}, {"event_since": "2025-01-01"}])
def test_filters_on_what_lies_behind_the_body_do_not_read_it(
    notices: Archive, filters: dict[str, str]
) -> None:
    statements: list[str] = []
    notices._db.set_trace_callback(statements.append)
    notices.count("", Filters(**filters))
    notices._db.set_trace_callback(None)
    (statement,) = statements
    plan = str(notices._db.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall())
    assert "COVERING INDEX articles_newest" in plan
