"""When what a notice tells of happened."""

from __future__ import annotations

import re
from bisect import bisect
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
_SAME_STORY = 80
_SENTENCE_END = re.compile("[。！？!?\n]")
_REACH = 60
# As long as the longest words that stand right before a date.
_NEAR = 16
# A notice has begun by then, whatever space it begins with.
_OPENING = 20
_OPENING_REACH = 80


def _ends(*groups: str) -> re.Pattern[str]:
    return re.compile(rf"{any_of('periods', *groups)}\s?[“\"'(（]?\Z")


def _begins(*groups: str) -> re.Pattern[str]:
    return re.compile(any_of("periods", *groups))


_VAGUE = _begins("vague_opening")
_REPORT = re.compile(
    rf"\s?(?:{any_of('periods', 'report_right_after')}|(?:上午|下午|晚上?)?[,，]?\s?"
    rf"{any_of('periods', 'report_lead')}[^。；;！？\n]{{0,40}}?{any_of('periods', 'report')})"
)
_FIGURES = _begins("figures_reported")
_LIMIT_BEFORE = _ends("until_before", "compared_before", "recurring_before")
_FOUNDED_BEFORE = _ends("founded_before")
_HISTORY_GOES_ON = _begins("history_goes_on")
_LIMIT_AFTER = _begins("limit_after", "edition_after")
_STARTING_BEFORE = re.compile(r"(?:[由从是为达]|相当于)\Z")
_STARTING_AFTER = _begins("starting_figure_after")
_PLANNED_BEFORE = _begins("planned_before")
_PLANNED_AFTER = _begins("planned_after")
_ANNOUNCED_AFTER = _begins("announced_after")
_LASTING_AFTER = _begins("lasting_after")
_FOUNDED_AFTER = _begins("founded_after")
_PAGE_BEFORE = _ends("told_opening")
_HISTORY = _begins("history_subject")
_MILESTONE = _begins("milestone_after")
# 去年签约的项目: the step before that of which the notice tells.
_STEP_OF = re.compile(
    rf"[^，,；;。的]{{0,12}}?{any_of('periods', 'milestone_after')}[^，,；;。的]{{0,6}}的"
)
_TITLES = re.compile("《[^《》\n]{0,120}》")
_LONE_LINE = re.compile(r"[\s(（]*\Z")


class _Candidate(NamedTuple):
    """A period that may be the event's; the smallest is chosen. `tier` is 0 for what is told, 1
    for the past of what it is told of, 2 for the day of the report."""

    tier: int
    rank: int
    title: bool
    start: int
    period: Period


def read_event(title: str, body: str, published: date | None) -> Event | None:
    """Return when what a notice tells of happened, None where it does not say so.

    `published` is the day that periods without a year are read against; nothing ends after it.
    """
    candidates = [*_candidates(body, False, published), *_candidates(title, True, published)]
    candidates = _of_same_event(body, candidates)
    if not candidates:
        return None
    chosen = min(candidates)
    period = chosen.period
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


