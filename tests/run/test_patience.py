"""Pauses that grow, and the end of them."""

from __future__ import annotations

import pytest

from cqcrawler.run.patience import Patience


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def patience(clock):
    return Patience(pause_after=3, give_up_after=8, longest_pause=5, clock=clock)


def fail(patience, times, site="h"):
    pauses = []
    for page in range(times):
        patience.failed(site, f"/{page}", "HTTP 503")
        pauses.append(patience.pause(site))
    return pauses


def test_pauses_grow_up_to_the_longest_and_then_it_gives_up(patience):
    assert fail(patience, 7) == [0, 0, 1, 2, 4, 5, 5]
    assert not patience.given_up
    patience.failed("h", "/7", "a timeout")
    given_up = patience.given_up["h"]
    assert given_up.reason == "h failed for 8 pages in a row, at last with a timeout"
    assert not given_up.refused


def test_all_tries_of_a_page_are_one_failure(patience):
    for page in ("/1", "/2") * 20:
        patience.failed("h", page, "HTTP 500")
    assert patience.pause("h") == 0
    patience.failed("h", "/3", "HTTP 500")
    assert patience.pause("h") == 1


def test_a_site_is_in_doubt_before_it_gets_pauses(patience):
    fail(patience, 1)
    assert not patience.in_doubt("h")
    fail(patience, 2)
    assert patience.in_doubt("h")
    patience.answered("h")
    assert not patience.in_doubt("h")


def test_a_pause_passes(patience, clock):
    fail(patience, 4)
    clock.now += 1.5
    assert patience.pause("h") == 0.5
    clock.now += 1
    assert patience.pause("h") == 0


def test_an_answer_makes_good(patience):
    for _ in range(9):
        fail(patience, 2)
        patience.answered("h")
    assert fail(patience, 3)[-1] == 1
    assert not patience.given_up


def test_sites_do_not_answer_for_each_other(patience):
    fail(patience, 8, "bad")
    assert list(patience.given_up) == ["bad"]
    assert patience.pause("good") == 0


def test_what_was_asked_for_is_not_cut_short(patience):
    patience.leave_alone("h", 60)
    fail(patience, 4)
    assert patience.pause("h") == 60


def test_a_refusal_is_told_apart(patience):
    fail(patience, 7)
    patience.failed("h", "/7", "captcha", refused=True)
    assert patience.given_up["h"].refused
