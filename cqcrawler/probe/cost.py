"""What crawls of a list take, as far as a page or two of it tell."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from cqcrawler.models import Link
from cqcrawler.probe.report import Cost, ListFound
from cqcrawler.text.clock import BEIJING

# As the crawl does: it looks at the notices of so many days again, and reads a list that has
# nothing new up to its second page.
_REVISITED_DAYS = 30
_PAGES_WITHOUT_NEWS = 2


class Pace(NamedTuple):
    """The seconds between two requests to a site, and what asks for so many."""

    delay: float
    why: str


def cost_of(found: ListFound, pace: Pace, at: datetime | None) -> Cost:
    """Return what crawls of a list take at a pace; `at` is when it was read, None if that is not
    known, and so neither how much is new since."""
    pages = 1 + len(found.pages)
    a_page = len(found.rows.rows) or (found.further.rows if found.further else 0)
    notices = found.declared_total or (pages - found.is_shell) * a_page or None
    rate = _new_a_day(found.rows.rows, at.astimezone(BEIJING).date()) if at else None
    later = None
    if rate is not None:
        later = min(pages, _PAGES_WITHOUT_NEWS) + round(rate * (_REVISITED_DAYS + 1))
    return Cost(
        delay=pace.delay,
        why=pace.why,
        pages=pages,
        notices=notices,
        declared=found.declared_total is not None,
        first_crawl_s=None if notices is None else (pages + notices) * pace.delay,
        new_a_day=rate,
        later_requests=later,
    )


def _new_a_day(rows: tuple[Link, ...], today: date) -> float | None:
    dates = [date.fromisoformat(row.published) for row in rows if row.published]
    if len(dates) < len(rows) / 2 or not dates:
        return None
    days = max(1, (today - min(dates)).days)
    return len(dates) / days