def _candidates(text: str, title: bool, published: date | None) -> Iterator[_Candidate]:
    plain = narrowed(text)
    titles = [match.span() for match in _TITLES.finditer(plain)]
    history = _History(plain)
    for period in read_periods(plain, published):
        if published and period.first > published:
            continue
        before = titles[bisect(titles, (period.start,)) - 1] if titles else (0, 0)
        if before[0] < period.start < before[1]:
            continue
        context = _Context(plain, period, published)
        if history.tells(context) or context.is_no_event():
            continue
        yield _Candidate(context.tier(), _rank(period), title, period.start, period)


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
        self.before = self.left[-_NEAR:]
        self.right = plain[period.stop : period.stop + _REACH]
        end = _CLAUSE_END.search(self.right)
        self.clause = self.right[: end.start()] if end else self.right

    def is_no_event(self) -> bool:
        return (
            bool(_LIMIT_BEFORE.search(self.before))
            or bool(_LIMIT_AFTER.match(self.right))
            or self._starts_a_change()
            or self._lasts()
            or self._is_planned()
            or self._is_page_date()
        )

    def tier(self) -> int:
        if self._is_reported():
            return 2
        return 1 if self._is_past_of_it() else 0

    def _starts_a_change(self) -> bool:
        return bool(_STARTING_BEFORE.search(self.left) and _STARTING_AFTER.match(self.right))

    def _lasts(self) -> bool:
        begins = self.left.rstrip().endswith(("自", "从")) and _LASTING_AFTER.match(self.right)
        return bool(begins) and _rank(self.period) >= _COARSE

    def _is_planned(self) -> bool:
        exact = _rank(self.period) < _COARSE
        before = self.left[-8:] if exact else self.left
        if _PLANNED_BEFORE.search(before):
            return True
        if exact and _ANNOUNCED_AFTER.search(self._told_after()):
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

    def is_founding(self) -> bool:
        if _FOUNDED_BEFORE.search(self.before):
            return True
        if _rank(self.period) == 0 or not _FOUNDED_AFTER.match(self.right):
            return False
        return self.period.start > _OPENING or bool(self.plain[: self.period.start].strip())

    def may_go_on(self) -> bool:
        """Tell whether this is history where a founding stands before it in the sentence."""
        return _rank(self.period) >= _COARSE and bool(_HISTORY_GOES_ON.match(self.right))

    def _is_page_date(self) -> bool:
        if _PAGE_BEFORE.search(self.before):
            return True
        alone = self.right.split("\n", 1)[0].strip() == "" and _LONE_LINE.match(self.left)
        return bool(alone) and self.period.start > 0

    def _is_reported(self) -> bool:
        return _rank(self.period) == 0 and _REPORT.match(self.right) is not None

    def _is_past_of_it(self) -> bool:
        if self.period.since:
            return False
        if not _HISTORY.match(self.left.lstrip()) or not self.left.strip():
            return False
        return bool(_MILESTONE.search(self.clause))


class _History:
    """Foundings of a text, and the steps that follow them within a sentence."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.until = -1

    def tells(self, context: _Context) -> bool:
        period = context.period
        near = self.until >= 0 and period.start - self.until < _SAME_STORY
        goes_on = near and not _SENTENCE_END.search(self.plain, self.until, period.start)
        if context.is_founding() or (goes_on and context.may_go_on()):
            self.until = period.stop
            return True
        return False


def _left_in_clause(plain: str, start: int) -> str:
    window = plain[max(0, start - _REACH) : start]
    cut = max(window.rfind(mark) for mark in _CLAUSE_ENDS)
    return window[cut + 1 :]


def _vague_opening(body: str) -> tuple[int, int] | None:
    """Return where the 近日 stands that a notice opens with, and where its sentence ends."""
    begin = len(body) - len(body.lstrip())
    found = _VAGUE.search(body, begin, begin + _OPENING_REACH)
    if found is None:
        return None
    end = _SENTENCE_END.search(body, begin)
    stop = end.start() if end else len(body)
    if found.start() > stop:
        return None
    reported = _REPORT.match(body, found.end()) or _FIGURES.search(body, found.end(), stop)
    return None if reported else (found.start(), stop)


def _of_same_event(body: str, candidates: list[_Candidate]) -> list[_Candidate]:
    """Drop what does not belong to the event of a notice that opens with 近日."""
    opening = _vague_opening(body)
    if opening is None:
        return candidates
    vague, end = opening
    if any(not each.title and each.start < vague for each in candidates):
        return candidates
    return [
        each
        for each in candidates
        if (each.title and each.rank < _RANKS["year"])
        or (not each.title and each.start < end and _is_same_event(body, each))
    ]


def _is_same_event(body: str, each: _Candidate) -> bool:
    exact = each.tier == 0 and each.rank < _COARSE
    return exact and not _STEP_OF.match(body, each.period.stop)
