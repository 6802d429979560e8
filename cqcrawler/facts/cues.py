"""The words beside a number that say what it is."""

from __future__ import annotations

from functools import lru_cache

from cqcrawler.facts.vocabulary import Cue, WordFinder, vocabulary


def _finder(file: str) -> WordFinder:
    return WordFinder({name: group.words for name, group in vocabulary(file).items()})


_MONEY, _COUNTED = _finder("cues"), _finder("counted")


@lru_cache(maxsize=64)
def money_cues(plain: str) -> tuple[Cue, ...]:
    """Return the words that say what money is, in order, without overlap."""
    return _MONEY.find(plain)


@lru_cache(maxsize=64)
def counted_cues(plain: str) -> tuple[Cue, ...]:
    """Return the words that say what is counted, in order, without overlap."""
    return _COUNTED.find(plain)


def last_before(cues: tuple[Cue, ...], start: int, stop: int) -> Cue | None:
    """Return the last of them that lies between two offsets."""
    for cue in reversed(cues):
        if cue.stop <= stop:
            return cue if cue.start >= start else None
    return None


def first_after(cues: tuple[Cue, ...], start: int, stop: int) -> Cue | None:
    """Return the first of them that lies between two offsets."""
    for cue in cues:
        if cue.start >= start:
            return cue if cue.stop <= stop else None
    return None
