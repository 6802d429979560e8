"""Where a listing ends whose pager does not."""

from __future__ import annotations

import pytest

from cqcrawler.models import Candidate, ListingForm, PageKind, PageState
from cqcrawler.run.repeats import Repeats

FIRST = "http://h/"
ON, ENDED = True, False


def address(number, first=FIRST):
    return first if number == 1 else f"{first}{number}"


@pytest.fixture
def read(result, listing):
    """Read page `number` of a listing; return whether it leads to the pages that it names."""

    def make(repeats, number, *notices, names=None, first=FIRST, form=ListingForm.PAGE):
        rows = [Candidate(f"http://h/n{notice}", PageKind.NOTICE) for notice in notices]
        named = names or (number + 1,)
        page = result(
            address(number, first),
            PageKind.LISTING,
            listing=listing(form=form),
            candidates=(*rows, *(Candidate(address(n, first), PageKind.LISTING) for n in named)),
            continues=None if number == 1 else first,
        )
        kinds = [candidate.kind for candidate in repeats.cut(page).candidates]
        assert kinds.count(PageKind.NOTICE) == len(notices)
        return PageKind.LISTING in kinds

    return make


def test_three_further_pages_of_known_rows_end_a_listing(read):
    repeats = Repeats()
    for number, notices in enumerate([(1, 2), (3, 4), (1, 2), (3, 4)], start=1):
        assert read(repeats, number, *notices) is ON
    assert not repeats.ended
    assert read(repeats, 5, 1, 4) is ENDED
    assert repeats.ended == {FIRST}


def test_pages_with_rows_of_their_own_do_not(read):
    repeats = Repeats()
    read(repeats, 1, 1, 2)
    for number in range(2, 20):
        # Every third page is new, and pinned rows stand on all.
        own = [number] if number % 3 == 0 else []
        assert read(repeats, number, 1, 2, *own) is ON


def test_pages_that_others_name_too_do_not(read):
    repeats = Repeats()
    read(repeats, 1, 1, 2, names=range(2, 9))
    for number in range(2, 8):
        assert read(repeats, number, 1, 2) is ON


def test_the_same_rows_in_another_listing_or_on_its_first_page_say_nothing(read):
    repeats = Repeats()
    for _ in range(5):
        assert read(repeats, 1, 1, 2) is ON
    for number in range(1, 4):
        assert read(repeats, number, number, first="http://h/b/") is ON
        assert read(repeats, 9 + number, number) is ON


@pytest.mark.parametrize(("known", "leads"), [({"http://h/n1"}, ENDED), (set(), ON)])
def test_rows_known_from_earlier_runs_count_where_not_all_are_read(read, known, leads):
    repeats = Repeats(lambda listing, rows: {row.url for row in rows} & known)
    assert read(repeats, 141, 1) is ON
    assert read(repeats, 142, 1) is ON
    assert read(repeats, 143, 1) is leads


def test_pages_without_rows_that_lead_to_each_other_end_a_little_later(read):
    repeats = Repeats()
    read(repeats, 1, form=ListingForm.SHELL)
    walked = [read(repeats, number, form=ListingForm.SHELL) for number in range(2, 14)]
    assert walked.index(ENDED) == 8  # A page, and as many scripts as are asked for one.
    other = Repeats()
    for number in range(1, 6):
        read(other, number, form=ListingForm.SHELL)
    assert read(other, 6, 1, 2) is ON


def test_what_is_no_listing_is_left_as_it_is(result):
    page = result("http://h/1", state=PageState.FAILED)
    assert Repeats().cut(page) is page
