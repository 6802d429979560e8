"""What a portal's own history makes of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from cqcrawler.archive.runs import Run
from cqcrawler.models import Outcome
from cqcrawler.run.usual import Usual, usual

FIRST = {"articles": 200, "lists": 10, "rows": 200, "body_median": 600, "no_region": 1}
DAILY = {"articles": 3, "lists": 1, "rows": 20, "body_median": 500}


def run(counts, outcome=Outcome.OK):
    return Run(1, "p", "", None, outcome, "", "full", None, None, counts, {}, "1", True)


def history(*counts):
    """The runs with these counts, given oldest first."""
    return usual([run(count) for count in reversed(counts)])


def odd(usual, sign, **counts):
    return usual.oddity(Counter(counts), sign) is not None


@pytest.mark.parametrize(
    ("counts", "is_odd"),
    [
        ({"articles": 1, "no_region": 1}, False),  # one odd notice is no redesign
        ({"articles": 2, "no_region": 2}, True),
        ({"articles": 3, "no_region": 2}, True),
        ({"articles": 9, "no_region": 2}, False),
        ({"articles": 100, "no_region": 40}, False),  # one section, perhaps
        ({"articles": 100, "no_region": 60}, True),
        ({"articles": 0}, False),
    ],
)
def test_a_field_that_was_nearly_always_there(counts, is_odd):
    assert odd(history(FIRST), "no_region", **counts) is is_odd


def test_little_history_wants_more_evidence():
    assert not odd(history({"articles": 10}), "no_date", articles=2, no_date=2)
    assert odd(history({"articles": 10}), "no_date", articles=3, no_date=3)
    assert not odd(history(), "no_date", articles=50, no_date=50)


def test_no_date_is_missed_among_notices_that_have_any():
    days = [{"articles": 20, "undated": 10}] * 6
    assert not odd(history(*days), "no_date", articles=10, undated=10)
    assert odd(history(*days), "no_date", articles=13, undated=10, no_date=3)
    assert not odd(history(*days), "no_date", articles=13, undated=12, no_date=1)


def test_a_field_that_was_often_missing_is_not_missed():
    often = FIRST | {"no_region": 80}
    assert not odd(history(often), "no_region", articles=50, no_region=50)


def test_one_notice_a_day_is_enough_within_days():
    """Old notices answer 304 and tell nothing; only new ones have the new layout."""
    days = [FIRST] + [{"articles": 1}] * 6
    broken = {"misread": 1, "rejected": 1}
    assert not odd(history(*days), "misread", **broken)
    assert not odd(history(*days, broken), "misread", **broken)
    assert odd(history(*days, broken, broken), "misread", **broken)
    hours = [{}] * 23  # An hourly crawl finds nothing most of the time.
    assert odd(history(*days, broken, *hours, broken, *hours), "misread", **broken)


def test_a_run_that_reads_nothing_new_removes_no_doubt():
    broken = {"articles": 3, "no_region": 3}
    redesigned = [run(counts, Outcome.REDESIGNED) for counts in ({}, broken)]
    known = usual([*redesigned, run(FIRST)])
    assert odd(known, "no_region")
    assert not odd(known, "no_region", articles=2)
    assert not odd(usual([run({}), *redesigned, run(FIRST)]), "no_region")


def test_one_bad_day_long_ago_is_not_held_against_it():
    days = [FIRST, {"misread": 1}] + [DAILY] * 6
    assert not odd(history(*days), "misread", articles=2, misread=1)


@pytest.mark.parametrize(
    ("counts", "lacks"),
    [
        ({"lists": 1, "rows": 20}, False),
        ({"lists": 1, "rows": 6}, False),
        ({"lists": 1, "rows": 4}, True),
        ({"lists": 40, "rows": 100}, True),
        ({}, False),
    ],
)
def test_rows_that_vanish(counts, lacks):
    assert history(FIRST, DAILY, DAILY).lacks_rows(Counter(counts)) is lacks


def test_short_listings_and_unknown_ones_lack_nothing():
    assert not history({"lists": 1, "rows": 3}).lacks_rows(Counter(lists=1))
    assert not history().lacks_rows(Counter(lists=1))


def test_runs_that_a_person_narrowed_say_nothing_of_rows():
    narrowed = replace(run({"lists": 1, "rows": 3}), whole=False)
    assert usual([narrowed, narrowed, run(FIRST)]).rows == 20


def test_only_runs_in_which_pages_read_say_what_is_usual():
    bad = [run({"articles": 50, "no_region": 50}, outcome) for outcome in Outcome]
    good = {Outcome.OK, Outcome.QUIET, Outcome.PARTIAL, Outcome.INCOMPLETE}
    assert sum(counts["articles"] for counts in usual(bad).latest) == 50 * len(good)


def test_what_a_person_accepted_is_usual_from_then_on():
    broken = {"articles": 30, "no_region": 30, "lists": 1, "rows": 2, "body_median": 40}
    accepted = replace(run(broken, Outcome.REDESIGNED), accepted=True)
    known = usual([accepted, run(DAILY), run(FIRST)])
    assert (known.rows, known.body, known.doubts) == (2, 40, Counter())
    assert not odd(known, "no_region", articles=3, no_region=3)
    assert odd(usual([run(DAILY), run(FIRST)]), "no_region", articles=3, no_region=3)


def test_runs_of_an_older_version_say_nothing():
    assert usual([run({"new": 3, "rows": 20})]) == Usual()


def test_what_is_usual():
    known = history(FIRST, DAILY, DAILY)
    assert (known.rows, known.body) == (20, 500)
    assert known.oddity(Counter(articles=2, no_region=2), "no_region") == (
        "2 of 2 notices state no region, where 1 of 206 did"
    )
