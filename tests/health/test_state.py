"""The health of a portal by its history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cqcrawler import settings
from cqcrawler.archive.runs import Run
from cqcrawler.health import judge_health
from cqcrawler.health.state import DEADLINE_MINUTES
from cqcrawler.models import Outcome

NOW = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)
REASON = "http://h/list: has no rows any more"


def at(days_ago):
    return f"{NOW - timedelta(days=days_ago):%Y-%m-%dT%H:%M:%SZ}"


def run(days_ago, outcome=Outcome.OK, reason="", *, new=0, whole=True):
    ended = at(days_ago) if outcome else None
    return Run(
        1,
        "p",
        at(days_ago),
        ended,
        outcome,
        reason,
        "full",
        None,
        None,
        {"new": new},
        {},
        "1",
        whole,
    )


def judge(*runs, interval=24, **options):
    """The health by runs that are given oldest first."""
    return judge_health("p", interval, [*reversed(runs)], NOW, **({"writing": False} | options))


def test_never_crawled_is_no_alarm():
    health = judge()
    assert (health.state, health.well, health.since) == ("never", True, None)


@pytest.mark.parametrize("outcome", Outcome)
def test_the_last_outcome_decides(outcome):
    health = judge(run(2), run(1, outcome, REASON))
    assert (health.state, health.reason, health.url) == (outcome, REASON, "http://h/list")
    assert health.well is (outcome in (Outcome.OK, Outcome.QUIET))
    assert health.last_run == at(1)
    assert health.last_good == (at(1) if health.well else at(2))


def test_since_is_the_beginning_of_the_present_stretch():
    redesigned = [run(days, Outcome.REDESIGNED) for days in (3, 2, 1)]
    assert judge(run(9), run(5, Outcome.BLOCKED), *redesigned).since == at(3)
    good = [run(4), run(3, Outcome.QUIET), run(2), run(1, Outcome.QUIET)]
    assert judge(run(5, Outcome.PARTIAL), *good).since == at(4)


@pytest.mark.parametrize(
    ("days_ago", "interval", "state"),
    [
        (1.4, 24, "ok"),
        (1.6, 24, "overdue"),
        (0.1, 1, "ok"),  # two hours of grace for short intervals
        (0.2, 1, "overdue"),
        (99, 0, "ok"),  # ad hoc, or never by itself
        (-5, 24, "ok"),  # a clock that was wrong
    ],
)
def test_overdue(days_ago, interval, state):
    assert judge(run(days_ago), interval=interval).state == state


def test_overdue_says_since_when_and_what_was_last():
    health = judge(run(5), run(3, Outcome.BLOCKED, "x"))
    assert (health.state, health.since, health.well) == ("overdue", at(2), False)
    assert health.reason == f"no run since {at(3)}, which ended blocked; one is due every 24 h"


def test_what_a_person_tried_is_no_scheduled_run():
    assert judge(run(3), run(0.1, whole=False)).state == "overdue"
    assert judge(run(3, whole=False)).state == "ok"  # It was never on a schedule.


def test_a_run_under_way_does_not_hide_the_last_one():
    runs = (run(3, Outcome.BLOCKED, "x"), run(0.1, None))
    assert judge(*runs, writing=True).state == "blocked"
    assert judge(*runs, writing=False).state == "interrupted"
    assert judge(run(0.1, None), writing=True).state == "running"


@pytest.mark.parametrize("before", [(), (run(90),)], ids=["first", "later"])
@pytest.mark.parametrize(
    ("days_ago", "deadline", "cause"),
    [
        (88, 720.0, "88 days ago and has not ended; its deadline is 12 h"),
        (0.6, 720.0, "14 hours ago and has not ended; its deadline is 12 h"),
        (0.2, 90.0, "5 hours ago and has not ended; its deadline is 1.5 h"),
        (0.5, 720.0, None),
        (3, 5 * 24 * 60.0, None),
        (-1, 720.0, None),  # a clock that was wrong
    ],
)
def test_a_run_that_does_not_end_is_overdue(before, days_ago, deadline, cause):
    health = judge(*before, run(days_ago, None), writing=True, deadline=deadline)
    assert health.well is (cause is None)
    if cause:
        assert (health.state, health.reason) == ("overdue", f"the run began {cause}")


def test_the_usual_deadline_is_that_of_the_settings():
    assert settings.CLOSESPIDER_TIMEOUT == 60 * DEADLINE_MINUTES


def history(a_week, weeks, silent_weeks):
    """A first run that finds years of notices, then weekly runs, then quiet ones."""
    total = weeks + silent_weeks
    first = run(7 * total, new=500)
    busy = [run(7 * (total - week), new=a_week) for week in range(1, weeks + 1)]
    quiet = [run(7 * n, Outcome.QUIET) for n in range(silent_weeks - 1, -1, -1)]
    return [first, *busy, *quiet]


@pytest.mark.parametrize(
    ("a_week", "weeks", "silent_weeks", "state"),
    [
        (20, 10, 1, "quiet"),  # a holiday
        (20, 10, 3, "silent"),
        (1, 10, 4, "quiet"),  # a slow portal
        (1, 30, 12, "silent"),
        (0, 0, 9, "quiet"),  # nothing is known of its pace
        (20, 2, 9, "quiet"),  # longer than all that is known
    ],
)
def test_a_silence_is_an_alarm_only_by_the_portals_own_pace(a_week, weeks, silent_weeks, state):
    health = judge(*history(a_week, weeks, silent_weeks), interval=0)
    assert health.state == state
    if state == "silent":
        assert "a week were usual" in health.reason


def test_news_end_a_silence():
    assert judge(*history(20, 10, 4), run(0, new=1), interval=0).state == "ok"
