"""How much CPU the facts of a notice take, and how it grows with the length of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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
    """Microseconds of CPU: of the facts of a notice of LENGTH characters, and of reading a page."""

    median: float
    p99: float
    page: float

    @property
    def ratio(self) -> float:
        """The facts of a notice as a share of reading one page."""
        return self.median / self.page


def measure(notices: list[str], corpus: Path | None, rounds: int) -> Cost:
    """Time the facts of each notice and the reading of each page, in turn, in rounds.

    All others are read between two readings of one, so that nothing is quick for being remembered.
    """
    pages = [(page.path.read_bytes(), page.url) for page in _pages(corpus)]
    for text in notices:  # The first reading fills what is kept for all.
        _facts(text)
    facts: list[list[float]] = [[] for _ in notices]
    reading: list[list[float]] = [[] for _ in pages]
    for _ in range(rounds):
        for timed, text in zip(facts, notices, strict=True):
            timed.append(_cpu(_facts, text))
        for timed, page in zip(reading, pages, strict=True):
            timed.append(_cpu(read_article, *page))
    each = [median(timed) for timed in facts]
    by_page = median(median(timed) for timed in reading) if pages else float("nan")
    return Cost(median(each), quantiles(each, n=100)[98], by_page)


def notices_of(gold: Iterable[Notice], corpus: Path | None) -> list[str]:
    """Return texts of LENGTH characters: bodies of the gold joined, and those of pages cut.

    Short bodies are joined with the next ones, never cut in the middle of the gold's.
    """
    joined: list[str] = []
    so_far = ""
    for notice in gold:
        so_far += notice["title"] + "\n" + notice["body"] + "\n"
        if len(so_far) >= LENGTH:
            joined.append(so_far[:LENGTH])
            so_far = ""
    bodies = (page.body for page in _pages(corpus))
    return joined + [body[:LENGTH] for body in bodies if len(body) >= LENGTH]


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
