"""What tells a notice from others of its series: which year, day, issue, plot, phase and county.

Two notices that print the same frame are two when what one leads with is nowhere in the other,
and the other way round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from cqcrawler.facts.vocabulary import any_of
from cqcrawler.text.gazetteer import by_name
from cqcrawler.text.numerals import NUMERALS, to_int

Marks = Mapping[str, frozenset[str]]


class Unit(NamedTuple):
    """A unit that a lead names: its name without the kind, and the code of each it may be."""

    short: str
    codes: tuple[str, ...]


class Occasion:
    """What tells a notice apart, by its title, `lead` (title and first sentence) and `whole` (title
    and body, with line breaks between them), all in half width.

    What the lead says decides nearly always: the rest is looked through only when leads differ.
    """

    def __init__(self, title: str, lead: str, whole: str) -> None:
        self._title, self._lead, self._whole = title, lead[:_LONGEST_LEAD], whole

    @cached_property
    def lead(self) -> Marks:
        """What the notice leads with, and the numbers that it bears, by kind of mark."""
        marks = _marks(self._lead)
        if part := _PART.search(self._title):
            marks["part"].add(part[1])
        return _frozen(marks | _numbering(self._whole))

    @cached_property
    def whole(self) -> Marks:
        """What the notice says at all, by kind of mark."""
        marks = _marks(self._whole)
        # 11月 and 11月17日 may be the same.
        marks["month"].update(day.partition("-")[0] for day in marks["day"])
        return _frozen(marks | _numbering(self._whole))

    @cached_property
    def stages(self) -> frozenset[str]:
        """The stages that the lead names."""
        return frozenset(str(match.lastgroup) for match in _STAGES.finditer(self._lead))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units that the lead names, in order."""
        return tuple(named_units(self._lead))


_MONTH, _DAY = r"(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_JOINT = r"\s?(?:--?|——?|–|~|至|到)\s?"
_DATE = re.compile(
    rf"(?<!\d)({_MONTH})月({_DAY})(?!\d)[日号]?(?:{_JOINT}(?:({_MONTH})月)?({_DAY})[日号])?"
)
_MONTHS = re.compile(rf"(?<![\d.])({_MONTH})月?{_JOINT}({_MONTH})月(?!\d)")
_MONTH_ALONE = re.compile(rf"(?<![\d\-—–~至到])({_MONTH})月份?(?![\d\-—–~至到个])")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?=年|H|Q|[〕\])])")
_AIM = re.compile(rf"{any_of('occasions', 'aim')}[^,;。]{{0,6}}\Z")
_AIM_REACH = 12
_PERIODS = {
    "上半年": "1-6", "下半年": "7-12", "前三季度": "1-9", "三季度": "7-9", "一季度": "1-3",
    "首季": "1-3", "二季度": "4-6", "四季度": "10-12", "前两季度": "1-6", "前两个月": "1-2",
    "前四个月": "1-4", "前五个月": "1-5", "前七个月": "1-7", "前八个月": "1-8",
    "前十个月": "1-10", "前十一个月": "1-11",
}  # fmt: skip
_PERIOD = re.compile("|".join(sorted(_PERIODS, key=len, reverse=True)))
_SERIAL = re.compile(
    rf"第\s?([{NUMERALS}百]{{1,6}})\s?(届|批|期|次|号|轮|场|季(?!度)|辑|站|版|部分|标段)"
)
_PHASE = re.compile("(?<!第)([一二三四五六七八首])(期|标段)")
_PART = re.compile(rf"[(]([{NUMERALS}]{{1,3}})[)]\s*\Z")
_DOCUMENT = re.compile(r"[〔\[](20[0-4]\d)[〕\]]\s?第?(\d{1,5})号")
# JJ2025-018, A-03/04, G2024-5: letters and figures joined, whose shape says what they number. No
# telephone numbers and dates.
_CODE = re.compile(
    r"(?<![A-Za-z\d\-/.@_])(?=[A-Z\d])(?!0\d{2,3}-)(?!20\d\d[-/]\d{1,2}[-/]\d)"
    r"(?:[A-Z]{1,6}\d{0,6}(?:[-/][A-Z]{0,3}\d{1,6}){1,4}|[A-Z]{1,6}\d{3,8})(?![\dA-Za-z\-@.])"
)
_LETTER = re.compile("(?<![A-Za-z])([A-Z])(区|块|座|栋|地块|组团|标段)")
_FIGURES, _CAPITAL = re.compile(r"\d+"), re.compile("[A-Z]")
_LONGEST_SPAN = 31

