"""The publication date: the one that a reader sees, checked against what the page claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import takewhile

from cqcrawler.reading.labels.label_lines import BESIDE_POSTED, DAY_OF_TEXT, POSTED
from cqcrawler.reading.labels.labels import Label, read_labels
from cqcrawler.reading.layout import Layout
from cqcrawler.reading.page.document import Document
from cqcrawler.reading.page.evidence import Found, found
from cqcrawler.reading.page.tokens import read_attributes
from cqcrawler.text.clock import BEIJING
from cqcrawler.text.dates import parse_date
from cqcrawler.text.event_times import dates_event
from cqcrawler.text.prose import reads_like_prose
from cqcrawler.text.words import any_word, word_list

# Labels that date the document rather than its publication here, those that may date either,
# and those that date a change.
_OF_DOCUMENT = frozenset(word_list("label_document_date"))
_OF_EITHER = frozenset(word_list("label_either_date"))
_OF_PUBLISHING = frozenset(word_list("label_publishing"))
# Such a label may be that of an event.
_OF_ANYTHING = frozenset(word_list("date_noun"))
_OF_CHANGE = re.compile(any_word("change"))
# The dates in the addresses of TRS (t20250707_1.html), Hanweb (/art/2025/7/7/art_1_2.html),
# UCAP and news systems (/2025-07/07/content_1.htm). An address alone is dated by its creation.
_URL_DATE = re.compile(
    r"/(?:[a-z]{0,3}((?:19|20)\d\d)(\d\d)(\d\d)(?=[/_.])"
    r"|((?:19|20)\d\d)[-/]?(\d{1,2})[-/](\d{1,2})(?=/))"
)
_SIGNATURE_LINES, _LONGEST_SIGNATURE = 3, 16
_SURE = 0.7
# The day of the visit, or of the issue of a newspaper, stands at the head of the page.
_VISIT = re.compile(any_word("today", "welcome"))
_OF_THE_DAY = re.compile(f"{any_word('day_of_week')}|[℃°]")
# How many lines above the title and below it a date without a year may stand, or in a link.
_LOOSE_ABOVE, _LOOSE_BELOW = 2, 12
_LONGEST_LOOSE, _LONGEST_DIVIDED, _LEAD = 40, 12, 8
# Part of a date that a line break divides, such as a day set large above its month.
_PART = re.compile(r"(?:19|20)\d\d年?|\d\d(?:[-/.月]\d\d日?)?")
# Among so many lines at its beginning a text is dated below its summary.
_SUMMARY = 3
# A text may be dated in a line below it; so are the comments that follow, but further down.
_WITHIN, _POSTED_WITHIN = 3, 6
# publish_time = "2021-05-03 18:00", 'pubDate': '…', "createTime": 1620036000000; on WeChat also
# var ct = "1620036000" and create_time: JsDecode('2021-05-03 18:00').
_SCRIPTED = re.compile(
    r"""\b(?:(?:publish|pub|release|create|news|post)_?(?:time|date|at|ed_?at)|var\s{1,3}ct)["']?
    \s{0,3}[:=]\s{0,3}(?:JsDecode\()?["']?((?:(?:19|20)\d\d[-/年.]\d|1\d{9})[^"',;<>]{0,30})""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE_LABEL = re.compile(f"[\u4e00-\u9fff]{{2,6}}{any_word('date_noun')}[:：]")


def find_published(layout: Layout, document: Document) -> tuple[Found | None, list[str]]:
    """Return the publication date (ISO) with its evidence, and warnings.

    A date that a reader sees near the title outranks what the head of the page claims: PubDate
    tags are rewritten when a site moves. Dates in the text itself are never taken, but for one
    that signs it and only where nothing else dates the page. Dates after `fetched_at` are
    refused; relative ones need it.
    """
    warnings: list[str] = []
    url, fetched_at = document.page.url, document.page.fetched_at
    latest = (fetched_at.astimezone(BEIJING).date() + timedelta(1)) if fetched_at else None
    stated = list(_candidates(layout, url, fetched_at))
    if all(candidate.evidence.confidence < _SURE for candidate in stated):
        stated += _rare_candidates(layout, document)
    candidates = []
    for candidate in stated:
        if latest and date.fromisoformat(candidate.value) > latest:
            warnings.append(f"the date {candidate.value} ({candidate.evidence.origin}) is to come")
        else:
            candidates.append(candidate)
    if not candidates:
        return None, warnings
    best = max(candidates, key=lambda candidate: candidate.evidence.confidence)
    warnings += _disagreements(best, candidates)
    return best, warnings


def _disagreements(best: Found, candidates: Iterable[Found]) -> Iterator[str]:
    for candidate in candidates:
        if candidate.evidence.origin.startswith("meta") and candidate.value != best.value:
            yield f"{candidate.evidence.origin} says {candidate.value}, the page {best.value}"
            return


def _candidates(layout: Layout, url: str, base: datetime | None) -> Iterator[Found]:
    for label in layout.labelled("published"):
        yield from _date_of_label(label, _label_confidence(layout, label), base)
    yield from _dates_of_label_lines(layout)
    yield from _labels_in(layout, layout.body[:_SUMMARY], 0.92, base)
    for rank, (name, content) in enumerate(layout.metadata.values.get("published", ())):
        if reading := parse_date(content, base):
            yield found(reading.date.isoformat(), f"meta {name}", content, 0.9 - 0.01 * rank)
    if url_date := _date_of_url(url):
        yield found(url_date, "url", url, 0.6)


def _rare_candidates(layout: Layout, document: Document) -> Iterator[Found]:
    """Dates that are worth a look only where nothing surer than an address dates the page."""
    yield from _loose_dates(layout, document.page.fetched_at)
    yield from _posted(layout)
    yield from _labels_in(layout, layout.body[_SUMMARY:], 0.66, document.page.fetched_at)
    yield from _time_elements(layout)
    yield from _scripted(document.text)
    yield from _signature(layout)


def _loose_dates(layout: Layout, base: datetime | None) -> Iterator[Found]:
    """Dates close to the title that are counted from `base`, or linked."""
    title = layout.title
    if title is None:
        return
    texts = layout.texts
    lines = range(title.end, min(title.end + _LOOSE_BELOW, len(texts)))
    below = list(takewhile(lambda i: not reads_like_prose(texts[i]), lines))
    for i in (*below, *range(max(title.start - _LOOSE_ABOVE, 0), title.start)):
        text = " ".join(texts[i : i + 2])
        if len(text) > _LONGEST_DIVIDED or not _PART.fullmatch(texts[i]):
            text = texts[i]
        reading = parse_date(text, base) if len(text) <= _LONGEST_LOOSE else None
        if reading and dates_event(text, reading.start):
            continue
        linked = layout.page.is_link(i) and reading and reading.start < _LEAD
        if reading and (linked or text != texts[i] or reading.form in ("relative", "yearless")):
            yield found(
                reading.date.isoformat(), "beside title", text, 0.8 if i > title.start else 0.7
            )


def _posted(layout: Layout) -> Iterator[Found]:
    for rank, i in enumerate(layout.foot[:_POSTED_WITHIN]):
        text = layout.texts[i]
        alone = rank < _WITHIN and i in layout.page.label_lines and not layout.page.linked[i]
        alone = alone or _DATE_LABEL.match(text) is not None
        reading = parse_date(text) if alone or POSTED.search(text) else None
        if reading and not dates_event(text, reading.start):
            yield found(reading.date.isoformat(), "below text", text, 0.7)


def _labels_in(
    layout: Layout, lines: range, confidence: float, base: datetime | None
) -> Iterator[Found]:
    """Labels among the lines of a body: below a summary, or below the text in the same element."""
    for i in lines:
        for label in read_labels(layout.page, i, i + 1) if i in layout.page.label_lines else ():
            sure = label.name not in _OF_ANYTHING or BESIDE_POSTED.search(layout.texts[i])
            if label.field == "published" and sure:
                yield from _date_of_label(label, confidence, base)


def _date_of_label(label: Label, confidence: float, base: datetime | None) -> Iterator[Found]:
    if reading := parse_date(f"{label.name}：{label.value}", base):
        yield found(reading.date.isoformat(), f"label {label.name}", label.value, confidence)


def _time_elements(layout: Layout) -> Iterator[Found]:
    """What `<time datetime="2025-07-07">` says, the first on the page."""
    for tag in layout.page.tags_of("time"):
        if reading := parse_date(read_attributes(tag).get("datetime", "")):
            yield found(reading.date.isoformat(), "time element", reading.text, 0.65)
            return


def _scripted(markup: str) -> Iterator[Found]:
    """What a script is going to print, under a name that says so."""
    if (stated := _SCRIPTED.search(markup)) and (reading := parse_date(stated[1])):
        yield found(reading.date.isoformat(), "script", stated[0], 0.64)


def _label_confidence(layout: Layout, label: Label) -> float:
    confidence = 0.85 if label.name in _OF_DOCUMENT else 0.94 if label.name in _OF_EITHER else 0.98
    if _OF_CHANGE.search(label.name):
        confidence -= 0.02
    if label.line >= layout.foot.start:
        is_own = label.line < layout.foot.start + _WITHIN and label.name in _OF_PUBLISHING
        confidence -= 0.06 if is_own else 0.2
    elif layout.title and label.line < layout.title.start:
        confidence -= 0.03
    return confidence


def _dates_of_label_lines(layout: Layout) -> Iterator[Found]:
    """Dates without a label in the lines round the title."""
    title = layout.title.start if layout.title else layout.head.start
    labels = (*layout.labelled("published"), *layout.labelled("other date"))
    labelled = {label.line for label in labels} | {label.value for label in labels}
    for i in layout.page.label_lines:
        text = layout.page.spaced.get(i, layout.texts[i])
        if i not in layout.head or i in labelled or text in labelled:
            continue
        confidence = 0.95 if i >= title else 0.45 if _OF_THE_DAY.search(text) else 0.8
        if not _VISIT.search(text) and (reading := parse_date(text)):
            if _OF_CHANGE.search(text):
                confidence -= 0.02
            elif DAY_OF_TEXT.fullmatch(text):
                confidence -= 0.26
            yield found(reading.date.isoformat(), "near title", text, confidence)


def _date_of_url(url: str) -> str | None:
    match = _URL_DATE.search(url)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _signature(layout: Layout) -> Iterator[Found]:
    """A date that stands alone in one of the last lines signs the notice."""
    for i in reversed(layout.body[-_SIGNATURE_LINES:]):
        text = layout.texts[i]
        reading = parse_date(text) if len(text) <= _LONGEST_SIGNATURE else None
        if reading and not dates_event(text, reading.start):
            yield found(reading.date.isoformat(), "signature", text, 0.5)
