"""Days that a reader acts on: until when to apply, to report, to object, and how long a text holds.

A day from which a text applies is none. What lacks its year is read as the next such day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from cqcrawler.facts.model import DateAhead, Field
from cqcrawler.facts.periods import Period, read_periods
from cqcrawler.facts.sentences import Sentence, narrowed, split_sentences
from cqcrawler.facts.vocabulary import any_of
from cqcrawler.text.numerals import NUMERALS, to_int

_SIGN = re.compile(any_of("dates_ahead", "sign"))
_ACTION = re.compile(any_of("dates_ahead", "action"))
_ASKED = re.compile(any_of("dates_ahead", "asked"))
_PLAN = re.compile(any_of("dates_ahead", "plan"))
_UNTIL_SIGN = re.compile(any_of("dates_ahead", "until_sign"))
_UNTIL_HEAD = re.compile(any_of("dates_ahead", "until_head"))
_END_BEFORE = re.compile(any_of("dates_ahead", "end_before") + r"\s?[(“\"]?\Z")
_STATE = re.compile("截[止至][至到]?")
_PAST_YEAR = ("上", "去", "前")
_END_AFTER = re.compile(
    r"\s?(?:\(?(?:星期|周)[一-日天]\)?)?,?\s?(?:上午|下午|晚上?|中午|凌晨)?\s?(?:\d{1,2}(?::\d\d|[时点](?:\d\d分?|半|整)?)?)?"
    r"\s?(?:\(?(?:北京时间|含当日|含当天|工作时间|下班)\)?)?\s?"
    + any_of("dates_ahead", "end_after")
)
_VALIDITY = re.compile(any_of("dates_ahead", "validity"))
_BEGINS_AFTER = re.compile(any_of("dates_ahead", "begins_after"))
_TERM = re.compile(
    any_of("dates_ahead", "validity")
    + rf"(?:\s?(?:为|是|:|暂定|定为))?\s?(?:自[^,，。;；]{{0,12}}起)?"
    rf"\s?(?P<count>[{NUMERALS}两]{{1,3}})\s?(?P<unit>年|个月)"
)
# Words before and after a date that may say what it is.
_REACH = 40
_NEAR = 8
_LONGEST_HEADING = 24
_MONTHS = 12
_MOST_MONTHS = 50 * _MONTHS


def read_dates_ahead(title: str, body: str, published: date | None) -> tuple[DateAhead, ...]:
    """Return deadlines and ends of validity, in the order of the text, each day and kind once."""
    found: dict[tuple[str, str], DateAhead] = {}
    for field, text in ((Field.TITLE, title), (Field.BODY, body)):
        if signs := [sign.start() for sign in _SIGN.finditer(narrowed(text))]:
            for each in _read(text, field, signs, published):
                found.setdefault((each.kind, each.day), each)
    return tuple(found.values())


def _read(text: str, field: Field, signs: list[int], published: date | None) -> Iterator[DateAhead]:
    """Yield what sentences say that have a sign, or stand behind the heading of a term."""
    heading = ""
    begin: Period | None = None
    for sentence in split_sentences(text, field):
        plain = sentence.plain
        if heading or bisect_left(signs, sentence.start) < bisect_left(signs, sentence.stop):
            periods = read_periods(plain, published, ahead=True)
            begin = next(filter(_begins(plain), periods), begin)
            for period in periods:
                if kind := _kind(heading, plain, period):
                    yield _ahead(kind, sentence, period.start, period.stop, period.last)
            yield from _terms(sentence, begin)
        heading = plain if len(plain) <= _LONGEST_HEADING and _is_heading(plain) else ""


def _is_heading(plain: str) -> bool:
    return bool(_UNTIL_SIGN.search(plain) and _UNTIL_HEAD.search(plain))


def _ahead(kind: str, sentence: Sentence, start: int, stop: int, day: date) -> DateAhead:
    return DateAhead(
        kind,
        day.isoformat(),
        sentence.text[start:stop],
        sentence.text,
        sentence.field,
        sentence.start + start,
        sentence.start + stop,
    )


def _kind(heading: str, plain: str, period: Period) -> str | None:
    left = _clauses_before(plain, period.start)
    right = plain[period.stop : period.stop + _REACH]
    if period.since or plain.startswith(_PAST_YEAR, period.start):
        return None
    if _VALIDITY.search(left[-16:]) and not _BEGINS_AFTER.match(right):
        return "valid_until"
    ends = _END_BEFORE.search(left)
    if ends and (_ACTION.search(left) or _ACTION.search(right) or "截止" in left):
        return "deadline" if _is_asked(heading, left, right, ends) else None
    head = heading + left
    if _UNTIL_HEAD.search(head) and (period.joined or left.endswith(("至", "到"))):
        return "deadline"
    after = _END_AFTER.match(right)
    if after is None or _PLAN.search(left):
        return None
    if _UNTIL_HEAD.search(head):
        return "deadline"
    asked = _ASKED.search(plain) or "止" in after[0]
    return "deadline" if asked and _ACTION.search(left + right) else None


def _is_asked(heading: str, left: str, right: str, cue: re.Match[str]) -> bool:
    """截至8月5日, and often 截止8月5日, is a state where nothing is asked for."""
    bare = _STATE.fullmatch(cue[0].rstrip(' (“"'))
    if bare is None:
        return True
    if _UNTIL_HEAD.search(heading + left):
        return True
    before = left[: cue.start()][-_NEAR:]
    return "截止" in cue[0] and bool(_ACTION.search(before) or _ASKED.search(left + right))


def _clauses_before(plain: str, start: int) -> str:
    window = plain[max(0, start - _REACH) : start]
    return re.split("[;；]", window)[-1]


def _begins(plain: str) -> Callable[[Period], bool]:
    """Return what tells whether a period of a sentence is the day from which a text holds."""
    return lambda period: (
        period.precision == "day"
        and not period.joined
        and _BEGINS_AFTER.match(plain, period.stop) is not None
    )


def _terms(sentence: Sentence, begin: Period | None) -> Iterator[DateAhead]:
    """有效期三年: until the day before the third anniversary of a stated beginning."""
    if begin is None:
        return
    for term in _TERM.finditer(sentence.plain):
        months = _count(term["count"]) * (_MONTHS if term["unit"] == "年" else 1)
        if 0 < months <= _MOST_MONTHS:
            day = _months_later(begin.first, months) - timedelta(days=1)
            yield _ahead("valid_until", sentence, *term.span(), day)


def _count(numeral: str) -> int:
    """Return a number of years or months, 0 for what is none."""
    try:
        return to_int(numeral.replace("两", "二"))
    except ValueError:
        return 0


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
