"""How long a site that fails is left alone, and when it is given up for this run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A site that is not asked any more, and why; `refused` when it answered, but not us."""

    site: str
    reason: str
    refused: bool


@dataclass(slots=True)
class _Record:
    in_a_row: int = 0
    resume: float = 0.0


@dataclass
class Patience:
    """How each site of a run has failed and answered, and how long it is left alone for that.

    From `pause_after` failures in a row on, a site is left alone for 1, 2, 4, ... seconds, at
    most `longest_pause`; after `give_up_after` it is not asked again. A page that is refused
    (a challenge, a login, HTTP 403) counts as a failure: asking on would only annoy people.
    """

    pause_after: int
    give_up_after: int
    longest_pause: float
    clock: Callable[[], float] = monotonic
    given_up: dict[str, GivenUp] = field(default_factory=dict)
    _sites: dict[str, _Record] = field(default_factory=dict)

    def answered(self, site: str) -> None:
        """A page came as it should."""
        self._record(site).in_a_row = 0

    def failed(self, site: str, problem: str, *, refused: bool = False) -> None:
        """There was no answer, an error of the server's or a refusal."""
        record = self._record(site)
        record.in_a_row += 1
        if record.in_a_row >= self.give_up_after:
            reason = f"{site} failed {record.in_a_row} times in a row, at last with {problem}"
            self.given_up.setdefault(site, GivenUp(site, reason, refused))
        elif record.in_a_row >= self.pause_after:
            pause = 2.0 ** (record.in_a_row - self.pause_after)
            self.leave_alone(site, min(pause, self.longest_pause))

    def leave_alone(self, site: str, seconds: float) -> None:
        """Let some time pass before the next request."""
        record = self._record(site)
        record.resume = max(record.resume, self.clock() + seconds)

    def pause(self, site: str) -> float:
        """Return how many seconds are left of that time."""
        return max(0.0, self._record(site).resume - self.clock())

    def _record(self, site: str) -> _Record:
        return self._sites.setdefault(site, _Record())
