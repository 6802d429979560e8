"""The rows of a page of a list, as a whole: how many, of which days, in which order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from cqcrawler.models import ReadListing
from cqcrawler.probe.report import Rows

# Rows out of order, of so many, are pinned above the others; more are no order.
_FEW = 4


def rows_of(result: ReadListing, paths: tuple[str, ...] = ()) -> Rows:
    """Return what the rows of a page of a list have in common."""
    rows = result.listing.rows
    dates = [row.published for row in rows if row.published]
    return Rows(
        rows=rows,
        dated=len(dates),
        newest=max(dates, default=None),
        oldest=min(dates, default=None),
        order=order_of(dates),
        elsewhere=len(result.elsewhere),
        paths=paths,
    )


def order_of(dates: Sequence[str]) -> str:
    """Say how ISO dates follow one another; empty for fewer than two."""
    if len(set(dates)) < 2:
        return ""
    falling, rising = _out_of_order(dates[::-1]), _out_of_order(dates)
    few, name = min((falling, "newest first"), (rising, "oldest first"))
    if not few:
        return name
    return f"{name} but for {few}" if few * _FEW <= len(dates) else "in no order of their dates"


def _out_of_order(dates: Sequence[str]) -> int:
    """Return how many would have to go for the others not to fall."""
    ends: list[str] = []  # The least last date of a rising series of each length.
    for day in dates:
        at = bisect_right(ends, day)
        ends[at : at + 1] = [day]
    return len(dates) - len(ends)
