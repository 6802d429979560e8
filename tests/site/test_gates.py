from __future__ import annotations

import asyncio

import pytest

from cqcrawler.site.gates import Full, Gate


def test_as_many_as_there_are_places_are_inside() -> None:
    async def visit() -> int:
        gate, inside, most = Gate(2, 60), 0, 0

        async def pass_through() -> None:
            nonlocal inside, most
            async with gate.passing():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*(pass_through() for _ in range(9)))
        return most

    assert asyncio.run(visit()) == 2


def test_nobody_waits_for_ever_and_no_place_is_lost() -> None:
    async def visit() -> None:
        gate = Gate(1, 0.01)
        async with gate.passing():
            with pytest.raises(Full):
                async with gate.passing():
                    pass
            waiting = asyncio.ensure_future(_pass(gate))
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        await _pass(gate)

    asyncio.run(visit())


async def _pass(gate: Gate) -> None:
    async with gate.passing():
        pass
