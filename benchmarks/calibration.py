"""What confidence is worth: how many of the fields that are as sure as this are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks import report
from benchmarks.corpus import MISSING, PARTS, GoldPage, find_corpus, load
from benchmarks.scoring import day, score_page
from cqcrawler import Article, read_article
from cqcrawler.doubts import CERTAIN, find_doubts

FIELDS = ("published", "title", "body")
# A text with this F1 is right: it lacks or adds less than a line or two.
RIGHT_TEXT = 0.98
# The lowest confidence of each row of the table.
_BINS = (0.98, 0.95, CERTAIN, 0.8, 0.7, 0.6, 0.0)


class Reading(NamedTuple):
    """A field of a page as read: how sure, whether `find_doubts` doubts it, and whether it is
    right; `confidence` is None where nothing was found."""

    field: str
    page: str
    confidence: float | None
    doubted: bool
    right: bool


@click.command()
def main() -> None:
    """Count right fields by their confidence on the corpus, and write docs/quality.md."""
    if not (corpus := find_corpus()):
        raise click.UsageError(MISSING)
    readings = list(measure(corpus))
    tables = f"{curve(readings)}\n\n{doubts(readings)}"
    made = report.when("python -m benchmarks.calibration")
    report.write_blocks({"calibration": f"{tables}\n\n{made}"})
    click.echo(tables)


def measure(corpus: Path) -> Iterator[Reading]:
    """Read every page of the corpus, and judge date, title and text."""
    for part in PARTS:
        for page in load(corpus, part):
            yield from judge(page, read_article(page.path.read_bytes(), page.url))


def judge(page: GoldPage, article: Article) -> Iterator[Reading]:
    """Judge the fields of an article by its gold; a date is wrong where the gold has none."""
    read = {"title": article.title, "date": article.published, "body": article.body}
    score = score_page(page, read)
    right = {
        "published": day(article.published) == day(page.date),
        "title": score.title,
        "body": score.f1 >= RIGHT_TEXT,
    }
    doubted = {doubt.field for doubt in find_doubts(article.provenance, article.warnings)}
    for field in FIELDS:
        evidence = article.provenance.get(field)
        confidence = evidence.confidence if evidence else None
        yield Reading(field, page.id, confidence, field in doubted, right[field])


def curve(readings: Iterable[Reading]) -> str:
    """Return the table of right fields and all fields, by confidence."""
    rows: dict[str, list[list[bool]]] = {
        label: [[] for _ in FIELDS] for label in (*map(_label, _BINS), "nothing found")
    }
    for reading in readings:
        sure = reading.confidence
        lowest = next((low for low in _BINS if sure is not None and sure >= low), None)
        label = "nothing found" if lowest is None else _label(lowest)
        rows[label][FIELDS.index(reading.field)].append(reading.right)
    head = ["confidence", *(f"{field}: right of all" for field in FIELDS)]
    return report.table(head, [[label, *map(_share, cells)] for label, cells in rows.items()])


def doubts(readings: Iterable[Reading]) -> str:
    """Return the table of what is called doubtful: how much of it is wrong, and how much of what
    is wrong it has."""
    by_field: dict[str, list[Reading]] = {field: [] for field in FIELDS}
    for reading in readings:
        by_field[reading.field].append(reading)
    rows = [
        [
            field,
            str(sum(reading.doubted for reading in all_of_it)),
            str(sum(not reading.right for reading in all_of_it)),
            str(sum(reading.doubted and not reading.right for reading in all_of_it)),
        ]
        for field, all_of_it in by_field.items()
    ]
    return report.table(["field", "doubtful", "wrong", "both"], rows)


def _label(lowest: float) -> str:
    return f"from {lowest:.2f}" if lowest else "less"


def _share(right: list[bool]) -> str:
    return f"{sum(right)} of {len(right)}" if right else ""


if __name__ == "__main__":
    main()
