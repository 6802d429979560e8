"""Numbers over time as columns of a picture 100 units high."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from cqcrawler.site.languages import say

_SLOT = 10.0
_COLUMN = 8.0
# So many months still stand apart on a telephone; more are shown by year.
_MOST_MONTHS = 72
# A single column would be as wide as the page.
_FEWEST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: where its column stands, how high it is, and where it leads."""

    label: str
    count: int
    x: float
    height: float
    link: str
    slot: float = _SLOT
    width: float = _COLUMN


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns from left to right; `summary` says in words what is to be seen."""

    bars: tuple[Bar, ...]
    most: int
    width: float
    summary: str


def columns(months: Mapping[str, int], link: Callable[[str], str] = lambda period: "") -> Chart:
    """Return a chart of counts by month (`2025-07`), without gaps, by year if they are many.

    `link` gives the address that a month or year leads to.
    """
    counts = {period: _within(months, period) for period in periods(months)}
    most = max(counts.values(), default=0)
    bars = tuple(
        Bar(period, count, round(number * _SLOT, 2), _height(count, most), link(period))
        for number, (period, count) in enumerate(counts.items())
    )
    return Chart(bars, most, len(bars) * _SLOT, _summary(bars, most))


def periods(months: Collection[str]) -> list[str]:
    """Return every month between the first and the last of these, or every year if many."""
    every = list(_every_month(months))
    return every if len(every) <= _MOST_MONTHS else sorted({month[:4] for month in every})


def days(period: str) -> tuple[str, str]:
    """Return the first and the last day of a month or year."""
    if len(period) == len("2025"):
        return f"{period}-01-01", f"{period}-12-31"
    year, month = map(int, period.split("-"))
    return f"{period}-01", f"{period}-{monthrange(year, month)[1]}"


def _every_month(months: Collection[str]) -> Iterator[str]:
    if not months:
        return
    last = _number(max(months))
    for number in range(min(_number(min(months)), last - _FEWEST_MONTHS + 1), last + 1):
        yield f"{number // 12:04}-{number % 12 + 1:02}"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _within(months: Mapping[str, int], period: str) -> int:
    return sum(count for month, count in months.items() if month.startswith(period))


def _height(count: int, most: int) -> float:
    # A count above zero can be seen.
    return max(1.0, round(100 * count / most, 2)) if count else 0.0


def _summary(bars: tuple[Bar, ...], most: int) -> str:
    if not bars:
        return ""
    peak = next(bar for bar in bars if bar.count == most)
    return say(
        "dashboard.summary",
        first=bars[0].label,
        last=bars[-1].label,
        total=f"{sum(bar.count for bar in bars):,}",
        most=f"{most:,}",
        peak=peak.label,
    )
