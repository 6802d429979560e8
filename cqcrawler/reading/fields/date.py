"""The publication date: the one that a reader sees, checked against what the page claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from cqcrawler.reading.fields import date_ranks as ranks
from cqcrawler.reading.fields.printed_dates import find_printed
from cqcrawler.reading.labels.label_lines import BESIDE_POSTED, POSTED
from cqcrawler.reading.labels.labels import Label, field_before, read_labels
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.evidence import Found, found
from cqcrawler.reading.page.tokens import read_attributes, text_behind
from cqcrawler.text.clock import BEIJING
from cqcrawler.text.dates import first_date, parse_date, parse_parts, parse_stated
from cqcrawler.text.event_times import dates_event, is_day_of_text, states_event
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.relative_dates import find_month_days
from cqcrawler.text.words import any_word, word_list

_OF_PUBLISHING = frozenset(word_list("label_publishing"))
# Such a label may be that of an event.
_OF_ANYTHING = frozenset(word_list("date_noun"))
_OF_CHANGE = re.compile(any_word("change"))
# The dates in the addresses of TRS (t20250707_1.html), Hanweb (/art/2025/7/7/art_1_2.html),
# UCAP and news systems (/2025-07/07/content_1.htm), and Dede (/2025/0707/1.html). An address alone
# is dated by its creation.
_URL_DATE = re.compile(
    r"/(?:[a-z]{0,3}((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.])"
    r"|((?:19|20)\d\d)[-/]?(\d{1,2})[-/](\d{1,2})(?=/)"
    r"|((?:19|20)\d\d)[-/](\d\d)(\d\d)(?=/))"
)
_SIGNATURE_LINES, _LONGEST_SIGNATURE = 3, 16
# The day of the visit, or of the issue of a newspaper, stands at the head of the page.
_VISIT = re.compile(any_word("today", "welcome"))
_OF_THE_DAY = re.compile(f"{any_word('day_of_week')}|[℃°]")
# How many lines above the title and below it a date without a year may stand, or in a link.
_LOOSE_ABOVE, _LOOSE_BELOW = 3, 12
_LONGEST_LOOSE, _LEAD = 40, 8
_WORD = re.compile(r"(?<!\S)\S")
# Among so many lines at its beginning a text is dated below its summary.
_SUMMARY = 3
# A text may be dated in a line below it; so are the comments that follow, but further down.
_WITHIN, _POSTED_WITHIN = 3, 6
# publish_time = "2021-05-03 18:00", 'pubDate': '…', "createTime": 1620036000000; on WeChat also
# var ct = "1620036000" and create_time: JsDecode('2021-05-03 18:00'). Without quotation marks it is
# a comment of the system that made the page, with the time when it did.
_SCRIPTED = re.compile(
    r"""\b(?:(?:publish|pub|release|create|news|post)_?(?:time|dat[ea]|at|ed_?at)|fbsj|fbrq|ptime
    |var\s{1,3}ct)["']?
    \s{0,3}[:=]\s{0,3}(?:(?:JsDecode\()?["']((?:19|20)\d\d[-/年.]\d[^"',;<>]{0,30})
    |["']?(1\d{9}(?:\d{3})?)(?!\d))""",
    re.VERBOSE | re.IGNORECASE,
)
_PUBDATE, _MADE_THEN = "pubdate", re.compile(any_word("pubdate_of_making"), re.IGNORECASE)
# All of these words have it; a search without regard to case takes three times as long.
_MAY_BE_MADE_THEN = re.compile("[uU][cC][aA][pP]")
_DATE_LABEL = re.compile(f"[\u4e00-\u9fff]{{2,6}}{any_word('date_noun')}[:：]")
_ROUND_TITLE = ("label", "near", "beside")
_DATED_ITEM = "datepublished"
_TIME = re.compile(r"time\b", re.IGNORECASE)


class _Yearless(NamedTuple):
    """A month and a day beside the title, where that is, and how sure it is in the year of another
    date that agrees; `alone` is the same in the year of the fetch."""

    month: int
    day: int
    origin: str
    text: str
    confidence: float
    alone: float


_Candidate = Found | _Yearless
_Source = Callable[[Layout, Document], Iterator[_Candidate]]


def find_published(layout: Layout, document: Document) -> tuple[Found | None, list[str]]:
    """Return the publication date (ISO) with its evidence, and warnings.

    The surest date wins, by the table of `date_ranks`. Dates in the text itself are never taken,
    but for one that signs it and only where nothing else dates the page. A date without its year
    is of the year of another one with its month and day, or else of the year before the fetch,
    with a warning. Dates after `fetched_at` are refused; relative ones need it.
    """
    fetched_at = document.page.fetched_at
    gathered = _gather(layout, document)
    dates = [item for item in gathered if isinstance(item, Found)]
    guessed: list[Found] = []
    for item in gathered:
        if isinstance(item, _Yearless):
            if full := _completed(item, dates):
                dates.append(full)
            elif fetched_at and (near := _in_year_of_fetch(item, fetched_at)):
                guessed.append(near)
    dates += guessed
    warnings: list[str] = []
    if fetched_at:
        latest = (fetched_at.astimezone(BEIJING).date() + timedelta(1)).isoformat()
        warnings += [
            f"the date {each.value} ({each.evidence.origin}) is to come"
            for each in dates
            if each.value > latest
        ]
        dates = [each for each in dates if each.value <= latest]
    if not dates:
        return None, warnings
    best = max(dates, key=_confidence)
    if best in guessed:
        year = best.value[:4]
        warnings.append(f"the page says {best.evidence.text} without a year, taken for {year}")
    warnings += _disagreements(best, dates)
    return best if best in guessed else _confirmed(best, dates), warnings


def _gather(layout: Layout, document: Document) -> list[_Candidate]:
    """Look where dates stand, no further than it takes to date the page."""
    gathered: list[_Candidate] = []
    for sources, enough in _SOURCES:
        for source in sources:
            gathered += source(layout, document)
        dates = [item for item in gathered if isinstance(item, Found)]
        open_ones = (item for item in gathered if isinstance(item, _Yearless))
        if all(_completed(item, dates) for item in open_ones) and enough <= max(
            map(_confidence, dates), default=0
        ):
            break
    return gathered


def _confidence(item: Found) -> float:
    return item.evidence.confidence


def _confirmed(best: Found, dates: Iterable[Found]) -> Found:
    """Return a date that is surer for another one of a different origin that agrees."""
    agreed = any(each.value == best.value and _kind(each) != _kind(best) for each in dates)
    if not agreed or _confidence(best) >= ranks.AGREED:
        return best
    return Found(best.value, replace(best.evidence, confidence=ranks.AGREED))


def _kind(item: Found) -> str:
    """What a date depends on: all that stands round the title may be read from one line."""
    kind = item.evidence.origin.split()[0]
    return "title" if kind in _ROUND_TITLE else kind


def _disagreements(best: Found, candidates: Iterable[Found]) -> Iterator[str]:
    for candidate in candidates:
        if candidate.evidence.origin.startswith("meta") and candidate.value != best.value:
            yield f"{candidate.evidence.origin} says {candidate.value}, the page {best.value}"
            return


def _completed(item: _Yearless, dates: Sequence[Found]) -> Found | None:
    """Return the date in the year of the surest one with the same month and day."""
    ending = f"-{item.month:02}-{item.day:02}"
    agreeing = [each for each in dates if each.value.endswith(ending)]
    if not agreeing:
        return None
    value = max(agreeing, key=_confidence).value
    return found(value, item.origin, item.text, item.confidence)


def _in_year_of_fetch(item: _Yearless, fetched_at: datetime) -> Found | None:
    reading = parse_date(f"{item.month:02}-{item.day:02}", fetched_at) if item.alone else None
    if reading is None:
        return None
    return found(reading.date.isoformat(), item.origin, item.text, item.alone)


def _labels(layout: Layout, document: Document) -> Iterator[_Candidate]:
    base = document.page.fetched_at
    for label in layout.labelled("published"):
        yield from _date_of_label(label, _label_confidence(layout, label), base)


def _summary_labels(layout: Layout, document: Document) -> Iterator[_Candidate]:
    base = document.page.fetched_at
    yield from _labels_in(layout, layout.body[:_SUMMARY], ranks.LABEL_BELOW_SUMMARY, base)


def _late_labels(layout: Layout, document: Document) -> Iterator[_Candidate]:
    base = document.page.fetched_at
    yield from _labels_in(layout, layout.body[_SUMMARY:], ranks.LABEL_IN_TEXT, base)


def _far_labels(layout: Layout, document: Document) -> Iterator[_Candidate]:
    """Labels of nothing but publication above all that was looked at for labels."""
    for label in read_labels(layout.page, 0, layout.head.start):
        if label.name in _OF_PUBLISHING and label.line not in layout.page.event_times:
            base = document.page.fetched_at
            yield from _date_of_label(label, ranks.LABEL_FAR_ABOVE, base)


def _metadata(layout: Layout, document: Document) -> Iterator[Found]:
    base = document.page.fetched_at
    for rank, (name, content) in enumerate(layout.metadata.values.get("published", ())):
        if reading := parse_date(content, base) or parse_stated(content):
            origin, confidence = f"meta {name}", ranks.META - ranks.NEXT_META * rank
            if name == _PUBDATE and _is_day_of_making(document.text):
                origin, confidence = f"making of the page, {name}", ranks.MAKING
            yield found(reading.date.isoformat(), origin, content, confidence)


def _is_day_of_making(markup: str) -> bool:
    return bool(_MAY_BE_MADE_THEN.search(markup)) and _MADE_THEN.search(markup) is not None


def _address(_: Layout, document: Document) -> Iterator[Found]:
    url = document.page.url
    for match in _URL_DATE.finditer(url):
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            yield found(date(year, month, day).isoformat(), "url", url, ranks.ADDRESS)
        except ValueError:
            continue
        return


def _loose_dates(layout: Layout, document: Document) -> Iterator[_Candidate]:
    """Dates close to the title that lack something, or are linked."""
    title = layout.title
    if title is None:
        return
    texts, base = layout.texts, document.page.fetched_at
    lines = range(title.end, min(title.end + _LOOSE_BELOW, len(texts)))
    below = list(takewhile(lambda i: not reads_like_prose(texts[i]), lines))
    for i in (*below, *range(max(title.start - _LOOSE_ABOVE, 0), title.start)):
        if i not in layout.page.event_times:
            yield from _loose_date(layout, i, i > title.start, base)


def _loose_date(
    layout: Layout, line: int, below: bool, base: datetime | None
) -> Iterator[_Candidate]:
    text = layout.page.spaced.get(line, layout.texts[line])
    if len(text) > _LONGEST_LOOSE:
        return
    whole = ranks.IN_PARTS if below else ranks.ABOVE_TITLE
    if parts := parse_parts(layout.texts[line:]) or parse_parts(text.split(" ")):
        yield found(parts.date.isoformat(), "beside title", parts.text, whole)
        return
    loose = ranks.RELATIVE_OR_LINKED if below else ranks.LOOSE_ABOVE_TITLE
    reading = parse_date(text)
    if reading and layout.page.is_link(line) and reading.start < _LEAD:
        yield found(reading.date.isoformat(), "beside title", text, loose)
    if reading or _VISIT.search(text):
        return
    plain: set[str] = set()
    for word in _WORD.finditer(text) if base else ():
        reading = parse_date(text[word.start() :], base)
        if reading and reading.form == "relative":
            yield found(reading.date.isoformat(), "beside title", text, loose)
            return
        if reading and reading.form == "yearless":
            plain.add(reading.text)
    for month, day, match in find_month_days(text):
        if not dates_event(text, match.start()):
            confidence = ranks.COMPLETED if below else ranks.ABOVE_TITLE
            alone = min(ranks.YEAR_OF_FETCH, loose) if match[0] in plain else 0
            yield _Yearless(month, day, "beside title", text, confidence, alone)


def _printed(layout: Layout, document: Document) -> Iterator[Found]:
    """Dates that scripts print among the particulars."""
    if layout.title is None:
        return
    plain: dict[str, str] = {}
    sentences = [text for i in layout.body if reads_like_prose(text := layout.texts[i])]
    for text, before, below in find_printed(document.text, layout.title.text, sentences):
        reading = parse_date(text)
        words = before + text[: reading.start] if reading else ""
        if reading is None or dates_event(words, len(words)):
            continue
        name, field = field_before(words)
        if name and field == "published":
            rank = ranks.rank_of_label(name)
            yield found(reading.date.isoformat(), f"label {name}", text, rank)
        elif not name and below and not words.endswith((":", "：")):
            plain.setdefault(reading.date.isoformat(), text)
    if len(plain) == 1:  # more of them are a list
        for day, text in plain.items():
            yield found(day, "printed", text, ranks.PRINTED)


def _posted(layout: Layout, _: Document) -> Iterator[Found]:
    for rank, i in enumerate(layout.foot[:_POSTED_WITHIN]):
        text = layout.texts[i]
        alone = rank < _WITHIN and i in layout.page.label_lines and not layout.page.linked[i]
        alone = alone or _DATE_LABEL.match(text) is not None
        reading = parse_date(text) if alone or POSTED.search(text) else None
        if reading and not dates_event(text, reading.start):
            yield found(reading.date.isoformat(), "below text", text, ranks.BELOW_TEXT)


def _labels_in(
    layout: Layout, lines: range, confidence: float, base: datetime | None
) -> Iterator[_Candidate]:
    """Labels among the lines of a body: below a summary, or below the text in the same element."""
    for i in lines:
        for label in read_labels(layout.page, i, i + 1) if i in layout.page.label_lines else ():
            sure = label.name not in _OF_ANYTHING or BESIDE_POSTED.search(layout.texts[i])
            if label.field == "published" and sure:
                yield from _date_of_label(label, confidence, base)


def _date_of_label(label: Label, confidence: float, base: datetime | None) -> Iterator[_Candidate]:
    origin = f"label {label.name}"
    reading = parse_date(f"{label.name}：{label.value}", base)
    if reading is None or reading.form == "yearless":
        for month, day, match in find_month_days(label.value)[:1]:
            if match.start() < _LEAD:
                alone = min(ranks.YEAR_OF_FETCH, confidence)
                yield _Yearless(month, day, origin, label.value, confidence, alone)
            return
        reading = parse_stated(label.value)
    if reading:
        yield found(reading.date.isoformat(), origin, label.value, confidence)


def _time_elements(layout: Layout, _: Document) -> Iterator[Found]:
    """What `<time datetime="2025-07-07">` says, the first below the title, or on the page."""
    page = layout.page
    first = layout.title.start if layout.title else 0
    title = max(
        (at for at, span in zip(page.elements, page.spans, strict=True) if span[0] == first),
        default=0,
    )
    times = [at for at, tag in enumerate(page.tags) if tag and _TIME.match(tag)]
    for at in sorted(times, key=lambda at: (at < title, at)):
        stated = read_attributes(page.tags[at] or "").get("datetime", "")
        stated = stated or text_behind(page.pieces, page.tags, at, "time")
        if reading := parse_stated(stated):
            yield found(reading.date.isoformat(), "time element", reading.text, ranks.TIME_ELEMENT)
            return


def _items(layout: Layout, document: Document) -> Iterator[Found]:
    """What `<span itemprop="datePublished" content="2025-07-07">` says."""
    if _DATED_ITEM not in document.text.lower():
        return
    for tag in layout.page.tags:
        if tag and _DATED_ITEM in tag.lower():
            stated = read_attributes(tag)
            if stated.get("itemprop", "").lower() == _DATED_ITEM:
                value = stated.get("content") or stated.get("datetime") or ""
                if reading := parse_stated(value):
                    day = reading.date.isoformat()
                    yield found(day, "itemprop", reading.text, ranks.ITEMPROP)
                    return


def _scripted(_: Layout, document: Document) -> Iterator[Found]:
    """What a script is going to print, under a name that says so."""
    stated = _SCRIPTED.search(document.text)
    if stated and (reading := parse_date(stated[1] or stated[2])):
        yield found(reading.date.isoformat(), "script", stated[0], ranks.NAMED_IN_SCRIPT)


def _label_confidence(layout: Layout, label: Label) -> float:
    confidence = ranks.rank_of_label(label.name)
    if _OF_CHANGE.search(label.name):
        confidence -= ranks.CHANGE
    if label.line >= layout.foot.start:
        is_own = label.line < layout.foot.start + _WITHIN and label.name in _OF_PUBLISHING
        confidence -= ranks.LABEL_RIGHT_BELOW if is_own else ranks.LABEL_BELOW
    elif layout.title and label.line < layout.title.start:
        confidence -= ranks.LABEL_ABOVE
    return round(confidence, 2)


def _label_lines(layout: Layout, _: Document) -> Iterator[Found]:
    """Dates without a label in the lines round the title."""
    title = layout.title.start if layout.title else layout.head.start
    labels = (*layout.labelled("published"), *layout.labelled("other date"))
    labelled = {label.line for label in labels} | {label.value for label in labels}
    for i in layout.page.label_lines:
        text = layout.page.spaced.get(i, layout.texts[i])
        if i not in layout.head or text in labelled:
            continue
        if i in labelled:
            text = _before_labels(text)
        confidence = ranks.NEAR_TITLE
        if i < title:
            confidence = ranks.DAY_OF_VISIT if _OF_THE_DAY.search(text) else ranks.ABOVE_TITLE
        if not _VISIT.search(text) and (reading := parse_date(text)):
            if _OF_CHANGE.search(text):
                confidence -= ranks.CHANGE
            elif is_day_of_text(text):
                confidence = min(confidence, ranks.DAY_OF_TEXT)
            yield found(reading.date.isoformat(), "near title", text, confidence)


def _before_labels(text: str) -> str:
    """The beginning of a line of labels, as far as the first day, if no label stands before it."""
    day = first_date(text)
    return text[: day.end] if day and not day.start else ""


def _signature(layout: Layout, _: Document) -> Iterator[Found]:
    """A date that stands alone in one of the last lines signs the notice."""
    for i in reversed(layout.body[-_SIGNATURE_LINES:]):
        text = layout.texts[i]
        reading = parse_date(text) if len(text) <= _LONGEST_SIGNATURE else None
        if reading and not dates_event(text, reading.start) and not states_event(layout.texts, i):
            yield found(reading.date.isoformat(), "signature", text, ranks.SIGNATURE)


# Where dates are looked for, in this order, and how sure one must be to look no further.
_SOURCES: tuple[tuple[tuple[_Source, ...], float], ...] = (
    ((_labels, _label_lines, _summary_labels, _metadata, _address), ranks.SEEN),
    ((_loose_dates, _printed), ranks.SURE),
    ((_posted, _late_labels, _far_labels, _items, _time_elements, _scripted, _signature), 1),
)
