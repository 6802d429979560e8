"""When a portal is due again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cqcrawler.archive.runs import Run
from cqcrawler.models import Outcome
from cqcrawler.portals import Portal
from cqcrawler.run.due import next_due

NOW = datetime(2025, 7, 7, 8, 0, tzinfo=UTC)


def portal(hours=24.0):
    return Portal("p", "p", ("http://h/",), interval=hours)


def run(hours_ago, outcome=Outcome.OK):
    at = (NOW - timedelta(hours=hours_ago)).isoformat()
    return Run(1, "p", at, None, outcome, "", "full", None, None, {}, {}, "1", True)


def wait(last, hours=24.0):
    """Hours until it is due."""
    due = next_due(portal(hours), last, NOW)
    return None if due is None else (due - NOW) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("hours_ago", "hours", "left"),
    [
        (1, 24, 22.75),
        (23.7, 24, 0.05),
        (23.8, 24, 0),  # a daily timer that fires early must not skip a day
        (24, 24, 0),
        (999, 24, 0),  # missed runs are caught up once
        (0.5, 6, 5.25),
        (0.1, 0.4, 0.2),  # a short interval is not eaten up by that
    ],
)
def test_a_portal_is_due_when_its_interval_is_over(hours_ago, hours, left):
    assert wait(run(hours_ago), hours) == pytest.approx(left)


def test_a_portal_that_was_never_crawled_is_due():
    assert wait(None) == 0


@pytest.mark.parametrize("last", [None, run(999)])
def test_without_an_interval_it_never_is(last):
    assert wait(last, hours=0) is None


@pytest.mark.parametrize(
    ("outcome", "left"),
    [
        (None, 0.25),  # found dead
        (Outcome.INTERRUPTED, 0.25),
        (Outcome.UNREACHABLE, 0.25),
        (Outcome.FAILED, 0.25),
        (Outcome.BLOCKED, 23.25),  # trying more often would not be polite
        (Outcome.PARTIAL, 23.25),
        (Outcome.TIMED_OUT, 23.25),
    ],
)
def test_what_was_cut_short_is_tried_again_soon(outcome, left):
    assert wait(run(0.5, outcome)) == pytest.approx(left)


def test_a_run_entered_by_a_wrong_clock_postpones_nothing():
    assert wait(run(-9000)) == 0
