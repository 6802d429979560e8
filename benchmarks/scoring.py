"""The three headline figures: character-bigram F1 of the body, exact title, exact date."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from benchmarks.corpus import GoldPage

_IGNORED = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff\u00ad\x00-\x1f\x7f]+")
_DAY = re.compile(r"\s*(\d{4})\D+(\d{1,2})\D+(\d{1,2})")

Prediction = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PageScore:
    """How one page was read; `date` is None where the gold has no date to hit."""

    id: str
    f1: float
    title: bool
    date: bool | None


@dataclass(frozen=True, slots=True)
class PartScore:
    """The means over the pages of a part; None for a field that the reader never gives."""

    pages: tuple[PageScore, ...]
    f1: float | None
    title: float | None
    date: float | None


def normalise(text: str | None) -> str:
    """Return `text` as compared: NFKC, without white space and invisible characters."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text or ""))


def body_f1(gold: str, read: str) -> float:
    """Return the F1 of the two texts' multisets of character bigrams, from 0 to 1."""
    expected, found = _bigrams(normalise(gold)), _bigrams(normalise(read))
    if not expected or not found:
        return float(expected == found)
    return 2 * (expected & found).total() / (expected.total() + found.total())


def _bigrams(text: str) -> Counter[str]:
    if len(text) < 2:
        return Counter([text] if text else [])
    return Counter(map(str.__add__, text, text[1:]))


def day(text: str | None) -> str | None:
    """Return the ISO day that a reader's date begins with, or None."""
    match = _DAY.match(text or "")
    return "{:04d}-{:02d}-{:02d}".format(*map(int, match.groups())) if match else None


def score_page(gold: GoldPage, read: Prediction) -> PageScore:
    title = normalise(read.get("title"))
    return PageScore(
        id=gold.id,
        f1=body_f1(gold.body, read.get("body") or ""),
        title=bool(title) and title == normalise(gold.title),
        date=day(read.get("date")) == day(gold.date) if gold.date else None,
    )


def score_part(gold: Iterable[GoldPage], predictions: Iterable[Prediction]) -> PartScore:
    """Score one reader on one part; a page without a prediction counts as read empty."""
    by_id = {read["id"]: read for read in predictions}
    pages = tuple(score_page(page, by_id.get(page.id, {})) for page in gold)

    def gives(field: str) -> bool:
        return any(read.get(field) for read in by_id.values())

    return PartScore(
        pages=pages,
        f1=fmean(page.f1 for page in pages) if gives("body") else None,
        title=fmean(page.title for page in pages) if gives("title") else None,
        date=fmean(p.date for p in pages if p.date is not None) if gives("date") else None,
    )
