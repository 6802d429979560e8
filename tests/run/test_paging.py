"""How far an incremental run reads into a listing whose further pages are known."""

from __future__ import annotations

import pytest

from cqcrawler.models import Candidate, PageKind, PageState
from cqcrawler.run.paging import Paging
from cqcrawler.run.scope import Scope

NOTICE, LISTING = PageKind.NOTICE, PageKind.LISTING
FIRST = "http://h/"


class Rows:
    """What a listing of six pages showed before: notices 1 to 30."""

    def __init__(self, pages=6, known=range(1, 31)):
        self.pages = [f"{FIRST}p{n}" for n in range(2, pages + 1)]
        self.known = {str(n) for n in known}

    def further_pages(self, listing):
        return self.pages

    def unchanged_rows(self, listing, rows):
        assert listing == FIRST
        return {row.url for row in rows if row.url in self.known and not row.title}


@pytest.fixture
def walk(result, listing):
    """Read on through pages given by their rows; return the numbers of those that were read.

    A row is the number of a notice, negative where its title has changed. None is a page that
    fails.
    """

    def read(paging, number, shown, pager=()):
        url = FIRST if number == 1 else f"{FIRST}p{number}"
        first = None if number == 1 else FIRST
        if shown is None:
            return paging.learn(
                result(url, LISTING, state=PageState.FAILED, error="HTTP 500", continues=first)
            )
        rows = [Candidate(str(abs(n)), NOTICE, "changed" if n < 0 else "") for n in shown]
        further = [Candidate(f"{FIRST}p{n}", LISTING) for n in pager]
        candidates = (*rows, *further)
        page = result(url, LISTING, listing=listing(), candidates=candidates, continues=first)
        return paging.learn(page)

    def walk(*pages, pager=(), paging=None):
        paging = paging or Paging(Rows(), Scope())
        visited, number = [], 1
        while True:
            visited.append(number)
            url = read(paging, number, pages[number - 1], pager)
            if url is None:
                return visited, paging.unread == set()
            number = int(url.removeprefix(f"{FIRST}p"))

    walk.read = read
    return walk


def rows(page):
    """The five rows of a page where nothing has changed."""
    return range(page * 5 - 4, page * 5 + 1)


def unchanged(*pages):
    return [rows(page) for page in pages]


def test_two_pages_without_news_end_it(walk):
    assert walk(*unchanged(1, 2)) == ([1, 2], False)


def test_news_is_followed_for_two_pages_more(walk):
    pages = [[31, 1, 2, 3, 4], [5, 6, 7, 8, 9], rows(3)]
    assert walk(*pages) == ([1, 2, 3], False)


@pytest.mark.parametrize("news", [31, -7], ids=["new", "changed"])
def test_rows_out_of_order_do_not_stop_it(walk, news):
    assert walk(rows(1), [6, 8, news, 9], *unchanged(3, 4)) == ([1, 2, 3, 4], False)


def test_a_first_page_of_pinned_rows_does_not_stop_it(walk):
    pinned = [26, 27, 28, 29, 30]
    assert walk(pinned, [31, 1, 2, 3, 4], *unchanged(3, 4)) == ([1, 2, 3, 4], False)


def test_rows_pinned_to_every_page_count_once(walk):
    pinned = [26, 27]
    pages = [[*pinned, 31], [*pinned, 32], [*pinned, 1], [*pinned, 2], [*pinned, 3]]
    assert walk(*pages) == ([1, 2, 3, 4], False)


def test_pages_that_show_only_rows_met_before_say_nothing(walk):
    pinned = [26, 27, 28]
    pages = [pinned, pinned, pinned, [31], rows(1), rows(2)]
    assert walk(*pages) == ([1, 2, 3, 4, 5, 6], False)


def test_rows_that_move_on_while_we_read_say_nothing(walk):
    # After page 1 two notices came in, so page 2 begins with the last rows of page 1.
    pages = [[31, 1, 2, 3, 4], [3, 4], [5, 6, 7], [8, 9, 10]]
    assert walk(*pages) == ([1, 2, 3, 4], False)


def test_it_ends_at_the_end(walk):
    news = [[n] for n in range(31, 37)]
    assert walk(*news) == ([1, 2, 3, 4, 5, 6], True)


def test_a_short_listing_is_read_to_its_end(walk):
    assert walk(rows(1), paging=Paging(Rows(pages=1), Scope())) == ([1], True)


def test_a_page_that_fails_does_not_end_it(walk):
    assert walk([31], None, [32], None, *unchanged(1, 2)) == ([1, 2, 3, 4, 5, 6], False)
    assert walk(None, [32], *unchanged(1, 2)) == ([1, 2, 3, 4], False)


def test_pages_are_read_in_the_order_of_the_first_ones_pager(walk):
    news = [[n] for n in range(31, 37)]
    assert walk(*news, pager=(6, 5, 4, 3, 2)) == ([1, 6, 5, 4, 3, 2], True)


def test_new_pages_of_the_pager_are_read_on_to(walk):
    paging = Paging(Rows(pages=1), Scope())
    assert walk([31], [32], [33], pager=(2, 3), paging=paging) == ([1, 2, 3], True)


def test_pages_left_over_from_an_earlier_run_do_not_count(walk):
    paging = Paging(Rows(), Scope())
    for number in (3, 5, 6):
        assert walk.read(paging, number, rows(number)) is None
    news = [[31], [32], None, [33]]
    assert walk(*news, paging=paging) == ([1, 2, 4], True)


def test_pages_that_follow_one_another_come_to_be_known_one_by_one(walk):
    known = Rows()
    known.pages = [f"{FIRST}#postback:2", f"{FIRST}#postback:3"]
    paging = Paging(known, Scope())
    assert walk.read(paging, 1, [1]) is None
    assert paging.unread == set()


def test_a_listing_that_is_gone_is_not_read_on(result):
    paging = Paging(Rows(), Scope())
    assert paging.learn(result(FIRST, LISTING, state=PageState.GONE)) is None


def test_notices_are_none_of_its_business(result):
    paging = Paging(Rows(), Scope())
    assert paging.learn(result("http://h/1")) is None
    assert paging.unread == set()
