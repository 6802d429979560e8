"""What is new at its portal, told from what was there long before it was first archived."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from cqcrawler.text.clock import BEIJING

# What a portal dates back by a few days, or was not looked at for as long, is new; one that is
# crawled for the first time shows what it has published in years.
_FRESH_DAYS = 7


class Novelty(StrEnum):
    """Why a notice was not in the archive before: it is new at the portal, or nobody looked."""

    AT_PORTAL = "portal"
    FIRST_ARCHIVED = "archived"


def novelty(first_seen: str, published: str | None) -> Novelty:
    """Return what a notice is that was first seen at a time (ISO 8601, UTC).

    One without a date counts as new: nothing says that it is old.
    """
    if not published:
        return Novelty.AT_PORTAL
    seen = datetime.fromisoformat(first_seen).astimezone(BEIJING).date()
    fresh = date.fromisoformat(published) >= seen - timedelta(days=_FRESH_DAYS)
    return Novelty.AT_PORTAL if fresh else Novelty.FIRST_ARCHIVED


# The same in SQL, on `articles`.
_IS_FRESH = f"""coalesce(nullif(published, ''), '9999')
    >= date(first_seen, '+8 hours', '-{_FRESH_DAYS} days')"""
CONDITIONS = {Novelty.AT_PORTAL: _IS_FRESH, Novelty.FIRST_ARCHIVED: f"NOT {_IS_FRESH}"}
