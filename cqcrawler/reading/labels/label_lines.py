"""Lines of labels, dates and page tools between a title and a body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import zip_longest

from cqcrawler.reading.labels.event_times import without_event_times
from cqcrawler.reading.labels.labels import (
    bare_label,
    end_around,
    has_label,
    label_at_end,
    may_be_value,
)
from cqcrawler.reading.page.lines import Lines
from cqcrawler.text.dates import first_date, parse_date
from cqcrawler.text.event_times import dates_event, ends_later, is_day_of_text
from cqcrawler.text.normalize import count_han
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.regions import names_place
from cqcrawler.text.words import any_word

# In characters: the longest line of labels, and the longest that is nothing but a label.
_LONGEST = 200
_BARE_LONGEST = 6
# In characters: what else may stand in a line with a date that carries no label: a source, a name.
_BESIDE_DATE = 24
_LONGEST_ENGLISH = 40
# A line of names, each of a few characters, and of what those did (本报记者, 文/, 摄影).
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}|\d?\d:\d\d(?::\d\d)?|")
_BETWEEN_NAMES = re.compile(r"[\s、/／|｜:：，,]+")
_WRITER = re.compile(f"{any_word('writer', 'correspondent', 'role', 'byline')}$")
_LONGEST_WRITER = 16
_BEFORE_DATE = 6
_LINKED_TITLE = 8
_BUTTON = re.compile(r"[【\[][^】\]\d]{1,9}[】\]]")
_SHORTEST_STATED = 6
# A clock time, or the border of a column, or a bracket before the next one.
_AFTER_DATE = re.compile(r"\s{0,3}(?:[012]?\d:\d\d|[|｜丨]|[\]】]\s{0,3}[\[【])")
# What happened on a date, such as （2018年3月20日全国人民代表大会通过） below a law's title, and
# what shows that a sentence or a subtitle has begun.
_EVENT = re.compile(f"{any_word('adoption')}|[，、]|[：:]$")
_SUBTITLE = ("—", "－", "--")
# In a title (2022年4月9日0-24时江城市疫情情况) what happened follows right behind the date.
_GOES_ON = re.compile(
    rf"[\d至时分点\-－—]{{0,9}}(?!{any_word('day_of_week', 'source', 'author')})"
    r"[\u4e00-\u9fff]{6}"
    rf"(?!.{{0,9}}{any_word('press', 'writer')}$)"
)
# A report of one day names it at its end: 环境空气质量日报（2018年12月3日）.
_TITLE_OF_DAY, _CLOSING = re.compile(r"[\u4e00-\u9fff]{8,}[（(]"), ("）", ")")
# In lines: below a line that dates the notice the day of a speech is the first line of its text.
_DATED_ABOVE = 6
# When a text was posted, without any label, as blogs and forums print it; with one; and what stands
# beside such a day rather than that of an event.
POSTED = re.compile(f"{any_word('posted_verb')}[于在]|[Pp]osted")
_POSTED_LABEL = re.compile(rf"{any_word('dated_verb')}{any_word('date_noun')}\s?[:：]")
BESIDE_POSTED = re.compile(any_word("source", "author", "editing", "count"))
_PLACE = re.compile(
    rf"[\u4e00-\u9fff]{{2,4}}{any_word('region_noun')}\s?[:：]\s?([\u4e00-\u9fff\s-]{{2,20}})"
)
# The engine can search for the first letters of this, which is much quicker than for its choices.
_HINT = re.compile(
    r"[:：∶12二民【\[](?:(?<=[:：∶])|(?<=1)9\d\d|(?<=2)0\d\d|(?<=二)[〇○零]|(?<=民)[國国]\d|(?<=\A[【\[]))"
)


def with_label_lines(page: Lines) -> Lines:
    """Return the lines of a page with those known that state the particulars of a notice."""
    return without_event_times(replace(page, label_lines=_find(page)))


def _find(page: Lines) -> Set[int]:
    """Return the indices of the lines of labels, dates and page tools, in page order."""
    texts, spaced = page.texts, page.spaced
    found = [
        i
        for i in page.plain
        if len(text := texts[i]) <= _LONGEST
        and ((hinted := _HINT.search(text)) or i in spaced or len(text) <= _BARE_LONGEST)
        and _is_label_line(text, spaced.get(i, ""), page.linked[i], hinted is not None)
    ]
    lines = {*found, *_values(page, found), *_place_lines(page)}
    lines = {i for i in lines if not _is_stated(texts[i], page.title_tag)}
    lines = {i for i in lines if not _is_day_of_text(page, i, lines)}
    return dict.fromkeys(sorted(lines)).keys()


def _place_lines(page: Lines) -> Iterator[int]:
    """A place behind a label that only looks like that of a region is no text right above the
    first sentence; among other particulars it is, for all we know."""
    texts = page.texts
    for i in page.plain:
        if (place := _PLACE.fullmatch(texts[i])) and names_place(place[1]):
            is_above = reads_like_prose("".join(texts[i + 1 : i + 2]))
            if is_above and not any("。" in text for text in texts[:i]):
                yield i
            return


def says_when_posted(text: str) -> bool:
    """Whether a line below a text states when it was posted, with or without a label."""
    if POSTED.match(text) or _POSTED_LABEL.match(text):
        return True
    return BESIDE_POSTED.search(text) is not None and first_date(text) is not None


def _is_day_of_text(page: Lines, line: int, label_lines: Set[int]) -> bool:
    texts, spaced = page.texts, page.spaced
    above = range(max(line - _DATED_ABOVE, 0), line)
    return is_day_of_text(texts[line]) and any(
        i in label_lines and _has_date(spaced.get(i, texts[i])) for i in above
    )


def _has_date(text: str) -> bool:
    """Whether a line has a date, or is one in whatever form or language."""
    return first_date(text) is not None or parse_date(text) is not None


def _is_stated(text: str, title: str) -> bool:
    """Whether a line is the title, which may hold a date or stand below an empty label."""
    return text in title and count_han(text) >= _SHORTEST_STATED


def _values(page: Lines, label_lines: Sequence[int]) -> Iterator[int]:
    """The lines below labels that end their line: as many values as there are labels in a row."""
    texts = page.texts
    labels = {i: name for i in label_lines if (name := label_at_end(texts[i]))}
    row: list[int] = []
    for i, following in zip_longest(labels, [*labels][1:]):
        row.append(i)
        if following != i + 1:
            below = range(i + 1, min(i + 1 + len(row), end_around(page, row[0], i)))
            for k in below:
                if any(may_be_value(page, label, labels[label], k) for label in row):
                    yield k
            row = []


def _is_label_line(text: str, spaced: str, linked: int, hinted: bool) -> bool:
    if len(text) <= _BARE_LONGEST and bare_label(text):
        return True
    if spaced and has_label(spaced):
        return True
    if not hinted or "。" in text:
        return False
    return has_label(text) or _is_date_line(spaced or text, linked)


def _is_byline(text: str) -> bool:
    """Whether what stands beside a date are names, however many, with who they are."""
    words = _BETWEEN_NAMES.split(text.strip())
    return any(map(_WRITER.search, words)) and all(
        _NAME.fullmatch(word) or (len(word) <= _LONGEST_WRITER and _WRITER.search(word))
        for word in words
    )


def _is_date_line(text: str, linked: int) -> bool:
    """A date with a clock time or in a column, or with little else beside it, not the link of a
    row in a list."""
    if date := first_date(text):
        if dates_event(text, date.start) or ends_later(text, date.end):
            return False
        if date.form == "zoned" or _AFTER_DATE.match(text, date.end):
            return True
        if date.form == "chinese" and _GOES_ON.match(text, date.end):
            return False
        if _TITLE_OF_DAY.fullmatch(text, 0, date.start) and text[date.end :] in _CLOSING:
            return False
        if POSTED.search(text, max(date.start - _BEFORE_DATE, 0), date.start):
            return "，" not in text
        little = (
            len(_BUTTON.sub("", text)) - len(date.text) <= _BESIDE_DATE and linked < _LINKED_TITLE
        )
        if little and not _EVENT.search(text, date.end) and not text.startswith(_SUBTITLE):
            return True
        return _is_byline(text.replace(date.text, " "))
    # The other forms of dates only stand alone.
    alone = len(text) <= (_LONGEST_ENGLISH if text.isascii() else _BESIDE_DATE)
    return alone and parse_date(text) is not None
