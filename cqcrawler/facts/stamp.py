"""One end of a period as printed, and the days that it means in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from cqcrawler.facts.holidays import first_lunar_month, holiday

Days = tuple[date, date]

_LAST_THIRD = 3
_ONE_DAY = timedelta(days=1)


class Stamp(NamedTuple):
    """What is printed at `start:stop`.

    `year` is None where none is printed; `months` (first, last) is None for a day without its
    month. `fixed` holds the days of what counts from a known day. `partial` says that a quarter,
    half or span of months is meant, which is told of once most of it is over. `thirds` are the
    first and last ten days of a month (1 to 3), `holidays` those whose days off are meant (国庆),
    `lunar` a day of the first lunar month (0 for its eve).
    """

    start: int
    stop: int
    precision: str
    year: int | None = None
    months: tuple[int, int] | None = (1, 12)
    day: int | None = None
    thirds: tuple[int, int] | None = None
    holidays: tuple[str, ...] = ()
    lunar: int | None = None
    fixed: Days | None = None
    partial: bool = False

    def days(self, year: int) -> Days | None:
        """Return the first and last day in a year, None where there is no such day."""
        if self.fixed or not MINYEAR < year < MAXYEAR:
            return self.fixed
        if self.holidays:
            return _days_off(self.holidays, year)
        if self.lunar is not None:
            return _one_day(first_lunar_month(year, self.lunar))
        if self.months is None:
            return None
        first, last = self.months
        try:
            if self.day:
                day = date(year, first, self.day)
                return day, day
            if self.thirds:
                return _thirds(year, first, self.thirds)
            return date(year, first, 1), _last_of_month(year, last)
        except ValueError:
            return None


@dataclass(slots=True)
class Known:
    """What the words of a stamp may count from: the day of publication and days named before.

    It changes as a text is read.
    """

    published: date | None
    day: date | None = None
    month: date | None = None
    year: int | None = None


def _one_day(day: date | None) -> Days | None:
    return (day, day) if day else None


def _days_off(names: tuple[str, ...], year: int) -> Days | None:
    """Return the days from the first holiday's to the last one's."""
    spans = [span for name in names if (span := holiday(name, year))]
    if len(spans) < len(names):
        return None
    return min(span[0] for span in spans), max(span[1] for span in spans)


def _thirds(year: int, month: int, thirds: tuple[int, int]) -> Days:
    first, last = thirds
    begins = date(year, month, 10 * first - 9)
    if last == _LAST_THIRD:
        return begins, _last_of_month(year, month)
    return begins, date(year, month, 10 * last)


def _last_of_month(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - _ONE_DAY
