"""Whether all was there that the listings of a run named."""

from __future__ import annotations

import pytest

from cqcrawler.models import (
    EMPTIED,
    NO_ROWS,
    Article,
    Candidate,
    Failed,
    FeedKind,
    ListingForm,
    PageKind,
    PageState,
)
from cqcrawler.run.listings import Listings

LISTING, FIRST = PageKind.LISTING, "http://h/"
ROWS = 4


def url_of(number):
    return FIRST if number == 1 else f"{FIRST}list_{number}.html"


@pytest.fixture
def listings():
    return Listings()


@pytest.fixture
def make(result, listing):
    """Makes pages of a listing: by default the pager names all five, rows are the page's own."""

    def make(number, *, rows=None, names=range(1, 6), **fields):
        shown = [f"{FIRST}{number}/{row}" for row in range(ROWS)] if rows is None else rows
        further = tuple(url_of(n) for n in names if n != number)
        earlier = tuple(url_of(n) for n in names if n < number)
        return result(
            url_of(number),
            LISTING,
            listing=listing(*shown, next_urls=further, earlier_urls=earlier, **fields),
            candidates=tuple(Candidate(url, LISTING) for url in further),
            continues=None if number == 1 else FIRST,
        )

    return make


@pytest.fixture
def bad(result):
    """Makes pages of a listing that are none."""

    def bad(number, state=PageState.REJECTED, **fields):
        known = {"status": 200, "reason": NO_ROWS, "detail": "#app"}
        if state is not PageState.REJECTED:
            known = {"error": "HTTP 404"}
        return result(url_of(number), LISTING, state=state, continues=FIRST, **(known | fields))

    return bad


def walk(listings, *pages):
    """Judge and note pages as a run does; return what they came to."""
    judged = []
    for page in pages:
        judged.append(listings.judge(page))
        listings.add(judged[-1])
    return judged


def repeats(make, number, of=1, **fields):
    return make(number, rows=[f"{FIRST}{of}/{row}" for row in range(ROWS)], **fields)


def problems(listings, unread=()):
    found = (*listings.lacks(), *listings.stuck(unread), *listings.shortfalls(unread))
    return [problem.replace(FIRST, "") for problem in found]


def test_all_pages_with_rows_of_their_own(listings, make):
    judged = walk(listings, *map(make, range(1, 6)))
    assert not any(isinstance(page, Failed) for page in judged)
    assert problems(listings) == []
    assert listings.rows == 5 * ROWS


@pytest.mark.parametrize("number", [2, 3, 5])
def test_a_named_page_without_rows_fails(listings, make, bad, number):
    pages = [bad(n) if n == number else make(n) for n in range(1, 6)]
    failed = walk(listings, *pages)[number - 1]
    assert (failed.state, failed.error) == (PageState.FAILED, "no rows: #app")


@pytest.mark.parametrize("number", [2, 3, 5])
def test_a_named_page_that_shows_the_first_one_again_fails(listings, make, number):
    pages = [repeats(make, n) if n == number else make(n) for n in range(1, 6)]
    failed = walk(listings, *pages)[number - 1]
    assert (failed.state, failed.error) == (PageState.FAILED, "shows only rows of other pages")


def test_a_named_page_that_reads_as_a_notice_fails(listings, make, result):
    notice = result(url_of(2), article=Article(url_of(2), title="系统维护"), continues=FIRST)
    _, failed = walk(listings, make(1), notice)
    assert (failed.state, failed.error) == (PageState.FAILED, "no rows: 系统维护")


def test_some_rows_moved_on_while_they_were_read(listings, make):
    moved = make(2, rows=[f"{FIRST}1/{ROWS - 1}", f"{FIRST}2/0"])
    assert walk(listings, make(1), moved)[1] is moved


def test_the_other_address_of_the_first_page_may_repeat_it(listings, make, result, listing):
    other = f"{FIRST}list_1.html"
    second = make(2)
    again = result(
        other,
        LISTING,
        listing=listing(*(row.url for row in make(1).listing.rows)),
        candidates=(),
        continues=FIRST,
    )
    named = second.listing.next_urls
    second = result(
        second.visit.url,
        LISTING,
        listing=listing("x", next_urls=(other, *named), earlier_urls=(other,)),
        candidates=(),
        continues=FIRST,
    )
    assert walk(listings, make(1), second, again)[2] is again
    assert problems(listings) == []


