"""Which time a digest is of, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cqcrawler.archive.bulletin import Span
from cqcrawler.text.clock import BEIJING
from cqcrawler.text.typed_dates import parse_period


@dataclass(frozen=True, slots=True)
class Named:
    """A span with its name in files (2025-W27) and in headings (2025年第27周)."""

    span: Span
    name: str
    title: str


def week(now: datetime) -> Named:
    """Return the time from this day of last week until now.

    Called on a Monday morning, it is all of last week, and the name is that of yesterday's week.
    """
    first = _today(now) - timedelta(days=7)
    year, number, _ = (_today(now) - timedelta(days=1)).isocalendar()
    return Named(_until(first, now), f"{year}-W{number:02}", f"{year}年第{number}周")


def month(now: datetime) -> Named:
    """Return the time from this day of last month until now; the name is yesterday's month."""
    yesterday = _today(now) - timedelta(days=1)
    first = parse_period("1m", _today(now)).first
    title = f"{yesterday.year}年{yesterday.month}月"
    return Named(_until(first, now), f"{yesterday:%Y-%m}", title)


def since_day(typed: str, now: datetime) -> Named:
    """Return the time from a typed day, or the first of a period, until now; ValueError
    for what is none."""
    first = parse_period(typed, _today(now)).first
    if first > _today(now):
        raise ValueError(f"{typed!r} lies ahead")
    return Named(_until(first, now), f"since-{first}", f"{first}以来")


def _today(now: datetime) -> date:
    return now.astimezone(BEIJING).date()


def _until(first: date, now: datetime) -> Span:
    return Span(datetime.combine(first, time(), BEIJING), now)
