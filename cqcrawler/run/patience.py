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
    in_a_row: set[str] = field(default_factory=set)
    resume: float = 0.0


@dataclass
class Patience:
    """How each site of a run has failed and answered, and how long it is left alone for that.

    From `pause_after` pages that failed in a row on, a site is left alone for 1, 2, 4, ...
    seconds, at most `longest_pause`; after `give_up_after` it is not asked again. All tries of
    one page are one failure: they say nothing of the site's other pages. A page that is refused
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
        self._record(site).in_a_row.clear()

    def failed(self, site: str, page: str, problem: str, *, refused: bool = False) -> None:
        """There was no answer, an error of the server's or a refusal."""
        pages = self._record(site).in_a_row
        pages.add(page)
        if len(pages) >= self.give_up_after:
            reason = f"{site} failed for {len(pages)} pages in a row, at last with {problem}"
            self.given_up.setdefault(site, GivenUp(site, reason, refused))
        elif len(pages) >= self.pause_after:
            pause = 2.0 ** (len(pages) - self.pause_after)
            self.leave_alone(site, min(pause, self.longest_pause))

    def in_doubt(self, site: str) -> bool:
        """Whether it may be the site that fails, so that no page is worth a try more at once."""
        return 2 * len(self._record(site).in_a_row) > self.pause_after

    def leave_alone(self, site: str, seconds: float) -> None:
        """Let some time pass before the next request."""
        record = self._record(site)
        record.resume = max(record.resume, self.clock() + seconds)

    def pause(self, site: str) -> float:
        """Return how many seconds are left of that time."""
        return max(0.0, self._record(site).resume - self.clock())

    def _record(self, site: str) -> _Record:
        return self._sites.setdefault(site, _Record())
