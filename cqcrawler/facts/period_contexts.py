"""What the words around a period make of it: what is told, its past, a report, or no event."""

from __future__ import annotations

import re
from datetime import date, timedelta

from cqcrawler.facts.periods import Period
from cqcrawler.facts.vocabulary import any_of

# How exact a period is: the smaller, the more. Spans come by their length.
RANKS = {"day": 0, "week": 1, "month": 2, "quarter": 3, "half": 3, "year": 5}
_UNDER_A_YEAR, _LONGER = 4, 6
_DAYS_OF_A_YEAR = 366
_LONGEST_DAYS = 31
# Exact enough that a plan for it would have come true: a day, a week, a month.
COARSE = 3

TOLD, PAST, REPORT = range(3)

_CLAUSE_ENDS = ",;。!?\n"
_ANY_CLAUSE_END = tuple(_CLAUSE_ENDS)
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
SENTENCE_END = re.compile("[。！？!?\n]")
# How far the words around a period are looked at; right before it, as far as the longest go.
_REACH, _NEAR, _NEAREST = 60, 16, 8
# A notice has begun by then, whatever space it begins with.
_OPENING = 20
# How far back a founding stands whose later steps are history, too, and how many periods.
_SAME_STORY, _STEPS = 80, 3
# Behind a day stands its time (上午) or 起, before the clause of what happened.
_TIME_OF_DAY = 3


def _ends(*groups: str) -> re.Pattern[str]:
    return re.compile(rf"{any_of('periods', *groups)}\s?[“\"'(（]?\Z")


def begins(*groups: str) -> re.Pattern[str]:
    """Return a pattern for any word of groups of `data/periods.toml`."""
    return re.compile(any_of("periods", *groups))


_LIMIT_BEFORE = _ends("until_before", "compared_before", "recurring_before", "told_opening")
_LIMIT_AFTER = begins("limit_after", "edition_after")
_STARTING_BEFORE = re.compile(r"(?:[由从是为达]|相当于)\Z")
_STARTING_AFTER = begins("starting_figure_after")
_FOUNDED_BEFORE = _ends("founded_before")
_FOUNDED_AFTER = begins("founded_after")
_HISTORY_GOES_ON = begins("history_goes_on")
_PLANNED_BEFORE = begins("planned_before")
_PLANNED_AFTER = begins("planned_after")
_ANNOUNCED_AFTER = begins("announced_after")
_AHEAD = begins("ahead")
_SOON = timedelta(days=120)
_UNTIL_HEAD = re.compile(any_of("dates_ahead", "until_head"))
_LASTING_BEFORE = re.compile(r"[自从]\s?\Z")
_LASTING_AFTER = begins("lasting_after")
_HISTORY = re.compile(rf"\s*{any_of('periods', 'history_subject')}")
_MILESTONE = begins("milestone_after")
_ALONE_BEFORE = re.compile(r"(?:\A|\n)[\s(]*\Z")
_ALONE_AFTER = re.compile(r"[^\S\n]*\)?[^\S\n]*(?:\n|\Z)")
# A report, in the words behind its day or a vague one (近日).
REPORTED = re.compile(
    rf"\s?(?:{any_of('periods', 'report_right_after')}|(?:上午|下午|晚上?)?[,，]?\s?"
    rf"{any_of('periods', 'report_lead')}[^。；;！？\n]{{0,40}}?{any_of('periods', 'report')})"
)


def rank(period: Period) -> int:
    """Return how exact a period is: 0 for a day, 6 for more than a year."""
    if not period.joined and period.precision in RANKS:
        return RANKS[period.precision]
    length = (period.last - period.first).days + 1
    if period.precision == "span" or length > _DAYS_OF_A_YEAR:
        return _UNDER_A_YEAR if length < _DAYS_OF_A_YEAR - 1 else _LONGER
    if period.precision == "day" and length > _LONGEST_DAYS:
        return _UNDER_A_YEAR
    return RANKS[period.precision]


