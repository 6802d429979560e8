"""The column that a text stands in: its body with, in their places, the lines left out of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from cqcrawler.models import RemovedParagraph

# Rules for what leads elsewhere; a long run of it is more than anybody wants to read through.
_LINKS = frozenset({"links", "link"})
_MOST_LINKS = 5


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines one below the other: of the body, or by the `rule` that left all of them out."""

    rule: str | None
    lines: tuple[str, ...]

    @property
    def is_long_list(self) -> bool:
        """Whether these are links, and too many to show unasked."""
        return self.rule in _LINKS and len(self.lines) > _MOST_LINKS


def stretches(body: str, removed: Sequence[RemovedParagraph]) -> list[Stretch]:
    """Return all lines of a column from top to bottom; `removed` are in the order of their places.

    Rows that a damaged archive lost leave no gap.
    """
    lines = groupby(_in_place(body, removed), key=itemgetter(0))
    return [Stretch(rule, tuple(text for _, text in run)) for rule, run in lines]


def _in_place(body: str, removed: Sequence[RemovedParagraph]) -> Iterator[tuple[str | None, str]]:
    kept = body.split("\n") if body else []
    taken = 0
    for number, line in enumerate(removed):
        above = max(line.position - number, taken)
        yield from ((None, text) for text in kept[taken:above])
        taken = min(above, len(kept))
        yield line.rule, line.text
    yield from ((None, text) for text in kept[taken:])
