"""Places and sources of real government pages."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from cqcrawler import read_article
from cqcrawler.models import Article
from cqcrawler.text import regions
from tests.shared import shared


@pytest.fixture(scope="module")
def pages() -> list[tuple[dict[str, str], Article]]:
    folder = shared("corpus/gov")
    rows = map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines())
    return [
        (row, read_article((folder / f"pages/{row['id']}.html").read_bytes(), row["url"] or ""))
        for row in rows
    ]


def test_places_are_those_of_the_sites(pages: list[tuple[dict[str, str], Article]]) -> None:
    """Ad hoc, without the portal's region: what contains the right place is right, but coarse."""
    found: Counter[str] = Counter()
    for row, article in pages:
        if row["region"] is None or article.place is None:
            found["not stated"] += 1
        elif article.place == regions.resolve(row["region"]):
            found["right"] += 1
        else:
            wanted = regions.resolve(row["region"])
            digits = article.place.code.removesuffix("00").removesuffix("00")
            coarse = wanted is not None and wanted.code.startswith(digits)
            found["coarse" if coarse else row["id"]] += 1
    assert set(found) <= {"not stated", "right", "coarse"}
    assert found["right"] >= 26


def test_sources_are_those_that_pages_print(pages: list[tuple[dict[str, str], Article]]) -> None:
    wrong = {
        row["id"]: (article.source, row["source"])
        for row, article in pages
        if row["source"] and article.source != row["source"]
    }
    assert wrong == {}
