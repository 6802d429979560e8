"""Pages that only the page before them leads to are asked for with what that one holds."""

from __future__ import annotations

from typing import Any

import pytest

from cqcrawler.models import FrontierPage, PageKind, PageResult, PageState, Postback
from cqcrawler.run.postbacks import Postbacks

FIRST = "http://h/l.aspx"


class Frontier:
    """Notes what is asked of it."""

    def __init__(self) -> None:
        self.reopened: list[str] = []
        self.gone: list[str] = []

    def reopen(self, portal: str, url: str) -> None:
        self.reopened.append(url)

    def leave_gone(self, portal: str, url: str, why: str) -> None:
        assert why
        self.gone.append(url)


def address(number: int) -> str:
    return FIRST if number == 1 else f"{FIRST}#postback:{number}"


@pytest.fixture
def frontier() -> Frontier:
    return Frontier()


@pytest.fixture
def postbacks(frontier: Frontier) -> Postbacks:
    return Postbacks(frontier, "p")


@pytest.fixture
def due(page: Any) -> Any:
    """Makes the page of a number."""

    def make(number: int) -> FrontierPage:
        found: FrontierPage = page(address(number), PageKind.LISTING, listing=FIRST)
        return found

    return make


@pytest.fixture
def read(result: Any, listing: Any) -> Any:
    """Makes what a page came to: one that leads on, or the last."""

    def make(number: int, *, last: bool = False) -> PageResult:
        onward = None if last else Postback(address(number + 1), FIRST, f"state={number}")
        first = None if number == 1 else FIRST
        shown = listing("http://h/n", postback=onward)
        found: PageResult = result(
            address(number), PageKind.LISTING, listing=shown, continues=first
        )
        return found

    return make


def test_a_page_with_an_address_of_its_own_never_waits(postbacks, page):
    assert not postbacks.holds_back(page("http://h/2", PageKind.LISTING, listing=FIRST))
    assert not postbacks.holds_back(page("http://h/l#post:p=2", PageKind.LISTING, listing=FIRST))


def test_a_page_is_given_with_what_the_one_before_it_holds(postbacks, due, read):
    assert postbacks.learn(read(1)) is None
    assert not postbacks.holds_back(due(2))
    given = postbacks.given(due(2))
    assert given.postback == Postback(address(2), FIRST, "state=1")
    # A state is good for one page: asked for again, it has to come anew.
    assert postbacks.holds_back(due(2))


def test_a_page_that_waits_is_given_once_the_one_before_it_was_read(postbacks, frontier, due, read):
    assert postbacks.holds_back(due(2))
    assert postbacks.learn(read(1)) == due(2)
    assert frontier.reopened == []


def test_the_pages_between_are_read_again_for_one_that_waits(postbacks, frontier, due, read):
    assert postbacks.holds_back(due(4))
    assert postbacks.learn(read(1)) is None
    assert frontier.reopened == [address(2)]
    postbacks.given(due(2))
    assert postbacks.learn(read(2)) is None
    assert frontier.reopened == [address(2), address(3)]
    postbacks.given(due(3))
    assert postbacks.learn(read(3)) == due(4)


def test_a_page_that_comes_to_wait_later_is_led_to_as_well(postbacks, frontier, due, read):
    postbacks.learn(read(1))
    assert frontier.reopened == []  # Nobody asks for more: the listing has no news.
    assert postbacks.holds_back(due(4))
    assert frontier.reopened == [address(2)]


def test_what_waits_at_the_end_of_a_listing_is_gone(postbacks, frontier, due, read):
    postbacks.holds_back(due(3))
    postbacks.holds_back(due(4))
    postbacks.learn(read(1))
    postbacks.given(due(2))
    postbacks.learn(read(2, last=True))
    assert frontier.gone == [address(3), address(4)]
    assert postbacks.holds_back(due(5))
    assert frontier.gone[2:] == [address(5)]


def test_behind_a_page_that_failed_others_wait_on(postbacks, frontier, due, read, result):
    postbacks.holds_back(due(3))
    postbacks.learn(read(1))
    postbacks.given(due(2))
    failed = result(address(2), PageKind.LISTING, continues=FIRST, state=PageState.FAILED)
    assert postbacks.learn(failed) is None
    assert frontier.gone == []


def test_listings_do_not_know_each_other(postbacks, frontier, due, read, page):
    other = page("http://h/m.aspx#postback:3", PageKind.LISTING, listing="http://h/m.aspx")
    postbacks.holds_back(other)
    postbacks.learn(read(1, last=True))
    assert frontier.gone == []
