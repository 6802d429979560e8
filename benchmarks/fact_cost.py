"""How much CPU the facts of a notice take, and how it grows with the length of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from time import process_time_ns

from benchmarks.corpus import PARTS, GoldPage, load
from benchmarks.fact_scores import Notice
from cqcrawler import read_article, read_facts

# In characters: a notice to measure, and the longest text; each shape grows up to that.
LENGTH, LONGEST = 1000, 1 << 20
_SMALLEST, _STEP = 1 << 12, 4
# In seconds: longer, and a text is not tried at four times its length.
GIVE_UP = 8
_PUBLISHED = "2025-07-07"

# What tempts a rule to look back or ahead without end, without a sentence's end where not shown.
SHAPES = {
    "amounts": "总投资12.5亿元，",
    "scales": "亿",
    "figures": "1",
    "numerals": "三千五百万",
    "counts": "签约项目12个、企业3家、",
    "commas": "，",
    "blanks": " ",
    "letters": "招商引资",
    "dates": "2025年6月12日",
    "zones": "高新区经开区",
    "names": "甲乙科技有限公司与丙丁集团",
    "brackets": "（其中",
    "sentences": "项目总投资3亿元。",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of CPU that the facts of notices of LENGTH characters take."""

    notices: int
    median: float
    p99: float


def measure(
    kinds: Mapping[str, list[str]], corpus: Path | None, rounds: int
) -> tuple[dict[str, Cost], float]:
    """Return what the facts of notices cost, by kind, and what reading a page does (median).

    All others, and all pages, are read between two readings of one, so that nothing is quick for
    being remembered, and both are measured under the same load.
    """
    pages = [(page.path.read_bytes(), page.url) for page in _pages(corpus)]
    texts = [text for some in kinds.values() for text in some]
    for text in texts:  # The first reading fills what is kept for all.
        _facts(text)
    facts: dict[str, list[float]] = {text: [] for text in texts}
    reading: list[list[float]] = [[] for _ in pages]
    for _ in range(rounds):
        for text, timed in facts.items():
            timed.append(_cpu(_facts, text))
        for page, timed in zip(pages, reading, strict=True):
            timed.append(_cpu(read_article, *page))
    costs = {kind: _cost([median(facts[text]) for text in some]) for kind, some in kinds.items()}
    return costs, median(map(median, reading)) if pages else float("nan")


def _cost(each: list[float]) -> Cost:
    return Cost(len(each), median(each), quantiles(each, n=100, method="inclusive")[98])


def joined(gold: Iterable[Notice]) -> list[str]:
    """Return the notices of the gold, joined until there are LENGTH characters, and cut there."""
    texts = []
    so_far = ""
    for notice in gold:
        so_far += f"{notice['title']}\n{notice['body']}\n"
        if len(so_far) >= LENGTH:
            texts.append(so_far[:LENGTH])
            so_far = ""
    return texts


def cut(corpus: Path | None) -> list[str]:
    """Return the first LENGTH characters of the texts of pages that have as many."""
    return [page.body[:LENGTH] for page in _pages(corpus) if len(page.body) >= LENGTH]


def growth(notices: list[str]) -> Iterator[tuple[str, list[float]]]:
    """Yield shapes with the microseconds of CPU for 1,000 characters at growing lengths.

    A series ends where a text takes GIVE_UP seconds.
    """
    for name, unit in (("notices", "\n".join(notices)), *SHAPES.items()):
        yield name, list(_series(unit))


def lengths() -> list[int]:
    """Return the lengths of a series, in characters."""
    found = [_SMALLEST]
    while found[-1] < LONGEST:
        found.append(found[-1] * _STEP)
    return found


def _series(unit: str) -> Iterator[float]:
    for length in lengths():
        micros = _cpu(_facts, "".join(islice(cycle(unit), length)))
        yield micros * 1000 / length
        if micros > GIVE_UP * 1e6:
            return


def _facts(text: str) -> object:
    return read_facts("", text, published=_PUBLISHED)


def _cpu(call: Callable[..., object], *arguments: object) -> float:
    before = process_time_ns()
    call(*arguments)
    return (process_time_ns() - before) / 1000


def _pages(corpus: Path | None) -> list[GoldPage]:
    return [page for part in PARTS for page in load(corpus, part)] if corpus else []
