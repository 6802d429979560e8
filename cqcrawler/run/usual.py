"""What is usual at a portal, by its own good runs, and what is too far from it for chance."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from statistics import median

from cqcrawler.archive.runs import READABLE, Run
from cqcrawler.models import Outcome

# A field counts as always there up to this share of notices without it.
_RARE = 0.1
# What happens by chance more rarely than this is not taken for chance; and less than half of the
# notices is no redesign.
_CHANCE = 0.001
_MOST = 0.5
# One odd notice is no redesign, whatever the history.
_FEWEST = 2
# Runs with fewer fresh notices than this are looked at together with those before them.
_RECENT = 5
# A listing with less than a quarter of the usual rows, and a text of a fifth, are odd.
_FEW_ROWS, _LEAST_ROWS = 4, 4
SHORT_BODY = 5

# What may be wrong with notices, by the name it is counted under.
SIGNS = {
    "misread": "listed pages do not read as notices",
    "no_region": "notices state no region",
    "no_date": "notices show no date",
    "no_body": "notices have no text",
    "short_body": "notices have a fraction of the usual text",
}


def total(counts: Counter[str], sign: str) -> int:
    """Return how many pages a sign could have shown on."""
    if sign == "no_date":
        return counts["articles"] - counts["undated"]
    return counts["articles"] + (counts["misread"] if sign == "misread" else 0)


@dataclass(frozen=True, slots=True)
class Usual:
    """The counts of a portal's good runs that read any notices: those of long ago as a sum, the
    latest one by one.

    `rows` is how many rows a page of a listing usually has, `body` the usual number of
    characters of a text; 0 where nothing is known. `doubts` are the counts of the runs since,
    if those found a redesign.
    """

    past: Counter[str] = field(default_factory=Counter)
    latest: tuple[Counter[str], ...] = ()
    rows: float = 0.0
    body: float = 0.0
    doubts: Counter[str] = field(default_factory=Counter)

    def oddity(self, counts: Counter[str], sign: str) -> str | None:
        """Say how often a sign shows and how rare it was, None if that may be chance.

        It may show within one run or, where runs have few fresh notices, within the latest. A
        run without any leaves the doubts of those before it as they were.
        """
        if not total(counts, sign):
            counts = self.doubts
        recent, before = self._recent(counts)
        for present, past in ((counts, self._all()), (recent, before)):
            bad, of = present[sign], total(present, sign)
            rate = (past[sign] + 1) / (total(past, sign) + 2)
            if bad >= _FEWEST and rate <= _RARE and _beyond_chance(bad, of, rate):
                return f"{bad} of {of} {SIGNS[sign]}, where {past[sign]} of {total(past, sign)} did"
        return None

    def lacks_rows(self, counts: Counter[str]) -> bool:
        """Whether the listings show far fewer rows a page than usual."""
        if self.rows < _LEAST_ROWS or not counts["lists"]:
            return False
        return _FEW_ROWS * counts["rows"] < self.rows * counts["lists"]

    def _all(self) -> Counter[str]:
        return sum(self.latest, Counter(self.past))

    def _recent(self, counts: Counter[str]) -> tuple[Counter[str], Counter[str]]:
        recent, older = Counter(counts), [*self.latest]
        while older and total(recent, "misread") < _RECENT:
            recent += older.pop(0)
        return recent, sum(older, Counter(self.past))


def usual(runs: Sequence[Run]) -> Usual:
    """Return what the earlier runs of a portal, newest first, say is usual.

    Those before one that a person accepted say nothing any more.
    """
    since = next((place for place, run in enumerate(runs) if run.accepted), len(runs))
    runs = runs[: since + 1]
    doubtful = takewhile(lambda run: run.outcome is Outcome.REDESIGNED and not run.accepted, runs)
    good = (Counter(run.counts) for run in runs if run.accepted or run.outcome in READABLE)
    counts = [count for count in good if total(count, "misread")]
    # A run that a person narrowed may have seen only the short listing of a home page.
    listed = [run.counts for run in runs if (run.whole and run.outcome in READABLE) or run.accepted]
    rows = [count["rows"] / count["lists"] for count in listed if count.get("lists")]
    bodies = [count["body_median"] for count in counts if count["body_median"]]
    return Usual(
        past=sum(counts[_RECENT:], Counter()),
        latest=tuple(counts[:_RECENT]),
        rows=median(rows) if rows else 0.0,
        body=median(bodies) if bodies else 0.0,
        doubts=sum((Counter(run.counts) for run in doubtful), Counter()),
    )


def _beyond_chance(bad: int, of: int, rate: float) -> bool:
    """Whether `bad` of `of` is most of them, and too much for chance at this rate.

    The bound is Chernoff's on the tail of the binomial distribution: exact where all are bad.
    """
    share = bad / of
    if share < _MOST:
        return False
    distance = share * math.log(share / rate)
    if share < 1:
        distance += (1 - share) * math.log((1 - share) / (1 - rate))
    return math.exp(-of * distance) < _CHANCE
