"""So many requests at once, so that what they hold has a bound; others wait, but not long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


class Full(Exception):
    """Raised by `Gate.passing` when too many are inside for too long."""


@dataclass
class Gate:
    """Lets `places` requests through at once; another waits `seconds` for a place."""

    places: int
    seconds: float
    _inside: int = 0
    _waiting: list[asyncio.Future[None]] = field(default_factory=list)

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Hold a place inside the block; raises Full."""
        await self._enter()
        try:
            yield
        finally:
            self._leave()

    async def _enter(self) -> None:
        if self._inside < self.places:
            self._inside += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await asyncio.wait_for(asyncio.shield(turn), self.seconds)
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done():  # It was given a place just now.
                self._leave()
            else:
                self._waiting.remove(turn)
            if isinstance(error, TimeoutError):
                raise Full from error
            raise

    def _leave(self) -> None:
        """Give the place to who waits longest, or nobody."""
        if self._waiting:
            self._waiting.pop(0).set_result(None)
        else:
            self._inside -= 1
