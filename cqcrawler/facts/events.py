"""When what a notice tells of happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from cqcrawler.facts.model import Event, Field
from cqcrawler.facts.periods import Period, read_periods
from cqcrawler.facts.sentences import narrowed
from cqcrawler.facts.vocabulary import any_of

STALE_AFTER = timedelta(days=180)

# How exact: the smaller, the more. Spans come by their length.
_RANKS = {"day": 0, "week": 1, "month": 2, "quarter": 3, "half": 3, "year": 5}
_UNDER_A_YEAR, _LONGER = 4, 6
_DAYS_OF_A_YEAR = 366
_COARSE = 3
_LONGEST_DAYS = 31

_CLAUSE_ENDS = "，,；;。！？!?\n"
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_REACH = 60
_OPENING_REACH = 80


def _ends(*groups: str) -> re.Pattern[str]:
    return re.compile(rf"{any_of('periods', *groups)}\s?[“\"'(（]?\Z")


def _begins(*groups: str) -> re.Pattern[str]:
    return re.compile(any_of("periods", *groups))


_VAGUE = _begins("vague_opening")
_REPORT = _begins("report")
_FIGURES = _begins("figures_reported")
_LIMIT_BEFORE = _ends("until_before", "compared_before", "recurring_before", "founded_before")
_LIMIT_AFTER = _begins("limit_after", "edition_after")
_STARTING_BEFORE = re.compile(r"[由从]\Z")
_STARTING_AFTER = _begins("starting_figure_after")
_PLANNED_BEFORE = _begins("planned_before")
_PLANNED_AFTER = _begins("planned_after")
_FOUNDED_AFTER = _begins("founded_after")
_PAGE_BEFORE = _ends("told_opening")
_HISTORY = _begins("history_subject")
_MILESTONE = _begins("milestone_after")
_ATTRIBUTE = re.compile(r"[^，,；;。的]{0,12}的")
_TITLES = re.compile("《[^《》\n]{0,120}》")
_LONE_LINE = re.compile(r"[\s(（]*\Z")


class _Candidate(NamedTuple):
    """A period that may be the event's; the smallest is chosen. `tier` is 0 for what is told, 1
    for the past of what it is told of, 2 for the day of the report."""

    tier: int
    rank: int
    field_order: int
    start: int
    stop: int
    period: Period


def read_event(title: str, body: str, published: date | None) -> Event | None:
    """Return when what a notice tells of happened, None where it does not say so.

    `published` is the day that periods without a year are read against; nothing ends after it.
    """
    candidates = [*_candidates(body, Field.BODY, published)]
    candidates = _without_vague(body, candidates)
    candidates += _candidates(title, Field.TITLE, published)
    if not candidates:
        return None
    chosen = min(candidates)
    field, text = (Field.TITLE, title) if chosen.field_order else (Field.BODY, body)
    period = chosen.period
    last = min(period.last, published) if published else period.last
    return Event(
        period.first.isoformat(),
        last.isoformat(),
        period.precision,
        text[period.start : period.stop],
        field,
        period.start,
        period.stop,
    )


def is_stale(event: Event | None, published: date | None) -> bool:
    """Tell whether an event was over more than 180 days before its publication."""
    if event is None or published is None:
        return False
    return published - date.fromisoformat(event.last) > STALE_AFTER


def _candidates(text: str, field: Field, published: date | None) -> Iterator[_Candidate]:
    plain = narrowed(text)
    titles = [match.span() for match in _TITLES.finditer(plain)] if "《" in plain else []
    for period in read_periods(plain, published):
        if published and period.first > published:
            continue
        if any(start < period.start < stop for start, stop in titles):
            continue
        context = _Context(plain, period, published)
        if context.is_no_event():
            continue
        yield _Candidate(
            context.tier(),
            _rank(period),
            int(field is Field.TITLE),
            period.start,
            period.stop,
            period,
        )


def _rank(period: Period) -> int:
    length = (period.last - period.first).days + 1
    if period.precision == "day" and length > _LONGEST_DAYS:
        return _UNDER_A_YEAR
    if rank := _RANKS.get(period.precision):
        return rank
    if period.precision == "day":
        return 0
    return _UNDER_A_YEAR if length < _DAYS_OF_A_YEAR - 1 else _LONGER


class _Context:
    """What stands around a period: its clause, to the left and to the right."""

    def __init__(self, plain: str, period: Period, published: date | None) -> None:
        self.plain = plain
        self.period = period
        self.published = published
        self.left = _left_in_clause(plain, period.start)
        self.right = plain[period.stop : period.stop + _REACH]
        end = _CLAUSE_END.search(self.right)
        self.clause = self.right[: end.start()] if end else self.right

    def is_no_event(self) -> bool:
        return (
            bool(_LIMIT_BEFORE.search(self.left))
            or bool(_LIMIT_AFTER.match(self.right))
            or self._starts_a_change()
            or self._is_planned()
            or self._is_founding()
            or self._is_page_date()
        )

    def tier(self) -> int:
        if self._is_reported():
            return 2
        return 1 if self._is_past_of_it() else 0

    def _starts_a_change(self) -> bool:
        return bool(_STARTING_BEFORE.search(self.left) and _STARTING_AFTER.match(self.right))

    def _is_planned(self) -> bool:
        exact = _rank(self.period) < _COARSE
        before = self.left[-8:] if exact else self.left
        if _PLANNED_BEFORE.search(before):
            return True
        runs = self.published is None or self.period.last > self.published
        if self.period.since or not runs:
            return False
        if self.period.joined and not exact and (self.period.last - self.period.first).days > 366:
            return True
        return not exact and bool(_PLANNED_AFTER.search(self._told_after()))

    def _told_after(self) -> str:
        """Return the clause that goes on from the period, the next one where it stands alone."""
        if self.clause.strip():
            return self.clause
        rest = self.right[len(self.clause) + 1 :]
        end = _CLAUSE_END.search(rest)
        return rest[: end.start()] if end else rest

    def _is_founding(self) -> bool:
        if not self.plain[: self.period.start].strip():
            return False
        return _rank(self.period) > 0 and bool(_FOUNDED_AFTER.match(self.right))

    def _is_page_date(self) -> bool:
        if _PAGE_BEFORE.search(self.left):
            return True
        alone = self.right.split("\n", 1)[0].strip() == "" and _LONE_LINE.match(self.left)
        return bool(alone) and self.period.start > 0

    def _is_reported(self) -> bool:
        sentence = re.split("[。！？\n]", self.right, maxsplit=1)[0]
        near = sentence[:45]
        return _rank(self.period) == 0 and bool(_REPORT.search(near))

    def _is_past_of_it(self) -> bool:
        if self.period.since:
            return False
        if not _HISTORY.match(self.left.lstrip()) or not self.left.strip():
            return False
        return bool(_MILESTONE.search(self.clause))


def _left_in_clause(plain: str, start: int) -> str:
    window = plain[max(0, start - _REACH) : start]
    cut = max(window.rfind(mark) for mark in _CLAUSE_ENDS)
    return window[cut + 1 :]


def _without_vague(body: str, candidates: list[_Candidate]) -> list[_Candidate]:
    """Drop what does not belong to the event of a notice that opens with 近日."""
    opening = re.split("[。！？\n]", body.lstrip(), maxsplit=1)[0]
    lead = len(body) - len(body.lstrip())
    vague = _VAGUE.search(opening, 0, _OPENING_REACH)
    if vague is None or any(each.start < lead + vague.start() for each in candidates):
        return candidates
    if _REPORT.search(opening, vague.end()) or _FIGURES.search(opening, vague.end()):
        return candidates
    end = lead + len(opening)
    return [
        each for each in candidates if each.start < end and each.tier == 0 and each.rank < _COARSE
    ]
