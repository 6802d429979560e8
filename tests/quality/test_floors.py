"""Our reading of the corpus never gets worse unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import floors
from benchmarks.corpus import MISSING, PARTS, find_corpus, fingerprint, load
from benchmarks.scoring import PartScore, score_part
from cqcrawler import read_article
from tests.golden.pages import ARTICLES, gold_pages, pages, read

OTHER_CORPUS = """
The corpus is not the one that the floors were measured on, so the scores do not compare.
See what changed in it; then `python -m benchmarks.quality --reset-floors` measures anew.
"""
TO_DO = "`python -m benchmarks.quality moved` shows the pages that read differently."


@pytest.fixture(scope="module")
def corpus() -> Path:
    return find_corpus() or pytest.skip(MISSING)


def test_scores_hold_their_floors(corpus: Path) -> None:
    held, digest = floors.load(), fingerprint(corpus)
    assert held["corpus"] == digest, OTHER_CORPUS
    scores = {part: score(corpus, part) for part in PARTS}
    under = floors.below(held, floors.measured(scores, digest))
    assert not under, "\n".join([*under, TO_DO])


def test_golden_pages_score_in_full() -> None:
    articles = [(page, read(page)) for page in pages(ARTICLES)]
    predictions = [
        {
            "id": page.name,
            "title": article["title"],
            "date": article["published"],
            "body": "\n".join(article["paragraphs"]),
        }
        for page, article in articles
    ]
    scored = score_part(gold_pages(), predictions)
    assert (scored.f1, scored.title, scored.date) == (1, 1, 1)


def score(corpus: Path, part: str) -> PartScore:
    gold = load(corpus, part)
    predictions = []
    for page in gold:
        article = read_article(page.path.read_bytes(), page.url)
        read = {"title": article.title, "date": article.published, "body": article.body}
        predictions.append({"id": page.id, **read})
    return score_part(gold, predictions)


def part_score(f1: float) -> dict[str, PartScore]:
    return {"gov": PartScore(pages=(), f1=f1, title=0.9, date=None)}


def test_floors_are_rounded_down() -> None:
    measured = floors.measured(part_score(0.97999), "x")
    assert measured["gov"] == {"f1": 0.979, "title": 0.9, "date": 0}


def test_floors_rise_but_do_not_sink_or_change_corpus() -> None:
    old, better = (floors.measured(part_score(f1), "x") for f1 in (0.9, 0.95))
    assert floors.raised(old, better) == better
    with pytest.raises(floors.FloorsError, match=r"gov f1: 0\.9 is under its floor 0\.95"):
        floors.raised(better, old)
    with pytest.raises(floors.FloorsError, match="corpus"):
        floors.raised(old, floors.measured(part_score(0.95), "y"))


def test_the_fingerprint_follows_every_byte(tmp_path: Path) -> None:
    for part in PARTS:
        (tmp_path / part / "pages").mkdir(parents=True)
        row = '{"id": "a", "title": "", "date": null, "body": ""}\n'
        (tmp_path / part / "gold.jsonl").write_text(row)
        (tmp_path / part / "pages" / "a.html").write_text("<p>")
    before = fingerprint(tmp_path)
    (tmp_path / "gov" / "pages" / "a.html").write_text("<p >")
    assert fingerprint(tmp_path) != before
