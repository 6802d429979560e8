"""Facets and sums against a count by hand over the hits of the filters that they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.answers import money
from cqcrawler.archive.answers.money import Sums
from cqcrawler.archive.search.facets import Facet, Value
from cqcrawler.models import Place, SectionKind
from tests.stating import read_simply

NOTICES = (
    ("渝北区项目签约", "总投资30亿元，生产芯片。", "2025-07-01", "渝北日报"),
    ("项目签约", "渝北区、江北区生产芯片、疫苗。总投资10亿元。", "2025-07-02", "渝北日报"),
    ("项目开工", "签约后开工。距成都市不远。", "2024-03-02", None),
    ("疫苗项目投产", "成都市项目，到位资金2亿元。", None, "成都日报"),
    ("招商政策", "没有项目。", "2023-01-05", None),
)


@pytest.fixture(autouse=True)
def _simply(monkeypatch: pytest.MonkeyPatch) -> None:
    read_simply(monkeypatch)


@pytest.fixture
def notices(crawl: Any, archive: Archive) -> Archive:
    for number, (title, body, published, source) in enumerate(NOTICES):
        crawl.notice(
            f"http://h/{number}",
            title,
            body,
            published=published,
            source=source,
            region="重庆",
            place=Place("500000", "重庆市"),
            tags=("招商", f"第{number}"),
            section_kind=SectionKind.POLICY if number == 4 else SectionKind.NEWS,
        )
    return archive


def counted(archive: Archive, facet: Facet, ids: Sequence[int] | None) -> dict[str, int]:
    return {value.value: value.count for value in archive.facets().count(facet, ids)}


@pytest.mark.parametrize("ids", [None, (1, 2, 3, 4, 5)])
@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        (Facet.MONTH, {"2023-01": 1, "2024-03": 1, "2025-07": 2}),
        (Facet.STAGE, {"签约": 3, "投产": 1}),
        (Facet.INDUSTRY, {"生物医药": 2, "集成电路": 2}),
        (Facet.SECTION, {"news": 4, "policy": 1}),
        (Facet.SOURCE, {"渝北日报": 2, "成都日报": 1}),
        (Facet.PORTAL, {"cq": 5}),
        (Facet.TAG, {"招商": 5, **{f"第{number}": 1 for number in range(5)}}),
        # Most are about one province, so that its parts follow it.
        (Facet.PLACE, {"500000": 5, "500112": 2, "500105": 1, "510000": 1}),
    ],
)
def test_counts(
    notices: Archive, facet: Facet, ids: Sequence[int] | None, expected: dict[str, int]
) -> None:
    assert counted(notices, facet, ids) == expected
    assert [*counted(notices, facet, ids)] == [*expected]


@pytest.mark.parametrize(
    "facet",
    [facet for facet in Facet if facet is not Facet.MONTH],
)
@pytest.mark.parametrize("ids", [None, (1, 2, 4)])
def test_a_value_leaves_what_it_says(
    notices: Archive, facet: Facet, ids: Sequence[int] | None
) -> None:
    values = notices.facets().count(facet, ids)
    assert values
    for value in values:
        found = notices.find("", Filters(**{facet.value: value.value})).ids
        assert value.count == len(set(found) & set(found if ids is None else ids))


def test_only_what_was_found_is_counted(notices: Archive) -> None:
    assert counted(notices, Facet.STAGE, [1, 5]) == {"签约": 1}
    assert counted(notices, Facet.MONTH, []) == {}
    assert counted(notices, Facet.PLACE, []) == {}


def test_provinces_alone_where_none_has_most(crawl: Any, archive: Archive) -> None:
    for code, province in (("500112", "重庆市"), ("510100", "四川省")):
        crawl.notice(code, f"{province}项目", place=Place(code, province), region=province)
    assert counted(archive, Facet.PLACE, None) == {"500000": 1, "510000": 1}


@pytest.mark.parametrize(
    ("ids", "expected"),
    [(None, Sums(3, 40e8, 2e8)), ([1, 4, 5], Sums(2, 30e8, 2e8)), ([], Sums(0, 0.0, 0.0))],
)
def test_sums(notices: Archive, ids: Sequence[int] | None, expected: Sums) -> None:
    assert notices.sums(ids) == expected
    assert money.sums(notices.answers.amounts(), ids) == expected


def test_what_is_written_afterwards_is_not_counted(notices: Archive, crawl: Any) -> None:
    facets = notices.facets()
    crawl.notice("http://h/later", "项目签约", published="2025-08-01", source="渝北日报")
    (source,) = facets.count(Facet.SOURCE, [1, 6])
    assert source == Value("渝北日报", 1)
    assert facets.count_all(Facet.MONTH, [6]) == {}


def test_a_crawl_may_save_while_they_are_read(path: Path, crawl: Any, archive: Archive) -> None:
    crawl.notice("http://h/1", "项目签约", tags=("招商",))
    with Archive(path, read_only=True) as reader:
        numbers = count(2)
        reader._db.set_trace_callback(
            lambda _: crawl.notice(f"http://h/{next(numbers)}", "项目签约", tags=("招商",))
        )
        facets = reader.facets()
    assert facets.articles < next(numbers) - 1
    assert facets.count(Facet.TAG, None) == [Value("招商", facets.articles)]


def test_a_sum_is_told_among_what_was_chosen(crawl: Any, archive: Archive) -> None:
    """A copy counts where what it is a copy of was not found, and so does what follows."""
    text = "甲公司储能项目签约落户渝北区，总投资30亿元，建设厂房，购置设备，年产储能电池两万套。"
    crawl.notice("http://h/1", "甲公司储能项目签约", text, published="2025-07-01")
    crawl.notice("http://h/2", "甲公司储能项目签约", text, published="2025-07-03")
    later = "甲公司储能项目今天在渝北区开工，总投资30亿元，计划明年建成，届时将有两百人就业。"
    crawl.notice("http://h/3", "甲公司储能项目开工", later, published="2025-09-01")
    assert archive.sums(None) == archive.sums([1, 2, 3]) == Sums(1, 30e8, 0)
    for ids in ([1], [2], [3], [2, 3]):
        assert archive.sums(ids) == Sums(1, 30e8, 0)
