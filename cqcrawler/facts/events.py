"""When what a notice tells of happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, takewhile
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
from cqcrawler.facts.periods import Period, iter_periods
from cqcrawler.facts.sentences import narrowed
from cqcrawler.facts.vocabulary import any_of

STALE_AFTER = timedelta(days=180)

_LONGEST_TITLE = 120
_TITLE = re.compile(f"《[^《》]{{0,{_LONGEST_TITLE}}}》")
_VAGUE = begins("vague_opening")
_FIGURES = begins("figures_reported")
_OPENING_REACH = 80
# 去年签约的项目: the step before that of which the notice tells.
_STEP_OF = re.compile(
    rf"[^，,；;。的]{{0,12}}?{any_of('periods', 'milestone_after')}[^，,；;。的]{{0,6}}的"
)


class _Candidate(NamedTuple):
    """A period that may be the event's. The smallest is: the most exact, then what the body
    says, then what comes first. The words around are looked at for the few that may win."""

    rank: int
    title: bool
    start: int
    place: int
    periods: list[Period]
    plain: str
    published: date | None

    def tells(self) -> int | None:
        """Return what `Context.tells` says of it."""
        return Context(self.plain, self.periods, self.place, self.published).tells()


def read_event(title: str, body: str, published: date | None) -> Event | None:
    """Return when what a notice tells of happened, None where it does not say so.

    `published` is the day that periods without a year are read against; nothing ends after it.
    """
    chosen = _chosen(_of_same_event(title, body, published))
    if chosen is None:
        return None
    period = chosen.periods[chosen.place]
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
    """Return the first in order that is told; else what is of the past; else the report's day.

    `candidates` come in the order of the text, the body's first. None is asked for behind a day
    of the body that is told, as nothing comes before it.
    """
    others: list[tuple[int, _Candidate]] = []
    for each in _in_order(candidates):
        tells = each.tells()
        if tells == TOLD:
            return each
        if tells is not None:
            others.append((tells, each))
    return min(others)[1] if others else None


def _in_order(candidates: Iterable[_Candidate]) -> Iterator[_Candidate]:
    waiting = []
    for each in candidates:
        if each.rank == RANKS["day"] and not each.title:
            yield each
        else:
            waiting.append(each)
    yield from sorted(waiting)


def _candidates(text: str, title: bool, published: date | None) -> Iterator[_Candidate]:
    plain = narrowed(text)
    periods: list[Period] = []
    for index, period in enumerate(iter_periods(plain, published)):
        periods.append(period)
        begun = published is None or period.first <= published
        if begun and not _is_in_title(plain, period.start):
            yield _Candidate(rank(period), title, period.start, index, periods, plain, published)


def _is_in_title(plain: str, at: int) -> bool:
    begin = plain.rfind("《", max(0, at - _LONGEST_TITLE - 1), at)
    title = _TITLE.match(plain, begin) if begin >= 0 else None
    return title is not None and at < title.end()


def _of_same_event(title: str, body: str, published: date | None) -> Iterable[_Candidate]:
    """Return what may be the event's, without what a notice that opens with 近日 tells beside."""
    opening = _vague_opening(body)
    if opening is not None:
        vague, end = opening
        opened = list(takewhile(lambda each: each.start < end, _candidates(body, False, published)))
        if not any(each.start < vague and each.tells() is not None for each in opened):
            return [
                *(each for each in opened if _is_same_event(body, each)),
                *(
                    each
                    for each in _candidates(title, True, published)
                    if each.rank < RANKS["year"]
                ),
            ]
    return chain(_candidates(body, False, published), _candidates(title, True, published))


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


def _is_same_event(body: str, each: _Candidate) -> bool:
    if each.rank >= COARSE or _STEP_OF.match(body, each.periods[each.place].stop):
        return False
    return each.tells() == TOLD
