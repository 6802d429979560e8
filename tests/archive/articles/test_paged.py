"""Projects and facts, page by page, while others write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cqcrawler.archive import Archive, Filters
from cqcrawler.archive.articles.stated import SourcedFact
from cqcrawler.exceptions import QueryError
from tests.stating import read_simply


def _all(archive: Archive) -> Iterator[SourcedFact]:
    return archive.facts(sorted(archive.find("", most=None).ids))


@pytest.fixture(autouse=True)
def _simply(monkeypatch: pytest.MonkeyPatch) -> None:
    read_simply(monkeypatch)


def _add(crawl: Any, number: int, body: str = "总投资10亿元，用地20亩。总投资10亿元。") -> None:
    crawl.notice(f"http://h/{number}", f"{number}亿元项目", body, published="2025-07-01")


def _place(fact: SourcedFact) -> tuple[int, str, int]:
    return fact.article_id, fact.field, fact.start


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
def test_facts_page_by_page(crawl: Any, archive: Archive, limit: int) -> None:
    for number in range(4):
        _add(crawl, number)
    expected = [_place(fact) for fact in _all(archive)]
    assert len(expected) == 12 + 4  # the titles state amounts, too
    read, cursor = [], ""
    while True:
        page = archive.facts_page(cursor=cursor, limit=limit)
        read += map(_place, page.facts)
        if page.cursor is None:
            break
        cursor = page.cursor
    assert read == expected


def test_facts_that_are_read_again_meanwhile_are_not_read_twice(
    crawl: Any, archive: Archive
) -> None:
    for number in range(3):
        _add(crawl, number)
    page = archive.facts_page(limit=6)
    for number in range(3):  # An edit below it all: every fact gets a new id.
        _add(crawl, number, "总投资10亿元，用地20亩。总投资10亿元。又。")
    rest = archive.facts_page(cursor=page.cursor or "", limit=100)
    places = [_place(fact) for fact in (*page.facts, *rest.facts)]
    assert places == [_place(fact) for fact in _all(archive)]


def test_facts_of_a_kind_and_by_filters(crawl: Any, archive: Archive) -> None:
    _add(crawl, 1)
    crawl.notice("http://h/2", "项目签约", "用地9亩。")
    areas = archive.facts_page(kind="area", limit=100).facts
    assert [fact.text for fact in areas] == ["20亩", "9亩"]
    signed = archive.facts_page(Filters(stage="签约"), limit=100).facts
    assert [fact.text for fact in signed] == ["9亩"]


def _project(archive: Archive, name: str, *article_ids: int) -> None:
    """Put a project beside those that the rules found, of which there are none."""
    db = archive._db
    number = db.execute(
        """INSERT INTO projects (name, first_at, last_at, notices, article_id, known)
        VALUES (?, '2025-07-01', '2025-07-02', ?, ?, '{}')""",
        [name, len(article_ids), article_ids[0]],
    ).lastrowid
    for article_id in article_ids:
        db.execute(
            "INSERT INTO project_notices VALUES (?, ?, '签约', '2025-07-01', ?, '', '{}')",
            [number, article_id, name],
        )
    db.commit()


def test_projects_page_by_page_while_some_come_in(crawl: Any, archive: Archive) -> None:
    for number in range(1, 6):
        crawl.notice(f"http://h/{number}", f"公告{number}", tags=("招商",) if number > 3 else ())
        _project(archive, f"项目{number}", number)
    _project(archive, "两处", 2, 3)
    names, cursor = [], ""
    while True:
        page = archive.projects_page(cursor=cursor, limit=2)
        names += [project.name for project in page.projects]
        if page.cursor is None:
            break
        cursor = page.cursor
        if len(names) < 5:
            _project(archive, f"后来{len(names)}", 1)
    assert names == [*(f"项目{number}" for number in range(1, 6)), "两处", "后来2", "后来4"]
    tagged = archive.projects_page(Filters(tag="招商"), limit=100)
    assert [project.name for project in tagged.projects] == ["项目4", "项目5"]


def test_a_project_has_its_notices(crawl: Any, archive: Archive) -> None:
    crawl.notice("http://h/1", "签约")
    crawl.notice("http://h/2", "开工")
    _project(archive, "项目", 2, 1)
    found = archive.project(1)
    assert found is not None
    project, notices = found
    assert (project.name, project.url) == ("项目", "http://h/2")
    assert [notice.url for notice in notices] == ["http://h/1", "http://h/2"]
    assert archive.project(2) is None


@pytest.mark.parametrize(
    "cursor", ["x", "-1", "1", "project_", "１", "1_2", "1_2_3_4_tax", "9" * 19]
)
def test_what_is_no_cursor_is_an_error(archive: Archive, cursor: str) -> None:
    with pytest.raises(QueryError):
        archive.projects_page(cursor=cursor, limit=1)
    with pytest.raises(QueryError):
        archive.facts_page(cursor=cursor, limit=1)
