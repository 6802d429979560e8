"""What a search found, as every kind of file, by the address of the search."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Any

import bibtexparser
import pytest
import rispy
from openpyxl import load_workbook

from cqcrawler.archive import Archive, Filters, Order, Search
from cqcrawler.archive.export import cells
from cqcrawler.archive.search.search import Hit
from cqcrawler.site.application import ArchiveSite
from cqcrawler.site.middleware import GoneError
from cqcrawler.site.pages import export

SEARCHES = [
    Search("生物医药"),
    Search("签约 OR 撤下"),
    Search("公告 -生物", order=Order.RELEVANCE),
    Search("医药", Filters(place="成都", since="2025-04-10", until="2025-04")),
    Search("", Filters(tag="制造业"), Order.AMOUNT),
    Search("第1", substring=True),
]


@pytest.fixture
def hits(archive_path: Path) -> Iterator[Callable[[Search], list[Hit]]]:
    with Archive(archive_path, read_only=True) as archive:
        yield lambda asked: archive.search(
            asked.terms,
            asked.filters,
            order=asked.order,
            substring=asked.substring,
            limit=99,
        )


def _rows(answer: Any) -> list[dict[str, Any]]:
    headings, *rows = load_workbook(io.BytesIO(answer.content)).active.values
    return [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.mark.parametrize("search", SEARCHES, ids=str)
def test_every_kind_has_what_the_search_finds(
    get: Callable[..., Any], hits: Callable[[Search], list[Hit]], search: Search
) -> None:
    found = hits(search)
    assert found
    answers = {
        kind: get(f"/search.{kind}", params=search.pairs())
        for kind in ("csv", "jsonl", "xlsx", "bib", "ris")
    }
    assert {answer.status_code for answer in answers.values()} == {200}
    numbers = [hit.id for hit in found]
    read = csv.DictReader(io.StringIO(answers["csv"].content.decode("utf-8-sig")))
    assert [int(row["id"]) for row in read] == numbers
    assert [json.loads(line)["id"] for line in answers["jsonl"].text.splitlines()] == numbers
    assert [row["id"] for row in _rows(answers["xlsx"])] == numbers
    entries = bibtexparser.parse_string(answers["bib"].text).entries
    records = rispy.loads(answers["ris"].text)
    assert len(entries) == len(numbers)
    assert [record["title"] for record in records] == [hit.title.text for hit in found]
    assert [entry.key for entry in entries] == [record["id"] for record in records]
    assert "重庆招商网" in answers["ris"].text


def test_the_order_of_old_addresses_holds(get: Callable[..., Any]) -> None:
    by_rank, by_sort = (
        get("/search.jsonl", params={"q": "公告", **order}).text
        for order in ({"rank": "1"}, {"sort": "relevance"})
    )
    assert by_rank == by_sort


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
@pytest.mark.parametrize("table", ["facts", "projects", "versions"])
def test_other_tables(get: Callable[..., Any], kind: str, table: str) -> None:
    answer = get(f"/search.{kind}", params={"q": "渝北", "table": table})
    assert answer.status_code == 200
    assert f'filename="{table}.{kind}"' in answer.headers["content-disposition"]
    if table == "versions" and kind == "xlsx":
        assert [(row["article_id"], row["version"]) for row in _rows(answer)] == [(1, 1), (1, 2)]


def test_a_briefing(get: Callable[..., Any]) -> None:
    answer = get("/search.xlsx", params={"q": "渝北", "table": "briefing"})
    assert 'filename="briefing.xlsx"' in answer.headers["content-disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    assert [row[0] for row in book["来源"].values] == ["标题", "三个项目落户空港工业园区"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/search.csv?region=nowhere", "nowhere"),
        ("/search.xlsx?sort=best", "no order 'best'"),
        ("/search.csv?table=pages", "no table 'pages'"),
        ("/search.csv?table=briefing", "no table 'briefing' as csv"),
        ("/search.bib?table=facts", "references are to articles"),
        ("/search.csv?columns=titel", "did you mean title"),
    ],
)
def test_what_makes_no_sense_is_said(get: Callable[..., Any], path: str, message: str) -> None:
    answer = get(path)
    assert (answer.status_code, message in answer.text) == (400, True)


def test_columns_and_texts(get: Callable[..., Any]) -> None:
    answer = get("/search.csv", params={"q": "渝北", "columns": "title,url"})
    assert answer.content.decode("utf-8-sig").splitlines()[0] == "title,url"
    assert "三家企业签约" not in get("/search.jsonl", params={"text": "0"}).text


def test_workbooks_are_headed_in_the_language_of_the_reader(get: Callable[..., Any]) -> None:
    params = {"q": "渝北", "columns": "title,published"}
    assert list(_rows(get("/search.xlsx", "zh", params=params))[0]) == ["标题", "发布日期"]
    assert list(_rows(get("/search.xlsx", "en", params=params))[0]) == ["title", "published"]
    assert "title,published" in get("/search.csv", "zh", params=params).text


def test_a_workbook_that_is_too_large_is_refused(
    get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(cells, "_LOOK_EVERY", 10)
    monkeypatch.setattr(export, "_MOST_IN_SHEETS", 10)
    for table in ("articles", "briefing"):
        answer = get("/search.xlsx", params={"table": table})
        assert answer.status_code == 400
        assert "narrow the search" in answer.text
    assert list(tmp_path.iterdir()) == []


def test_a_failure_is_no_whole_file(
    get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise OSError("No space left on device")

    monkeypatch.setitem(export._WRITERS, "csv", fail)
    answer = get("/search.csv")
    assert (answer.status_code, answer.headers.get("content-disposition")) == (500, None)


class _Asked:
    """A request whose reader is gone after being looked for twice."""

    def __init__(self) -> None:
        self.url_vars = {"format": "xlsx"}
        self.args: dict[str, str] = {}
        self.looked = 0

    async def receive(self) -> dict[str, str]:
        self.looked += 1
        return {"type": "http.disconnect" if self.looked > 1 else "http.request"}


def test_nobody_waits_for_a_workbook_and_its_making_ends(
    site: ArchiveSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told: list[str] = []

    def slow(ids: Any, file: Any) -> Iterator[int]:
        told.append("begun")
        for _ in range(1000):
            yield from while_taken([1], file)
            sleep(0.01)
        told.append("ended")

    while_taken = export._while_taken
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(export, "_while_taken", slow)
    monkeypatch.setattr(export, "_LOOK_EVERY", 0.1)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def ask() -> None:
        with suppress(GoneError):
            await export.page(site, _Asked(), send)

    asyncio.run(asyncio.wait_for(ask(), 60))
    assert (sent, list(tmp_path.iterdir())) == ([], [])
    assert told == ["begun"]
