"""When what a notice tells of happened."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from cqcrawler.facts.model import Event, Field
from cqcrawler.facts.period_contexts import (
    COARSE,
    RANKS,
    REPORTED,
    SENTENCE_END,
    TOLD,
    Context,
    begins,
    rank,
)
from cqcrawler.facts.periods import Period, read_periods
from cqcrawler.facts.sentences import narrowed
from cqcrawler.facts.vocabulary import any_of

STALE_AFTER = timedelta(days=180)

_TITLES = re.compile("《[^《》]{0,120}》")
_VAGUE = begins("vague_opening")
_FIGURES = begins("figures_reported")
_OPENING_REACH = 80
# 去年签约的项目: the step before that of which the notice tells.
_STEP_OF = re.compile(
    rf"[^，,；;。的]{{0,12}}?{any_of('periods', 'milestone_after')}[^，,；;。的]{{0,6}}的"
)


class _Candidate(NamedTuple):
    """A period that may be the event's. The smallest is: the most exact, then what the body
    says, then what comes first."""

    rank: int
    title: bool
    start: int
    context: Context


def read_event(title: str, body: str, published: date | None) -> Event | None:
    """Return when what a notice tells of happened, None where it does not say so.

    `published` is the day that periods without a year are read against; nothing ends after it.
    """
    candidates = [*_candidates(body, False, published), *_candidates(title, True, published)]
    chosen = _chosen(_of_same_event(body, candidates))
    if chosen is None:
        return None
    period = chosen.context.period
    last = min(period.last, published) if published else period.last
    return Event(
        period.first.isoformat(),
        last.isoformat(),
        period.precision,
        (title if chosen.title else body)[period.start : period.stop],
        Field.TITLE if chosen.title else Field.BODY,
        period.start,
        period.stop,
    )


def is_stale(event: Event | None, published: date | None) -> bool:
    """Tell whether an event was over more than 180 days before its publication."""
    if event is None or published is None:
        return False
    return published - date.fromisoformat(event.last) > STALE_AFTER


def _chosen(candidates: Iterable[_Candidate]) -> _Candidate | None:
    """Return the first in order that is told; else what is of the past; else the report's day."""
    others = []
    for each in sorted(candidates):
        tells = each.context.tells()
        if tells == TOLD:
            return each
        if tells is not None:
            others.append((tells, each))
    return min(others)[1] if others else None


def _candidates(text: str, title: bool, published: date | None) -> Iterator[_Candidate]:
    plain = narrowed(text)
    titles = [match.span() for match in _TITLES.finditer(plain)]
    periods = read_periods(plain, published)
    for index, period in enumerate(periods):
        begun = published is None or period.first <= published
        if begun and not _is_within(titles, period):
            context = Context(plain, periods, index, published)
            yield _Candidate(rank(period), title, period.start, context)


def _is_within(spans: list[tuple[int, int]], period: Period) -> bool:
    at = bisect(spans, (period.start,)) - 1
    return at >= 0 and period.start < spans[at][1]


def _of_same_event(body: str, candidates: list[_Candidate]) -> list[_Candidate]:
    """Drop what does not belong to the event of a notice that opens with 近日."""
    opening = _vague_opening(body)
    if opening is None:
        return candidates
    vague, end = opening
    if any(_is_told_before(each, vague) for each in candidates):
        return candidates
    return [
        each
        for each in candidates
        if (each.title and each.rank < RANKS["year"])
        or (not each.title and each.start < end and _is_same_event(body, each))
    ]


def _vague_opening(body: str) -> tuple[int, int] | None:
    """Return where the 近日 stands that a notice opens with, and where its sentence ends."""
    begin = len(body) - len(body.lstrip())
    found = _VAGUE.search(body, begin, begin + _OPENING_REACH)
    if found is None:
        return None
    end = SENTENCE_END.search(body, begin)
    stop = end.start() if end else len(body)
    if found.start() > stop:
        return None
    reported = REPORTED.match(body, found.end()) or _FIGURES.search(body, found.end(), stop)
    return None if reported else (found.start(), stop)


def _is_told_before(each: _Candidate, at: int) -> bool:
    return not each.title and each.start < at and each.context.tells() is not None


def _is_same_event(body: str, each: _Candidate) -> bool:
    if each.rank >= COARSE or _STEP_OF.match(body, each.context.period.stop):
        return False
    return each.context.tells() == TOLD
