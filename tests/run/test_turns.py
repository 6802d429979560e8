"""Whose turn it is at a server that portals share, in a time of the tests' own."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from itertools import pairwise

import pytest

from cqcrawler.run.turns import Pace, Throttle, Turns

SECOND = Pace(delay=1.0)


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose clock moves only while there is nothing to do, and then at once."""

    def __init__(self):
        super().__init__()
        self.now = 0.0
        select = self._selector.select

        def pass_time(timeout):
            self.now += timeout or 0.0
            return select(0)

        self._selector.select = pass_time

    def time(self):
        return self.now


@pytest.fixture
def loop():
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture
def turns(loop):
    return Turns(loop.time)


@pytest.fixture
def ask(turns, loop):
    """Ask for so many pages, one after the other, and note when each was sent."""
    sent = []

    async def ask(portal, *names, pages=3, pace=SECOND, seconds=0.0):
        for _ in range(pages):
            async with turns.turn(portal, names, pace):
                sent.append((round(loop.time(), 3), portal))
                await asyncio.sleep(seconds)

    ask.sent = sent
    return ask


def together(loop, *work):
    async def run():
        await asyncio.gather(*work)

    loop.run_until_complete(run())


def test_portals_of_one_server_take_turns_at_the_pace_of_one(loop, ask):
    together(loop, *(ask(portal, "x.cn", "192.0.2.1") for portal in "abc"))
    assert ask.sent == [(float(number), "abc"[number % 3]) for number in range(9)]


def test_portals_that_share_an_address_alone_take_turns(loop, ask):
    together(loop, ask("a", "x.cn", "192.0.2.1"), ask("b", "y.cn", "192.0.2.1"))
    assert [at for at, _ in ask.sent] == [0, 1, 2, 3, 4, 5]


def test_portals_of_different_servers_do_not_wait_for_each_other(loop, ask):
    together(loop, ask("a", "x.cn", "192.0.2.1"), ask("b", "y.cn", "192.0.2.2"))
    assert [at for at, _ in ask.sent] == [0, 0, 1, 1, 2, 2]


def test_one_request_is_under_way_however_slow_it_is(loop, ask):
    together(loop, *(ask(portal, "x.cn", pages=2, seconds=5) for portal in "ab"))
    assert [at for at, _ in ask.sent] == [0, 5, 10, 15]


def test_of_two_delays_the_larger_holds_for_both(loop, turns, ask):
    together(loop, ask("a", "x.cn"), ask("b", "x.cn", pages=2, pace=Pace(delay=4.0)))
    assert [at for at, _ in ask.sent] == [0, 4, 8, 12, 16]
    turns.slow_down(["x.cn"], 10.0, SECOND)
    turns.slow_down(["x.cn"], 7.0, SECOND)
    together(loop, ask("a", "x.cn", pages=2))
    assert [at for at, _ in ask.sent[5:]] == [26, 36]


def test_what_robots_asks_for_does_not_vary(loop, turns, ask):
    turns.slow_down(["x.cn"], 2.0, SECOND)
    together(loop, ask("a", "x.cn", pages=30, pace=Pace(delay=1.0, jitter=0.5)))
    assert {at for at, _ in ask.sent} == set(range(0, 60, 2))


def test_delays_vary_around_what_was_set(loop, ask):
    together(loop, ask("a", "x.cn", pages=200, pace=Pace(delay=1.0, jitter=0.5)))
    times = [at for at, _ in ask.sent]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert 0.499 < min(gaps) < 0.7 < 1.3 < max(gaps) < 1.501


def test_all_portals_leave_a_server_alone_that_asks_for_it(loop, turns, ask):
    together(loop, ask("a", "x.cn", "192.0.2.1", pages=1))
    turns.leave_alone(["x.cn", "192.0.2.1"], 60)
    together(loop, ask("b", "y.cn", "192.0.2.1"), ask("c", "z.cn", "192.0.2.2", pages=1))
    assert ask.sent == [(0, "a"), (0, "c"), (60, "b"), (61, "b"), (62, "b")]


def test_a_delay_follows_a_slow_server_and_goes_down_with_a_quick_one(loop, turns, ask):
    pace = Pace(delay=1.0, throttle=Throttle(start=2.0, longest=30.0, concurrency=1.0))
    together(loop, ask("a", "x.cn", pages=2, pace=pace))
    for latency, good in ((10, True), (0.1, False), (0.1, True), (90, False)):
        turns.answered(["x.cn"], pace, latency, good=good)
        together(loop, ask("b", "x.cn", pages=1, pace=pace))
    times = [at for at, _ in ask.sent]
    # At first 2, then the latency; a quick error changes nothing; half the way; the longest.
    assert times == pytest.approx([0, 2, 12, 22, 22 + 5.05, 22 + 5.05 + 30])


def test_who_gives_up_waiting_is_not_waited_for(loop, ask):
    async def run():
        first, second, third = (
            asyncio.create_task(ask(portal, "x.cn", "192.0.2.1", pages=1, seconds=3))
            for portal in "abc"
        )
        await asyncio.sleep(0.5)
        second.cancel()
        await asyncio.sleep(0.5)
        first.cancel()
        await third

    loop.run_until_complete(run())
    assert ask.sent == [(0, "a"), (1, "c")]


def test_waiting_for_others_is_told_apart_from_a_delay_of_ones_own(loop, turns, ask):
    waited = []

    @contextmanager
    def waiting():
        began = loop.time()
        yield
        waited.append(loop.time() - began)

    async def other():
        for _ in range(3):
            async with turns.turn("b", ["x.cn"], SECOND, waiting):
                pass

    together(loop, ask("a", "x.cn", pages=1, seconds=7), other())
    assert waited == [7]
    assert loop.time() == 9
