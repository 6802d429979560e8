"""Lines of a page that say when something happens: they look like labels, and are text."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import date

from cqcrawler.reading.page.lines import Lines
from cqcrawler.text.dates import DateReading, first_date
from cqcrawler.text.event_times import day_label, is_before_hour, says_nothing_else, states_event
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import word_list

_VALIDITY = frozenset(word_list("label_validity"))
_OF_DOCUMENT = _VALIDITY.union(word_list("label_document_date", "label_letter_date"))
# Particulars of a document stand no more lines apart than this, and an event below the day of the
# notice no more than that; in elements: how many are looked at around a line.
_TOGETHER, _BELOW_DAY = 6, 6
_ELEMENTS_AROUND = 30


def without_event_times(page: Lines) -> Lines:
    """Take the lines that say by themselves when something happens out of those of labels."""
    texts, spaced = page.texts, page.spaced
    events = {i for i in page.label_lines if states_event(texts, i, spaced.get(i, ""))}
    return _without(page, {i for i in events if not _is_of_document(page, i)})


def without_second_days(page: Lines, start: int, text: int, end: int) -> Lines:
    """Do the same for another day below one that dates the notice, among the lines below the title,
    from `start` to `end`: 时间 and 日期 alone do not say what they date, nor does a day alone where
    the `text` begins."""
    dated: dict[int, date] = {}
    events: set[int] = set()
    for line in sorted(i for i in page.label_lines if start <= i < end):
        words = page.spaced.get(line, page.texts[line])
        day = first_date(words)
        if day is None or _is_of_its_own(page, line, words):
            continue
        above = {i: each for i, each in dated.items() if _are_close(page, i, line)}
        is_later = any(each < day.date for each in above.values())
        begins = all(i < text <= line and each != day.date for i, each in above.items())
        if (is_later and _may_be_event(words, day)) or (above and begins and _is_alone(words, day)):
            events.add(line)
        else:
            dated[line] = day.date
    return _without(page, events)


def _is_alone(text: str, day: DateReading) -> bool:
    """Whether a line is a day in words, as texts have it below a headline, or above a signature."""
    return day.form == "chinese" and day.text == text


def _is_of_its_own(page: Lines, line: int, text: str) -> bool:
    """Whether a day dates a document or a letter, by the label before or above it."""
    label = day_label(text) or (day_label(page.texts[line - 1]) if line else None)
    return label is not None and label.name in _OF_DOCUMENT


def _are_close(page: Lines, day: int, line: int) -> bool:
    """Whether no prose stands between two lines: what is dated below a text is a comment."""
    between = page.texts[day + 1 : line]
    return len(between) < _BELOW_DAY and not any(map(reads_like_prose, between))


def _may_be_event(text: str, day: DateReading) -> bool:
    label = day_label(text)
    if label is None:
        return is_before_hour(text, day)
    return label.is_open and says_nothing_else(label)


def _is_of_document(page: Lines, line: int) -> bool:
    """Whether a label of validity, or its value, stands among the particulars of a document."""
    first = line if day_label(page.texts[line]) else line - 1
    label = day_label(page.texts[first])
    if label is None or label.name not in _VALIDITY:
        return False
    near = range(max(first - _TOGETHER, 0), first + _TOGETHER)
    others = [i for i in near if i in page.label_lines and _is_other(page, i)]
    for start, end in page.spans_around(line, line, _ELEMENTS_AROUND):
        if any(start <= i < end for i in others):
            return True
        if any(map(reads_like_prose, page.texts[start:end])):
            return False
    return True


def _is_other(page: Lines, line: int) -> bool:
    """Whether a line of labels is none of validity, nor its value."""
    label = day_label(page.texts[line]) or (day_label(page.texts[line - 1]) if line else None)
    return label is None or label.name not in _VALIDITY


def _without(page: Lines, events: Set[int]) -> Lines:
    if not events:
        return page
    labels = dict.fromkeys(i for i in page.label_lines if i not in events)
    return replace(page, label_lines=labels.keys(), event_times=page.event_times | events)