class Context:
    """What stands around one of the periods of a text: its clause, to the left and the right."""

    def __init__(
        self, plain: str, periods: list[Period], index: int, published: date | None
    ) -> None:
        self.plain = plain
        self.periods = periods
        self.index = index
        self.published = published
        self.period = period = periods[index]
        self.rank = rank(period)
        self.exact = self.rank < COARSE
        window = plain[max(0, period.start - _REACH) : period.start]
        begins_clause = window.endswith(_ANY_CLAUSE_END)
        self.left = "" if begins_clause else window[max(map(window.rfind, _CLAUSE_ENDS)) + 1 :]
        self.before = self.left[-_NEAR:]
        self.right = plain[period.stop : period.stop + _REACH]

    def tells(self) -> int | None:
        """Return what the period is: TOLD, PAST (of what is told of), REPORT; None for none."""
        if (
            _LIMIT_AFTER.match(self.right)
            or (self.left and self._is_bounded())
            or self._is_term()
            or self._is_planned()
            or self._is_ahead()
            or self._is_history()
            or self._stands_alone()
        ):
            return None
        if self.rank == 0 and REPORTED.match(self.right):
            return REPORT
        return PAST if self._is_past_of_it() else TOLD

    def _is_bounded(self) -> bool:
        limited = _LIMIT_BEFORE.search(self.before) is not None
        return limited or self._starts_a_change() or self._goes_on()

    def _is_term(self) -> bool:
        """公示期, 报名时间: days that a reader acts on, not what happened."""
        period = self.period
        before = self.plain[max(0, period.start - _NEAR) : period.start]
        return _UNTIL_HEAD.search(before if period.joined else self.before) is not None

    def _starts_a_change(self) -> bool:
        return bool(_STARTING_AFTER.match(self.right) and _STARTING_BEFORE.search(self.before))

    def _goes_on(self) -> bool:
        """自2023年起 is no time of an event; 自8月1日起 is."""
        lasts = not self.exact and _LASTING_AFTER.match(self.right)
        return bool(lasts and _LASTING_BEFORE.search(self.before))

    def _is_planned(self) -> bool:
        period = self.period
        if _PLANNED_BEFORE.search(self.left[-_NEAREST:] if self.exact else self.left):
            return True
        if self.exact:
            return _ANNOUNCED_AFTER.search(self._told_after()) is not None
        if period.since or (self.published and period.last <= self.published):
            return False
        if self.published and period.joined and period.last.year > self.published.year:
            return True
        return _PLANNED_AFTER.search(self._told_after()) is not None

    def _is_ahead(self) -> bool:
        """A month and day that comes round soon may be the next, not that of last year."""
        published, first = self.published, self.period.first
        if not self.period.yearless or published is None or self.period.precision != "day":
            return False
        year = published.year + ((first.month, first.day) < (published.month, published.day))
        if (date(year, first.month, 1) - published) > _SOON or first.year == year:
            return False
        return _AHEAD.search(f"{self._told_after()}|{self.left[-_NEAREST:]}") is not None

    def _told_after(self) -> str:
        """Return the clause that goes on from the period, the next one where it stands alone."""
        begin = 0
        for end in _CLAUSE_END.finditer(self.right):
            if len(self.right[begin : end.start()].strip()) > _TIME_OF_DAY:
                return self.right[begin : end.start()]
            begin = end.end()
        return self.right[begin:]

    def _is_history(self) -> bool:
        if self._is_founding():
            return True
        if self.exact or not _HISTORY_GOES_ON.match(self.right):
            return False
        for index in range(self.index - 1, max(-1, self.index - 1 - _STEPS), -1):
            stop = self.periods[index].stop
            far = self.period.start - stop > _SAME_STORY
            if far or SENTENCE_END.search(self.plain, stop, self.period.start):
                return False
            if Context(self.plain, self.periods, index, self.published)._is_founding():
                return True
        return False

    def _is_founding(self) -> bool:
        if _FOUNDED_BEFORE.search(self.before):
            return True
        if self.period.since:
            return (
                _FOUNDED_AFTER.search(self.plain, self.period.start, self.period.stop) is not None
            )
        if self.rank == 0 or not _FOUNDED_AFTER.match(self.right):
            return False
        return self.period.start > _OPENING or bool(self.plain[: self.period.start].strip())

    def _stands_alone(self) -> bool:
        """A date on a line of its own signs a text."""
        start = self.period.start
        if start == 0 or not _ALONE_AFTER.match(self.plain, self.period.stop):
            return False
        return _ALONE_BEFORE.search(self.plain[max(0, start - _NEAR) : start]) is not None

    def _is_past_of_it(self) -> bool:
        if self.period.since or not _HISTORY.match(self.left):
            return False
        end = _CLAUSE_END.search(self.right)
        return _MILESTONE.search(self.right, 0, end.start() if end else _REACH) is not None