@pytest.mark.parametrize("what", ["repeats", "has no rows"])
def test_a_next_link_on_the_last_page_leads_nowhere(listings, make, bad, what):
    last = make(3, rows=["last"], names=[2, 4])
    beyond = repeats(make, 4, of=2, names=[]) if what == "repeats" else bad(4)
    pages = walk(listings, make(1, names=[2]), make(2, names=[1, 3]), last, beyond)
    assert pages[3] is beyond
    assert problems(listings) == []


def test_a_next_link_on_a_full_last_page_may_lead_to_itself(listings, make):
    again = repeats(make, 3, of=2, names=[4])
    pages = walk(listings, make(1, names=[2]), make(2, names=[1, 3]), again)
    assert pages[2] is again
    assert problems(listings) == []


def test_a_next_link_on_a_full_page_leads_on(listings, make, bad):
    pages = walk(listings, make(1, names=[2]), make(2, names=[1, 3]), bad(3))
    assert isinstance(pages[2], Failed)


def test_a_page_that_no_pager_names_any_more_is_no_lack(listings, make, bad):
    left = bad(9, reason=EMPTIED)
    assert walk(listings, make(1), left)[1] is left
    walk(listings, bad(8, PageState.GONE))
    assert problems(listings) == []


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ([5], []),  # a listing may have become shorter
        ([2], ["1 of 4 further pages of  cannot be had, such as list_2.html: HTTP 404"]),
        ([4, 5], ["2 of 4 further pages of  cannot be had, such as list_4.html: HTTP 404"]),
    ],
)
def test_pages_that_are_gone(listings, make, bad, gone, said):
    pages = [bad(n, PageState.GONE) if n in gone else make(n) for n in range(1, 6)]
    walk(listings, *pages)
    assert problems(listings) == said


def test_the_last_page_that_is_gone_may_have_led_to_others(listings, result, listing):
    second = f"{FIRST}#postback:2"
    rows = [f"{FIRST}{row}" for row in range(ROWS)]
    walk(
        listings,
        result(FIRST, LISTING, listing=listing(*rows, next_urls=(second,))),
        result(second, LISTING, state=PageState.GONE, error="HTTP 404", continues=FIRST),
    )
    assert "1 of 1 further pages" in problems(listings)[0]


def test_a_page_that_must_not_be_asked_for_is_a_lack(listings, make, bad):
    walk(listings, make(1), bad(2, PageState.EXCLUDED, error="forbidden by robots.txt"))
    assert "such as list_2.html: forbidden by robots.txt" in problems(listings)[0]


def test_three_fruitless_pages_in_a_row_end_a_listing(listings, make, bad):
    walk(listings, make(1), bad(2, PageState.GONE), bad(3))
    assert not listings.has_ended(FIRST)
    walk(listings, repeats(make, 4))
    assert listings.has_ended(FIRST)
    assert not listings.has_ended("http://h/other/")


def test_a_page_with_rows_in_between_does_not(listings, make, bad):
    walk(listings, make(1), bad(2, PageState.GONE), bad(3), make(4), bad(5))
    assert not listings.has_ended(FIRST)


def test_failures_that_may_pass_do_not(listings, make, bad):
    busy = {"state": PageState.FAILED, "error": "HTTP 503", "transient": True}
    walk(listings, make(1), *(bad(number, **busy) for number in range(2, 6)))
    assert not listings.has_ended(FIRST)


@pytest.fixture
def shell(result, listing):
    """Makes a page without rows that leads to the page which has them."""

    def shell(number=1, leads_to=2, **fields):
        further = () if leads_to is None else (url_of(leads_to),)
        shown = listing(next_urls=further, form=ListingForm.SHELL, **fields)
        continues = None if number == 1 else FIRST
        return result(url_of(number), LISTING, listing=shown, continues=continues)

    return shell


def test_pages_without_rows_may_lead_to_each_other(listings, make, shell):
    judged = walk(listings, shell(), shell(2, leads_to=3), shell(3, leads_to=4), make(4))
    assert not any(isinstance(page, Failed) for page in judged)
    assert list(listings.without_rows({FIRST})) == []


def test_the_only_page_that_was_to_have_rows_is_a_lack_if_it_is_gone(listings, bad, shell):
    walk(listings, shell(), bad(2, PageState.GONE))
    assert problems(listings) == [
        f"1 of 1 further pages of  cannot be had, such as {url_of(2).replace(FIRST, '')}: HTTP 404"
    ]


