"""Which outcome a run has: the table of the contract, case by case."""

from __future__ import annotations

from collections import Counter

import pytest

from cqcrawler.models import Link, Listing, Outcome, PageKind
from cqcrawler.portals import Portal
from cqcrawler.run.listings import Listings
from cqcrawler.run.patience import GivenUp
from cqcrawler.run.scope import Scope
from cqcrawler.run.selections import Selections
from cqcrawler.run.tally import BLOCKED, ROBOTS, Tally
from cqcrawler.run.usual import Usual
from cqcrawler.run.verdict import End, judge
from tests.results import page_result

GOOD = {"listing_pages": 3, "detail_pages": 20, "read": 23, "rows": 20, "new": 20}


def tally(counts=GOOD, **fields):
    known = {"starts": frozenset({"http://h/"}), "starts_answered": 1}
    known |= {"listings": listed(*(f"http://h/{row}" for row in range(20)))}
    return Tally(**(known | {"counts": Counter(counts)} | fields))


def listed(*rows, **fields):
    """What a listing of one page showed."""
    listings = Listings()
    page = Listing("http://h/", tuple(map(Link, rows)), **fields)
    listings.add(page_result("http://h/", kind=PageKind.LISTING, listing=page))
    return listings


def verdict(tally, scope=None, history=False, known=True, **end):
    return judge(tally, scope or Scope(), End(**end), history=history, known=known)


CHALLENGED = f"{BLOCKED}captcha"
UNANSWERED = {"counts": {}, "starts_answered": 0}


@pytest.mark.parametrize(
    ("fields", "outcome", "reason"),
    [
        ({}, "ok", ""),
        ({"bad_starts": {"u": "refused"}, **UNANSWERED}, "unreachable", "u: refused"),
        ({"bad_starts": {"u": ROBOTS}, **UNANSWERED}, "blocked", ROBOTS),
        ({"bad_starts": {"u": CHALLENGED}}, "blocked", "u: captcha"),
        ({"bad_listings": {"u": CHALLENGED}}, "blocked", "u: captcha"),
        ({"blocked": ["u: captcha"]}, "partial", "1 pages failed, such as u: captcha"),
        ({"blocked": ["u: captcha"] * 12}, "blocked", "u: captcha"),
        ({"counts": {"detail_pages": 3, "read": 3}}, "redesigned", "no listing and no notice"),
        ({"counts": GOOD | {"misread": 21}}, "redesigned", "21 of the listed pages"),
        ({"counts": GOOD | {"misread": 20}}, "ok", ""),
        ({"counts": GOOD | {"new": 0, "misread": 2}}, "ok", ""),
        ({"emptied": ["u"]}, "redesigned", "u: has no rows any more"),
        ({"bad_starts": {"u": "HTTP 500"}}, "incomplete", "u: HTTP 500"),
        ({"bad_listings": {"u": "HTTP 500"}}, "incomplete", "u: HTTP 500"),
        (
            {"bad_listings": {"u#postback:3": "HTTP 500"}},
            "incomplete",
            "u#postback:3: HTTP 500, and only it leads to the pages behind it",
        ),
        ({"listings": listed("1", declared_total=9)}, "incomplete", "declares 9 notices, 1 were"),
        ({"listings": listed(declared_total=0)}, "incomplete", "http://h/ lists no notices"),
        ({"failed": ["u: HTTP 500"]}, "partial", "1 pages failed, such as u: HTTP 500"),
    ],
)
def test_outcome_and_cause(fields, outcome, reason):
    found = verdict(tally(**fields))
    assert found.outcome == outcome
    assert reason in found.reason
    assert bool(found.reason) is (outcome != "ok")
    assert found.complete is (outcome in ("ok", "partial"))


@pytest.mark.parametrize(
    ("counts", "known", "outcome", "reason"),
    [
        ({"new": 20, "rows_gone": 2}, True, "ok", "2 listed pages are gone"),
        ({"new": 0, "rejected": 9}, True, "quiet", "9 listed pages are no notices"),
        ({"new": 0, "rejected": 11}, True, "partial", "11 listed pages are no notices; 9 others"),
        ({"new": 0, "rows_gone": 20}, True, "partial", "nothing that is listed could be read"),
        ({"new": 20, "strange": 1, "rejected": 1}, True, "partial", "1 pages show another page's"),
        ({"new": 20, "cut_short": 1, "rejected": 1}, True, "partial", "1 pages broke off"),
        ({"new": 20, "gone_together": 5}, True, "partial", "5 notices went together"),
        ({"new": 0, "returned": 3}, True, "ok", "3 withdrawn notices are back"),
    ],
)
def test_rows_that_could_not_be_read(counts, known, outcome, reason):
    found = verdict(tally(GOOD | counts), history=True, known=known)
    assert (found.outcome, reason in found.reason) == (outcome, True), found


