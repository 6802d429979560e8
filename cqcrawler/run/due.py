"""When a portal is to be crawled next."""

from __future__ import annotations

from datetime import datetime, timedelta

from cqcrawler.archive.runs import Run
from cqcrawler.models import Outcome
from cqcrawler.portals import Portal

# Timers fire somewhat early or late; without this, a daily run would slip by a firing now and then.
_SLACK = timedelta(minutes=15)  # or a quarter of a shorter interval
# What was cut short, or got no answer, is tried again before its interval is over.
_CUT_SHORT = (None, Outcome.INTERRUPTED, Outcome.UNREACHABLE, Outcome.FAILED)
_PAUSE = timedelta(hours=1)


def next_due(portal: Portal, last: Run | None, now: datetime) -> datetime | None:
    """Return when a portal is due: `now` if that has passed, None if never by itself.

    `last` is its latest whole run. However many runs were missed, one catches up.
    """
    if not portal.interval:
        return None
    if last is None:
        return now
    started, interval = datetime.fromisoformat(last.started_at), timedelta(hours=portal.interval)
    wait = min(interval, _PAUSE) if last.outcome in _CUT_SHORT else interval
    due = started + wait - min(_SLACK, wait / 4)
    # A start in the future was entered by a clock that was wrong.
    return max(now, due) if started <= now else now