@pytest.mark.parametrize("declared", [0, None])
def test_an_empty_list_says_that_it_is(listings, make, shell, declared):
    empty = make(2, rows=[], names=[], declared_total=declared)
    _, judged = walk(listings, shell(), empty)
    assert isinstance(judged, Failed) is (declared is None)


def test_a_further_page_that_says_so_is_none(listings, make):
    _, judged = walk(listings, make(1), make(2, rows=[], declared_total=0))
    assert isinstance(judged, Failed)


@pytest.mark.parametrize("fields", [{}, {"beyond": "it goes on at another site"}])
def test_every_part_of_an_index_is_owed(listings, make, bad, fields):
    """Pages that follow one another end where one is gone; the last part of an index is as good as
    the first."""
    index = {"form": ListingForm.SHELL, "feed": FeedKind.SITEMAP}
    listings.add(make(1, rows=[], names=[1, 2, 3], **index, **fields))
    listings.add(make(2, names=[], form=ListingForm.ANSWER, feed=FeedKind.SITEMAP))
    listings.add(bad(3, PageState.GONE))
    assert list(listings.lacks()) == [
        f"1 of 2 further pages of {FIRST} cannot be had, such as {url_of(3)}: HTTP 404"
    ]
    assert bool(list(listings.stuck({FIRST}))) is bool(fields)


def test_a_start_without_rows_is_named(listings, make, shell):
    walk(listings, shell())
    assert list(listings.without_rows({FIRST})) == []  # The page that has them may be read yet.
    walk(listings, make(2, rows=[], names=[], declared_total=0))
    assert list(listings.without_rows({FIRST})) == [f"{FIRST} lists no notices"]
    assert list(listings.without_rows({"http://h/other"})) == []


def test_a_start_whose_rows_another_listing_has_is_not(listings, make, result, listing, shell):
    other = "http://h/index"
    walk(listings, shell(), make(2))
    shown = listing(next_urls=(url_of(2),), form=ListingForm.SHELL)
    listings.add(result(other, LISTING, listing=shown))
    assert list(listings.without_rows({FIRST, other})) == []


def test_says_behind_which_page_nobody_can_follow(listings, make):
    walk(listings, make(1, names=[], beyond="下一页 is a script"))
    assert problems(listings) == [" goes on where we cannot follow: 下一页 is a script"]
    assert problems(listings, unread={FIRST}) == []


def test_what_another_page_names_can_be_followed(listings, make):
    walk(listings, make(1, beyond="下一页 is a script"), *map(make, range(2, 6)))
    assert problems(listings) == []


def test_rows_of_all_pages_count_towards_the_total(listings, make):
    walk(listings, make(1, rows=["a", "b"], declared_total=4), make(2, rows=["b", "c"]))
    assert (listings.declared_total, listings.seen) == (4, 3)
    assert problems(listings) == [" declares 4 notices, 3 were listed"]
    assert problems(listings, unread={FIRST}) == []
    walk(listings, make(3, rows=["d"]))
    assert (problems(listings), listings.seen) == ([], 4)


def test_listings_are_counted_apart(listings, result, listing):
    for url, rows, declared in (
        (FIRST, "ab", 2),
        (f"{FIRST}b/", "a", 3),
        (f"{FIRST}c/", "d", None),
    ):
        listings.add(result(url, LISTING, listing=listing(*rows, declared_total=declared)))
    assert listings.declared_total == 5
    assert problems(listings) == ["b/ declares 3 notices, 1 were listed"]


@pytest.mark.parametrize(
    ("rows", "names", "declared", "totals"),
    [
        ("first", (2, 3), 12, (12, [])),
        ("first", (2, 3), 13, (25, ["index.html declares 13 notices, 4 were listed"])),
        ("own", (2, 3), 12, (24, ["index.html declares 12 notices, 4 were listed"])),
        ("first", (2, 3, 4), 12, (24, ["index.html declares 12 notices, 4 were listed"])),
    ],
    ids=["the same", "another total", "other rows", "more pages"],
)
def test_a_listing_that_has_two_addresses_counts_once(
    listings, make, result, listing, rows, names, declared, totals
):
    walk(listings, *(make(number, names=(1, 2, 3), declared_total=12) for number in (1, 2, 3)))
    shown = [row.url for row in make(1).listing.rows] if rows == "first" else "wxyz"
    other = listing(*shown, next_urls=tuple(map(url_of, names)), declared_total=declared)
    listings.add(result(f"{FIRST}index.html", LISTING, listing=other, candidates=()))
    assert (listings.declared_total, problems(listings)) == totals