# Meetings are left out: agreements are signed at them.
_STAGES = re.compile("|".join(
    f"(?P<{name}>{any_of('stages', name)})"
    for name in ("building", "producing", "started", "completed", "signed")
))  # fmt: skip

_NO_UNIT = re.compile(any_of("occasions", "no_unit"))
_UNIT_END = re.compile("[县区市州旗盟]")
_NAME_LENGTHS = range(12, 1, -1)
# In figures: how much of a code is a level of units.
_LEVEL = 2
# In characters: what is longer is no lead.
_LONGEST_LEAD = 300


def differing_marks(one: Occasion, other: Occasion) -> str | None:
    """Return the kind of mark by which two notices are two, or None."""
    for kind in one.lead.keys() & other.lead.keys():
        ours, theirs = one.lead[kind], other.lead[kind]
        if not ours.isdisjoint(theirs):
            continue
        if ours.isdisjoint(other.whole.get(kind, ())) and theirs.isdisjoint(
            one.whole.get(kind, ())
        ):
            return kind
    if one.stages and other.stages and one.stages.isdisjoint(other.stages):
        return "stage"
    return None


def is_within(code: str, other: str) -> bool:
    """Whether the unit of a code is that of another, or lies in it. Of 500110 and 500000 the last
    naught is no level."""
    while len(other) > _LEVEL and other.endswith("00"):
        other = other[:-_LEVEL]
    return code.startswith(other)


def _frozen(marks: Mapping[str, set[str]]) -> Marks:
    return {kind: frozenset(values) for kind, values in sorted(marks.items()) if values}


def _marks(text: str) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    found["day"].update(_days(text))
    found["months"].update(_spans(text))
    found["month"].update(month for month in _MONTH_ALONE.findall(text))
    found["year"].update(_years(text))
    for number, kind in _SERIAL.findall(text):
        found[f"serial {kind}"].update(_ordinal(number))
    for number, kind in _PHASE.findall(text):
        found[f"phase {kind}"].add("一" if number == "首" else number)
    return found


def _numbering(text: str) -> defaultdict[str, set[str]]:
    """Return the marks that number a whole notice, wherever they stand."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    found["document"].update("-".join(pair) for pair in _DOCUMENT.findall(text))
    if not _CAPITAL.search(text):
        return found
    for code in _CODE.findall(text):
        found[f"code {_CAPITAL.sub('A', _FIGURES.sub('9', code))}"].add(code)
    for letter, kind in _LETTER.findall(text):
        found[f"letter {kind}"].add(letter)
    return found


def _days(text: str) -> Iterator[str]:
    for month, day, month2, day2 in _DATE.findall(text):
        yield f"{int(month)}-{int(day)}"
        if day2:
            yield from _days_between(int(month), int(day), int(month2 or month), int(day2))


def _days_between(month: int, day: int, last_month: int, last_day: int) -> Iterator[str]:
    """Yield the days up to the last; every month is taken to have 31."""
    for _ in range(_LONGEST_SPAN):
        if (month, day) >= (last_month, last_day):
            return
        month, day = (month, day + 1) if day < _LONGEST_SPAN else (month % 12 + 1, 1)
        yield f"{month}-{day}"


def _spans(text: str) -> Iterator[str]:
    yield from (_PERIODS[word] for word in _PERIOD.findall(text))
    for first, last in _MONTHS.findall(text):
        if int(first) < int(last):
            yield f"{int(first)}-{int(last)}"


def _years(text: str) -> Iterator[str]:
    for year in _YEAR.finditer(text):
        if not _AIM.search(text, max(year.start() - _AIM_REACH, 0), year.start()):
            yield year[1]


def _ordinal(number: str) -> tuple[str, ...]:
    try:
        return (str(to_int(number)),)
    except ValueError:
        return ()


def named_units(text: str) -> Iterator[Unit]:
    """Yield the units that a text names with their kind: 开州区, 秀山县."""
    seen = set()
    for end in _UNIT_END.finditer(text):
        for length in _NAME_LENGTHS:
            name = text[max(end.end() - length, 0) : end.end()]
            if name in seen:
                break
            if (entries := by_name(name)) and not _NO_UNIT.fullmatch(name):
                seen.add(name)
                yield Unit(entries[0].short, tuple(entry.place.code for entry in entries))
                break
