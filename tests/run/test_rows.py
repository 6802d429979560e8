"""What the row of a listing makes of the fields of its notice, and how sure they are then."""

from __future__ import annotations

import pytest

from cqcrawler.models import Article, Evidence
from cqcrawler.run.rows import with_row

TITLE = "【石门招商】轴承产业园二期厂房招租"


def article(title: float = 0.8, published: float = 0.6) -> Article:
    evidence = {
        "title": Evidence("above labels", TITLE, title),
        "published": Evidence("url", "/20250707/", published),
    }
    return Article("http://h/1", TITLE, published="2025-07-07", provenance=evidence)


def sure(article: Article, field: str) -> tuple[str, float]:
    evidence = article.provenance[field]
    return evidence.origin, evidence.confidence


@pytest.mark.parametrize("title", [TITLE, "轴承产业园二期厂房招租", "轴承產業園二期廠房招租"])
def test_a_title_that_the_row_has_too_is_sure(title: str) -> None:
    read = with_row(article(), title, None, promised=True)
    assert (read.title, sure(read, "title")) == (TITLE, ("above labels", 0.95))
    assert sure(with_row(article(title=0.98), title, None, promised=True), "title")[1] == 0.98


@pytest.mark.parametrize(
    "title", ["轴承产业园二期…", "轴承产业园二期厂房招租（更新）", "详情", None]
)
def test_a_title_that_the_row_cuts_off_or_lacks_is_as_sure_as_it_was(title: str | None) -> None:
    assert sure(with_row(article(), title, None, promised=True), "title")[1] == 0.8


def test_a_date_that_the_row_has_too_is_sure() -> None:
    read = with_row(article(published=0.8), None, "2025-07-07", promised=True)
    assert (read.published, sure(read, "published")) == ("2025-07-07", ("url", 0.95))
    weak = with_row(article(), None, "2025-07-07", promised=True)
    assert (weak.published, sure(weak, "published")) == ("2025-07-07", ("listing row", 0.95))


def test_another_date_of_the_row_stands_for_a_weak_one_only() -> None:
    weak = with_row(article(), None, "2025-07-09", promised=True)
    assert (weak.published, sure(weak, "published")) == ("2025-07-09", ("listing row", 0.7))
    strong = with_row(article(published=0.8), None, "2025-07-09", promised=True)
    assert (strong.published, sure(strong, "published")) == ("2025-07-07", ("url", 0.8))


def test_a_field_that_only_the_row_has_stays_doubtful() -> None:
    read = with_row(Article("http://h/1"), TITLE, "2025-07-07", promised=False)
    assert (read.title, read.published) == (TITLE, "2025-07-07")
    assert {field: evidence.confidence for field, evidence in read.provenance.items()} == {
        "title": 0.7,
        "published": 0.7,
    }
