"""Reading page by page while others write: no row twice, none left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters, Order
from cqcrawler.archive.search import paging, search
from cqcrawler.archive.search.asked import Search
from cqcrawler.archive.search.order import Position
from cqcrawler.archive.search.paging import LONGEST_CURSOR
from cqcrawler.archive.search.patience import patience
from cqcrawler.archive.search.search import Found
from cqcrawler.exceptions import QueryError, TooSlow
from tests.stating import read_simply

SEARCHES = [
    Search(),
    Search("项目"),
    Search("项目", Filters(since="2025-07-02")),
    Search(order=Order.AMOUNT),
    Search("项目", order=Order.AMOUNT),
    Search("项目", order=Order.RELEVANCE),
    Search(order=Order.RELEVANCE),
]
DAYS = (None, "2025-07-01", "2025-07-02", "2025-07-03")
# Equal ones, several of one notice, parts and statistics, which count for nothing here.
TEXTS = (
    "项目。",
    "项目总投资10亿元。",
    "项目总投资10亿元，二期总投资10亿元。",
    "项目总投资30亿元，其中5亿元。二期总投资20亿元。",
    "项目，全市90亿元。",
    "一句话。",
)


@pytest.fixture(autouse=True)
def _simply(monkeypatch: pytest.MonkeyPatch) -> None:
    read_simply(monkeypatch)


@pytest.fixture(params=["looked up", "listed", "read first"])
def notices(
    request: pytest.FixtureRequest, crawl: Any, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> Archive:
    """Every text on every day; searched in each of three ways."""
    for number in range(len(DAYS) * len(TEXTS)):
        _add(crawl, number)
    archive.index_all()
    if request.param != "looked up":
        monkeypatch.setattr(search, "_SORTED_MATCHES", 0)
    if request.param == "read first":
        monkeypatch.setattr(search, "_LISTED_MATCHES", 0)
        monkeypatch.setattr(search, "_READ_FIRST", 3)
    return archive


def _add(crawl: Any, number: int) -> None:
    text, day = TEXTS[number % len(TEXTS)], DAYS[number // len(TEXTS) % len(DAYS)]
    crawl.notice(f"http://h/{number}", f"第{number}号", f"{number}号{text}", published=day)


def _pages(
    archive: Archive, asked: Search, limit: int, between: Callable[[], object] = lambda: None
) -> Iterator[tuple[int, ...]]:
    cursor: str | None = ""
    while cursor is not None:
        page = archive.page(asked, cursor, limit=limit)
        yield page.ids
        cursor = page.cursor
        between()


@pytest.mark.parametrize("asked", SEARCHES)
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_pages_are_what_the_search_finds(notices: Archive, asked: Search, limit: int) -> None:
    pages = list(_pages(notices, asked, limit))
    expected = notices.find(asked.terms, asked.filters, order=asked.order).ids
    assert [number for page in pages for number in page] == list(expected)
    assert all(len(page) == limit for page in pages[:-1])


@pytest.mark.parametrize("asked", SEARCHES)
def test_what_is_written_meanwhile_shifts_nothing(
    notices: Archive, crawl: Any, asked: Search
) -> None:
    """After every page there is one more of every text and day, some of them in front."""
    before = notices.find(asked.terms, asked.filters, order=asked.order).ids
    fresh = iter(range(100, 10_000, 24))

    def write() -> None:
        first = next(fresh)
        for number in range(first - first % 24, first - first % 24 + 24):
            _add(crawl, number)

    read: list[int] = []
    for page in _pages(notices, asked, 5, write):
        read += page
        if len(read) > 60:  # New ones of old days come in behind as fast as they are read.
            break
    assert len(set(read)) == len(read)
    found = [number for number in read if number in before]
    assert found == list(before)[: len(found)]
    if asked.order is Order.RELEVANCE and asked.terms:
        assert read == list(before)


def test_no_more_of_relevance_than_are_weighed(
    notices: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "WEIGHED", 7)
    monkeypatch.setattr(paging, "WEIGHED", 7)
    asked = Search("项目", order=Order.RELEVANCE)
    assert [len(page) for page in _pages(notices, asked, 5)] == [5, 2]


def test_what_was_forgotten_is_left_out(notices: Archive) -> None:
    asked = Search("项目", order=Order.RELEVANCE)
    page = notices.page(asked, "relevance_1_zz_2", limit=5)
    assert page.ids == (1, 2)


@pytest.mark.parametrize(
    ("order", "cursor"),
    [
        (Order.NEWEST, "x"),
        (Order.NEWEST, "newest__2025-07-01_"),
        (Order.NEWEST, "newest__2025-07-01_1 "),
        (Order.NEWEST, "newest__２０２５-07-01_1"),
        (Order.NEWEST, "amount_1.0_2025-07-01_1"),
        (Order.AMOUNT, "newest__2025-07-01_1"),
        (Order.AMOUNT, "amount_nan_2025-07-01_1"),
        (Order.RELEVANCE, "newest__2025-07-01_1"),
        (Order.RELEVANCE, "relevance"),
        (Order.RELEVANCE, "relevance_" + "z" * 12),
        (Order.RELEVANCE, "relevance" + "_1" * 501),
    ],
)
def test_what_is_no_cursor_is_an_error(archive: Archive, order: Order, cursor: str) -> None:
    with pytest.raises(QueryError, match="cursor"):
        archive.page(Search("项目", order=order), cursor)


def test_cursors_are_short(archive: Archive) -> None:
    longest = paging._cursor_of_ids((36**6,) * search.WEIGHED)
    assert longest is not None
    assert len(longest) <= LONGEST_CURSOR + 9


@pytest.mark.parametrize("amount", [0.01, 1e9 / 3, 12280000000.0, 1e16, 1.2345678901234567e19])
@pytest.mark.parametrize("number", [1, 36, 10**18 - 1])
def test_a_cursor_is_read_as_it_was_written(amount: float, number: int) -> None:
    position = Position(Order.AMOUNT, amount, "2025-07-01", number)
    assert paging._position(paging._cursor_of(position), Order.AMOUNT) == position
    ids = (number,)
    if number < 36**11:
        assert paging._to_come(paging._cursor_of_ids(ids) or "") == list(ids)


@pytest.mark.parametrize("order", Order)
def test_who_finds_nothing_in_time_is_told(
    notices: Archive, monkeypatch: pytest.MonkeyPatch, order: Order
) -> None:
    monkeypatch.setattr(paging, "find", lambda *_, **__: Found((), complete=False))
    with pytest.raises(TooSlow):
        notices.page(Search("项目", order=order))


def test_a_question_is_interrupted(archive: Archive) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(TooSlow), patience(archive._db, 0.01):
        archive._db.execute(endless).fetchone()
