"""When a crawl is to end, and what is broken off then."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from cqcrawler.spiders import Overdue, Stopped, halt


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(halt, "monotonic", lambda: clock.now)
    return clock


@pytest.fixture
def crawler():
    return SimpleNamespace(crawling=True, settings=Settings({"CLOSESPIDER_TIMEOUT": "10"}))


def test_waiting_for_others_puts_the_deadline_off(clock, crawler):
    limit = halt.Halt(crawler)
    clock.now += 9
    with limit.waiting_for_others():
        clock.now += 50
        with limit.waiting_for_others():  # A portal may have two sites.
            clock.now += 50
        limit.check()
        assert limit.left == 1
    clock.now += 0.5
    limit.check()
    clock.now += 0.5
    with pytest.raises(Overdue):
        limit.check()


def test_without_a_deadline_there_is_none(clock):
    limit = halt.Halt(SimpleNamespace(crawling=True, settings=Settings({"CLOSESPIDER_TIMEOUT": 0})))
    clock.now += 1e9
    limit.check()


@pytest.mark.parametrize("end", [Stopped, Overdue])
def test_what_is_under_way_is_broken_off(clock, crawler, end):
    limit = halt.Halt(crawler)
    cancelled = []

    async def hang():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    async def run():
        race = asyncio.ensure_future(limit.race(hang()))
        await asyncio.sleep(0)
        if end is Stopped:
            crawler.crawling = False
        else:
            clock.now += 11
        with pytest.raises(end):
            await race
        await asyncio.sleep(0)
        assert cancelled == [True]  # The end of the loop would cancel it, too.

    asyncio.run(run())


def test_what_comes_in_time_comes_as_it_is(clock, crawler):
    async def answer():
        return 7

    async def fail():
        raise ValueError("no")

    limit = halt.Halt(crawler)
    assert asyncio.run(limit.race(answer())) == 7
    with pytest.raises(ValueError, match="no"):
        asyncio.run(limit.race(fail()))
