"""When something begins, ends, takes place or takes effect: no day of the notice's, but its text.

Labels of events are as many as there are events, so they are not listed: the label of a day that
does not say that a text was posted dates something else. 时间 and 日期 alone may be either, and
what stands beside them decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from cqcrawler.text.dates import DateReading, first_date, parse_date
from cqcrawler.text.relative_dates import find_month_days
from cqcrawler.text.traditional import fold
from cqcrawler.text.words import any_word, word_list

_HAN = "[\u4e00-\u9fff]"
_NOUN = any_word("date_noun", "term_noun")
_ANY_NAME = re.compile(_NOUN)
_NAME = rf"({_HAN}{{0,12}}?)({_NOUN})"
# A label right before a day, and one that begins a line, in an enumeration or not.
_BEFORE = re.compile(
    rf"{_NAME}[\s】\])）]{{0,3}}[:：∶]?[\s（(\[【]{{0,3}}(?:{any_word('day_preposition')}\s?)?$"
)
_MARK = r"[(（]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)）、．.]"
_LEADING = re.compile(rf"\W{{0,3}}({_MARK})?\W{{0,3}}{_NAME}[】\])）]?(?:\s?[:：∶]|\s|$)")
_REACH = 30
# Names are spaced out, to fill their column: 时　间, 报 名 时 间.
_SPACED_OUT = re.compile(rf"(?<!{_HAN})(?:{_HAN}\s{{1,6}}){{1,9}}{_HAN}(?!{_HAN})")
_SPACED_OUT_AT_START = re.compile(rf"\W{{0,3}}(?:{_MARK}\W{{0,3}})?{_HAN}\s")
_LONE_DAY = re.compile(r"\s?(?:\d\d?:\d\d(?::\d\d)?)?")
_FIGURE_OR_LABEL = re.compile(r"[\d:：∶]")
_SPACES = re.compile(r"\s")
_OPEN = frozenset(word_list("date_noun"))
_LETTER = frozenset(word_list("label_letter_date"))
_POSTING = re.compile(f"{any_word('posting')}$")
# Behind the day of an event, or the day of the week: an hour in words, or the end of a period.
_WEEKDAY = rf"\s?(?:[（(]?{any_word('day_of_week')}.?[)）]?)?\s?"
_HOUR = re.compile(f"{_WEEKDAY}{any_word('part_of_day')}")
_CLOCK = r"\d\d?[:：时点](?:\d\d(?:分|:\d\d)?)?\s?"
_DASH = r"[-—–~～]+\s?"
_PERIOD = re.compile(
    rf"{_WEEKDAY}(?:(?:{_CLOCK})?(?:[至到起前止]|{_DASH}\d\d?(?:{_CLOCK}|[.月日号]))|{_DASH}\d)"
)
# Any day: 3天前 is a date beside it, 另行通知 is none.
_SOME_DAY = datetime(2024, 2, 29)
# What else is said of an event, in the same line or in one of its own.
_PARTICULAR = rf"{any_word('event_particular')}{_HAN}{{0,4}}\s?"
_BEGINS_PARTICULAR = re.compile(rf"\W{{0,3}}(?:{_MARK})?\W{{0,3}}{_PARTICULAR}(?:[:：∶]|$)")
_HAS_PARTICULAR = re.compile(rf"\s{_PARTICULAR}[:：∶]")
# What is said of a notice instead.
_OF_NOTICE = re.compile(any_word("source", "author", "editing", "count", "posting"))
# The day of a speech or a plan, with a name or what happened behind it.
_BRACKETED = re.compile(r"[（(]\s?(.{6,60})[）)]")
_OF_POSTING = re.compile(rf"\d:\d\d|{any_word('source', 'author', 'editing', 'count')}")
# In lines: what else is said of an event stands this close to the label of its time, cells between.
_BESIDE = 2
# In lines: as far below a heading of a column stand the days in it.
_BELOW_HEADING = 24
# Lines beside each other are asked about for each of them.
_REMEMBERED = 256
# In characters: where labels stand in a line, and the longest heading of a column.
_LONGEST_HEAD, _LONGEST_HEADING = 60, 12


class DayLabel(NamedTuple):
    """The label of a day that begins a line, whether it is numbered, and the rest of the line."""

    name: str
    numbered: bool
    rest: str

    @property
    def is_open(self) -> bool:
        """Whether it is 时间 or 日期 alone."""
        return self.name in _OPEN

    @property
    def is_of_event(self) -> bool:
        """Whether its words say that it dates no notice."""
        return dates_event(self.name, len(self.name))


def dates_event(text: str, day: int) -> bool:
    """Whether the words before a day, which begins at `day`, say that it is that of an event."""
    words = _closed_up(text[max(day - _REACH, 0) : day])
    named = _BEFORE.search(words) if _ANY_NAME.search(words) else None
    if named is None:
        return False
    before, noun = named.groups()
    if noun not in _OPEN:
        return True
    return before != "" and before + noun not in _LETTER and _POSTING.search(before) is None


@lru_cache(_REMEMBERED)
def day_label(text: str) -> DayLabel | None:
    """Return the label of a day with which a line begins."""
    head = fold(text[:_LONGEST_HEAD])
    if _SPACED_OUT_AT_START.match(head):
        head = _closed_up(head)
    named = _LEADING.match(head)
    if named is None:
        return None
    rest = head[named.end() :] + text[_LONGEST_HEAD:]
    return DayLabel(named[2] + named[3], named[1] is not None, rest.strip())


def states_event(texts: Sequence[str], line: int, spaced: str = "") -> bool:
    """Whether a line says when something happens, by itself and the lines beside it: the label of
    a day with its value, or the value below such a label. `spaced` is the line with spaces between
    its elements."""
    if label := day_label(spaced or texts[line]):
        return _is_of_event(texts, line, label)
    above = day_label(texts[line - 1]) if line else None
    if above is not None:
        return not above.rest and _is_of_event(texts, line - 1, above)
    day = first_date(texts[line])
    if day is None or day.start:
        return False
    if is_before_hour(texts[line], day) and _stands_beside_particular(texts, line):
        return True
    return _LONE_DAY.fullmatch(texts[line], day.end) is not None and _is_in_column(texts, line)


def _is_in_column(texts: Sequence[str], line: int) -> bool:
    """Whether the next label of a day above a line heads a column of times, beside others."""
    for i in range(line - 1, max(line - _BELOW_HEADING, 0) - 1, -1):
        if len(texts[i]) <= _LONGEST_HEADING and (heading := day_label(texts[i])):
            return heading.is_open and not heading.rest and _is_of_event(texts, i, heading)
    return False


def is_day_of_text(text: str) -> bool:
    """Whether a line is a day in brackets, which dates a document rather than its publication."""
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed is None:
        return False
    day = first_date(bracketed[1])
    return day is not None and not day.start and not _OF_POSTING.search(bracketed[1], day.end)


def says_nothing_else(label: DayLabel) -> bool:
    """Whether no source, author or count stands behind a label and its day."""
    return _OF_NOTICE.search(label.rest) is None


def _is_of_event(texts: Sequence[str], line: int, label: DayLabel) -> bool:
    if _OF_NOTICE.search(label.rest):
        return False
    if not label.is_open:
        day = first_date(label.rest)
        return label.is_of_event or (day is not None and ends_later(label.rest, day.end))
    return (
        label.numbered
        or _HAS_PARTICULAR.search(label.rest) is not None
        or _says_when(label.rest)
        or _stands_beside_particular(texts, line)
    )


def _says_when(value: str) -> bool:
    """Whether the value of 时间 is more than a day and a clock time, or none at all (待定)."""
    if day := first_date(value):
        return is_before_hour(value, day) or ends_later(value, day.end)
    if months := find_month_days(value):
        end = months[0][2].end()
        return _HOUR.match(value, end) is not None or ends_later(value, end)
    words = value != "" and not _FIGURE_OR_LABEL.search(value)
    return words and parse_date(value, _SOME_DAY) is None


def is_before_hour(text: str, date: DateReading) -> bool:
    """Whether an hour in words stands behind a day; systems print one behind 2025/7/7 too."""
    return date.form == "chinese" and _HOUR.match(text, date.end) is not None


def ends_later(text: str, end: int) -> bool:
    """Whether a period goes on behind a day that ends at `end`, or an end is set to something."""
    return _PERIOD.match(text, end) is not None


def _stands_beside_particular(texts: Sequence[str], line: int) -> bool:
    beside = range(max(line - _BESIDE, 0), min(line + _BESIDE + 1, len(texts)))
    heads = (_closed_up(texts[i][:_REACH]) for i in beside if i != line)
    return any(map(_BEGINS_PARTICULAR.match, heads))


def _closed_up(text: str) -> str:
    """Return a text in simplified characters, names without the spaces inside them."""
    return _SPACED_OUT.sub(lambda name: _SPACES.sub("", name[0]), fold(text))