@pytest.mark.parametrize(
    ("counts", "known", "outcome"),
    [
        ({"rows_gone": 1}, False, "redesigned"),
        ({"elsewhere": 20}, True, "redesigned"),
        ({"rejected": 20}, True, "redesigned"),
        ({"rows_gone": 1}, True, "ok"),
        ({"rows_excluded": 20}, False, "partial"),
        ({"rows_gone": 19, "new": 1}, False, "partial"),
    ],
)
def test_a_list_of_json_that_leads_to_no_notice(counts, known, outcome):
    selections = Selections(Portal("cq", "重庆", ("http://h/",)), link="cq.toml: link")
    rows = listed(*range(sum(counts.values())))
    rows.elsewhere.update(range(counts.get("elsewhere", 0)))
    counts = {"listing_pages": 2, "read": 2, "lists": 2, "rows": rows.rows, **counts}
    found = verdict(tally(counts, listings=rows, selections=selections), known=known)
    assert found.outcome == outcome, found
    named = found.reason.startswith("cq.toml: link leads to no notice: ")
    assert named is (outcome == "redesigned"), found


@pytest.mark.parametrize(("known", "outcome"), [(True, "ok"), (False, "partial")])
def test_the_only_row_of_a_known_portal_may_be_gone(known, outcome):
    one = {"listing_pages": 1, "detail_pages": 1, "read": 1, "rows": 1, "rows_gone": 1}
    found = verdict(tally(one, listings=listed("http://h/1")), known=known)
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"counts": {"detail_pages": 3, "read": 3}}, "incomplete"),
        ({"counts": GOOD | {"misread": 21}}, "partial"),
        ({"emptied": ["u"]}, "incomplete"),
    ],
)
def test_a_first_run_is_never_redesigned(fields, outcome):
    assert verdict(tally(**fields), known=False).outcome == outcome


@pytest.mark.parametrize(
    ("finish", "outcome"),
    [
        ("shutdown", "interrupted"),
        ("closespider_timeout", "timed_out"),
        ("closespider_pagecount", "incomplete"),
        ("memusage_exceeded", "incomplete"),
    ],
)
def test_a_stop_outranks_what_was_read(finish, outcome):
    assert verdict(tally(failed=["u: x"]), finish=finish).outcome == outcome


@pytest.mark.parametrize(
    ("refused", "fields", "outcome"),
    [
        (False, UNANSWERED, "unreachable"),
        (False, {}, "incomplete"),
        (True, UNANSWERED, "blocked"),
        (True, {}, "blocked"),
    ],
)
def test_a_site_that_was_given_up(refused, fields, outcome):
    given_up = GivenUp("h", "h failed for 20 pages in a row, at last with a timeout", refused)
    found = verdict(tally(failed=["u: x"], **fields), given_up=given_up)
    assert (found.outcome, found.reason) == (outcome, given_up.reason)


def test_more_pages_than_a_run_may_fetch_make_it_incomplete():
    found = verdict(tally(), exhausted=True)
    assert (found.outcome, found.complete) == ("incomplete", False)
    assert "max_pages" in found.reason


def test_our_own_error_outranks_all():
    found = verdict(tally(**UNANSWERED), finish="shutdown", error="ValueError: x")
    assert (found.outcome, found.reason) == (Outcome.FAILED, "ValueError: x")


@pytest.mark.parametrize(
    ("news", "history", "outcome"),
    [
        ({"new": 0, "unchanged": 20}, True, "quiet"),
        ({"new": 0, "unchanged": 20}, False, "ok"),
        ({"new": 1}, True, "ok"),
        ({"new": 0, "changed": 1}, True, "ok"),
        ({"new": 0, "unchanged": 20, "withdrawn": 1}, True, "ok"),
    ],
)
def test_quiet_wants_a_history_and_no_news(news, history, outcome):
    assert verdict(tally(GOOD | news), history=history).outcome == outcome


@pytest.mark.parametrize(
    ("scope", "outcome"), [(Scope(), "redesigned"), (Scope(max_pages=3), "ok")]
)
def test_only_a_run_of_the_whole_portal_owes_its_rows(scope, outcome):
    few = tally(GOOD | {"lists": 3, "rows": 3})
    found = judge(few, scope, End(), history=True, usual=Usual(rows=20))
    assert found.outcome == outcome


def test_a_listing_that_was_not_to_be_read_to_its_end_owes_nothing():
    tallied = tally(listings=listed("1", declared_total=9))
    found = verdict(tallied, unread={"http://h/"})
    assert (found.outcome, found.complete) == (Outcome.OK, None)
    found = verdict(tallied, unread={"http://h/other"})
    assert (found.outcome, found.complete) == (Outcome.INCOMPLETE, None)


def test_a_resumed_sweep_does_not_know_what_an_earlier_run_saw():
    found = verdict(tally(listings=listed("1", declared_total=9)), Scope(full=True), resumed=True)
    assert (found.outcome, found.complete) == (Outcome.OK, None)


@pytest.mark.parametrize("scope", [Scope(max_pages=3)])
def test_a_narrowed_run_owes_no_total_and_knows_no_completeness(scope):
    found = verdict(tally(listings=listed("1", declared_total=9)), scope)
    assert (found.outcome, found.complete) == (Outcome.OK, None)


@pytest.mark.parametrize(("expects_lists", "outcome"), [(True, "incomplete"), (False, "ok")])
def test_a_first_run_that_finds_only_a_notice(expects_lists, outcome):
    one = {"detail_pages": 1, "read": 1, "new": 1}
    alone = tally(one, listings=Listings(), expects_lists=expects_lists)
    assert verdict(alone, known=False).outcome == outcome
