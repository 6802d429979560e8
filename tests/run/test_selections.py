"""Selectors that find nothing: where that is a fault, and where it is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cqcrawler.models import (
    UNMATCHED,
    Article,
    Failed,
    Listing,
    ListingForm,
    PageKind,
    PageResult,
    ReadListing,
    ReadNotice,
    Rejected,
    Visit,
)
from cqcrawler.portals import Portal
from cqcrawler.portals.overrides import Overrides
from cqcrawler.run.scope import Scope
from cqcrawler.run.selections import Selections

START, FURTHER, SECTION = "http://a.cn/", "http://a.cn/2.html", "http://a.cn/zcfg/"
FULL, USUAL = Scope(full=True), Scope()
PORTAL = Portal("cq", "重庆", (START,), overrides=Overrides("cq.toml"))


def visit(url: str, continues: str | None = None) -> Visit:
    return Visit(url, "cq", PageKind.LISTING, datetime(2025, 7, 7, tzinfo=UTC), continues=continues)


def listing(
    *missed: str, url: str = START, continues: str | None = None, form: str = "page"
) -> PageResult:
    read = Listing(url, form=ListingForm(form), unmatched=missed)
    return ReadListing(visit(url, continues), read)


def notice(*missed: str) -> PageResult:
    return ReadNotice(visit("http://a.cn/1.html"), Article("http://a.cn/1.html", unmatched=missed))


def problem(*results: PageResult, scope: Scope = FULL) -> str:
    selections = Selections(PORTAL)
    for result in results:
        selections.add(result)
    return selections.problem(scope)


MISSED = f"cq.toml: listing.rows matches nothing on {START}"
ANSWER = "cq.toml: listing.api at /: link matches nothing"
DETAIL = "cq.toml: listing.rows matches nothing"


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([listing()], ""),
        ([Rejected(visit(START), UNMATCHED, DETAIL)], MISSED),
        ([Failed(visit(START), f"{UNMATCHED}: {DETAIL}")], MISSED),
        # A last page that may as well be empty is not owed, and no failure.
        ([Rejected(visit(FURTHER, START), UNMATCHED, DETAIL)], ""),
        ([listing("listing.rows", url=SECTION)], ""),
        ([listing("listing.date")], f"cq.toml: listing.date matches nothing on {START}"),
        (
            [listing("listing.title", url=FURTHER, continues=START)],
            f"cq.toml: listing.title matches nothing on {FURTHER}",
        ),
        ([listing("listing.date", url=SECTION)], ""),
        (
            [listing("listing.api at /: rows", url=FURTHER, form="answer")],
            f"cq.toml: listing.api at /: rows matches nothing on {FURTHER}",
        ),
        # An answer that is read by the portal's file is owed all the same.
        ([Rejected(visit(FURTHER, START), UNMATCHED, ANSWER)], f"{ANSWER} on {FURTHER}"),
        ([listing("listing.exclude .a"), listing()], ""),
        (
            [listing("listing.exclude .a"), listing("listing.exclude .a")],
            "cq.toml: listing.exclude .a matches nothing on any of 2 pages of listings",
        ),
        ([listing(), listing("listing.next", url=FURTHER)], ""),
        (
            [listing("listing.next")],
            "cq.toml: listing.next matches nothing on any of 1 pages of listings",
        ),
        ([listing("listing.exclude .a", form="shell")], ""),
        ([notice("notice.exclude .a")] * 2, ""),
        (
            [notice("notice.exclude .a")] * 3,
            "cq.toml: notice.exclude .a matches nothing on any of 3 notices",
        ),
        ([notice("notice.exclude .a")] * 3 + [notice()], ""),
        ([notice("notice.body")] * 2, ""),
        ([notice("notice.body")] * 3 + [notice()] * 3, ""),
        (
            [notice("notice.body")] * 3 + [notice()] * 2,
            "cq.toml: notice.body matches nothing on 3 of 5 notices",
        ),
    ],
)
def test_what_a_whole_run_says(results: list[PageResult], said: str) -> None:
    assert problem(*results) == said


def test_a_run_that_reads_little_cannot_say_that_something_is_nowhere() -> None:
    assert problem(*[notice("notice.exclude .a")] * 9, scope=USUAL) == ""
    assert problem(listing("listing.next"), scope=USUAL)
    assert problem(listing("listing.next"), scope=Scope(max_pages=1)) == ""


def test_notices_that_were_read_as_any_page_are_counted() -> None:
    selections = Selections(PORTAL)
    for result in (notice("notice.body", "notice.date"), notice("notice.exclude .a"), notice()):
        selections.add(result)
    assert selections.note() == "on 1 notices a selector of cq.toml matches nothing"
    assert Selections(PORTAL).note() == ""
