"""Rows, further pages and totals of real listing pages, against gold made by hand."""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from urllib.parse import urljoin

import pytest

from cqcrawler.models import Listing, Page
from cqcrawler.platforms import read_listing
from cqcrawler.reading.addresses import resolve
from cqcrawler.reading.page.document import open_page
from tests.shared import shared

FLOOR = 0.99
# Copies of pages without their address: those of the one have their own links in full.
BASES = {"soc_notice": "http://www.socchina.net/inform"}
BASE = "http://zs.example.cn/zsdt/"


class Column(NamedTuple):
    """A page as it is read, and its gold."""

    gold: dict[str, Any]
    url: str
    read: Listing

    def gold_rows(self) -> list[str]:
        return [urljoin(self.url, item["href"]) for item in self.gold["items"]]

    def gold_pages(self) -> list[str]:
        return [urljoin(self.url, url) for url in self.gold["next_pages"]]

    def rows(self) -> list[str]:
        return [row.url for row in self.read.rows]


def _read(part: str) -> list[Column]:
    folder, columns = shared(f"corpus/{part}"), []
    for gold in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines()):
        url = gold["url"] or BASES.get(gold["id"], BASE)
        page = Page(url, (folder / "pages" / f"{gold['id']}.html").read_bytes())
        columns.append(Column(gold, url, read_listing(open_page(page))))
    return columns


@pytest.fixture(scope="module")
def columns() -> list[Column]:
    return _read("columns")


@pytest.fixture(scope="module")
def listings() -> list[Column]:
    return _read("listings")


def _scores(pairs: list[tuple[list[str], list[str]]]) -> tuple[float, float]:
    """Return precision and recall over all pages; of each a list as it is read, and its gold."""
    right = sum(len(set(read) & set(gold)) for read, gold in pairs)
    return right / sum(len(set(r)) for r, _ in pairs), right / sum(len(set(g)) for _, g in pairs)


def test_rows_hold_their_floor(columns: list[Column], listings: list[Column]) -> None:
    pairs = [(each.rows(), each.gold_rows()) for each in (*columns, *listings)]
    assert min(_scores(pairs)) >= FLOOR, [pair for pair in pairs if pair[0] != pair[1]]


def test_every_row_that_is_not_read_is_told(columns: list[Column], listings: list[Column]) -> None:
    for each in (*columns, *listings):
        if each.rows() != each.gold_rows():
            lost = [url for url in each.gold_rows() if url not in each.rows()]
            assert not any(resolve(url, "") for url in lost)
            assert "no address" in each.read.beyond, each.gold["id"]


def test_titles_and_dates_are_those_of_the_rows(columns: list[Column]) -> None:
    for each in columns:
        printed = {urljoin(each.url, item["href"]): item for item in each.gold["items"]}
        for row in each.read.rows:
            item = printed[row.url]
            assert (row.title, row.published) == (item["title"], item["date"]), each.gold["id"]


def test_further_pages_hold_their_floor(columns: list[Column]) -> None:
    pairs = [(list(each.read.next_urls), each.gold_pages()) for each in columns]
    wrong = [each.gold["id"] for each, (r, g) in zip(columns, pairs, strict=True) if r != g]
    assert min(_scores(pairs)) >= FLOOR, wrong
    assert wrong == []  # in reading order, too


def test_totals_are_those_that_pages_declare(columns: list[Column]) -> None:
    read = {each.gold["id"]: each.read.declared_total for each in columns}
    assert read == {each.gold["id"]: each.gold["declared_total"] for each in columns}


def test_all_pages_are_named_or_told_of(listings: list[Column]) -> None:
    for each in listings:
        pages = each.gold["page_count"] or 1
        assert len(each.read.next_urls) == pages - 1 or each.read.beyond, each.gold["id"]
