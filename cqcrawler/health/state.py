"""The health of one portal, from its history alone."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cqcrawler.archive.runs import Run
from cqcrawler.models import Outcome

# A timer may fire late, and a run take long or be slow to end, before a portal is overdue.
_GRACE = timedelta(hours=2)  # or half of a longer interval
# The most that a run takes, where the portal's file does not say: CLOSESPIDER_TIMEOUT.
DEADLINE_MINUTES = 12.0 * 60
# Shorter silences may be holidays. In a longer one this many notices should have come, so that
# it is no chance.
_LEAST_SILENCE = timedelta(days=14)
_EXPECTED = 10
_WEEK = timedelta(weeks=1)
_URL = re.compile(r"https?://\S+?(?=[:,;]?(?:\s|$))")


class State(StrEnum):
    """What a portal may be beside the outcome of its last run."""

    OVERDUE = "overdue"  # No run began within its interval, or one does not end.
    SILENT = "silent"  # Its runs are quiet for far longer than its history allows.
    NEVER = "never"  # It was never crawled, which is no alarm.
    RUNNING = "running"  # Its first run is under way.


_WELL = (Outcome.OK, Outcome.QUIET, State.NEVER, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Health:
    """How a portal is: `state` is an outcome or a `State`, `url` an example of what is wrong.

    Times are ISO 8601 in UTC: `since` is when it came to be so, `last_run` when the latest run
    began and `last_good` when the latest good one did.
    """

    portal: str
    state: str
    reason: str = ""
    url: str = ""
    since: str | None = None
    last_run: str | None = None
    last_good: str | None = None

    @property
    def well(self) -> bool:
        return self.state in _WELL


def judge_health(
    portal: str,
    interval: float,
    runs: Sequence[Run],
    now: datetime,
    *,
    writing: bool,
    deadline: float = DEADLINE_MINUTES,
) -> Health:
    """Return the health of a portal by its runs, newest first.

    `interval` is in hours, 0 where no runs are scheduled, `deadline` in minutes; `writing` is
    whether some run holds the archive, so that one without an end is under way and not dead.
    """
    if not runs:
        return Health(portal, State.NEVER, "was never crawled")
    last_good = next((run.started_at for run in runs if run.good), None)
    running = writing and runs[0].outcome is None
    ended = runs[1:] if running else runs
    cause = _endless(runs[0], deadline, now) if running else _overdue(interval, runs, now)
    under_way: _Cause = (State.RUNNING, "", runs[0].started_at)
    cause = cause or (_silent(ended, now) or _last(ended) if ended else under_way)
    state, reason, since = cause
    url = _URL.search(reason)
    return Health(
        portal=portal,
        state=state,
        reason=reason,
        url=url[0] if url else "",
        since=since,
        last_run=runs[0].started_at,
        last_good=last_good,
    )


_Cause = tuple[str, str, str]


def _overdue(interval: float, runs: Sequence[Run], now: datetime) -> _Cause | None:
    last = next((run for run in runs if run.whole), None)
    if last is None or not interval:
        return None
    due = _at(last.started_at) + timedelta(hours=interval)
    if now <= due + max(_GRACE, timedelta(hours=interval) / 2):
        return None
    ended = last.outcome or Outcome.INTERRUPTED
    reason = f"no run since {last.started_at}, which ended {ended}; one is due every {interval:g} h"
    return State.OVERDUE, reason, f"{due:%Y-%m-%dT%H:%M:%SZ}"


def _endless(run: Run, deadline: float, now: datetime) -> _Cause | None:
    """Report a run under way that is past its deadline and all that may follow on it."""
    end = _at(run.started_at) + timedelta(minutes=deadline)
    if now <= end + _GRACE:
        return None
    hours = (now - _at(run.started_at)) / timedelta(hours=1)
    ago = f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
    reason = f"the run began {ago} ago and has not ended; its deadline is {deadline / 60:g} h"
    return State.OVERDUE, reason, f"{end:%Y-%m-%dT%H:%M:%SZ}"


def _silent(runs: Sequence[Run], now: datetime) -> _Cause | None:
    """Report a portal that has had nothing new for far longer than its own pace allows."""
    news = [run for run in runs if run.counts.get("new")]
    if not runs[0].good or len(news) < 2 or runs[0] is news[0]:
        return None
    # What the first run found had piled up over years.
    first, latest = _at(runs[-1].started_at), _at(news[0].started_at)
    silence, span = now - latest, latest - first
    found = sum(run.counts["new"] for run in news if run is not runs[-1])
    if silence < _LEAST_SILENCE or silence > span:
        return None
    a_week = found / (span / _WEEK)
    if a_week * (silence / _WEEK) < _EXPECTED:
        return None
    reason = f"nothing new for {silence.days} days, where {math.floor(a_week)} a week were usual"
    return State.SILENT, reason, news[0].started_at


def _last(runs: Sequence[Run]) -> _Cause:
    """Return the outcome of the last run, and the beginning of the stretch of runs like it."""
    last, since = runs[0], runs[0].started_at
    for run in runs:
        if not _alike(run, last):
            break
        since = run.started_at
    if last.outcome is None:
        return Outcome.INTERRUPTED, "died; the next run goes on where it was", since
    if last.accepted:
        return Outcome.OK, f"{last.outcome}, and accepted as usual: {last.reason}", since
    return last.outcome, last.reason, since


def _alike(run: Run, other: Run) -> bool:
    return run.outcome is other.outcome or (run.good and other.good)


def _at(timestamp: str) -> datetime:
    return datetime.fromisoformat(timestamp)
